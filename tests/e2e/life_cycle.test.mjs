// A server's life: probes, figures, draining, taken ports, sudden death.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { peregrine } from './lib/cli.mjs';
import { userSays } from './lib/clients.mjs';
import { readData } from './lib/environment.mjs';
import { openStream, postChat, request } from './lib/http.mjs';
import { endless, longContext, plain } from './lib/models.mjs';
import { Server } from './lib/server.mjs';
import { joinContent, parseFrames } from './lib/sse.mjs';
import { until } from './lib/wait.mjs';

const get = async (server, path) => {
  const answer = await request(server, { path });
  return { ...answer, json: JSON.parse(answer.body) };
};

describe('a running server', () => {
  let server;
  before(async () => {
    server = await Server.start({ models: [plain()], config: '[server]\nrequests_per_day = 77\ntokens_per_minute = 888' });
  });
  after(() => server.stop());

  it('says how to talk to it', () => {
    assert.match(server.output, /^Peregrine \d+\.\d+\.\d+ serves http:\/\/127\.0\.0\.1:\d+\/openai\/v1$/m);
    assert.match(server.output, /^ +model +plain\b/m);
    assert.match(server.output, /curl http:\/\/127\.0\.0\.1:\d+\/openai\/v1\/chat\/completions/);
    assert.match(server.output, /"model": "plain"/);
  });

  it('the curl that it prints is a good request', async () => {
    const [, body] = /-d '(\{.*\})'/.exec(server.output);
    const answer = await request(server, { method: 'POST', path: '/openai/v1/chat/completions', body });
    assert.equal(answer.status, 200);
  });

  it('probes', async () => {
    assert.deepEqual((await get(server, '/health')).json, { status: 'ok' });
    assert.deepEqual((await get(server, '/ready')).json, { status: 'ready', models: [{ id: 'plain', state: 'loaded', kind: 'text' }] });
    assert.equal((await get(server, '/ready')).status, 200);
    const head = await request(server, { method: 'HEAD', path: '/health' });
    assert.equal(head.status, 200);
    assert.equal(head.body, '');
  });

  it('figures: names, types and labels', async () => {
    const wanted = readData('metrics.json');
    const metrics = await server.metrics();
    for (const name of wanted.gauges) assert.equal(metrics.types.get(name), 'gauge', name);
    for (const name of wanted.counters) assert.equal(metrics.types.get(name), 'counter', name);
    for (const name of wanted.histograms) assert.equal(metrics.types.get(name), 'histogram', name);
    for (const state of wanted.kv_states) metrics.value('peregrine_kv_blocks', { state });
    for (const kind of wanted.memory_kinds) assert.ok(metrics.value('peregrine_memory_bytes', { kind }) > 0, kind);
    assert.ok(metrics.value('peregrine_memory_bytes') <= metrics.value('peregrine_memory_budget_bytes'));
    for (const name of metrics.types.keys()) assert.match(name, /^(peregrine|process)_[a-z_]+$/);
    for (const { name } of metrics.samples) {
      const family = [...metrics.types.keys()].find((type) => name === type || (name.startsWith(type) && /_(bucket|sum|count)$/.test(name)));
      assert.ok(family, `${name} has no type`);
    }
  });

  it('figures: histograms count what happened', async () => {
    const wanted = readData('metrics.json');
    const before = await server.metrics();
    for (let i = 0; i < 3; ++i) {
      const { status } = await postChat(server, { model: 'plain', messages: userSays(`Number ${i}`), max_completion_tokens: 11, ...endless });
      assert.equal(status, 200);
    }
    const after = await server.metrics();
    const grown = (name, labels) => after.value(name, labels) - before.value(name, labels);
    assert.equal(grown('peregrine_queue_seconds_count'), 3);
    assert.equal(grown('peregrine_time_to_first_token_seconds_count'), 3);
    assert.equal(grown('peregrine_inter_token_seconds_count'), 30);
    for (const name of wanted.histograms) {
      const buckets = after.find(`${name}_bucket`);
      const bounds = buckets.map(({ labels }) => (labels.le === '+Inf' ? Infinity : Number(labels.le)));
      assert.deepEqual(bounds, [...bounds].sort((a, b) => a - b));
      buckets.slice(1).forEach(({ value }, i) => assert.ok(value >= buckets[i].value));
      assert.equal(buckets.at(-1).value, after.value(`${name}_count`));
      assert.ok(after.value(`${name}_sum`) >= 0);
    }
    const chats = { route: '/openai/v1/chat/completions', method: 'POST', status: '200' };
    assert.equal(grown('peregrine_http_requests_total', chats), 3);
  });

  it('rate-limit headers tell what is configured', async () => {
    const { headers } = await postChat(server, { model: 'plain', messages: userSays('Hi'), max_completion_tokens: 1 });
    assert.equal(headers['x-ratelimit-limit-requests'], '77');
    assert.equal(headers['x-ratelimit-limit-tokens'], '888');
  });

  it('a second server on its port says so', async () => {
    const { status, stderr, stdout } = await peregrine(['serve', '--model', plain('second'), '--port', String(server.port)]);
    assert.equal(status, 1);
    assert.equal(stdout, '');
    assert.match(stderr, new RegExp(`${server.port}`));
    assert.match(stderr, /in use/i);
    server.assertAlive();
  });
});

describe('what an operator sets', () => {
  const kOrigin = 'https://chat.example.org';
  let server;
  before(async () => {
    const config = `models = [${JSON.stringify(plain('one'))}]\nlog_level = "error"\nmemory = "256MiB"
[server]\nallowed_hosts = ["gpu.example.org"]\ncors_origins = ["${kOrigin}"]
[engine]\nkv_type = "f32"\nmax_context = 64`;
    server = await Server.start({ models: [], config });
  });
  after(() => server.stop());
  const ask = (method, headers) => request(server, { method, path: '/openai/v1/models', headers });

  it('models and their context', async () => {
    const { data } = (await get(server, '/openai/v1/models')).json;
    assert.deepEqual(data.map(({ id, context_window: window }) => [id, window]), [['one', 64]]);
    assert.equal(server.errors, '', 'errors only');
    assert.equal((await server.metrics()).value('peregrine_memory_budget_bytes'), 256 * 2 ** 20);
  });

  it('names it answers to', async () => {
    for (const host of ['gpu.example.org', 'GPU.example.org:8080', 'localhost', '127.0.0.1:1']) {
      assert.equal((await ask('GET', { host })).status, 200, host);
    }
    for (const host of ['example.org', 'gpu.example.org.evil.com', '10.0.0.1']) {
      assert.equal((await ask('GET', { host })).status, 403, host);
    }
  });

  it('web pages that may call it', async () => {
    const preflight = await ask('OPTIONS', { origin: kOrigin, 'access-control-request-method': 'POST' });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers['access-control-allow-origin'], kOrigin);
    assert.equal((await ask('GET', { origin: kOrigin })).headers['access-control-allow-origin'], kOrigin);
    for (const origin of ['https://evil.example', 'null', `${kOrigin}.evil.com`]) {
      const { headers } = await ask('GET', { origin });
      assert.equal(headers['access-control-allow-origin'], undefined, origin);
    }
  });
});

describe('the end of a server', () => {
  const chat = { model: 'long', messages: userSays('Once upon a time'), stream: true, ...endless };
  const start = (more = '') =>
    Server.start({
      models: [longContext('long', 16384)],
      config: `memory = "512MiB"\n[engine]\nmax_sequences = 8\n${more}`,
    });

  it('SIGTERM: running streams finish whole, nobody new comes in', async () => {
    const server = await start();
    const expected = (await postChat(server, { ...chat, stream: false, temperature: 1, seed: 6, max_completion_tokens: 2000 })).json;
    let begun = 0;
    const streams = Array.from({ length: 4 }, () =>
      openStream(server, { ...chat, temperature: 1, seed: 6, max_completion_tokens: 2000 }, { onBytes: () => ++begun }));
    await until('the streams have begun', async () => begun > 8 && (await server.metrics()).value('peregrine_running_sequences') === 4);
    process.kill(server.pid, 'SIGTERM');
    await until('new connections are refused', () =>
      fetch(`${server.root}/health`).then(() => false, (error) => error.cause?.code === 'ECONNREFUSED'));
    assert.ok(!server.over, 'it waits for its streams');
    for (const { done } of streams) {
      const { chunks } = parseFrames((await done).body);
      assert.equal(joinContent(chunks), expected.choices[0].message.content);
      assert.equal(chunks.at(-1).choices[0].finish_reason, 'length');
    }
    assert.deepEqual(await server.exited, { status: 0, signal: null });
  });

  it('SIGTERM: what takes too long is cut, and the exit is still 0', async () => {
    const server = await start('[server]\ndrain_seconds = 0');
    let begun = 0;
    const stream = openStream(server, chat, { onBytes: () => ++begun });
    await until('the stream has begun', () => begun > 2);
    process.kill(server.pid, 'SIGTERM');
    const result = await stream.done.then(({ body }) => body.toString(), () => '');
    assert.doesNotMatch(result, /\[DONE\]/, 'a cut stream does not look whole');
    assert.deepEqual(await server.exited, { status: 0, signal: null });
  });

  it('SIGTERM twice: at once', async () => {
    const server = await start();
    let begun = 0;
    const stream = openStream(server, chat, { onBytes: () => ++begun });
    stream.done.catch(() => {});
    await until('the stream has begun', () => begun > 2);
    process.kill(server.pid, 'SIGTERM');
    await until('it drains', () => /draining/.test(server.errors));
    process.kill(server.pid, 'SIGTERM');
    assert.deepEqual(await server.exited, { status: 1, signal: null });
  });

  it('SIGINT ends an idle server', async () => {
    const server = await start();
    assert.deepEqual(await server.kill('SIGINT'), { status: 0, signal: null });
  });

  it('kill -9, and up again on the same port with the same answers', async () => {
    const server = await start();
    const ask = (where) => postChat(where, { ...chat, stream: false, temperature: 1, seed: 9, max_completion_tokens: 60 });
    const first = (await ask(server)).json;
    const running = openStream(server, chat);
    running.done.catch(() => {});
    await until('it runs', async () => (await server.metrics()).value('peregrine_running_sequences') === 1);
    assert.deepEqual(await server.kill('SIGKILL'), { status: null, signal: 'SIGKILL' });
    const again = await Server.start({ models: [longContext('long', 16384)], port: server.port });
    assert.equal(again.port, server.port);
    const second = (await ask(again)).json;
    assert.equal(second.choices[0].message.content, first.choices[0].message.content);
    assert.equal(second.system_fingerprint, first.system_fingerprint);
    await again.stop();
  });
});
