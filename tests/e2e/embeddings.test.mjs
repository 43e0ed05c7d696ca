// Embeddings and reranking with both clients: reference vectors, one bit pattern however requests come together, every
// malformed request, and clients that read slowly or go.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

import { expand, toBytes } from './lib/bytes.mjs';
import { makeClients, userSays } from './lib/clients.mjs';
import { readData } from './lib/environment.mjs';
import { openStream, postJson, request } from './lib/http.mjs';
import { derive, golden, goldenFolder, plain } from './lib/models.mjs';
import { Server } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

const kPath = '/openai/v1/embeddings';
const kWidth = 64;
const kTexts = ['the cat', 'Hello World', 'one two three four', 'the sea and the ships that never returned.', 'x = 3 + 41;'];

const readGolden = (name) => JSON.parse(readFileSync(path.join(goldenFolder, `${name}.json`), 'utf8'));
const floatsOf = (base64) => {
  const bytes = Buffer.from(base64, 'base64');
  return Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i));
};
const cosine = (a, b) => {
  const dot = (x, y) => x.reduce((sum, value, i) => sum + value * y[i], 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
};
const lengthOf = (vector) => Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));

describe('embeddings', () => {
  let server;
  let clients;
  before(async () => {
    const renamed = (id, source, name = id) => derive(id, golden(source), { 'general.name': ['string', name] });
    server = await Server.start({
      models: [
        renamed('embed', 'bert-mean-f32'), renamed('nomic', 'nomic-bert-mean-f16'), renamed('rank', 'bert-rerank-f32'),
        renamed('cut', 'nomic-bert-mean-f16', 'nomic-embed-text-v1.5'), plain('chat', golden('llama-spm-q8_0')),
      ],
      config: 'memory = "1GiB"\n[engine]\nmax_queued = 64',
    });
    clients = makeClients(server);
  });
  after(() => server.stop());

  const post = (body) => postJson(server, kPath, body);
  const embed = async (input, more = {}) => {
    const { status, json, body } = await post({ model: 'embed', input, ...more });
    assert.equal(status, 200, body);
    return json.data.map(({ embedding }) => embedding);
  };
  // No input waits, and what the memory budget has lent is what it had lent before anything was asked.
  const assertIdle = async (scratch) => {
    await until('nothing waits', async () => {
      const metrics = await server.metrics();
      const lent = metrics.value('peregrine_memory_bytes', { kind: 'scratch' });
      return metrics.value('peregrine_embedding_queued_inputs') === 0 && (scratch === undefined || lent === scratch);
    });
  };

  for (const name of ['groq-sdk', 'openai']) {
    for (const encoding_format of [undefined, 'float', 'base64']) {
      it(`${name}, encoding ${encoding_format ?? 'of its choice'}`, async () => {
        const reference = readGolden('bert-mean-f32');
        const input = reference.prompts.map(({ tokens }) => tokens);
        const answer = await clients[name].embeddings.create({ model: 'EMBED', input, ...(encoding_format && { encoding_format }) });
        assert.equal(answer.object, 'list');
        assert.equal(answer.model, 'EMBED');
        const tokens = input.flat().length;
        assert.deepEqual(answer.usage, { prompt_tokens: tokens, total_tokens: tokens });
        assert.equal(answer.data.length, input.length);
        answer.data.forEach((item, i) => {
          assert.deepEqual(Object.keys(item).sort(), ['embedding', 'index', 'object']);
          assert.equal(item.object, 'embedding');
          assert.equal(item.index, i);
          const vector = typeof item.embedding === 'string' ? floatsOf(item.embedding) : Array.from(item.embedding);
          assert.equal(vector.length, kWidth);
          assert.ok(Math.abs(lengthOf(vector) - 1) < 1e-5);
          const expected = floatsOf(reference.prompts[i].pooled_mean_l2.data);
          assert.ok(cosine(vector, expected) > reference.tolerance.pooled_min_cos);
        });
      });
    }
  }

  it('both encodings have the same bits', async () => {
    const floats = await embed(kTexts);
    const base64 = await embed(kTexts, { encoding_format: 'base64' });
    assert.deepEqual(base64.map((text) => floatsOf(text)), floats.map((vector) => Array.from(new Float32Array(vector))));
  });

  it('a text is its tokens', async () => {
    for (const { text, tokens, add_special: whole } of readGolden('bert-mean-f32').tokenize) {
      if (!whole || text === '') continue;
      const { json } = await post({ model: 'embed', input: text });
      assert.equal(json.usage.prompt_tokens, tokens.length, text);
      assert.deepEqual([json.data[0].embedding], await embed(tokens), text);
    }
  });

  it("nomic's prefixes are the caller's, and make a difference", async () => {
    const kinds = ['search_document: ', 'search_query: ', 'clustering: ', 'classification: ', ''];
    const { json } = await post({ model: 'nomic', input: kinds.map((kind) => `${kind}the cat`) });
    const seen = new Set(json.data.map(({ embedding }) => JSON.stringify(embedding)));
    assert.equal(seen.size, kinds.length);
  });

  it('shorter vectors of a model that can', async () => {
    const [whole] = await embed('the cat', { model: 'cut' });
    const [short] = await embed('the cat', { model: 'cut', dimensions: 16 });
    const beginning = whole.slice(0, 16);
    assert.equal(short.length, 16);
    short.forEach((value, i) => assert.ok(Math.abs(value - beginning[i] / lengthOf(beginning)) < 1e-6));
    assert.deepEqual(await embed('the cat', { model: 'cut', dimensions: whole.length }), [whole]);
  });

  it('2048 inputs at once', async () => {
    const alone = await embed(kTexts);
    const vectors = await embed(Array.from({ length: 2048 }, (_, i) => kTexts[i % kTexts.length]));
    vectors.forEach((vector, i) => assert.deepEqual(vector, alone[i % kTexts.length]));
  });

  it('many at once have the bits that they have alone', async () => {
    const inputs = Array.from({ length: 48 }, (_, i) => {
      const list = Array.from({ length: 1 + (i % 7) }, (_, k) => `${kTexts[(i + k) % kTexts.length]} ${'the '.repeat((i * 5 + k) % 40)}`);
      return i % 4 === 0 ? list[0] : list;
    });
    const alone = [];
    for (const input of inputs) alone.push(await embed(input));
    const together = await Promise.all([
      ...inputs.map((input) => embed(input)),
      clients.openai.chat.completions.create({ model: 'chat', messages: userSays('Hi'), max_completion_tokens: 20 }),
    ]);
    assert.deepEqual(together.slice(0, -1), alone);
    await assertIdle();
  });

  it('documents in the order of their reference scores', async () => {
    const { pairs } = readGolden('bert-rerank-f32');
    const { query } = pairs[0];
    const expected = new Map(pairs.filter((pair) => pair.query === query).map(({ doc, logit }) => [doc, 1 / (1 + Math.exp(-logit))]));
    for (const root of ['/openai/v1', '/v1']) {
      const { status, json } = await postJson(server, `${root}/reranking`, { model: 'rank', query, docs: [...expected.keys()] });
      assert.equal(status, 200);
      assert.deepEqual(Object.keys(json), ['results']);
      assert.deepEqual(json.results.map(({ doc }) => doc).sort(), [...expected.keys()].sort());
      let last = 1;
      for (const { doc, score, ...rest } of json.results) {
        assert.deepEqual(rest, {});
        assert.ok(Math.abs(score - expected.get(doc)) < 1e-3, doc);
        assert.ok(score <= last);
        last = score;
      }
    }
  });

  it('the models are listed like any other', async () => {
    const { data } = await clients['groq-sdk'].models.list();
    const windows = Object.fromEntries(data.map(({ id, context_window }) => [id, context_window]));
    assert.equal(windows.embed, 80);
    assert.equal(windows.rank, 64);
    assert.ok(data.every(({ active }) => active));
  });

  it('counts what it computes', async () => {
    const of = async (name) => (await server.metrics()).value(`peregrine_embedding_${name}`, { model: 'embed' });
    const inputs = await of('inputs_total');
    const tokens = await of('tokens_total');
    await embed([[5, 6, 7], [8]]);
    assert.equal((await of('inputs_total')) - inputs, 2);
    assert.equal((await of('tokens_total')) - tokens, 4);
    assert.ok((await of('step_seconds_sum')) > 0);
  });

  describe('malformed', () => {
    const rows = JSON.parse(JSON.stringify(readData('bad_embeddings.json')).replaceAll('$MODEL', 'embed'));
    const good = { model: 'embed', input: 'the cat' };
    for (const { name, body, path: where = kPath, headers = {}, with: changes = {}, without = [], expect } of rows) {
      it(name, async () => {
        const changed = { ...good, ...expand(changes) };
        for (const key of without) delete changed[key];
        const bytes = body === undefined ? JSON.stringify(changed) : toBytes(body);
        const answer = await request(server, { method: 'POST', path: where, headers: { 'content-type': 'application/json', ...headers }, body: bytes });
        const { status = 400, message = '', code, param } = expect;
        assert.equal(answer.status, status, answer.body.slice(0, 500));
        const { error } = JSON.parse(answer.body);
        const { message: said, ...known } = error;
        assert.deepEqual(known, { type: 'invalid_request_error', ...(code && { code }), ...(param && { param }) }, said);
        assert.ok(said.includes(message), said);
        assert.ok(said.length < 1000);
        assert.equal((await post(good)).status, 200);
      });
    }
  });

  it('clients that go take their work with them', async () => {
    await assertIdle();
    const scratch = (await server.metrics()).value('peregrine_memory_bytes', { kind: 'scratch' });
    const input = Array.from({ length: 2048 }, () => 'the '.repeat(70));
    const leavers = Array.from({ length: 8 }, () => openStream(server, { model: 'embed', input }, { path: kPath }));
    await until('they wait', async () => (await server.metrics()).value('peregrine_embedding_queued_inputs') > 0);
    const stays = embed(kTexts);
    for (const leaver of leavers) leaver.close();
    assert.equal((await stays).length, kTexts.length);
    for (const leaver of leavers) assert.ok((await leaver.done).cut);
    await assertIdle(scratch);
  });

  it('a client that does not read its answer holds up nobody', async () => {
    const body = JSON.stringify({ model: 'embed', input: Array.from({ length: 2048 }, () => 'the cat') });
    const computed = async () => (await server.metrics()).value('peregrine_embedding_inputs_total', { model: 'embed' });
    const before = await computed();
    const socket = net.connect({ port: server.port, host: '127.0.0.1' });
    socket.pause();
    socket.write(`POST ${kPath} HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    await until('its vectors are there', async () => (await computed()) >= before + 2048);
    const answers = await Promise.all(Array.from({ length: 10 }, () => embed(kTexts)));
    assert.equal(answers.length, 10);
    socket.destroy();
    await assertIdle();
    server.assertAlive();
  });
});

describe('a full queue of embeddings', () => {
  it('answers 503 with a time to come again, and goes on', async () => {
    const server = await Server.start({ models: [golden('bert-mean-f32')], config: '[engine]\nmax_queued = 1\nstep_tokens = 32' });
    const input = Array.from({ length: 2048 }, () => 'the '.repeat(70));
    const ask = (what) => request(server, {
      method: 'POST', path: kPath, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ model: 'bert-mean-f32', input: what }),
    });
    const long = openStream(server, { model: 'bert-mean-f32', input }, { path: kPath });
    await until('it waits', async () => (await server.metrics()).value('peregrine_embedding_queued_inputs') > 0);
    const refused = await ask('the cat');
    assert.equal(refused.status, 503, refused.body);
    assert.ok(Number(refused.headers['retry-after']) > 0);
    assert.match(JSON.parse(refused.body).error.message, /waiting already/);
    long.close();
    await until('there is room again', async () => (await ask('the cat')).status === 200);
    await server.stop();
  });

  it('a server that stops ends what waits', async () => {
    const server = await Server.start({ models: [golden('bert-mean-f32')] });
    const input = Array.from({ length: 2048 }, () => 'the '.repeat(70));
    const long = openStream(server, { model: 'bert-mean-f32', input }, { path: kPath });
    await until('it waits', async () => (await server.metrics()).value('peregrine_embedding_queued_inputs') > 0);
    const ended = long.done.catch((error) => ({ error }));
    await server.stop();
    const { status, error } = await ended;
    assert.ok(error !== undefined || status === 200 || status === 503);
  });
});
