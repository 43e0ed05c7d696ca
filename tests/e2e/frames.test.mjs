// The bytes of a stream: frames, the shapes of opening and closing chunks, the order of keys (wire contract 1.7, 2.8).
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { userSays } from './lib/clients.mjs';
import { exchangeBytes, openStream } from './lib/http.mjs';
import { endless, longContext, plain } from './lib/models.mjs';
import { Server } from './lib/server.mjs';
import { parseFrames } from './lib/sse.mjs';
import { deferred, until } from './lib/wait.mjs';

const kHead = ['id', 'object', 'created', 'model', 'system_fingerprint', 'choices'];
const kUsage = [
  'prompt_tokens', 'completion_tokens', 'total_tokens', 'queue_time', 'prompt_time', 'completion_time', 'total_time',
];

describe('stream frames', () => {
  let server;
  const base = { model: 'plain', stream: true, seed: 11, temperature: 1, max_completion_tokens: 12, ...endless };
  const read = async (request) => {
    const answer = await openStream(server, { ...base, messages: userSays('A frog'), ...request }).done;
    assert.equal(answer.status, 200);
    return { ...answer, ...parseFrames(answer.body) };
  };
  before(async () => {
    const config = 'memory = "1GiB"\n[engine]\nstep_tokens = 16\nmax_sequences = 8';
    server = await Server.start({ models: [plain(), longContext('long', 131072)], config });
  });
  after(() => server.stop());

  it('headers of a stream', async () => {
    const { headers, chunks } = await read({});
    assert.equal(headers['content-type'], 'text/event-stream');
    assert.equal(headers['cache-control'], 'no-cache');
    assert.equal(headers['transfer-encoding'], 'chunked');
    assert.equal(headers['content-encoding'], undefined);
    assert.equal(headers['x-request-id'], chunks[0].x_groq.id);
    assert.match(headers['x-ratelimit-limit-requests'], /^\d+$/);
  });

  it('the opening chunk, byte by byte', async () => {
    const { texts, chunks } = await read({});
    const { id, created, system_fingerprint: fingerprint, x_groq: { id: request } } = chunks[0];
    assert.equal(
      texts[0],
      `{"id":"${id}","object":"chat.completion.chunk","created":${created},"model":"plain",` +
        `"system_fingerprint":"${fingerprint}","choices":[{"index":0,"delta":{"role":"assistant","content":""},` +
        `"logprobs":null,"finish_reason":null}],"x_groq":{"id":"${request}","seed":11}}`,
    );
  });

  it('content chunks, byte by byte', async () => {
    const { texts, chunks } = await read({});
    const head = texts[0].slice(0, texts[0].indexOf('"choices"'));
    for (let i = 1; i < texts.length - 1; ++i) {
      const content = JSON.stringify(chunks[i].choices[0].delta.content);
      assert.equal(texts[i], `${head}"choices":[{"index":0,"delta":{"content":${content}},"logprobs":null,"finish_reason":null}]}`);
      assert.notEqual(content, '""');
    }
  });

  it('the closing chunk', async () => {
    const { chunks } = await read({});
    const closing = chunks.at(-1);
    assert.deepEqual(Object.keys(closing), [...kHead, 'x_groq']);
    assert.deepEqual(closing.choices, [{ index: 0, delta: {}, logprobs: null, finish_reason: 'length' }]);
    assert.deepEqual(Object.keys(closing.choices[0]), ['index', 'delta', 'logprobs', 'finish_reason']);
    assert.deepEqual(Object.keys(closing.x_groq), ['id', 'usage', 'seed']);
    assert.deepEqual(Object.keys(closing.x_groq.usage).slice(0, kUsage.length), kUsage);
    assert.equal(closing.x_groq.usage.completion_tokens, 12);
  });

  it('usage only where it was asked for', async () => {
    const without = await read({});
    assert.ok(without.chunks.every((chunk) => !('usage' in chunk) && chunk.choices.length === 1));
    const { chunks } = await read({ stream_options: { include_usage: true } });
    const [closing, last] = chunks.slice(-2);
    assert.deepEqual(Object.keys(closing), [...kHead, 'x_groq', 'usage']);
    assert.deepEqual(Object.keys(last), [...kHead, 'usage', 'service_tier']);
    assert.deepEqual(last.choices, []);
    assert.deepEqual(last.usage, closing.usage);
    assert.deepEqual(last.usage, closing.x_groq.usage);
    assert.equal(last.service_tier, 'on_demand');
    assert.ok(chunks.slice(0, -2).every((chunk) => !('usage' in chunk)));
  });

  it('every choice opens and closes once, and only one of each carries x_groq', async () => {
    const { chunks } = await read({ n: 3 });
    for (let index = 0; index < 3; ++index) {
      const own = chunks.filter((chunk) => chunk.choices[0].index === index);
      assert.deepEqual(own[0].choices[0].delta, { role: 'assistant', content: '' });
      assert.deepEqual(own.at(-1).choices[0], { index, delta: {}, logprobs: null, finish_reason: 'length' });
      assert.ok(own.slice(1, -1).every(({ choices }) => choices[0].finish_reason === null && choices[0].delta.content));
    }
    const marked = chunks.filter((chunk) => 'x_groq' in chunk);
    assert.equal(marked.length, 2);
    assert.equal(marked[0], chunks[0]);
    assert.equal(marked[1], chunks.at(-1));
    assert.equal(chunks.at(-1).x_groq.usage.completion_tokens, 36);
  });

  it('never half a character', async () => {
    // Bytes of the model's own alphabet, drawn evenly: most do not make a character.
    for (let seed = 0; seed < 8; ++seed) {
      const { body } = await read({ temperature: 2, seed, max_completion_tokens: 60, messages: userSays('日本語 żółć 🚀') });
      for (const frame of body.toString('latin1').split('\n\n')) {
        new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(frame, 'latin1'));
      }
    }
  });

  it('headers and the opening chunk leave before the prompt is read', async () => {
    // A thousand steps lie between the two.
    const first = deferred();
    const messages = userSays('Once upon a time there was a dog. '.repeat(1500));
    const stream = openStream(server, { ...base, model: 'long', messages }, { onBytes: (part) => first.resolve(part) });
    const part = (await first.promise).toString();
    await until('the prompt is read', async () => (await server.metrics()).value('peregrine_running_sequences', { model: 'long' }) === 1);
    stream.close();
    assert.equal(part.split('\n\n').length, 2, part);
    assert.match(part, /"delta":\{"role":"assistant","content":""\}/);
  });

  it('an HTTP/1.0 client gets the same frames, ended by the connection', async () => {
    const body = JSON.stringify({ ...base, messages: userSays('A frog') });
    const answer = await exchangeBytes(server, `POST /openai/v1/chat/completions HTTP/1.0\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    const [head, ...rest] = answer.split('\r\n\r\n');
    assert.match(head, /^HTTP\/1\.[01] 200 /);
    assert.doesNotMatch(head, /transfer-encoding/i);
    const old = parseFrames(Buffer.from(rest.join('\r\n\r\n'), 'latin1'));
    const { chunks } = await read({});
    assert.deepEqual(old.chunks.slice(1, -1).map((c) => c.choices), chunks.slice(1, -1).map((c) => c.choices));
  });

  it('an error before the first byte is an ordinary answer', async () => {
    const answer = await openStream(server, { ...base, messages: [] }).done;
    assert.equal(answer.status, 400);
    assert.equal(answer.headers['content-type'], 'application/json');
    assert.equal(JSON.parse(answer.body).error.param, 'messages');
  });

  it('leaves nothing behind', () => server.assertIdle());
});
