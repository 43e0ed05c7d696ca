// Random damage, the same on every run: requests and model files with bytes changed, added and left out. Nobody says what the
// answer must be; it must be an answer, and the process must live.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

import { peregrine } from './lib/cli.mjs';
import { userSays } from './lib/clients.mjs';
import { scratch } from './lib/environment.mjs';
import { parseAnswer, postChat } from './lib/http.mjs';
import { golden, plain } from './lib/models.mjs';
import { Server } from './lib/server.mjs';

const kRequests = 400;
const kFiles = 60;
const kAtOnce = 8;

// Mulberry32.
function makeRandom(seed) {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

// A few bytes changed, taken out or put in, all before `end`.
function damage(bytes, random, end) {
  let result = Buffer.from(bytes);
  for (let left = 1 + random(4); left > 0; --left) {
    const at = random(Math.min(end, result.length));
    const kind = random(4);
    if (kind === 0) result[at] = random(256);
    else if (kind === 1) result[at] ^= 1 << random(8);
    else if (kind === 2) result = Buffer.concat([result.subarray(0, at), result.subarray(at + 1 + random(8))]);
    else result = Buffer.concat([result.subarray(0, at), result.subarray(at, at + 1 + random(8)), result.subarray(at)]);
  }
  return result;
}

async function inWaves(count, run) {
  for (let i = 0; i < count; i += kAtOnce) {
    await Promise.all(Array.from({ length: Math.min(kAtOnce, count - i) }, (_, k) => run(i + k)));
  }
}

// Sends, says that no more will come, and reads to the end.
function sendAndLeave(server, bytes) {
  return new Promise((resolve) => {
    const parts = [];
    const socket = net.connect(server.port, '127.0.0.1', () => socket.end(bytes));
    socket.on('data', (part) => parts.push(part));
    socket.on('error', () => {});
    socket.on('close', () => resolve(Buffer.concat(parts).toString('latin1')));
  });
}

describe('random damage', () => {
  let server;
  before(async () => {
    server = await Server.start({ models: [plain()] });
  });
  after(() => server.stop());

  const good = { model: 'plain', messages: userSays('Once upon a time żółć 🚀'), max_completion_tokens: 3, temperature: 0.5, stop: ['x', '\n'], seed: 12, logit_bias: { 5: 1.5 }, logprobs: true, top_logprobs: 2, user: 'a' };

  it(`to ${kRequests} requests`, async () => {
    const body = JSON.stringify(good);
    const head = `POST /openai/v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n`;
    const bytes = Buffer.from(`${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    const random = makeRandom(1);
    const damaged = Array.from({ length: kRequests }, () => damage(bytes, random, bytes.length));
    const seen = new Set();
    await inWaves(kRequests, async (i) => {
      const answer = parseAnswer(await sendAndLeave(server, damaged[i]));
      if (answer) seen.add(answer.status);
      assert.ok(!answer || answer.status < 500 || answer.status === 501, `${answer?.status} for ${JSON.stringify(damaged[i].toString('latin1'))}`);
    });
    assert.ok(seen.has(400), 'some were understood well enough to be refused');
    server.assertAlive();
    await server.assertIdle();
  });

  it(`to the JSON of ${kRequests} requests`, async () => {
    const body = Buffer.from(JSON.stringify(good));
    const random = makeRandom(2);
    const damaged = Array.from({ length: kRequests }, () => damage(body, random, body.length));
    const counts = {};
    await inWaves(kRequests, async (i) => {
      const answer = await fetch(`${server.url}/chat/completions`, { method: 'POST', body: damaged[i], headers: { 'content-type': 'application/json' } });
      const json = await answer.json();
      counts[answer.status] = (counts[answer.status] ?? 0) + 1;
      const what = JSON.stringify(damaged[i].toString('latin1'));
      assert.ok([200, 400, 404].includes(answer.status), `${answer.status} for ${what}`);
      if (answer.status !== 200) assert.equal(json.error.type, 'invalid_request_error', what);
    });
    assert.ok(counts[200] > 10 && counts[400] > 100, JSON.stringify(counts));
    const { status } = await postChat(server, good);
    assert.equal(status, 200);
    await server.assertIdle();
  });

  it(`to ${kFiles} model files`, async () => {
    const files = ['llama-spm-q8_0', 'llama-gqa-f32', 'llama-q4_k_m'].map((name) => readFileSync(golden(name)));
    const random = makeRandom(3);
    const outcomes = {};
    const damaged = Array.from({ length: kFiles }, (_, i) => {
      const bytes = files[i % files.length];
      // Mostly where the facts are, sometimes anywhere.
      return damage(bytes, random, i % 4 === 3 ? bytes.length : 12000);
    });
    await inWaves(kFiles, async (i) => {
      const file = path.join(scratch, `damaged-${i % kAtOnce}.gguf`);
      writeFileSync(file, damaged[i]);
      for (const args of [['inspect', file], ['complete', file, '-p', 'Once upon', '-n', '3', '--threads', '1']]) {
        const { status, signal, stderr } = await peregrine(args);
        assert.ok(signal === null && (status === 0 || status === 1), `file ${i}, ${args[0]}: ${status ?? signal}\n${stderr}`);
        if (status === 1) assert.match(stderr, /^peregrine: /m, `file ${i}`);
        outcomes[`${args[0]} ${status}`] = (outcomes[`${args[0]} ${status}`] ?? 0) + 1;
      }
    });
    assert.ok(outcomes['inspect 1'] > 5 && outcomes['complete 0'] > 5, JSON.stringify(outcomes));
  });
});
