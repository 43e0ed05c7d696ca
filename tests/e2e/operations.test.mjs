// What an operator sees and does: the log, the metrics' page, the list of models changed under a running server.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

import { userSays } from './lib/clients.mjs';
import { repository } from './lib/environment.mjs';
import { exchangeBytes, openStream, postChat, postJson, request } from './lib/http.mjs';
import { endless, golden, longContext, plain } from './lib/models.mjs';
import { Server } from './lib/server.mjs';
import { form, starterWhisper } from './lib/sound.mjs';
import { until } from './lib/wait.mjs';

const kTrace = '4bf92f3577b34da6a3ce929d0e0e4736';
const kSpan = '00f067aa0ba902b7';

// What no line may have. Words that nothing else says.
const kSecrets = {
  key: 'gsk_abracadabra0123456789',
  wrongKey: 'gsk_wrongwrongwrong987654',
  prompt: 'xylophone-in-the-attic',
  system: 'quokka-on-the-roof',
  input: 'marzipan-for-the-vector',
  body: 'rhubarb-in-broken-json',
  path: 'walrus-in-the-path',
  query: 'narwhal-in-the-query',
  file: 'pangolin-in-the-file',
  model: 'axolotl-of-a-model',
};
const bearer = (key) => ({ authorization: `Bearer ${key}` });

const ids = [];
const seen = (answer) => {
  ids.push(answer.headers['x-request-id']);
  return answer;
};

// Every way for a text to come to the server that is served, refused or given up.
async function visit(server) {
  ids.length = 0;
  const auth = bearer(kSecrets.key);
  const messages = [{ role: 'system', content: kSecrets.system }, ...userSays(kSecrets.prompt)];
  const chat = { model: 'plain', messages, max_completion_tokens: 5 };
  const good = { ...auth, traceparent: `00-${kTrace}-${kSpan}-01` };
  const said = seen(await postChat(server, chat, good)).json.choices[0].message.content;
  seen(await postChat(server, { ...chat, temperature: kSecrets.prompt }, { ...auth, traceparent: '00-zero-zero-01' }));
  seen(await postChat(server, { ...chat, model: kSecrets.model }, auth));
  seen(await postChat(server, { ...chat, messages: userSays(`${kSecrets.prompt} `.repeat(2000)) }, auth));
  seen(await postChat(server, chat, bearer(kSecrets.wrongKey)));
  seen(await request(server, { method: 'POST', path: '/v1/chat/completions', headers: { 'content-type': 'application/json', ...auth }, body: `{"${kSecrets.body}": ` }));
  seen(await postJson(server, '/v1/embeddings', { model: 'bert-mean-f32', input: kSecrets.input }, auth));
  seen(await postJson(server, '/v1/responses', { model: 'plain', input: kSecrets.prompt, max_output_tokens: 16 }, auth));
  seen(await request(server, { path: `/v1/models/${kSecrets.path}`, headers: auth }));
  seen(await request(server, { path: `/${kSecrets.path}?q=${kSecrets.query}`, headers: auth }));
  seen(await request(server, { path: `/v1/files?after=${kSecrets.query}`, headers: auth }));
  const upload = form([['purpose', 'batch']], { name: `${kSecrets.file}.jsonl`, content: Buffer.from(`{"a": "${kSecrets.file}"}\n`) });
  seen(await request(server, { method: 'POST', path: '/v1/files', headers: { ...upload.headers, ...auth }, body: upload.body }));
  seen(await request(server, { path: '/health' }));
  await exchangeBytes(server, `GET /${kSecrets.path} HTTP/9.9\r\nauthorization: ${kSecrets.key}\r\n\r\n`);
  const leaving = new AbortController();
  const stream = await fetch(`${server.url}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...auth },
    body: JSON.stringify({ ...chat, ...endless, max_completion_tokens: 300, stream: true }),
    signal: leaving.signal,
  });
  leaving.abort();
  const gone = stream.headers.get('x-request-id');
  await until('who left is logged', () => server.errors.includes(gone));
  await until('the last of them is logged', () => ids.every((id) => server.errors.includes(id)));
  return said;
}

for (const format of ['json', 'text']) {
  describe(`the log as ${format}`, () => {
    let server;
    let said;
    before(async () => {
      const config = `log_level = "info"\n[server]\nkeys = ["${kSecrets.key}"]\n`;
      server = await Server.start({ models: [plain(), golden('bert-mean-f32')], config, flags: ['--log-format', format, '--log-level', 'debug'] });
      said = await visit(server);
    });
    after(() => server?.stop());

    it('has no prompt, no answer and no key', () => {
      for (const [name, secret] of Object.entries(kSecrets)) {
        assert.ok(!server.errors.includes(secret), `${name} is in the log`);
        assert.ok(!server.output.includes(secret), `${name} is in the output`);
      }
      if (said.trim().length > 3) assert.ok(!server.errors.includes(said.trim()), 'the answer is in the log');
    });

    it('has one line for every request, with its id', () => {
      const lines = server.errors.split('\n').filter((line) => /[" ]request[" ]/.test(line));
      for (const id of ids) assert.equal(lines.filter((line) => line.includes(id)).length, 1, id);
      assert.equal(new Set(ids).size, ids.length);
    });
  });
}

describe('lines of JSON', () => {
  let server;
  let lines;
  before(async () => {
    const config = `log_format = "json"\n[server]\nkeys = ["${kSecrets.key}"]\n`;
    server = await Server.start({ models: [plain(), golden('bert-mean-f32')], config });
    await visit(server);
    lines = server.errors.trimEnd().split('\n').map((line) => JSON.parse(line));
  });
  after(() => server?.stop());
  const lineOf = (id) => lines.find(({ message, request_id: of }) => message === 'request' && of === id);

  it('are objects with time, level and message', () => {
    assert.ok(lines.length > ids.length);
    for (const { time, level, message } of lines) {
      assert.match(time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      assert.match(level, /^(debug|info|warning|error)$/);
      assert.equal(typeof message, 'string');
    }
  });

  it('tell what a chat was', () => {
    const { time, request_id: id, duration_ms: duration, first_byte_ms: first, key, prompt_tokens: prompt, cached_tokens: cached, ...rest } = lineOf(ids[0]);
    assert.equal(id, ids[0]);
    assert.ok(time && duration >= first && first > 0);
    assert.match(key, /^config_[0-9a-f]+$/);
    assert.ok(prompt > 0 && cached === 0);
    assert.deepEqual(rest, {
      level: 'info', message: 'request', method: 'POST', route: '/openai/v1/chat/completions', status: 200, model: 'plain',
      completion_tokens: 5, trace_id: kTrace, span_id: kSpan,
    });
  });

  it('tell where the others ended', () => {
    const told = ids.map(lineOf).map(({ method, route, status }) => `${method} ${route} ${status}`);
    const chat = 'POST /openai/v1/chat/completions';
    assert.deepEqual(told, [
      `${chat} 200`, `${chat} 400`, `${chat} 404`, `${chat} 400`, 'POST door 401', `${chat} 400`, 'POST /openai/v1/embeddings 200',
      'POST /openai/v1/responses 200', 'GET /openai/v1/models/{model...} 404', 'GET none 404', 'GET /openai/v1/files 200',
      'POST /openai/v1/files 200', 'GET /health 200',
    ]);
    assert.equal(lineOf(ids[1]).trace_id, undefined, 'a traceparent that is none is ignored');
    assert.equal(lineOf(ids[4]).key, undefined, 'no key was known');
  });

  it('count what was not understood', () => {
    const odd = lines.filter(({ message, method, route }) => message === 'request' && method === 'other' && route === 'none');
    assert.equal(odd.length, 1);
    assert.ok(odd[0].status >= 400 && odd[0].status <= 505);
  });
});

describe('metrics', () => {
  it('are all in the operator\'s guide', async () => {
    const models = [plain(), golden('bert-mean-f32'), starterWhisper].filter((model) => model !== null);
    const server = await Server.start({ models });
    await postChat(server, { model: 'plain', messages: userSays('Hi'), max_completion_tokens: 2 });
    const guide = readFileSync(path.join(repository, 'docs', 'operations.md'), 'utf8');
    const metrics = await server.metrics();
    for (const name of metrics.types.keys()) assert.ok(guide.includes(`\`${name}\``), `${name} is not in docs/operations.md`);
    assert.ok(metrics.value('process_resident_memory_bytes') > 1 << 20);
    assert.ok(metrics.value('process_open_fds') > 3);
    assert.ok(metrics.value('process_cpu_seconds_total') > 0);
    assert.ok(Math.abs(metrics.value('process_start_time_seconds') - Date.now() / 1000) < 600);
    await until('there is none but the one that asks', async () => (await server.metrics()).value('peregrine_http_active_requests') === 1);
    await server.stop();
  });
});

describe('the list of models', () => {
  const kSettings = (models) => `models = ${JSON.stringify(models)}\n`;
  let server;
  const reload = async (models, word) => {
    const before = server.errors.length;
    writeFileSync(server.configFile, kSettings(models));
    server.child.kill('SIGHUP');
    await until('the server has read its settings', () => server.errors.slice(before).includes(word));
  };
  const served = async () => JSON.parse((await request(server, { path: '/v1/models' })).body).data.map(({ id }) => id).sort();
  // Made once: a file must not change while a server has it mapped.
  const [one, two] = [longContext('one', 4096), plain('two')];
  const chat = (model, more) => ({ model, messages: userSays('Once upon a time'), max_completion_tokens: 4, ...endless, ...more });
  before(async () => {
    server = await Server.start({ models: [], config: kSettings([one]) });
  });
  after(() => server?.stop());

  it('changes under a stream, which ends as it would have', async () => {
    let pieces = 0;
    const stream = openStream(server, chat('one', { stream: true, max_completion_tokens: 400 }), { onBytes: () => ++pieces });
    await until('it has begun', () => pieces > 2);
    await reload([two], 'again');
    assert.deepEqual(await served(), ['two']);
    assert.equal((await postChat(server, chat('one'))).status, 404);
    assert.equal((await postChat(server, chat('two'))).status, 200);
    const { status, body } = await stream.done;
    assert.equal(status, 200);
    assert.match(body.toString(), /"finish_reason":"length"[\s\S]*data: \[DONE\]\n\n$/);
    await until('its memory is free again', () => server.errors.includes('one: unloaded as it is no longer served'));
  });

  it('takes back what it gave up', async () => {
    await reload([one, two], 'again');
    assert.deepEqual(await served(), ['one', 'two']);
    for (const model of ['one', 'two']) assert.equal((await postChat(server, chat(model))).status, 200);
  });

  it('stays as it was when there is a mistake in it', async () => {
    await reload(['/nowhere/three.gguf', two], 'nothing was changed');
    assert.deepEqual(await served(), ['one', 'two']);
    await server.assertIdle();
  });
});
