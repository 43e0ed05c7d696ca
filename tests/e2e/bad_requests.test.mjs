// bad_requests.json against a live server: each row's answer, and a good answer after it.
import assert from 'node:assert/strict';
import net from 'node:net';
import { after, before, describe, it } from 'node:test';

import { expand, toBytes } from './lib/bytes.mjs';
import { userSays } from './lib/clients.mjs';
import { readData } from './lib/environment.mjs';
import { exchangeBytes, parseAnswer, postChat, request } from './lib/http.mjs';
import { plain } from './lib/models.mjs';
import { Server } from './lib/server.mjs';

const kModel = 'plain';
const kChat = '/openai/v1/chat/completions';
const kGood = { model: kModel, messages: userSays('Once upon a time'), max_completion_tokens: 2 };

const named = (spec) => JSON.parse(JSON.stringify(spec).replaceAll('$MODEL', kModel));

// What a row sends: bytes to a socket, any request, or a chat with a body that is given, or is the good one changed.
async function send(server, row) {
  if ('raw' in row) return parseAnswer(await exchangeBytes(server, toBytes(row.raw)));
  if ('request' in row) {
    const { body, ...rest } = row.request;
    return request(server, { ...rest, body: body === undefined ? undefined : toBytes(body) });
  }
  const headers = { 'content-type': 'application/json' };
  if ('body' in row) return request(server, { method: 'POST', path: kChat, headers, body: toBytes(row.body) });
  const body = { ...kGood, ...expand(row.with ?? {}) };
  for (const key of row.without ?? []) delete body[key];
  return request(server, { method: 'POST', path: kChat, headers, body: JSON.stringify(body) });
}

// What an error says of a schema's fault at `path`, a JSON pointer.
function schemaFault({ path, kind, code }) {
  const segments = path.split('/').slice(1).map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
  return { schema_path: path, schema_path_segments: ['$', ...segments], schema_kind: kind, schema_code: code };
}

function check(answer, { status, type = 'invalid_request_error', code, param, message = '', schema, headers = {} }) {
  assert.ok(answer, 'no answer');
  assert.equal(answer.status, status, answer.body.slice(0, 500));
  assert.equal(answer.headers['content-type'], 'application/json');
  assert.match(answer.headers['x-request-id'], /^req_[0-9a-hjkmnp-tv-z]{26}$/);
  const { error, ...rest } = JSON.parse(answer.body);
  assert.deepEqual(rest, {});
  const { message: said, ...known } = error;
  const expected = { type, ...(code && { code }), ...(param && { param }), ...(schema && schemaFault(schema)) };
  assert.deepEqual(known, expected, said);
  assert.ok(said.includes(message), `${JSON.stringify(said)} lacks ${JSON.stringify(message)}`);
  assert.ok(said.length > 0 && said.length < 1000, 'a message is for people');
  for (const [name, value] of Object.entries(headers)) assert.equal(answer.headers[name], value);
}

describe('bad requests', () => {
  let server;
  before(async () => {
    server = await Server.start({ models: [plain(kModel)] });
  });
  after(() => server.stop());

  for (const row of named(readData('bad_requests.json'))) {
    it(row.name, async () => {
      check(await send(server, row), row.expect);
      const { status, json } = await postChat(server, kGood);
      assert.equal(status, 200);
      assert.equal(json.choices.length, 1);
      server.assertAlive();
    });
  }

  it('a good request and a bad one on the same connection', async () => {
    const post = (body) => `POST ${kChat} HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    const good = JSON.stringify(kGood);
    const bytes = post('{') + post(good) + post('[]') + post(good).replace('Host', 'Connection: close\r\nHost');
    const answers = await exchangeBytes(server, bytes);
    assert.deepEqual(answers.match(/HTTP\/1\.1 \d+/g), ['400', '200', '400', '200'].map((status) => `HTTP/1.1 ${status}`));
  });

  it('a body that never comes does not hold up others', async () => {
    const socket = net.connect(server.port, '127.0.0.1');
    socket.write(`POST ${kChat} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{"model"`);
    const answers = await Promise.all(Array.from({ length: 20 }, () => postChat(server, kGood)));
    assert.ok(answers.every(({ status }) => status === 200));
    socket.destroy();
  });

  it('nothing was left running by any of them', () => server.assertIdle());
});
