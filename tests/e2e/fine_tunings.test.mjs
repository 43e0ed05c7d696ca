// Adapters made here, uploaded with OpenAI's client and made into models: what they answer, beside others and after a
// crash; and uploads that are refused.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

import { toFile } from 'openai';

import { adapterZip, ggufAdapter, kConfig, peftAdapter, zip } from './lib/adapters.mjs';
import { peregrine } from './lib/cli.mjs';
import { makeClients, rejected, userSays } from './lib/clients.mjs';
import { newDataFolder } from './lib/environment.mjs';
import { openStream, postJson, request } from './lib/http.mjs';
import { endless, plain } from './lib/models.mjs';
import { Server } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

const kPath = '/v1/fine_tunings';
const kTunedId = /^ft:plain:default\/[A-Za-z0-9._-]+-[0-9a-f]{12}$/;
const base = plain();

const upload = async (client, content, filename = 'adapter.zip') =>
  (await client.files.create({ file: await toFile(content, filename), purpose: 'fine_tuning' })).id;

const create = (server, body, headers) =>
  postJson(server, kPath, { type: 'lora', base_model: 'plain', name: 'test', ...body }, headers);

async function tune(server, client, content, name = 'test', filename = undefined) {
  const { status, json } = await create(server, { name, input_file_id: await upload(client, content, filename) });
  assert.equal(status, 200, JSON.stringify(json));
  return json.data;
}

const ask = async (client, model, more = {}) => {
  const answer = await client.chat.completions.create({
    model, messages: userSays('Once upon a time'), temperature: 0, max_tokens: 24, ...endless, ...more,
  });
  return answer.choices[0].message.content;
};

describe('fine tunings', () => {
  let server;
  let clients;
  let openai;
  const dataDir = newDataFolder('tunings');
  before(async () => {
    server = await Server.start({ models: [base], dataDir });
    clients = makeClients(server);
    openai = clients.openai;
  });
  after(() => server?.stop());

  it('are made, shown, listed and deleted', async () => {
    const file = await upload(openai, adapterZip(base));
    const { status, json } = await create(server, { name: 'My.first_one-1', input_file_id: file });
    assert.equal(status, 200);
    const { id, data } = json;
    assert.match(id, /^ft_[0-7][0-9a-hjkmnp-tv-z]{25}$/);
    assert.match(data.fine_tuned_model, kTunedId);
    assert.ok(Math.abs(data.created_at - Date.now() / 1000) < 60);
    assert.deepEqual(json, {
      id, object: 'fine_tuning',
      data: {
        id, name: 'My.first_one-1', base_model: 'plain', type: 'lora', input_file_id: file, created_at: data.created_at,
        fine_tuned_model: data.fine_tuned_model,
      },
    });
    const get = async (target) => JSON.parse((await request(server, { path: target })).body);
    for (const root of ['/v1', '/openai/v1']) {
      assert.deepEqual(await get(`${root}/fine_tunings/${id}`), json);
      assert.deepEqual(await get(`${root}/fine_tunings`), { object: 'list', data: [data] });
    }
    const card = await openai.models.retrieve(data.fine_tuned_model);
    assert.equal(card.owned_by, 'default');
    assert.equal(card.created, data.created_at);
    assert.ok((await clients['groq-sdk'].models.list()).data.some((model) => model.id === data.fine_tuned_model));
    const gone = await request(server, { method: 'DELETE', path: `${kPath}/${id}` });
    assert.deepEqual(JSON.parse(gone.body), { id, object: 'fine_tuning', deleted: true });
    assert.equal((await request(server, { path: `${kPath}/${id}` })).status, 404);
    await rejected(openai.models.retrieve(data.fine_tuned_model), 404, { code: 'model_not_found' });
    await rejected(ask(openai, data.fine_tuned_model), 404, { code: 'model_not_found' });
  });

  it('change what a model says, each in its own way, and only where they are asked for', async () => {
    const plainly = await ask(openai, 'plain');
    const nothing = await tune(server, openai, adapterZip(base, { scale: 0 }), 'nothing');
    assert.equal(await ask(openai, nothing.fine_tuned_model), plainly);
    const one = (await tune(server, openai, adapterZip(base, { seed: 1 }), 'one')).fine_tuned_model;
    const two = (await tune(server, openai, adapterZip(base, { seed: 2 }), 'two')).fine_tuned_model;
    const said = { plain: plainly, [one]: await ask(openai, one), [two]: await ask(clients['groq-sdk'], two.toUpperCase()) };
    assert.equal(new Set(Object.values(said)).size, 3, JSON.stringify(said));
    // All at once, several times: nobody's answer depends on who else is in the batch.
    const models = Array.from({ length: 12 }, (_, i) => Object.keys(said)[i % 3]);
    const answers = await Promise.all(models.map((model) => ask(openai, model)));
    assert.deepEqual(answers, models.map((model) => said[model]));
    const response = await openai.responses.create({ model: one, input: 'Once upon a time', temperature: 0, max_output_tokens: 24 });
    assert.ok(said[one].startsWith(response.output_text) || response.output_text.startsWith(said[one].trim().slice(0, 4)));
    await server.assertIdle();
    assert.equal((await server.metrics()).value('peregrine_model_loads_total', { model: 'plain' }), 1, 'the base is not loaded again');
  });

  it('are the same from PEFT and from GGUF', async () => {
    const { weights } = peftAdapter(base, { seed: 5 });
    const peft = await tune(server, openai, adapterZip(base, { seed: 5 }), 'peft');
    const gguf = await tune(server, openai, ggufAdapter(base, weights), 'gguf', 'adapter.gguf');
    assert.equal(await ask(openai, gguf.fine_tuned_model), await ask(openai, peft.fine_tuned_model));
  });

  it('end while they are used, and what runs goes on', async () => {
    const { id, fine_tuned_model: model } = await tune(server, openai, adapterZip(base, { seed: 7 }), 'brief');
    const whole = await ask(openai, model, { max_tokens: 200 });
    let begun = false;
    const stream = openStream(server, {
      model, messages: userSays('Once upon a time'), temperature: 0, max_tokens: 200, stream: true, ...endless,
    }, { onBytes: () => (begun = true) });
    await until('the stream has begun', () => begun);
    assert.equal((await request(server, { method: 'DELETE', path: `${kPath}/${id}` })).status, 200);
    const { body } = await stream.done;
    const text = body.toString().split('\n').filter((line) => line.startsWith('data: {')).map((line) => JSON.parse(line.slice(6)))
      .map(({ choices }) => choices[0]?.delta.content ?? '').join('');
    assert.equal(text, whole);
    await rejected(ask(openai, model), 404, { code: 'model_not_found' });
  });

  it('may be deleted as models', async () => {
    const { id, fine_tuned_model: model } = await tune(server, openai, adapterZip(base), 'short');
    assert.deepEqual(await openai.models.delete(model), { id: model, object: 'model', deleted: true });
    assert.equal((await request(server, { path: `${kPath}/${id}` })).status, 404);
    await rejected(openai.models.delete('plain'), 403, { code: 'model_not_deletable' });
  });

  it('survive the file that they came as, and a server that is killed', async () => {
    const { id, input_file_id: file, fine_tuned_model: model } = await tune(server, openai, adapterZip(base, { seed: 9 }), 'lasting');
    const said = await ask(openai, model);
    await openai.files.delete(file);
    await server.kill('SIGKILL');
    server = await Server.start({ models: [base], dataDir });
    clients = makeClients(server);
    openai = clients.openai;
    assert.equal(JSON.parse((await request(server, { path: `${kPath}/${id}` })).body).data.fine_tuned_model, model);
    assert.equal(await ask(openai, model), said);
    const { stdout, status } = await peregrine(['doctor', '--data-dir', dataDir]);
    assert.equal(status, 0, stdout);
  });

  describe('that are bad', () => {
    const good = peftAdapter(base);
    const files = (config, weights) => zip([
      { name: 'adapter_config.json', content: config }, { name: 'adapter_model.safetensors', content: weights },
    ]);
    const kRows = {
      'no archive': [Buffer.from('hello'), /neither a ZIP archive nor a GGUF/],
      'half an archive': [files(good.config, good.weights).subarray(0, 500), /ZIP/],
      'a bomb': [files(good.config, Buffer.alloc(30 << 20)), /times its size/],
      'a bomb that hides its size': [zip([
        { name: 'adapter_config.json', content: good.config },
        { name: 'adapter_model.safetensors', content: Buffer.alloc(30 << 20), size: 100 },
      ]), /unpack/],
      'a path': [zip([
        { name: '../../adapter_config.json', content: good.config }, { name: 'adapter_model.safetensors', content: good.weights },
      ]), /top level: |top level/],
      'a link': [zip([
        { name: 'adapter_config.json', content: '/etc/passwd', mode: 0o120777 },
        { name: 'adapter_model.safetensors', content: good.weights },
      ]), /not a plain file/],
      'a further file': [zip([
        { name: 'adapter_config.json', content: good.config }, { name: 'adapter_model.safetensors', content: good.weights },
        { name: 'optimizer.pt', content: 'x' },
      ]), /optimizer\.pt/],
      'integers': [adapterZip(base, { dtype: 'I32' }), /I32/],
      'a rank that is not served': [adapterZip(base, { config: { r: 7 } }), /8, 16, 32, 64/],
      'DoRA': [adapterZip(base, { config: { use_dora: true } }), /use_dora/],
      'another layout': [adapterZip(base, { rename: (name) => name.replace('self_attn.q_proj', 'attn.c_attn') }), /q_proj.*no tensors/],
      'a layer too many': [adapterZip(base, { rename: (name) => name.replace('layers.0.', 'layers.500.') }), /not in the base model/],
    };
    for (const [name, [content, message]] of Object.entries(kRows)) {
      it(name, async () => {
        const { status, json } = await create(server, { input_file_id: await upload(openai, content) });
        assert.equal(status, 400, JSON.stringify(json));
        assert.equal(json.error.param, 'input_file_id');
        assert.match(json.error.message, message);
      });
    }
    it('numbers that are none', async () => {
      const { config, weights } = peftAdapter(base);
      weights.writeFloatLE(NaN, weights.length - 4);
      const { status, json } = await create(server, { input_file_id: await upload(openai, files(config, weights)) });
      assert.equal(status, 400);
      assert.match(json.error.message, /infinite or no numbers/);
    });
    it('requests', async () => {
      const file = await upload(openai, adapterZip(base));
      const rows = [
        [{ input_file_id: 'file_none' }, 404, 'input_file_id'], [{ input_file_id: file, base_model: 'none' }, 400, 'base_model'],
        [{ input_file_id: file, type: 'full' }, 400, 'type'], [{ input_file_id: file, name: 'a/b' }, 400, 'name'],
        [{ input_file_id: file, epochs: 3 }, 400, 'epochs'], [{}, 400, 'input_file_id'],
      ];
      for (const [body, expected, param] of rows) {
        const { status, json } = await create(server, body);
        assert.equal(status, expected, JSON.stringify(json));
        assert.equal(json.error.param, param);
      }
    });
    it('leave nothing', async () => {
      const { data } = JSON.parse((await request(server, { path: kPath })).body);
      assert.deepEqual(readdirSync(path.join(dataDir, 'adapters')).sort(), data.map(({ id }) => id).sort());
      assert.ok(kConfig.r === 8 && readFileSync(base).length > 0);
    });
  });
});

describe('fine tunings of organisations', () => {
  it('are seen by their own alone, within the scope and the limits of a key', async () => {
    const dataDir = newDataFolder('tunings');
    const key = async (name, ...more) => {
      const { status, stdout, stderr } = await peregrine(['keys', 'create', '--name', name, ...more, '--data-dir', dataDir]);
      assert.equal(status, 0, stderr);
      return stdout.trim();
    };
    const acme = await key('a', '--org', 'acme');
    const other = await key('b', '--org', 'other');
    const narrow = await key('c', '--org', 'acme', '--models', 'plain');
    const chatty = await key('d', '--org', 'acme', '--scope', 'chat', '--limit', 'rpm=1');
    const server = await Server.start({ models: [base], dataDir });
    const client = (apiKey) => makeClients(server, { apiKey }).openai;
    const bearer = (apiKey) => ({ authorization: `Bearer ${apiKey}` });
    const file = await upload(client(acme), adapterZip(base));
    const { json } = await create(server, { input_file_id: file }, bearer(acme));
    const { id, fine_tuned_model: model } = json.data;
    assert.match(model, /^ft:plain:acme\/test-/);
    assert.ok(await ask(client(acme), model));
    // Another organisation.
    assert.equal((await create(server, { input_file_id: file }, bearer(other))).status, 404);
    assert.deepEqual((await client(other).models.list()).data.map((card) => card.id), ['plain']);
    await rejected(client(other).models.retrieve(model), 404);
    await rejected(client(other).models.delete(model), 404);
    await rejected(ask(client(other), model), 404, { code: 'model_not_found' });
    for (const method of ['GET', 'DELETE']) {
      assert.equal((await request(server, { method, path: `${kPath}/${id}`, headers: bearer(other) })).status, 404);
    }
    // Scopes and limits.
    await rejected(ask(client(narrow), model), 403, { code: 'model_permission_blocked_project' });
    assert.deepEqual((await client(narrow).models.list()).data.map((card) => card.id), ['plain']);
    assert.equal((await request(server, { path: kPath, headers: bearer(chatty) })).status, 403);
    assert.ok(await ask(client(chatty), model));
    await rejected(ask(client(chatty), model), 429);
    await server.stop();
  });
});
