// More than fits: a full queue, a full context, a full house.
import assert from 'node:assert/strict';
import net from 'node:net';
import { after, before, describe, it } from 'node:test';

import { errorBody, errorsOf, makeClients, userSays } from './lib/clients.mjs';
import { exchangeBytes, openStream, parseAnswer, postChat, request } from './lib/http.mjs';
import { endless, longContext, plain } from './lib/models.mjs';
import { Server } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

describe('a full queue', () => {
  let server;
  const chat = (more) => ({ model: 'long', messages: userSays('Once upon a time'), ...endless, ...more });
  const gauge = (name) => server.metrics().then((metrics) => metrics.value(name));
  before(async () => {
    const config = 'memory = "512MiB"\n[engine]\nmax_sequences = 1\nmax_queued = 1\nstep_tokens = 16';
    server = await Server.start({ models: [longContext('long', 131072)], config });
  });
  after(() => server.stop());

  // Occupies the only slot and the only place in the queue. What runs is a prompt that takes a thousand steps to read: unlike
  // an answer, it cannot be paused by a slow reader and lose its slot.
  const kLongPrompt = 'Once upon a time there was a dog. '.repeat(1500);
  const whileFull = async (run) => {
    const runner = openStream(server, chat({ stream: true, messages: userSays(kLongPrompt) }));
    await until('it runs', async () => (await gauge('peregrine_running_sequences')) === 1);
    const queued = postChat(server, chat({ max_completion_tokens: 3 }));
    await until('one waits', async () => (await gauge('peregrine_queued_sequences')) === 1);
    try {
      await run();
    } finally {
      runner.close();
    }
    assert.equal((await runner.done).cut, true);
    const { status, json } = await queued;
    assert.equal(status, 200);
    assert.equal(json.usage.completion_tokens, 3);
    await server.assertIdle();
  };

  it('a full queue is 503 with retry-after', async () => {
    await whileFull(async () => {
      for (const [name, client] of Object.entries(makeClients(server))) {
        for (const stream of [false, true]) {
          await assert.rejects(client.chat.completions.create(chat({ stream })), (error) => {
            assert.ok(error instanceof errorsOf[name].InternalServerError);
            assert.equal(error.status, 503);
            assert.equal(errorBody(error).type, 'internal_server_error');
            assert.match(errorBody(error).message, /^Service Unavailable/);
            assert.match(error.headers.get('retry-after'), /^[1-9]\d*$/);
            return true;
          });
        }
      }
      const { status, json } = await postChat(server, chat({ service_tier: 'flex' }));
      assert.equal(status, 498);
      assert.equal(json.error.type, 'capacity');
      assert.equal(json.error.code, 'capacity_exceeded');
      assert.match(json.error.message, /`flex` tier capacity exceeded/);
    });
  });

  it('a client that may retry gets its answer', async () => {
    const { 'groq-sdk': client } = makeClients(server);
    let answer;
    await whileFull(async () => {
      answer = client.chat.completions.create(chat({ max_completion_tokens: 2 }), { maxRetries: 8 });
      answer.catch(() => {});
      const refused = async () => {
        const found = (await server.metrics()).find('peregrine_http_requests_total', { status: '503' });
        return found.reduce((sum, sample) => sum + sample.value, 0) > 4;
      };
      await until('it was refused once', refused);
    });
    assert.equal((await answer).usage.completion_tokens, 2);
  });

  it('more choices than could ever wait', async () => {
    const { status, json } = await postChat(server, chat({ n: 100, max_completion_tokens: 1 }));
    assert.equal(status, 400);
    assert.equal(json.error.type, 'invalid_request_error');
    assert.equal(json.error.param, 'n');
    await server.assertIdle();
  });
});

describe('a full context', () => {
  let server;
  const chat = (more) => ({ model: 'plain', messages: userSays('Once upon a time'), ...endless, ...more });
  before(async () => {
    server = await Server.start({ models: [plain()], config: '[engine]\nmax_context = 200' });
  });
  after(() => server.stop());

  it('a prompt that does not fit names both counts', async () => {
    const long = { messages: userSays('word '.repeat(300)) };
    for (const stream of [false, true]) {
      const { status, json } = await postChat(server, chat({ ...long, stream }));
      assert.equal(status, 400);
      assert.equal(json.error.type, 'invalid_request_error');
      assert.equal(json.error.code, 'context_length_exceeded');
      assert.equal(json.error.param, 'messages');
      assert.match(json.error.message, /^Please reduce the length of the messages or completion\./);
      const counts = json.error.message.match(/\d+/g).map(Number);
      assert.ok(counts.includes(200) && counts.some((count) => count > 300), json.error.message);
    }
  });

  it('a prompt that fits with a completion that does not', async () => {
    const { json: { usage } } = await postChat(server, chat({ max_completion_tokens: 1 }));
    const room = 200 - usage.prompt_tokens;
    const fits = await postChat(server, chat({ max_completion_tokens: room }));
    assert.equal(fits.status, 200);
    assert.equal(fits.json.usage.completion_tokens, room);
    const { status, json } = await postChat(server, chat({ max_completion_tokens: room + 1 }));
    assert.equal(status, 400);
    assert.equal(json.error.code, 'context_length_exceeded');
    for (const count of [usage.prompt_tokens, room + 1, 200]) assert.match(json.error.message, new RegExp(`\\b${count}\\b`));
  });

  it('without a budget the window is the budget', async () => {
    const { json } = await postChat(server, chat({}));
    assert.equal(json.usage.total_tokens, 200);
    assert.equal(json.choices[0].finish_reason, 'length');
  });

  it('a budget over the window', async () => {
    for (const field of ['max_completion_tokens', 'max_tokens']) {
      const { status, json } = await postChat(server, chat({ [field]: 201 }));
      assert.equal(status, 400);
      assert.equal(json.error.param, field);
      assert.ok(json.error.message.startsWith(`\`${field}\` must be less than or equal to \`200\`, the maximum value`));
    }
  });

  it('leaves nothing behind', () => server.assertIdle());
});

describe('a full house', () => {
  const kConnections = 6;
  let server;
  before(async () => {
    const config = `[server]\nmax_connections = ${kConnections}\nmax_body = "64KiB"`;
    server = await Server.start({ models: [plain()], config });
  });
  after(() => server.stop());

  it('a body over the limit of the configuration', async () => {
    const body = JSON.stringify({ model: 'plain', messages: userSays('x'.repeat(65536)) });
    const headers = { 'content-type': 'application/json' };
    const answer = await request(server, { method: 'POST', path: '/v1/chat/completions', headers, body });
    assert.equal(answer.status, 413);
    assert.equal(JSON.parse(answer.body).error.code, 'request_too_large');
  });

  it('more connections than there may be', async () => {
    const sockets = Array.from({ length: kConnections }, () => net.connect(server.port, '127.0.0.1'));
    for (const socket of sockets) socket.on('error', () => {});
    await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
    const answer = parseAnswer(await exchangeBytes(server, 'GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n'));
    assert.equal(answer.status, 503);
    assert.equal(JSON.parse(answer.body).error.type, 'internal_server_error');
    for (const socket of sockets) socket.destroy();
    await until('there is room again', async () => (await request(server, { path: '/health' })).status === 200);
  });
});
