// Batches with both clients, every endpoint, malformed orders as data; and a server that is stopped or killed in the
// middle of them.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

import Groq from 'groq-sdk';
import { toFile } from 'openai';

import { expand, toBytes } from './lib/bytes.mjs';
import { peregrine } from './lib/cli.mjs';
import { errorBody, makeClients, userSays } from './lib/clients.mjs';
import { newDataFolder, readData } from './lib/environment.mjs';
import { formBytes, kFormType } from './lib/forms.mjs';
import { openStream, postChat, request } from './lib/http.mjs';
import { derive, endless, golden, plain } from './lib/models.mjs';
import { Server } from './lib/server.mjs';
import { randomWhisper, speech } from './lib/sound.mjs';
import { until } from './lib/wait.mjs';

const kPath = '/openai/v1/batches';
const kChat = '/v1/chat/completions';
const kBatchTries = 12_000;
const kEnded = ['completed', 'failed', 'expired', 'cancelled'];
const embedder = () => derive('embed', golden('bert-mean-f32'), { 'general.name': ['string', 'embed'] });

const lineOf = (id, body, url = kChat, method = 'POST') => ({ custom_id: id, method, url, body });
const chat = (content, more = {}) => ({ model: 'plain', messages: userSays(content), max_completion_tokens: 4, seed: 7, ...more });
const jsonl = (lines) => Buffer.from(lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''));

async function upload(server, lines) {
  const body = formBytes([{ name: 'purpose', content: 'batch' }, { name: 'file', filename: 'a.jsonl', content: jsonl(lines) }]);
  const answer = await request(server, { method: 'POST', path: '/openai/v1/files', headers: { 'content-type': kFormType }, body });
  assert.equal(answer.status, 200, answer.body);
  return JSON.parse(answer.body).id;
}

async function post(server, where, body) {
  const answer = await request(server, { method: 'POST', path: where, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return { status: answer.status, json: JSON.parse(answer.body) };
}

async function order(server, lines, more = {}) {
  const input = await upload(server, lines);
  const { status, json } = await post(server, kPath, { input_file_id: input, endpoint: kChat, completion_window: '24h', ...more });
  assert.equal(status, 200, JSON.stringify(json));
  return json;
}

async function show(server, id) {
  const { status, body } = await request(server, { path: `${kPath}/${id}` });
  assert.equal(status, 200, body);
  return JSON.parse(body);
}

// `look`: what is watched meanwhile.
const ended = (server, id, look = () => {}) => until(`${id} has ended`, async () => {
  look();
  const batch = await show(server, id);
  return kEnded.includes(batch.status) && batch;
}, kBatchTries);

// The lines of a file by their custom_id, each of which is there once.
async function linesOf(server, id, headers = {}) {
  if (id === null) return new Map();
  const answer = await fetch(`${server.url}/files/${id}/content`, { headers });
  const text = await answer.text();
  assert.equal(answer.status, 200);
  assert.ok(text.endsWith('\n'));
  const lines = text.slice(0, -1).split('\n').map((line) => JSON.parse(line));
  const found = new Map(lines.map((line) => [line.custom_id, line]));
  assert.equal(found.size, lines.length, 'a line is answered once');
  for (const line of lines) {
    assert.deepEqual(Object.keys(line), ['id', 'custom_id', 'response', 'error']);
    assert.match(line.id, /^batch_req_out_[0-7][0-9a-hjkmnp-tv-z]{25}$/);
    if (line.response) assert.match(line.response.request_id, /^req_/);
  }
  return found;
}

const content = (line) => line.response.body.choices[0].message.content;

describe('batches', () => {
  let server;
  let clients;
  before(async () => {
    server = await Server.start({ models: [plain(), embedder()], config: 'memory = "1GiB"' });
    clients = makeClients(server);
  });
  after(() => server?.stop());

  it('serve groq-sdk', async () => {
    const groq = clients['groq-sdk'];
    const lines = [lineOf('one', chat('Once')), lineOf('two', chat('upon a time'))];
    const file = await groq.files.create({ file: await Groq.toFile(jsonl(lines), 'requests.jsonl'), purpose: 'batch' });
    const batch = await groq.batches.create({
      input_file_id: file.id, endpoint: kChat, completion_window: '24h', metadata: { job: 'nightly' },
    });
    assert.match(batch.id, /^batch_/);
    assert.equal(batch.object, 'batch');
    assert.equal(batch.status, 'validating');
    assert.equal(batch.expires_at - batch.created_at, 86_400);
    assert.deepEqual(batch.request_counts, { total: 0, completed: 0, failed: 0 });
    assert.deepEqual(batch.metadata, { job: 'nightly' });
    assert.ok((await groq.batches.list()).data.some(({ id }) => id === batch.id));
    const done = await until('it is completed', async () => {
      const now = await groq.batches.retrieve(batch.id);
      return now.status === 'completed' && now;
    });
    assert.deepEqual(done.request_counts, { total: 2, completed: 2, failed: 0 });
    assert.equal(done.error_file_id, null);
    const output = await (await groq.files.content(done.output_file_id)).text();
    assert.equal(output.split('\n').length, 3);
    const record = await groq.files.info(done.output_file_id);
    assert.equal(record.purpose, 'batch_output');
    assert.equal(record.bytes, Buffer.byteLength(output));
    const late = await groq.batches.cancel(batch.id).then(() => assert.fail(), (error) => error);
    assert.equal(late.status, 400);
    assert.match(errorBody(late).message, /Cannot cancel a batch with status 'completed'/);
  });

  it('serve openai, and answer what a client is answered', async () => {
    const { openai } = clients;
    const lines = ['Once', 'There was', 'The little dog'].map((text, i) => lineOf(`line ${i}`, chat(text, { seed: i })));
    const file = await openai.files.create({ file: await toFile(jsonl(lines), 'a.jsonl'), purpose: 'batch' });
    const batch = await openai.batches.create({ input_file_id: file.id, endpoint: kChat, completion_window: '24h' });
    assert.deepEqual(await openai.files.delete(file.id), { id: file.id, object: 'file', deleted: true });
    const done = await until('it is completed', async () => {
      const now = await openai.batches.retrieve(batch.id);
      return now.status === 'completed' && now;
    });
    const found = await linesOf(server, done.output_file_id);
    for (const { custom_id: id, body } of lines) {
      const line = found.get(id);
      assert.equal(line.response.status_code, 200);
      assert.equal(line.error, null);
      assert.equal(line.response.body.service_tier, 'flex');
      assert.equal(line.response.body.x_groq.id, line.response.request_id);
      assert.equal(content(line), (await postChat(server, body)).json.choices[0].message.content);
    }
  });

  it('tell one that succeeds, one that fails and one that cannot be asked apart', async () => {
    const batch = await order(server, [
      lineOf('good', chat('Once')), lineOf('bad', chat('Once', { temperature: 9 })), lineOf('get', chat('Once'), kChat, 'GET'),
      lineOf('nobody', chat('Once', { model: 'ada' })), lineOf('stream', chat('Once', { stream: true })),
      lineOf('tier', chat('Once', { service_tier: 'auto' })),
    ]);
    const done = await ended(server, batch.id);
    assert.equal(done.status, 'completed');
    assert.deepEqual(done.request_counts, { total: 6, completed: 1, failed: 5 });
    assert.deepEqual(done.errors.data.map(({ code, line, param }) => ({ code, line, param })), [
      { code: 'invalid_method', line: 3, param: 'method' }, { code: 'invalid_body', line: 5, param: 'body.stream' },
      { code: 'invalid_body', line: 6, param: 'body.service_tier' },
    ]);
    assert.equal(done.errors.data[0].message, "Invalid value: 'GET'. Supported values are: 'POST'");
    assert.deepEqual([...(await linesOf(server, done.output_file_id)).keys()], ['good']);
    const errors = await linesOf(server, done.error_file_id);
    assert.equal(errors.get('bad').response.status_code, 400);
    assert.equal(errors.get('bad').response.body.error.param, 'temperature');
    assert.equal(errors.get('bad').error, null);
    assert.equal(errors.get('nobody').response.status_code, 404);
    assert.equal(errors.get('nobody').response.body.error.code, 'model_not_found');
    assert.equal(errors.get('get').response, null);
    assert.equal(errors.get('get').error.code, 'invalid_method');
  });

  it('fail with the lines at fault', async () => {
    const batch = await order(server, [
      lineOf('a', chat('Once')), '{"custom_id":"b"}', lineOf('a', chat('Once')), lineOf('c', chat('Once'), '/v1/models'),
      { ...lineOf('d', chat('Once')), extra: 1 }, lineOf('e', 'Once'), '{"custom_id":"f","custom_id":"g"}',
    ]);
    const done = await ended(server, batch.id);
    assert.equal(done.status, 'failed');
    assert.deepEqual(done.errors.data.map(({ line }) => line), [2, 3, 4, 5, 6, 7]);
    assert.equal(done.errors.data[1].code, 'duplicate_custom_id');
    assert.deepEqual(done.request_counts, { total: 0, completed: 0, failed: 0 });
    assert.equal(done.output_file_id, null);
    assert.ok(done.failed_at >= done.created_at);
  });

  it('ask responses and embeddings, all in one file', async () => {
    const batch = await order(server, [
      lineOf('chat', chat('Once')), lineOf('vector', { model: 'embed', input: 'the cat' }, '/v1/embeddings'),
      lineOf('response', { model: 'plain', input: 'Once', max_output_tokens: 16 }, '/openai/v1/responses'),
    ], { endpoint: '/v1/embeddings' });
    const done = await ended(server, batch.id);
    assert.deepEqual(done.request_counts, { total: 3, completed: 3, failed: 0 }, JSON.stringify([...await linesOf(server, done.error_file_id)]));
    const found = await linesOf(server, done.output_file_id);
    const { json } = await post(server, '/openai/v1/embeddings', { model: 'embed', input: 'the cat' });
    assert.deepEqual(found.get('vector').response.body, json);
    assert.equal(found.get('response').response.body.object, 'response');
    assert.equal(found.get('response').response.body.store, false);
  });

  it('are listed page by page, and by their ids', async () => {
    const { openai } = clients;
    const made = [];
    for (let i = 0; i < 5; ++i) made.unshift((await order(server, [lineOf('a', chat('Once'))])).id);
    const seen = [];
    for await (const { id } of openai.batches.list({ limit: 2 })) seen.push(id);
    assert.deepEqual(seen.slice(0, 5), made);
    const page = async (query) => JSON.parse((await request(server, { path: `${kPath}?${query}` })).body);
    const first = await page('limit=3');
    assert.equal(first.has_more, true);
    assert.equal(first.paging.next_cursor, made[2]);
    assert.deepEqual((await page(`limit=2&cursor=${made[2]}`)).data.map(({ id }) => id), made.slice(3, 5));
    const named = await page(`id=${made[1]}&id=${made[3]}&id=batch_none`);
    assert.deepEqual(named.data.map(({ id }) => id), [made[1], made[3]]);
    assert.equal(named.has_more, false);
    for (const id of made) await ended(server, id);
  });

  it('are cancelled by both clients, and keep what was answered', async () => {
    for (const client of Object.values(clients)) {
      const lines = Array.from({ length: 200 }, (_, i) => lineOf(`${i}`, chat(`Story ${i}`, { max_completion_tokens: 60, ...endless })));
      const { id } = await order(server, lines);
      await until('some are answered', async () => (await show(server, id)).request_counts.completed > 0);
      const cancelling = await client.batches.cancel(id);
      assert.ok(['cancelling', 'cancelled'].includes(cancelling.status));
      const done = await ended(server, id);
      assert.equal(done.status, 'cancelled');
      const output = await linesOf(server, done.output_file_id);
      const errors = await linesOf(server, done.error_file_id);
      assert.equal(output.size + errors.size, lines.length);
      assert.deepEqual(done.request_counts, { total: lines.length, completed: output.size, failed: errors.size });
      assert.ok(output.size < lines.length);
      for (const { error } of errors.values()) assert.equal(error.code, 'batch_cancelled');
    }
    await server.assertIdle();
  });

  describe('that are badly ordered', () => {
    let output;
    before(async () => {
      output = (await ended(server, (await order(server, [lineOf('a', chat('Once'))])).id)).output_file_id;
    });
    for (const row of readData('bad_batches.json')) {
      it(row.name, async () => {
        const good = { input_file_id: 'file_x', endpoint: kChat, completion_window: '24h' };
        const headers = { 'content-type': 'application/json' };
        const body = { ...good, ...expand(row.with ?? {}) };
        for (const key of row.without ?? []) delete body[key];
        const text = JSON.stringify(body).replaceAll('$OUTPUT', output);
        const asked = row.request
          ? { ...row.request, ...(row.request.body !== undefined && { body: toBytes(row.request.body) }) }
          : { method: 'POST', path: kPath, headers, body: 'body' in row ? toBytes(row.body) : text };
        const answer = await request(server, asked);
        const { status = 400, code, param, message } = row.expect;
        assert.equal(answer.status, status, answer.body);
        const { message: said, ...known } = JSON.parse(answer.body).error;
        assert.deepEqual(known, { type: 'invalid_request_error', ...(code && { code }), ...(param && { param }) }, said);
        assert.ok(said.includes(message), said);
      });
    }
  });
});

describe('batches of keys', () => {
  it('see what the key may see, and ask what it may ask', async () => {
    const config = '[server]\nkeys = ["one"]\n';
    const server = await Server.start({ models: [plain()], config });
    const anonymous = await request(server, { path: kPath });
    assert.equal(anonymous.status, 401);
    const { openai } = makeClients(server, { apiKey: 'one' });
    const file = await openai.files.create({ file: await toFile(jsonl([lineOf('a', chat('Once'))]), 'a.jsonl'), purpose: 'batch' });
    const { id } = await openai.batches.create({ input_file_id: file.id, endpoint: kChat, completion_window: '7d' });
    const done = await until('it has ended', async () => {
      const now = await openai.batches.retrieve(id);
      return kEnded.includes(now.status) && now;
    });
    assert.deepEqual(done.request_counts, { total: 1, completed: 1, failed: 0 });
    await server.stop();
  });

  async function createKey(dataDir, name, ...more) {
    const { status, stdout, stderr } = await peregrine(['keys', 'create', '--name', name, ...more, '--data-dir', dataDir]);
    assert.equal(status, 0, stderr);
    return stdout.trim();
  }
  const bearer = (key) => ({ authorization: `Bearer ${key}` });

  async function orderWith(client, lines) {
    const file = await client.files.create({ file: await toFile(jsonl(lines), 'a.jsonl'), purpose: 'batch' });
    return client.batches.create({ input_file_id: file.id, endpoint: kChat, completion_window: '24h' });
  }
  const endedFor = (client, id) => until(`${id} has ended`, async () => {
    const batch = await client.batches.retrieve(id);
    return kEnded.includes(batch.status) && batch;
  }, kBatchTries);

  it('ask nothing beyond its scope: such a line has the answer that the route gives', async () => {
    const dataDir = newDataFolder('batches');
    const key = await createKey(dataDir, 'narrow', '--scope', 'files,batches,chat', '--models', 'pla*');
    const server = await Server.start({ models: [plain(), embedder()], dataDir, config: 'memory = "1GiB"' });
    const { openai } = makeClients(server, { apiKey: key });
    const lines = [
      lineOf('may', chat('Once')), lineOf('other model', chat('Once', { model: 'embed' })),
      lineOf('no such model', chat('Once', { model: 'ada' })),
      lineOf('other endpoint', { model: 'plain', input: 'Once', max_output_tokens: 16 }, '/v1/responses'),
      lineOf('both', { model: 'embed', input: 'Once' }, '/v1/embeddings'),
    ];
    const done = await endedFor(openai, (await orderWith(openai, lines)).id);
    assert.equal(done.status, 'completed');
    assert.deepEqual(done.request_counts, { total: 5, completed: 1, failed: 4 });
    assert.deepEqual([...(await linesOf(server, done.output_file_id, bearer(key))).keys()], ['may']);
    const errors = await linesOf(server, done.error_file_id, bearer(key));
    const statuses = { 'other model': 403, 'no such model': 404, 'other endpoint': 403, both: 403 };
    for (const { custom_id: id, url, body } of lines.slice(1)) {
      const headers = { ...bearer(key), 'content-type': 'application/json' };
      const route = await request(server, { method: 'POST', path: url, headers, body: JSON.stringify(body) });
      const { response, error } = errors.get(id);
      assert.equal(error, null);
      assert.equal(response.status_code, statuses[id], `${id}: ${JSON.stringify(response.body)}`);
      assert.equal(response.status_code, route.status, id);
      assert.deepEqual(response.body, JSON.parse(route.body), id);
    }
    await server.stop();
  });

  it('stop asking when the key is revoked', async () => {
    const dataDir = newDataFolder('batches');
    const worker = await createKey(dataDir, 'worker');
    const boss = await createKey(dataDir, 'boss');
    const server = await Server.start({ models: [plain()], dataDir });
    const clientOf = (key) => makeClients(server, { apiKey: key }).openai;
    const lines = Array.from({ length: 300 }, (_, i) => lineOf(`${i}`, chat(`Story ${i}`, { max_completion_tokens: 60, ...endless })));
    const { id } = await orderWith(clientOf(worker), lines);
    const other = await orderWith(clientOf(boss), lines.slice(0, 30));
    await until('some are answered', async () => (await clientOf(boss).batches.retrieve(id)).request_counts.completed > 0);
    const revoked = await peregrine(['keys', 'revoke', 'worker', '--data-dir', dataDir]);
    assert.equal(revoked.status, 0, revoked.stderr);
    server.child.kill('SIGHUP');
    const done = await endedFor(clientOf(boss), id);
    assert.equal((await request(server, { path: kPath, headers: bearer(worker) })).status, 401);
    assert.equal(done.status, 'completed');
    const output = await linesOf(server, done.output_file_id, bearer(boss));
    const errors = await linesOf(server, done.error_file_id, bearer(boss));
    assert.equal(output.size + errors.size, lines.length);
    assert.ok(output.size > 0 && errors.size > 0, `${output.size} and ${errors.size}`);
    for (const { response, error } of errors.values()) {
      assert.equal(response, null);
      assert.equal(error.code, 'invalid_api_key');
      assert.match(error.message, /was not executed because the API key that ordered the batch is not valid any more/);
    }
    // Another key of the organisation is not concerned.
    assert.deepEqual((await endedFor(clientOf(boss), other.id)).request_counts, { total: 30, completed: 30, failed: 0 });
    await server.stop();
  });
});

const whisper = randomWhisper();
describe('batches of sound', { skip: whisper && speech ? false : 'needs ../shared/golden/whisper and xz' }, () => {
  it('are transcribed and translated', async () => {
    const server = await Server.start({ models: [whisper], config: '[engine]\nmax_context = 256\nkv_memory = "2MiB"\n' });
    const sound = { model: 'listener', url: `data:audio/wav;base64,${speech.toString('base64')}`, temperature: 1 };
    const batch = await order(server, [
      lineOf('json', sound, '/v1/audio/transcriptions'),
      lineOf('verbose', { ...sound, response_format: 'verbose_json', timestamp_granularities: ['segment'] }, '/v1/audio/transcriptions'),
      lineOf('text', { ...sound, response_format: 'text' }, '/v1/audio/translations'),
      lineOf('none', { model: 'listener' }, '/v1/audio/transcriptions'),
    ], { endpoint: '/v1/audio/transcriptions' });
    const done = await ended(server, batch.id);
    assert.deepEqual(done.request_counts, { total: 4, completed: 3, failed: 1 }, JSON.stringify([...await linesOf(server, done.error_file_id)]));
    const found = await linesOf(server, done.output_file_id);
    assert.equal(typeof found.get('json').response.body.text, 'string');
    assert.ok(Math.abs(found.get('verbose').response.body.duration - 11) < 0.01);
    assert.equal(typeof found.get('text').response.body, 'string');
    await server.stop();
  });
});

// A server that goes in the middle of batches, kindly or not. PEREGRINE_KILL_ROUNDS asks for more than the few rounds
// that every run has.
describe('batches outlive their server', () => {
  it('that is stopped', async () => {
    const dataDir = newDataFolder('batches');
    const first = await Server.start({ models: [plain()], dataDir });
    const lines = Array.from({ length: 300 }, (_, i) => lineOf(`${i}`, chat(`Story ${i}`, { max_completion_tokens: 30, ...endless })));
    const { id } = await order(first, lines);
    const before = await until('some are answered', async () => {
      const batch = await show(first, id);
      return batch.request_counts.completed > 0 && batch;
    });
    await first.stop();
    const second = await Server.start({ models: [plain()], dataDir });
    assert.ok((await show(second, id)).request_counts.completed >= before.request_counts.completed);
    const done = await ended(second, id);
    assert.equal(done.status, 'completed');
    assert.deepEqual(done.request_counts, { total: lines.length, completed: lines.length, failed: 0 });
    const found = await linesOf(second, done.output_file_id);
    assert.equal(found.size, lines.length);
    await until('nothing of it is left', () => readdirSync(path.join(dataDir, 'batches')).length === 0);
    await second.stop();
  });

  const rounds = Number(process.env.PEREGRINE_KILL_ROUNDS ?? 8);
  it(`that is killed, in ${rounds} rounds`, async () => {
    const kMaxDelayMs = 500;
    const dataDir = newDataFolder('batches');
    const orders = new Map();  // id to its lines' custom_ids and counts as told
    let server;
    let finished = 0;
    let made = 0;

    const linesFor = (name) => Array.from({ length: 5 + Math.floor(Math.random() * 60) }, (_, i) =>
      lineOf(`${name}-${i}`, i % 7 === 3 ? chat('Once', { temperature: 9 }) : chat(`${name} ${i}`, { max_completion_tokens: 1 + (i % 5) })));

    // Every batch that was acknowledged is there, counts never go back, and what has ended is whole.
    async function check() {
      for (const [id, known] of orders) {
        const batch = await show(server, id);
        assert.notEqual(batch.status, 'failed', JSON.stringify(batch.errors));
        const { completed, failed } = batch.request_counts;
        assert.ok(completed >= known.completed && failed >= known.failed, `${id} went back`);
        Object.assign(known, { completed, failed });
        if (!kEnded.includes(batch.status)) continue;
        const output = await linesOf(server, batch.output_file_id);
        const errors = await linesOf(server, batch.error_file_id);
        assert.deepEqual([...output.keys(), ...errors.keys()].sort(), known.lines, `${id}: each line has one answer`);
        assert.deepEqual(batch.request_counts, { total: known.lines.length, completed: output.size, failed: errors.size });
        orders.delete(id);
        ++finished;
      }
    }

    async function client(over) {
      while (!over()) {
        const lines = linesFor(`b${made++}`);
        const input = await upload(server, lines).catch(() => null);
        if (input === null) continue;
        const answer = await post(server, kPath, { input_file_id: input, endpoint: kChat, completion_window: '24h' }).catch(() => null);
        if (answer?.status !== 200) continue;
        orders.set(answer.json.id, { lines: lines.map((line) => line.custom_id).sort(), completed: 0, failed: 0 });
        await until('not too many are open', () => over() || orders.size < 8).catch(() => null);
      }
    }

    for (let round = 0; round < rounds; ++round) {
      server = await Server.start({ models: [plain()], dataDir });
      await check();
      let over = false;
      const clients = [client(() => over)];
      await until('a batch is open', () => orders.size > 0);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * kMaxDelayMs));
      over = true;
      await server.kill('SIGKILL');
      await Promise.all(clients);
      if (round % 20 === 19) console.log(`# ${round + 1} kills, ${finished} batches have ended, ${orders.size} are open`);
    }
    server = await Server.start({ models: [plain()], dataDir });
    for (const id of [...orders.keys()]) await ended(server, id);
    await check();
    assert.equal(orders.size, 0);
    await server.stop();
    console.log(`# ${finished} batches, ${rounds} kills`);
  });
});

// Measurements, for whoever asks for them.
const kLines = Number(process.env.PEREGRINE_BATCH_LINES ?? 0);
describe('a large batch', { skip: kLines > 0 ? false : 'PEREGRINE_BATCH_LINES is not set' }, () => {
  it(`of ${kLines} lines does not sit in memory`, async () => {
    const server = await Server.start({ models: [embedder()], threads: 2 });
    const resident = () => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))[1]) / 1024;
    const lines = Array.from({ length: kLines }, (_, i) => lineOf(`line-${i}`, { model: 'embed', input: `text number ${i}` }, '/v1/embeddings'));
    const input = await upload(server, lines);
    await post(server, '/openai/v1/embeddings', { model: 'embed', input: 'warm' });
    const begin = resident();
    const began = Date.now();
    const { json } = await post(server, kPath, { input_file_id: input, endpoint: '/v1/embeddings', completion_window: '24h' });
    let most = begin;
    const done = await ended(server, json.id, () => { most = Math.max(most, resident()); });
    assert.deepEqual(done.request_counts, { total: kLines, completed: kLines, failed: 0 });
    const answer = await fetch(`${server.url}/files/${done.output_file_id}/content`);
    assert.equal((await answer.text()).split('\n').length, kLines + 1);
    console.log(`# ${kLines} lines in ${(Date.now() - began) / 1000} s, resident ${begin.toFixed(0)} MiB before, ${most.toFixed(0)} MiB at most`);
    await server.stop();
  });
});

const kProbes = Number(process.env.PEREGRINE_TTFT_PROBES ?? 0);
describe('time to first token beside a batch', { skip: kProbes > 0 ? false : 'PEREGRINE_TTFT_PROBES is not set' }, () => {
  it(`over ${kProbes} requests`, async () => {
    const server = await Server.start({ models: [plain('plain', process.env.PEREGRINE_TTFT_MODEL)], threads: 2 });
    const words = 'and then the little dog went on '.repeat(12);
    const probe = async (i) => {
      const began = process.hrtime.bigint();
      let first = null;
      const stream = openStream(server, { ...chat(`${i} ${words}`, { max_completion_tokens: 8 }), stream: true }, {
        onBytes: (part) => { if (first === null && part.includes('"content":"') && !part.includes('"content":""')) first = process.hrtime.bigint(); },
      });
      await stream.done;
      return Number((first ?? process.hrtime.bigint()) - began) / 1e6;
    };
    const measure = async (name) => {
      const times = [];
      for (let i = 0; i < kProbes; ++i) {
        times.push(await probe(`${name} ${i}`));
        await new Promise((resolve) => setTimeout(resolve, 5 + Math.random() * 20));
      }
      times.sort((a, b) => a - b);
      return { p50: times[Math.floor(times.length * 0.5)], p99: times[Math.floor(times.length * 0.99)] };
    };
    await measure('warm');
    const alone = await measure('alone');
    const lines = Array.from({ length: 20_000 }, (_, i) => lineOf(`${i}`, chat(`Story ${i} ${words}`, { max_completion_tokens: 60, ...endless })));
    const { id } = await order(server, lines);
    await until('the batch runs', async () => (await show(server, id)).request_counts.completed > 0);
    const before = (await show(server, id)).request_counts.completed;
    const beside = await measure('beside');
    const after = (await show(server, id)).request_counts.completed;
    await post(server, `${kPath}/${id}/cancel`, {});
    const again = await ended(server, id).then(() => measure('again'));
    console.log(`# alone p50 ${alone.p50.toFixed(1)} p99 ${alone.p99.toFixed(1)} ms; beside a batch p50 ${beside.p50.toFixed(1)} ` +
      `p99 ${beside.p99.toFixed(1)} ms; alone again p50 ${again.p50.toFixed(1)} p99 ${again.p99.toFixed(1)} ms; ` +
      `${after - before} lines answered meanwhile`);
    await server.stop();
  });
});
