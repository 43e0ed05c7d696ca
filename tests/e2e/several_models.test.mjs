// A folder of models behind one server: loaded when they are asked for, unloaded for one another, never mixed up.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

import { peregrine } from './lib/cli.mjs';
import { makeClients, userSays } from './lib/clients.mjs';
import { openStream, postChat, request } from './lib/http.mjs';
import { endless } from './lib/models.mjs';
import { newFolder } from './lib/pull.mjs';
import { Server } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

const kNames = ['ada', 'bob', 'cleo'];
const kEngine = '[engine]\nmax_context = 256\nmax_sequences = 4\nkv_memory = "2MiB"\n';

const ready = async (server) => JSON.parse((await request(server, { path: '/ready' })).body);
const states = async (server) => Object.fromEntries((await ready(server)).models.map(({ id, state }) => [id, state]));
const ask = (model, extra = {}) => ({
  model,
  messages: userSays('Say something'),
  max_completion_tokens: 24,
  temperature: 0,
  seed: 1,
  ...endless,
  ...extra,
});

describe('several models', () => {
  const data = newFolder();
  const folder = path.join(data, 'models');
  const servers = [];
  const start = async (options) => {
    const server = await Server.start({ models: [], flags: ['--models-dir', folder], ...options });
    servers.push(server);
    return server;
  };
  // By model: its greedy answer, as a server that holds all of them gives it.
  const answers = {};
  let oneModel;
  before(async () => {
    mkdirSync(folder);
    for (const [i, name] of kNames.entries()) {
      const file = path.join(folder, `${name}.gguf`);
      const { status, stderr } = await peregrine(['make-model', '--type', 'Q8_0', '--seed', String(i + 1), '--out', file]);
      assert.equal(status, 0, stderr);
    }
    const server = await start({ config: kEngine });
    const before = (await server.metrics()).value('peregrine_memory_bytes');
    for (const name of kNames) {
      const { status, json } = await postChat(server, ask(name));
      assert.equal(status, 200, JSON.stringify(json));
      answers[name] = json.choices[0].message.content;
    }
    oneModel = Math.ceil(((await server.metrics()).value('peregrine_memory_bytes') - before) / kNames.length);
    assert.equal(new Set(Object.values(answers)).size, kNames.length);
  });
  after(async () => {
    for (const server of servers) await server.stop();
  });
  const startCrowded = (models) =>
    start({ models: models ?? [kNames[0]], config: `memory = ${Math.round(oneModel * 1.5)}\n${kEngine}` });

  it('are listed before they are loaded, and loaded by the first request', async () => {
    const server = await start({ models: ['bob'], config: kEngine });
    assert.deepEqual(await states(server), { ada: 'available', bob: 'loaded', cleo: 'available' });
    assert.match(server.output, /model +ada +\(context 256, loaded when it is asked for\)/);
    const clients = makeClients(server);
    for (const client of Object.values(clients)) {
      const { data: listed } = await client.models.list();
      assert.deepEqual(listed.map(({ id }) => id).sort(), kNames);
      for (const model of listed) assert.equal(model.context_window, 256);
    }
    const answer = await clients.openai.chat.completions.create(ask('Cleo'));
    assert.equal(answer.choices[0].message.content, answers.cleo);
    assert.deepEqual(await states(server), { ada: 'available', bob: 'loaded', cleo: 'loaded' });
    assert.match(server.errors, /cleo: loaded in /);
  });

  it('give way to each other, and no request changes for it', async () => {
    const server = await startCrowded();
    const requests = Array.from({ length: 24 }, (_, i) => kNames[(i * 5 + (i >> 2)) % kNames.length]);
    const results = await Promise.all(requests.map((name) => postChat(server, ask(name))));
    for (const [i, { status, json }] of results.entries()) {
      assert.equal(status, 200, JSON.stringify(json));
      assert.equal(json.choices[0].message.content, answers[requests[i]]);
    }
    const metrics = await server.metrics();
    assert.ok(metrics.value('peregrine_memory_bytes') <= metrics.value('peregrine_memory_budget_bytes'));
    assert.ok(metrics.value('peregrine_model_unloads_total') >= 2);
    assert.equal(Object.values(await states(server)).filter((state) => state === 'loaded').length, 1);
  });

  it('are never taken from under a stream', async () => {
    const server = await startCrowded();
    const stream = openStream(server, ask('ada', { stream: true, max_completion_tokens: 200 }));
    const other = postChat(server, ask('bob'));
    const [{ status }, { status: otherStatus, json }] = await Promise.all([stream.done, other]);
    assert.equal(status, 200);
    assert.equal(otherStatus, 200);
    assert.equal(json.choices[0].message.content, answers.bob);
  });

  it('are not loaded again for anything that a request asks', async () => {
    const server = await startCrowded();
    const variants = [{}, { temperature: 1 }, { top_p: 0.5 }, { max_completion_tokens: 200 }, { n: 2, temperature: 1 }, { seed: 99 },
      { stop: ['x'] }, { logprobs: true, top_logprobs: 5 }, { service_tier: 'flex' }];
    for (const variant of variants) assert.equal((await postChat(server, ask('ada', variant))).status, 200);
    assert.equal((await openStream(server, ask('ada', { stream: true })).done).status, 200);
    const metrics = await server.metrics();
    assert.equal(metrics.value('peregrine_model_loads_total', { model: 'ada' }), 1);
  });

  it('are found when they come later, and gone when they are removed', async () => {
    const server = await start({ config: kEngine });
    const late = path.join(folder, 'late.gguf');
    assert.equal((await postChat(server, ask('late'))).status, 404);
    copyFileSync(path.join(folder, 'ada.gguf'), late);
    const { status, json } = await postChat(server, ask('late'));
    assert.equal(status, 200);
    assert.equal(json.choices[0].message.content, answers.ada);

    const never = path.join(folder, 'never.gguf');
    copyFileSync(late, never);
    assert.equal((await states(server)).never, 'available');
    rmSync(never);
    rmSync(late);
    assert.equal((await postChat(server, ask('never'))).status, 404);
    assert.deepEqual(Object.keys(await states(server)).sort(), [...kNames, 'late', 'peregrine-starter'].sort());
  });

  it('fail one by one, with a reason and without a path', async () => {
    const server = await start({ config: kEngine });
    const damaged = path.join(folder, 'damaged.gguf');
    writeFileSync(damaged, 'GGUF and then nothing that makes sense');
    for (let i = 0; i < 2; ++i) {
      const { status, json } = await postChat(server, ask('damaged'));
      assert.equal(status, 503);
      assert.match(json.error.message, /`damaged` cannot be loaded: damaged\.gguf/);
      assert.ok(!json.error.message.includes(folder));
    }
    const failed = (await ready(server)).models.find(({ id }) => id === 'damaged');
    assert.equal(failed.state, 'failed');
    assert.match(failed.error, /damaged\.gguf/);
    assert.equal((await postChat(server, ask('ada'))).json.choices[0].message.content, answers.ada);
    copyFileSync(path.join(folder, 'bob.gguf'), damaged);
    await until('the repaired file is loaded', async () => (await postChat(server, ask('damaged'))).status === 200);
    rmSync(damaged);
  });

  it('are served under their names in the catalogue, as pull left them', async () => {
    const file = path.join(folder, 'gemma.gguf');
    copyFileSync(path.join(folder, 'cleo.gguf'), file);
    writeFileSync(`${file}.json`, JSON.stringify({ id: 'gemma2-9b-it', source: 'hf:bartowski/gemma-2-9b-it-GGUF:gemma.gguf', bytes: statSync(file).size }));
    const server = await start({ models: ['gemma2'], config: kEngine });
    assert.equal((await states(server))['gemma2-9b-it'], 'loaded');
    for (const name of ['gemma2-9b-it', 'gemma2', 'Gemma-2-9B-it']) {
      const { status, json } = await postChat(server, ask(name));
      assert.equal(status, 200);
      assert.equal(json.model, name);
      assert.equal(json.choices[0].message.content, answers.cleo);
    }
    rmSync(file);
  });

  it('a name that is neither file nor model says what to do', async () => {
    const { status, stderr } = await peregrine(['serve', '--model', 'nothing', '--models-dir', folder]);
    assert.equal(status, 1);
    assert.match(stderr, /"nothing": is neither a file nor a model in .*; 'peregrine list' tells what there is, 'peregrine pull' gets more/);
  });
});
