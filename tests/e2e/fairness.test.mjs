// A long prompt does not stop those who are being answered, and a reader who does not read stops nobody else.
import assert from 'node:assert/strict';
import net from 'node:net';
import { after, before, describe, it } from 'node:test';

import { userSays } from './lib/clients.mjs';
import { openStream, postChat } from './lib/http.mjs';
import { endless, longContext } from './lib/models.mjs';
import { Server } from './lib/server.mjs';
import { deferred, until } from './lib/wait.mjs';

const kContext = 8192;
const kStreams = 8;

describe('fairness', () => {
  let server;
  before(async () => {
    // Sixteen rows a step: eight answers take half of it, and the prompt needs hundreds of steps.
    const config = 'memory = "1GiB"\n[engine]\nstep_tokens = 16\nmax_sequences = 16\nkv_memory = "256MiB"';
    server = await Server.start({ models: [longContext('long', kContext)], config });
  });
  after(() => server.stop());

  // A stream that counts its content chunks.
  const follow = (request, onContent = () => {}) => {
    const stream = { content: 0 };
    const body = { model: 'long', stream: true, ...endless, ...request };
    const onBytes = (part) => {
      const count = part.toString('latin1').split('"delta":{"content":').length - 1;
      stream.content += count;
      if (count > 0) onContent();
    };
    return Object.assign(stream, openStream(server, body, { onBytes }));
  };

  it('streams keep moving while a long prompt is read', async () => {
    const streams = Array.from({ length: kStreams }, (_, i) => follow({ messages: userSays(`Story ${i}`), seed: i }));
    await until('all streams run', () => streams.every((stream) => stream.content > 3));
    const counts = () => streams.map((stream) => stream.content);

    const firstToken = deferred();
    const messages = userSays('and then the little dog went on '.repeat(170));
    const before = counts();
    const long = follow({ messages, max_completion_tokens: 2 }, () => firstToken.resolve(counts()));
    const atFirstToken = await firstToken.promise;
    const { body } = await long.done;
    const usage = JSON.parse(body.toString().split('\n\n').at(-3).slice('data: '.length)).x_groq.usage;
    assert.ok(usage.prompt_tokens > 1500, `${usage.prompt_tokens}`);
    atFirstToken.forEach((count, i) => assert.ok(count - before[i] >= 20, `stream ${i} got ${count - before[i]} tokens`));

    for (const stream of streams) stream.close();
    await Promise.all(streams.map((stream) => stream.done));
    await server.assertIdle();
  });

  it('a short prompt overtakes a long one', async () => {
    const order = [];
    const long = follow({ messages: userSays('one two three four five six '.repeat(100)), max_completion_tokens: 1 }, () => order.push('long'));
    await until('the long prompt is read', async () => (await server.metrics()).value('peregrine_running_sequences') === 1);
    const short = follow({ messages: userSays('Hello'), max_completion_tokens: 8 });
    await short.done.then(() => order.push('short'));
    await long.done;
    assert.deepEqual(order, ['short', 'long']);
  });

  it('a client that does not read pauses only its own answer', async () => {
    const body = JSON.stringify({ model: 'long', messages: userSays('Hi'), stream: true, n: 8, logprobs: true, top_logprobs: 20, max_completion_tokens: 4000, ...endless });
    const socket = net.connect(server.port, '127.0.0.1');
    socket.pause();
    socket.write(`POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    await until('it runs', async () => (await server.metrics()).value('peregrine_running_sequences') === 8);
    const { status, json } = await postChat(server, { model: 'long', messages: userSays('Hello'), max_completion_tokens: 200, ...endless });
    assert.equal(status, 200);
    assert.equal(json.usage.completion_tokens, 200);
    socket.destroy();
    await server.assertIdle();
  });
});
