// Administration over HTTP: models, pulls, keys and what the server does, on real servers with keys and without.
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

import { peregrine } from './lib/cli.mjs';
import { userSays } from './lib/clients.mjs';
import { readData, scratch } from './lib/environment.mjs';
import { openStream, postChat, request } from './lib/http.mjs';
import { FileServer, modelBytes, sha256 } from './lib/hub.mjs';
import { endless, golden, longContext, plain } from './lib/models.mjs';
import { stateOf } from './lib/pull.mjs';
import { Server } from './lib/server.mjs';
import { deferred, until } from './lib/wait.mjs';

const kJson = { 'content-type': 'application/json' };
const kSmall = 'llama-spm-q8_0';
const long = longContext('long', 8192);
const talking = plain('talking', golden(kSmall));  // what is pulled and asked
const bearer = (key) => (key === '' ? {} : { authorization: `Bearer ${key}` });

// A caller of /admin/v1 of `server`, with `key` unless it is empty: {status, headers, json}.
function caller(server, key = '') {
  return async (method, route, body) => {
    const answer = await request(server, { method, path: `/admin/v1${route}`, headers: { ...kJson, ...bearer(key) }, body: body && JSON.stringify(body) });
    return { ...answer, json: JSON.parse(answer.body) };
  };
}

// A folder of data with models in its models folder.
function dataWith(...models) {
  const data = mkdtempSync(path.join(scratch, 'admin-'));
  mkdirSync(path.join(data, 'models'));
  for (const model of models) copyFileSync(golden(model), path.join(data, 'models', `${model}.gguf`));
  return data;
}

describe('models', () => {
  let server;
  let admin;
  before(async () => {
    server = await Server.start({ models: [long], dataDir: dataWith(kSmall) });
    admin = caller(server);
  });
  after(() => server.stop());

  const model = async (id) => (await admin('GET', `/models/${id}`)).json;
  const comesTo = (id, state) => until(`${id} is ${state}`, async () => (await model(id)).state === state);

  it('are listed with what they take', async () => {
    const { json } = await admin('GET', '/models');
    assert.equal(json.data.length, 2);
    const [named, found] = json.data;
    assert.deepEqual([named.state, named.named, found.state, found.named], ['ready', true, 'on_disk', false]);
    assert.equal(found.file_bytes, readFileSync(golden(kSmall)).length);
    assert.equal(found.memory_bytes, 0);
    assert.equal(named.memory_bytes, json.memory.used_bytes, 'all that is taken is the one model\'s');
    const { used_bytes, weights_bytes, kv_cache_bytes, scratch_bytes, caches_bytes } = json.memory;
    assert.equal(used_bytes, weights_bytes + kv_cache_bytes + scratch_bytes + caches_bytes);
  });

  it('are loaded, used, and unloaded', async () => {
    const before = (await admin('GET', '/models')).json.memory.used_bytes;
    assert.equal((await admin('POST', `/models/${kSmall}/load`)).status, 200);
    await comesTo(kSmall, 'ready');
    const { json } = await admin('GET', '/models');
    assert.equal(json.memory.used_bytes, before + json.data[1].memory_bytes);
    assert.ok(json.data[1].memory_bytes > 0);
    await admin('POST', `/models/${kSmall}/unload`);
    await comesTo(kSmall, 'on_disk');
    assert.equal((await admin('GET', '/models')).json.memory.used_bytes, before);
  });

  it('finish what they have before they go, and refuse what is new until then', async () => {
    const id = (await admin('GET', '/models')).json.data[0].id;
    const begun = deferred();
    const stream = openStream(server, { model: id, messages: userSays('Hi'), stream: true, max_tokens: 200, logit_bias: endless.logit_bias }, { onBytes: () => begun.resolve() });
    await begun.promise;
    const leaving = await admin('POST', `/models/${id}/unload`);
    assert.deepEqual([leaving.json.state, leaving.json.in_use], ['unloading', 1]);
    const refused = await postChat(server, { model: id, messages: userSays('Hi'), max_tokens: 1 });
    assert.equal(refused.status, 503);
    assert.match(refused.json.error.message, /is being unloaded/);
    assert.equal(refused.headers['retry-after'], '1');
    const { body } = await stream.done;
    assert.match(body.toString(), /data: \[DONE\]/, 'what ran came to its end');
    await comesTo(id, 'on_disk');
    assert.equal((await postChat(server, { model: id, messages: userSays('Hi'), max_tokens: 1 })).status, 200, 'who asks for it has it loaded');
    await comesTo(id, 'ready');
  });

  it('of the folder are removed, named ones not', async () => {
    const [named] = (await admin('GET', '/models')).json.data;
    assert.equal((await admin('DELETE', `/models/${named.id}`)).json.error.code, 'conflict');
    assert.deepEqual((await admin('DELETE', `/models/${kSmall}`)).json, { id: kSmall, object: 'admin.model', deleted: true });
    assert.equal((await admin('GET', '/models')).json.data.length, 1);
  });

  it('are told to pages by the names of the catalogue', async () => {
    const { json } = await admin('GET', '/catalogue');
    assert.ok(json.data.some(({ id, repository }) => id === 'openai/gpt-oss-20b' && repository === 'ggml-org/gpt-oss-20b-GGUF'));
  });
});

describe('pulls', () => {
  let server;
  let admin;
  let data;
  const kConfig = '[pulls]\nallow = true\nallow_private = true\n';
  before(async () => {
    data = dataWith();
    server = await Server.start({ models: [long], config: kConfig, dataDir: data });
    admin = caller(server);
  });
  after(() => server.stop());

  const file = (name) => path.join(data, 'models', name);
  const comesTo = (id, state) => until(`the pull is ${state}`, async () => {
    const { json } = await admin('GET', `/pulls/${id}`);
    return json.state === state && json;
  });

  it('bring a model that can be asked at once', async () => {
    const content = readFileSync(talking);
    const web = await new FileServer({ '/m.gguf': content }).listen();
    const { status, json } = await admin('POST', '/pulls', { source: `${web.url}/m.gguf?signature=secret`, sha256: sha256(content) });
    assert.equal(status, 200);
    assert.equal(json.source, `${web.url}/m.gguf`, 'what may be a signature is not told');
    const done = await comesTo(json.id, 'done');
    assert.deepEqual([done.model, done.done_bytes, done.total_bytes], ['m', content.length, content.length]);
    assert.ok((await admin('GET', '/models')).json.data.some(({ id }) => id === 'm'));
    assert.equal((await postChat(server, { model: 'm', messages: userSays('Hi'), max_tokens: 1 })).status, 200);
  });

  it('tell how far they are, and are cancelled; ordered again they go on', async () => {
    const content = modelBytes(3_000_000);
    const web = await new FileServer({ '/big.gguf': content }).listen();
    const release = deferred();
    web.behave = ({ headers }) => (headers.range === 'bytes=0-0' ? undefined : { hold: 2_000_000, until: release.promise });
    const order = { source: `${web.url}/big.gguf` };
    const { json } = await admin('POST', '/pulls', order);
    const running = await until('bytes come', async () => {
      const { json: pull } = await admin('GET', `/pulls/${json.id}`);
      return pull.done_bytes > 1_000_000 && pull;
    });
    assert.deepEqual([running.state, running.stage, running.file, running.total_bytes], ['running', 'downloading', 'big.gguf', content.length]);
    assert.equal((await admin('POST', '/pulls', order)).json.id, json.id, 'the same order is the same pull');
    assert.equal((await admin('DELETE', '/models/big.gguf')).status, 409, 'it is being fetched');
    assert.equal((await admin('DELETE', `/pulls/${json.id}`)).json.state, 'cancelled');
    await until('what came is saved', () => existsSync(file('big.gguf.part.json')) && stateOf(path.join(data, 'models'), 'big.gguf').done > 1_000_000);
    const { unfinished } = (await admin('GET', '/models')).json;
    assert.deepEqual(unfinished.map(({ file: name, total_bytes }) => [name, total_bytes]), [['big.gguf', content.length]]);

    web.behave = () => undefined;
    const again = (await admin('POST', '/pulls', order)).json;
    assert.notEqual(again.id, json.id);
    web.requests = [];
    await comesTo(again.id, 'done');
    release.resolve();
    assert.ok(web.bytesAsked() < content.length, 'only the rest was fetched');
    assert.equal(sha256(readFileSync(file('big.gguf'))), sha256(content));
    const list = (await admin('GET', '/pulls')).json;
    assert.deepEqual([list.allowed, list.data[0].id, list.data[1].state], [true, again.id, 'cancelled']);
  });

  it('survive a server that dies midway, as far as they came', async () => {
    const content = modelBytes(3_000_000, 2);
    const web = await new FileServer({ '/dies.gguf': content }).listen();
    web.behave = ({ headers }) => (headers.range === 'bytes=0-0' ? undefined : { hang: 2_000_000 });
    const { json } = await admin('POST', '/pulls', { source: `${web.url}/dies.gguf` });
    await until('bytes come', async () => (await admin('GET', `/pulls/${json.id}`)).json.done_bytes > 1_000_000);
    const { port } = web.server.address();
    await web.stop();
    const waiting = await until('it waits', async () => {
      const { json: pull } = await admin('GET', `/pulls/${json.id}`);
      return (pull.stage === 'waiting' || pull.state === 'failed') && pull;
    });
    if (waiting.state === 'running') assert.match(waiting.note, /cannot connect|connection/);
    const failed = await comesTo(json.id, 'failed');
    assert.match(failed.error, /cannot connect|connection/);
    assert.ok(!failed.error.includes(data), 'paths stay in the house');
    assert.ok(existsSync(file('dies.gguf.part')) && !existsSync(file('dies.gguf')), `port ${port}`);
    assert.equal((await admin('DELETE', '/models/dies.gguf')).json.deleted, true, 'and can be thrown away');
    assert.ok(!existsSync(file('dies.gguf.part')));
  });

  it('of damaged files fail', async () => {
    const web = await new FileServer({ '/x.gguf': modelBytes(1000) }).listen();
    const { json } = await admin('POST', '/pulls', { source: `${web.url}/x.gguf`, sha256: 'a'.repeat(64) });
    assert.match((await comesTo(json.id, 'failed')).error, /SHA-256/);
  });
});

describe('a server that fetches nothing', () => {
  it('says which setting it is', async () => {
    const server = await Server.start({ models: [long] });
    const admin = caller(server);
    const refused = await admin('POST', '/pulls', { source: 'gpt-oss-20b' });
    assert.equal(refused.status, 403);
    assert.equal(refused.json.error.code, 'pulls_not_allowed');
    assert.match(refused.json.error.message, /pulls\.allow.*--allow-pulls/);
    assert.equal((await admin('GET', '/pulls')).json.allowed, false);
    await server.stop();
  });

  it('or only from public addresses, whatever names lead to others', async () => {
    const server = await Server.start({ models: [long], flags: ['--allow-pulls'] });
    const admin = caller(server);
    const web = await new FileServer({ '/m.gguf': modelBytes(1000) }).listen();
    for (const source of [`${web.url}/m.gguf`, `${web.url.replace('127.0.0.1', 'localhost')}/m.gguf`]) {
      const { json } = await admin('POST', '/pulls', { source });
      const failed = await until('it fails', async () => {
        const { json: pull } = await admin('GET', `/pulls/${json.id}`);
        return pull.state === 'failed' && pull;
      });
      assert.match(failed.error, /not a public one/);
    }
    assert.equal(web.requests.length, 0);
    await server.stop();
  });
});

describe('keys of different scopes', () => {
  let server;
  const dataDir = mkdtempSync(path.join(scratch, 'admin-'));
  const kRoot = 'root-of-all-sesame';
  before(async () => {
    server = await Server.start({ models: [long], config: `[server]\nadmin_keys = ["${kRoot}"]\n`, dataDir });
  });
  after(() => server.stop());

  const models = (key) => request(server, { path: '/openai/v1/models', headers: bearer(key) });

  it('open administration to one of them', async () => {
    const root = caller(server, kRoot);
    const made = await root('POST', '/keys', { name: 'laptop', scopes: ['all'], limits: { requests_per_minute: 60 }, expires_at: null });
    assert.equal(made.status, 200);
    const key = made.json.secret;
    assert.equal((await models(key)).status, 200, 'it holds without SIGHUP');
    const user = caller(server, key);
    for (const [method, route] of [['GET', '/models'], ['GET', '/keys'], ['POST', '/keys'], ['GET', '/live'], ['GET', '/live/events'], ['POST', '/pulls'], ['DELETE', `/keys/${made.json.id}`]]) {
      const refused = await user(method, route, method === 'POST' ? {} : undefined);
      assert.equal(refused.status, 403, route);
      assert.equal(refused.json.error.code, 'insufficient_permissions');
      assert.equal((await caller(server, 'wrong')(method, route)).status, 401, route);
    }
    assert.equal((await request(server, { path: '/%61dmin/v1/keys', headers: bearer(key) })).status, 403);
    assert.equal((await request(server, { path: '/v1/%75sage', headers: bearer(key) })).status, 403);

    const { json } = await root('GET', '/keys');
    assert.deepEqual(json.data.map(({ name, origin }) => [name, origin]), [['laptop', 'data_folder'], ['configuration', 'configuration']]);
    assert.ok(!JSON.stringify(json).includes(key.slice(10)));

    assert.equal((await root('DELETE', `/keys/${made.json.id}`)).json.state, 'revoked');
    assert.equal((await models(key)).status, 401, 'from the answer on');
    assert.ok(![server.output, server.errors].join('').includes(key.slice(10)), 'no log has it');
  });

  it('share their store with the command line', async () => {
    const root = caller(server, kRoot);
    const { stdout } = await peregrine(['keys', 'create', '--name', 'cli', '--data-dir', dataDir]);
    const listed = (await root('GET', '/keys')).json.data.find(({ name }) => name === 'cli');
    assert.equal(listed.state, 'valid');
    assert.equal((await models(stdout.trim())).status, 401, 'not before SIGHUP');
    server.child.kill('SIGHUP');
    await until('the key opens', async () => (await models(stdout.trim())).status === 200);
    const made = (await root('POST', '/keys', { name: 'web' })).json;
    const { stdout: list } = await peregrine(['keys', 'list', '--json', '--data-dir', dataDir]);
    assert.ok(JSON.parse(list).keys.some(({ id, name }) => id === made.id && name === 'web'));
    assert.equal((await root('DELETE', `/keys/${listed.id}`)).status, 200);
    assert.equal((await models(stdout.trim())).status, 401);
  });
});

describe('the first key', () => {
  it('closes the server behind an administrator', async () => {
    const server = await Server.start({ models: [long] });
    const anybody = caller(server);
    const refused = await anybody('POST', '/keys', { name: 'laptop' });
    assert.deepEqual([refused.status, refused.json.error.param], [400, 'scopes']);
    const made = await anybody('POST', '/keys', { name: 'root', scopes: ['all', 'admin'] });
    assert.equal((await anybody('GET', '/keys')).status, 401);
    assert.equal((await caller(server, made.json.secret)('GET', '/keys')).status, 200);
    await server.stop();
  });
});

describe('what the server does', () => {
  it('is seen while it does it, and followed', async () => {
    const server = await Server.start({ models: [long] });
    const admin = caller(server);
    const begun = deferred();
    const prompt = 'a secret that nobody sees';
    const stream = openStream(server, { model: 'long', messages: userSays(prompt), stream: true, service_tier: 'flex', ...endless }, { onBytes: () => begun.resolve() });
    await begun.promise;
    const running = await until('it is seen, writing', async () => {
      const { json, body } = await admin('GET', '/live');
      assert.ok(!body.includes(prompt));
      return json.running[0]?.generated_tokens > 5 && json.generated_tokens_per_second > 0 && json.models[0].kv_blocks.used > 0 && json;
    });
    const [one] = running.running;
    assert.deepEqual([one.endpoint, one.tier, one.key, running.requests.running], ['/openai/v1/chat/completions', 'flex', '', 1]);
    assert.match(one.id, /^req_/);
    assert.ok(one.prompt_tokens > 0 && one.age_seconds > 0);
    assert.equal(running.models[0].in_use, 1);

    const events = [];
    const stop = new AbortController();
    const followed = (async () => {
      const response = await fetch(`${server.root}/admin/v1/live/events`, { signal: stop.signal });
      const decoder = new TextDecoder();
      for await (const bytes of response.body) events.push(...decoder.decode(bytes).split('\n\n').filter(Boolean));
    })().catch((error) => assert.equal(error.name, 'AbortError'));
    await until('three pictures came', () => events.length >= 3);
    const times = events.slice(0, 3).map((event) => JSON.parse(event.slice('data: '.length)).at);
    assert.ok(times[0] <= times[1] && times[1] < times[2], String(times));
    stop.abort();
    await followed;

    stream.close();
    await stream.done;
    await until('it is over', async () => (await admin('GET', '/live')).json.requests.running === 0);
    await server.assertIdle();

    // Who watches does not keep the server from ending.
    const watched = fetch(`${server.root}/admin/v1/live/events`).then((response) => response.text());
    await until('somebody watches', async () => (await server.metrics()).value('peregrine_http_active_requests') >= 1);
    await server.stop();
    assert.match(await watched, /admin\.live/);
  });
});

// Rows of bad_admin.json: a request, and how it is refused.
describe('bad requests', () => {
  let server;
  before(async () => {
    server = await Server.start({ models: [long], config: '[pulls]\nallow = true\n' });
  });
  after(() => server.stop());

  for (const { name, method = 'POST', path: route, headers = kJson, raw, body, status, code, param, message = '' } of readData('bad_admin.json')) {
    it(name, async () => {
      const answer = await request(server, { method, path: route, headers, body: raw ?? (body === undefined ? undefined : JSON.stringify(body)) });
      assert.equal(answer.status, status, answer.body);
      const { error } = JSON.parse(answer.body);
      assert.equal(error.code, code);
      assert.equal(error.param, param);
      assert.ok(error.message.includes(message), error.message);
      assert.deepEqual((await caller(server)('GET', '/keys')).json.data, [], 'nothing was made');
    });
  }
});
