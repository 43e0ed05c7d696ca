// Keys, scopes, limits and usage, with the official clients and the commands beside a server that runs.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

import { peregrine } from './lib/cli.mjs';
import { collect, errorBody, errorsOf, makeClients, userSays } from './lib/clients.mjs';
import { scratch } from './lib/environment.mjs';
import { postChat, request } from './lib/http.mjs';
import { endless, longContext, plain, starterFile } from './lib/models.mjs';
import { Server } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

const kModel = 'peregrine-starter';
const kDuration = /^(\d+h)?(\d+m)?\d+(\.\d+)?m?s$/;
const hello = { model: kModel, temperature: 0, max_completion_tokens: 20, messages: userSays('Hello!') };

const folder = () => mkdtempSync(path.join(scratch, 'keys-'));
const bearer = (key) => ({ authorization: `Bearer ${key}` });

async function run(dataDir, ...args) {
  const { status, stdout, stderr } = await peregrine([...args, '--data-dir', dataDir]);
  assert.equal(status, 0, stderr);
  return stdout;
}
const create = async (dataDir, name, ...more) => (await run(dataDir, 'keys', 'create', '--name', name, ...more)).trim();
const usageOf = async (dataDir, ...more) => JSON.parse(await run(dataDir, 'usage', '--json', ...more)).usage;

async function refused(promise, status, expected) {
  const error = await promise.then((value) => assert.fail(`answered ${JSON.stringify(value)}`), (reason) => reason);
  assert.equal(error.status, status, error.message);
  for (const [key, value] of Object.entries(expected)) assert.equal(errorBody(error)[key], value, error.message);
  return error;
}

// One client hands out Headers, the other an object.
const headersOf = (error) => (error.headers instanceof Headers ? Object.fromEntries(error.headers) : error.headers);

// Every byte that the server wrote, on disk and to its terminal.
function everything(dataDir, server) {
  const files = readdirSync(dataDir, { withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = files.map(({ name }) => readFileSync(path.join(dataDir, name), 'latin1'));
  return [...bytes, server.output, server.errors].join('\n');
}

describe('keys on the command line', () => {
  it('are shown once, listed without themselves, and revoked', async () => {
    const dataDir = folder();
    const key = await create(dataDir, 'laptop', '--org', 'acme', '--scope', 'chat,models', '--models', 'llama-*', '--limit', 'rpm=5', '--limit', 'tpm=100', '--expires', '30d');
    assert.match(key, /^gsk_[0-9a-hjkmnp-tv-z]{52}$/);
    const listing = await run(dataDir, 'keys', 'list', '--json');
    assert.ok(!listing.includes(key));
    const [listed] = JSON.parse(listing).keys;
    const { id, created_at, expires_at, ...rest } = listed;
    assert.match(id, /^key_[0-7][0-9a-hjkmnp-tv-z]{25}$/);
    assert.equal(expires_at - created_at, 30 * 86400);
    assert.deepEqual(rest, {
      name: 'laptop', organisation: 'acme', begins: key.slice(0, 9), scope: 'chat,models', models: 'llama-*',
      limits: 'rpm=5,tpm=100', revoked_at: null, state: 'valid',
    });
    for (const { name } of readdirSync(dataDir, { withFileTypes: true }).filter((entry) => entry.isFile())) {
      assert.ok(!readFileSync(path.join(dataDir, name), 'latin1').includes(key.slice(9)), `${name} has the key`);
    }
    const table = await run(dataDir, 'keys', 'list');
    assert.match(table, /^ID +NAME +ORG +KEY +SCOPE +MODELS +LIMITS +MADE +EXPIRES +STATE\n/);
    assert.match(table, /laptop +acme +gsk_\w{5}\.\.\. +chat,models +llama-\* +rpm=5,tpm=100 .* valid\n$/);
    await run(dataDir, 'keys', 'revoke', 'laptop');
    assert.equal(JSON.parse(await run(dataDir, 'keys', 'list', '--json')).keys[0].state, 'revoked');
    const again = await peregrine(['keys', 'revoke', 'laptop', '--data-dir', dataDir]);
    assert.equal(again.status, 1);
    assert.match(again.stderr, /there is no valid key 'laptop'/);
  });

  const kWrong = [
    [['--scope', 'everything'], /'everything' is no scope: there are all, chat, /],
    [['--limit', 'rpm'], /'rpm' is no limit/],
    [['--limit', 'rpm=many'], /'rpm=many' is no limit/],
    [['--expires', 'soon'], /--expires: must be a time such as 12h/],
    [['--expires', '2020-01-01'], /expires: is in the past/],
    [['--org', 'a b'], /org: an organisation's name/],
    [['--name', ''], /name: a key's name/],
  ];
  for (const [args, message] of kWrong) {
    it(`refuses ${args.join(' ')}`, async () => {
      const dataDir = folder();
      const name = args[0] === '--name' ? [] : ['--name', 'x'];
      const { status, stdout, stderr } = await peregrine(['keys', 'create', ...name, ...args, '--data-dir', dataDir]);
      assert.notEqual(status, 0);
      assert.equal(stdout, '');
      assert.match(stderr, message);
      assert.deepEqual(JSON.parse(await run(dataDir, 'keys', 'list', '--json')).keys, []);
    });
  }

  it('let a server listen off loopback, which without keys it will not', async () => {
    const dataDir = folder();
    const args = ['serve', '--host', '0.0.0.0', '--port', '0', '--data-dir', dataDir];
    const { status, stderr } = await peregrine(args);
    assert.equal(status, 1);
    assert.match(stderr, /refusing to listen on 0\.0\.0\.0 without keys.*peregrine keys create/);
    const key = await create(dataDir, 'first');
    const server = await Server.start({ models: [], dataDir, flags: ['--host', '0.0.0.0'] });
    assert.equal((await postChat(server, hello)).status, 401);
    assert.equal((await postChat(server, hello, bearer(key))).status, 200);
    // No revocation, not even of the last key, opens the door.
    await run(dataDir, 'keys', 'revoke', 'first');
    server.child.kill('SIGHUP');
    await until('the key is useless', async () => (await postChat(server, hello, bearer(key))).status === 401);
    assert.equal((await postChat(server, hello)).status, 401);
    await server.stop();
  });
});

describe('a server with keys, limits and a ledger', () => {
  const dataDir = folder();
  const secrets = {};
  let server;
  before(async () => {
    secrets.all = await create(dataDir, 'all');
    secrets.narrow = await create(dataDir, 'narrow', '--scope', 'chat', '--models', 'other-*,plain');
    secrets.admin = await create(dataDir, 'admin', '--scope', 'admin');
    secrets.limited = await create(dataDir, 'limited', '--org', 'acme', '--limit', 'rpm=2');
    secrets.daily = await create(dataDir, 'daily', '--limit', 'rpd=1');
    secrets.tokens = await create(dataDir, 'tokens', '--limit', 'tpm=500');
    secrets.crowd = await create(dataDir, 'crowd', '--limit', 'rpm=37');
    secrets.config = 'gsk_of-the-configuration-0123456789';
    secrets.root = 'gsk_root-of-the-configuration-98765';
    const config = `log_level = "debug"\n[server]\nkeys = ["${secrets.config}"]\nadmin_keys = ["${secrets.root}"]\n`;
    server = await Server.start({ models: [plain()], dataDir, config, flags: ['--model', starterFile] });
  });
  after(() => server?.stop());

  for (const name of ['groq-sdk', 'openai']) {
    describe(name, () => {
      const clientOf = (key) => makeClients(server, { apiKey: key })[name];
      const chat = (key, more = {}) => clientOf(key).chat.completions.create({ ...hello, ...more });

      it('is let in with keys of both kinds', async () => {
        for (const key of [secrets.all, secrets.config]) assert.ok((await chat(key)).choices[0].message.content);
      });

      it('401', async () => {
        for (const key of ['wrong', secrets.all.slice(0, -1), `${secrets.all}0`]) {
          const error = await refused(chat(key), 401, { code: 'invalid_api_key', message: 'Invalid API Key' });
          assert.ok(error instanceof errorsOf[name].AuthenticationError);
        }
      });

      it('403 for a part of the API, and for a model', async () => {
        const forbidden = { type: 'permissions_error', code: 'insufficient_permissions' };
        const error = await refused(clientOf(secrets.narrow).embeddings.create({ model: 'x', input: 'y' }), 403, forbidden);
        assert.ok(error instanceof errorsOf[name].PermissionDeniedError);
        const model = { type: 'permissions_error', code: 'model_permission_blocked_project' };
        await refused(chat(secrets.narrow), 403, model);
        await refused(chat(secrets.narrow, { model: kModel.toUpperCase() }), 403, model);
        await refused(chat(secrets.admin), 403, forbidden);
        assert.deepEqual((await clientOf(secrets.narrow).models.list()).data.map(({ id }) => id), ['plain']);
        await refused(clientOf(secrets.narrow).models.retrieve(kModel), 404, { code: 'model_not_found' });
      });

      it('429 with headers and the wait', async () => {
        const { response } = await clientOf(secrets.all).chat.completions.create(hello).withResponse();
        for (const unit of ['requests', 'tokens']) {
          assert.match(response.headers.get(`x-ratelimit-limit-${unit}`), /^\d+$/);
          assert.match(response.headers.get(`x-ratelimit-reset-${unit}`), kDuration);
        }
        // Two requests per minute, and no other client that uses the key is done within it.
        let error;
        for (let i = 0; i < 3 && !error; ++i) await chat(secrets.limited).catch((reason) => (error = reason));
        assert.ok(error instanceof errorsOf[name].RateLimitError, String(error));
        assert.equal(errorBody(error).type, 'requests');
        assert.equal(errorBody(error).code, 'rate_limit_exceeded');
        assert.match(errorBody(error).message, /^Rate limit reached for model `peregrine-starter` in organization `acme` service tier `on_demand` on requests per minute \(RPM\): Limit 2, Used 2, Requested 1\. Please try again in [\d.]+m?s\.$/);
        const wait = Number(headersOf(error)['retry-after']);
        assert.ok(Number.isInteger(wait) && wait >= 1 && wait <= 30, String(wait));
      });

      it('413 for what no wait makes small enough', async () => {
        const error = await refused(chat(secrets.tokens, { max_completion_tokens: 500 }), 413, { type: 'tokens', code: 'rate_limit_exceeded' });
        assert.match(errorBody(error).message, /tokens per minute \(TPM\): Limit 500, Requested 5\d\d, please reduce/);
      });
    });
  }

  it('a limit per day is not waited for', async () => {
    assert.equal((await postChat(server, hello, bearer(secrets.daily))).status, 200);
    const { status, headers } = await postChat(server, hello, bearer(secrets.daily));
    assert.equal(status, 429);
    assert.equal(headers['x-should-retry'], 'false');
    assert.equal(headers['x-ratelimit-limit-requests'], '1');
    assert.equal(headers['x-ratelimit-remaining-requests'], '0');
    assert.match(headers['x-ratelimit-reset-requests'], /^2[34]h\d+m[\d.]+s$/);
  });

  it('two hundred at once get what the limit has', async () => {
    const body = { ...hello, model: 'plain', max_completion_tokens: 1 };
    const begun = Date.now();
    const answers = await Promise.all(Array.from({ length: 200 }, () => postChat(server, body, bearer(secrets.crowd))));
    const served = answers.filter(({ status }) => status === 200).length;
    const refusals = answers.filter(({ status }) => status === 429);
    assert.equal(served + refusals.length, 200);
    // One request comes back every 1.6 s, also while these are answered.
    const seconds = (Date.now() - begun) / 1000;
    assert.ok(served >= 37 && served <= 37 + Math.ceil((seconds * 37) / 60), `${served} were served in ${seconds} s`);
  });

  it('the ledger has what the answers said, for keys of administrators alone', async () => {
    const key = await create(dataDir, 'counted', '--org', 'ledger');
    server.child.kill('SIGHUP');
    await until('the new key opens', async () => (await request(server, { path: '/v1/models', headers: bearer(key) })).status === 200);
    const sums = { requests: 0, errors: 0, prompt_tokens: 0, cached_tokens: 0, completion_tokens: 0, audio_seconds: 0 };
    const client = makeClients(server, { apiKey: key }).openai;
    for (const stream of [false, true, false]) {
      const answer = await client.chat.completions.create({ ...hello, stream, ...(stream && { stream_options: { include_usage: true } }) });
      const usage = stream ? (await collect(answer)).chunks.at(-1).usage : answer.usage;
      sums.requests += 1;
      sums.prompt_tokens += usage.prompt_tokens;
      sums.cached_tokens += usage.prompt_tokens_details?.cached_tokens ?? 0;
      sums.completion_tokens += usage.completion_tokens;
    }
    await refused(client.chat.completions.create({ ...hello, max_completion_tokens: 1e6 }), 400, {});
    sums.requests += 1;
    sums.errors += 1;
    const target = '/v1/usage?by=organisation,model';
    for (const wrong of [key, secrets.config, secrets.all]) {
      assert.equal((await request(server, { path: target, headers: bearer(wrong) })).status, 403);
    }
    for (const admin of [secrets.admin, secrets.root]) {
      const { data } = JSON.parse((await request(server, { path: target, headers: bearer(admin) })).body);
      const [row] = data.filter(({ organisation }) => organisation === 'ledger');
      assert.deepEqual(row, { object: 'usage', organisation: 'ledger', model: kModel, ...sums });
    }
    // The database has it by now: the command agrees, in all its forms.
    const [row] = (await usageOf(dataDir, '--by', 'organisation')).filter(({ organisation }) => organisation === 'ledger');
    assert.deepEqual(row, { organisation: 'ledger', ...sums });
    const csv = await run(dataDir, 'usage', '--csv', '--by', 'organisation');
    assert.match(csv, /^organisation,requests,errors,prompt_tokens,cached_tokens,completion_tokens,audio_seconds\r\n/);
    assert.ok(csv.includes(`ledger,${Object.values(sums).join(',')}\r\n`), csv);
    assert.match(await run(dataDir, 'usage'), /^day +key +model +requests .*\n(.*\n)*\d{4}-\d\d-\d\d +counted +peregrine-starter /);
  });

  it('tokens of the prefix cache are free', async () => {
    const messages = userSays(Array.from({ length: 120 }, (_, i) => `number ${i}`).join(' '));
    const limited = await create(dataDir, 'cached', '--limit', 'tpm=1500');
    server.child.kill('SIGHUP');
    await until('the new key opens', async () => (await request(server, { path: '/v1/models', headers: bearer(limited) })).status === 200);
    const ask = () => postChat(server, { ...hello, messages, max_completion_tokens: 2 }, bearer(limited));
    const left = ({ headers }) => Number(headers['x-ratelimit-remaining-tokens']);
    const first = await ask();
    const second = await ask();
    const { prompt_tokens: prompt, prompt_tokens_details: details, completion_tokens: completion } = second.json.usage;
    assert.ok(details.cached_tokens > 200, 'the second prompt is found in the cache');
    const paid = prompt - details.cached_tokens + completion;
    // Between the two answers a little has come back.
    assert.ok(left(first) - left(second) <= paid, `${left(first)} - ${left(second)} > ${paid}`);
    assert.ok(left(second) < 1500);
  });

  it('nothing that it writes has a key in it', async () => {
    await until('all of it is on the disk', async () => (await usageOf(dataDir)).length > 0);
    const written = everything(dataDir, server);
    assert.ok(written.length > 4096);
    for (const [name, secret] of Object.entries(secrets)) {
      assert.ok(!written.includes(secret), `${name} is written`);
      assert.ok(!written.includes(secret.slice(9)), `${name} is written in part`);
    }
  });
});

describe('reading settings again', () => {
  let server;
  const kKey = 'sesame';
  const config = (limits, keys = [kKey]) => `[server]\nkeys = ${JSON.stringify(keys)}\n[limits]\n${limits}\n`;
  const reload = async (text, word) => {
    const before = server.errors.length;
    writeFileSync(server.configFile, text);
    server.child.kill('SIGHUP');
    await until('the server has read its settings', () => server.errors.slice(before).includes(word));
  };
  before(async () => {
    server = await Server.start({ models: [longContext('long', 4096)], config: config('requests_per_day = 1000') });
  });
  after(() => server?.stop());

  const limitOf = async () =>
    (await request(server, { path: '/v1/models', headers: bearer(kKey) })).headers['x-ratelimit-limit-requests'];

  it('takes new limits and keys while a stream goes on', async () => {
    assert.equal(await limitOf(), '1000');
    const client = makeClients(server, { apiKey: kKey }).openai;
    const body = { model: 'long', messages: userSays('Once'), max_completion_tokens: 400, ...endless };
    const stream = await client.chat.completions.create({ ...body, stream: true });
    const collected = collect(stream);
    await reload(config('requests_per_day = 50', [kKey, 'second']), 'read keys, limits and models again');
    assert.equal(await limitOf(), '50');
    assert.equal((await request(server, { path: '/v1/models', headers: bearer('second') })).status, 200);
    assert.equal((await collected).finish, 'length');
    await reload(config('requests_per_day = 50', ['second']), 'again');
    assert.equal((await request(server, { path: '/v1/models', headers: bearer(kKey) })).status, 401);
    await reload(config('requests_per_day = 50'), 'again');
  });

  it('keeps what it had when the settings are wrong', async () => {
    await reload(config('requests_per_day = "many"'), 'nothing was changed');
    assert.equal(await limitOf(), '50');
    await reload(config('requests_per_day = 60'), 'again');
    assert.equal(await limitOf(), '60');
  });

  it('limits per model and organisation', async () => {
    await reload(config('[limits.models.LONG]\nrequests_per_minute = 1\n[limits.organisations.default]\ntokens_per_day = 100000'), 'again');
    const ask = (model) => postChat(server, { model, messages: userSays('Once'), max_completion_tokens: 1 }, bearer(kKey));
    assert.equal((await ask('long')).status, 200);
    const { status, json } = await ask('Long');
    assert.equal(status, 429);
    assert.match(json.error.message, /model `long` .*requests per minute \(RPM\): Limit 1/);
  });
});

describe('the ledger', () => {
  it('outlives a server that is killed, but for the last second', async () => {
    const dataDir = folder();
    const server = await Server.start({ models: [], dataDir });
    for (let i = 0; i < 3; ++i) assert.equal((await postChat(server, hello)).status, 200);
    await until('the ledger is written', async () => (await usageOf(dataDir, '--by', 'model'))[0]?.requests === 3);
    assert.deepEqual(await server.kill('SIGKILL'), { status: null, signal: 'SIGKILL' });
    const [row] = await usageOf(dataDir, '--by', 'key,model');
    assert.deepEqual([row.key, row.model, row.requests, row.errors], ['', kModel, 3, 0]);
    const again = await Server.start({ models: [], dataDir });
    assert.equal((await postChat(again, hello)).status, 200);
    await again.stop(); // a drain writes what there is, at once
    assert.equal((await usageOf(dataDir, '--by', 'model'))[0].requests, 4);
  });

  it('counts what a client had that went away', async () => {
    const dataDir = folder();
    const server = await Server.start({ models: [longContext('long', 4096)], dataDir });
    const client = makeClients(server).openai;
    const stream = await client.chat.completions.create({ model: 'long', messages: userSays('Once'), stream: true, ...endless });
    let seen = 0;
    for await (const chunk of stream) if (chunk.choices[0]?.delta.content && ++seen === 5) break;
    stream.controller.abort();
    await server.assertIdle();
    const row = await until('the ledger is written', async () => (await usageOf(dataDir))[0]);
    assert.equal(row.requests, 1);
    assert.equal(row.errors, 0);
    assert.ok(row.prompt_tokens > 0 && row.completion_tokens >= 5, JSON.stringify(row));
    await server.stop();
  });
});
