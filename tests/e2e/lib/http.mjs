// HTTP without a client's help: bytes out, bytes in. Every answer is judged by lib/contract.mjs.
import http from 'node:http';
import net from 'node:net';

import { judge, StreamJudge } from './contract.mjs';

const kTimeoutMs = 30_000;

// A form is bytes, not a value that a schema could judge.
function isForm(headers) {
  return Object.entries(headers).some(([name, value]) => /^content-type$/i.test(name) && /^multipart\//i.test(value));
}

// One request. `body`: string, Buffer or undefined. Answers {status, headers, body}.
export function request(server, { method = 'GET', path = '/', headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: server.port, method, path, headers, agent: false, timeout: kTimeoutMs };
    const outgoing = http.request(options, (incoming) => {
      const parts = [];
      incoming.on('data', (part) => parts.push(part));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const answer = { status: incoming.statusCode, headers: incoming.headers, body: Buffer.concat(parts).toString() };
        try {
          judge({ method, path, ...answer, sent: isForm(headers) ? undefined : body?.toString() });
          resolve(answer);
        } catch (violation) {
          reject(violation);
        }
      });
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer')));
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

export async function postJson(server, path, body, headers = {}) {
  const answer = await request(server, {
    method: 'POST',
    path,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { ...answer, json: JSON.parse(answer.body) };
}

export function postChat(server, body, headers = {}) {
  return postJson(server, '/openai/v1/chat/completions', body, headers);
}

// What came on a socket, if that is a whole answer to begin with.
function judgeBytes(sent, received) {
  const answer = parseAnswer(received);
  const whole = answer && !answer.headers['transfer-encoding'] && answer.status >= 200;
  if (!whole || Buffer.byteLength(answer.body) < Number(answer.headers['content-length'] ?? 0)) return;
  const line = /^(\S+) (\S+) HTTP\/1\.[01]\r?\n/.exec(sent.toString('latin1'));
  judge({ method: line?.[1] ?? '', path: line?.[2] ?? '', ...answer });
}

// Sends bytes and returns what comes until the server closes the connection.
export function exchangeBytes(server, bytes) {
  return new Promise((resolve, reject) => {
    const parts = [];
    const socket = net.connect(server.port, '127.0.0.1', () => socket.write(bytes));
    const finish = () => {
      socket.destroy();
      const received = Buffer.concat(parts).toString('latin1');
      try {
        judgeBytes(bytes, received);
        resolve(received);
      } catch (violation) {
        reject(violation);
      }
    };
    socket.setTimeout(kTimeoutMs, () => socket.destroy(new Error('no answer')));
    socket.on('data', (part) => parts.push(part));
    socket.on('end', finish);
    // A server that refuses without reading everything may reset after its answer.
    socket.on('error', (error) => (parts.length > 0 || error.code === 'ECONNRESET' ? finish() : reject(error)));
  });
}

// The first answer in a run of bytes: {status, headers, body}, or null where there is none.
export function parseAnswer(text) {
  const head = /^HTTP\/1\.[01] (\d{3}) [^\r\n]*\r\n([\s\S]*?)\r\n\r\n/.exec(text);
  if (!head) return null;
  const headers = {};
  for (const line of head[2].split('\r\n')) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  const rest = text.slice(head[0].length);
  const length = Number(headers['content-length'] ?? rest.length);
  return { status: Number(head[1]), headers, body: Buffer.from(rest.slice(0, length), 'latin1').toString() };
}

// An answer as it arrives. `onBytes` is called with everything so far. Answers {status, headers, body: Buffer, cut}.
export function openStream(server, body, { path = '/openai/v1/chat/completions', onBytes = () => {} } = {}) {
  const stream = { parts: [], cut: false };
  stream.done = new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const options = { host: '127.0.0.1', port: server.port, method: 'POST', path, headers, agent: false };
    stream.request = http.request(options, (incoming) => {
      const finish = () => {
        const { statusCode: status, headers: fields } = incoming;
        const answer = { status, headers: fields, body: Buffer.concat(stream.parts), cut: stream.cut };
        const exchange = { method: 'POST', path, status, headers: fields, body: answer.body.toString(), sent: JSON.stringify(body) };
        try {
          if (stream.cut) new StreamJudge(exchange).add(answer.body);
          else judge(exchange);
          resolve(answer);
        } catch (violation) {
          reject(violation);
        }
      };
      incoming.on('data', (part) => {
        stream.parts.push(part);
        onBytes(part, stream);
      });
      incoming.on('end', finish);
      incoming.on('error', (error) => (stream.cut ? finish() : reject(error)));
    });
    stream.request.on('error', (error) => (stream.cut ? resolve({ cut: true }) : reject(error)));
    stream.request.end(JSON.stringify(body));
  });
  stream.close = () => {
    stream.cut = true;
    stream.request.destroy();
  };
  return stream;
}
