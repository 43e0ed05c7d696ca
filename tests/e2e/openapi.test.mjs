// docs/openapi.yaml itself: a valid document that the server carries, with examples that keep it; and the judge that
// holds every other test's answers to it, which has to be able to say no.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

import { Validator } from '@seriousme/openapi-schema-validator';
import { parse } from 'yaml';

import { peregrine } from './lib/cli.mjs';
import { description, judge, StreamJudge, templateOf, validatorAt } from './lib/contract.mjs';
import { repository } from './lib/environment.mjs';
import { request } from './lib/http.mjs';
import { plain } from './lib/models.mjs';
import { Server } from './lib/server.mjs';

// Every object in the document with its path, outermost first.
function* walk(value, path = []) {
  if (value === null || typeof value !== 'object') return;
  yield { value, path };
  for (const [key, inner] of Object.entries(value)) yield* walk(inner, [...path, key]);
}

const isData = (path) => path.some((key, i) => /^examples?$/.test(key) || (key === 'default' && path[i - 1] !== 'responses'));
const schemas = () => [...walk(description)].filter(({ path }) => !isData(path));

describe('the description of the API', () => {
  it('is an OpenAPI 3.1 document', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(description));
    assert.ok(valid, JSON.stringify(errors, null, 1));
    assert.equal(validator.version, '3.1');
  });

  it('has schemas that can be used', () => {
    for (const name of Object.keys(description.components.schemas)) validatorAt('components', 'schemas', name);
    for (const { value, path } of schemas()) if (value.schema) validatorAt(...path, 'schema');
  });

  it('has examples that fit', () => {
    let fitted = 0;
    for (const { value, path } of schemas()) {
      const asText = path.at(-1) === 'text/event-stream' || path.at(-1) === 'text/plain';
      if (!value.schema || asText) continue;
      const examples = [...('example' in value ? [value.example] : []), ...Object.values(value.examples ?? {}).map((e) => e.value)];
      for (const example of examples) {
        const validate = validatorAt(...path, 'schema');
        assert.ok(validate(example), `${path.join('/')}: ${JSON.stringify(validate.errors, null, 1)}`);
        ++fitted;
      }
    }
    assert.ok(fitted > 20, `only ${fitted} examples`);
  });

  it('closes every object that has properties', () => {
    const open = schemas().filter(({ value }) => value.properties && value.additionalProperties !== false);
    assert.deepEqual(open.map(({ path }) => path.join('/')), []);
  });

  it('refers to nothing that is not there, and leaves nothing unused', () => {
    const used = new Set(schemas().map(({ value }) => value.$ref).filter(Boolean));
    const there = ['schemas', 'responses', 'headers', 'parameters'].flatMap((kind) =>
      Object.keys(description.components[kind]).map((name) => `#/components/${kind}/${name}`));
    assert.deepEqual([...used].sort(), there.sort());
  });
});

// The tables that the parsers are tested with, and the rows whose fault no schema of a value can tell: it lies between
// fields or in what a string says.
const kTables = [
  {
    file: 'chat_requests.json', schema: 'ChatRequest', good: { model: 'm', messages: [{ role: 'user', content: 'Hi' }] },
    beyond: [
      'stream_options without stream', 'stream_options with stream false', 'max_tokens beyond 64 bits', 'seed above 64 bits',
      'logit_bias id beyond 32 bits', 'top_logprobs without logprobs', 'top_logprobs with logprobs false', 'role tool',
      'role function', 'assistant without content', 'assistant with content null', 'choices differ', 'tools and functions',
      'named choice with any name', 'json mode with tools', 'answer to a call that was not made', 'answer before the call',
      'assistant without content or calls', 'assistant with no calls',
    ],
  },
  {
    file: 'response_requests.json', schema: 'ResponseRequest', good: { model: 'm', input: 'Hi' },
    beyond: [
      'arguments that are no JSON', 'arguments that are no object', 'two tools of one name', 'a choice of nothing',
      'a choice of another tool', 'required without tools', 'json mode with tools',
    ],
  },
];

describe('the schemas of requests, by the tables of the parsers', () => {
  for (const { file, schema, good, beyond } of kTables) {
    const rows = JSON.parse(readFileSync(path.join(repository, 'tests', 'api', file), 'utf8')).filter((row) => row.with);
    const fits = (row) => {
      const body = { ...good, ...row.with };
      delete body[row.omit];
      return validatorAt('components', 'schemas', schema)(body);
    };
    it(`${schema} takes what the server takes`, () => {
      const taken = rows.filter((row) => row.expect);
      assert.ok(taken.length > 20);
      assert.deepEqual(taken.filter((row) => !fits(row)).map((row) => row.name), []);
    });
    it(`${schema} refuses what the server refuses`, () => {
      const refused = rows.filter((row) => row.error);
      assert.ok(refused.length > 50);
      assert.deepEqual(refused.filter(fits).map((row) => row.name), beyond);
    });
  }
});

describe('the description that the server carries', () => {
  let server;
  before(async () => {
    server = await Server.start({ models: [plain()], config: '[server]\nkeys = ["a-key-for-this-test"]\n' });
  });
  after(() => server.stop());

  it('is served without a key, with the program\'s version', async () => {
    const version = (await peregrine(['--version'])).stdout.match(/\d+\.\d+\.\d+/)[0];
    const expected = { ...description, info: { ...description.info, version } };
    const json = await request(server, { path: '/openapi.json' });
    assert.equal(json.status, 200);
    assert.deepEqual(JSON.parse(json.body), expected);
    const yaml = await request(server, { path: '/openapi.yaml' });
    assert.equal(yaml.headers['content-type'], 'application/yaml');
    assert.deepEqual(parse(yaml.body), expected);
    assert.equal((await request(server, { path: '/openai/v1/models' })).status, 401);
  });
});

describe('the judge', () => {
  const json = { 'content-type': 'application/json' };
  const health = { method: 'GET', path: '/health', status: 200, headers: json };
  const chat = { method: 'POST', path: '/v1/chat/completions', status: 200, headers: { 'content-type': 'text/event-stream' } };

  it('knows routes however they are written', () => {
    assert.equal(templateOf('/v1/models/a/b?x=1'), '/openai/v1/models/{model}');
    assert.equal(templateOf('//openai/v1/models'), '/openai/v1/models');
    assert.equal(templateOf('/openai/v1/responses/resp_1/cancel'), '/openai/v1/responses/{id}/cancel');
    assert.equal(templateOf('/openai/v1/responses/resp_1/cancel/more'), undefined);
    assert.equal(templateOf('/openapiXjson'), undefined);
  });

  const kAnswers = [
    ['what is right', health, { status: 'ok' }, null],
    ['a key too many', health, { status: 'ok', more: 1 }, /additional properties \{"additionalProperty":"more"\}/],
    ['a key too few', health, {}, /required property 'status'/],
    ['another value', health, { status: 'OK' }, /\/status: must be equal to constant.*"OK"/],
    ['a status that is not described', { ...health, status: 201 }, { status: 'ok' }, /the status 201/],
    ['a content type that is not described', { ...health, headers: { 'content-type': 'text/html' } }, {}, /content type 'text\/html'/],
    ['an error with a key too many', { ...health, path: '/x', status: 404 },
      { error: { message: 'm', type: 'invalid_request_error', more: 1 } }, /\/error: must NOT have additional/],
    ['an error of any route', { ...health, path: '/x', status: 404 }, { error: { message: 'm', type: 'invalid_request_error' } }, null],
    ['a success of no route', { ...health, path: '/x' }, { status: 'ok' }, /required property 'error'/],
  ];
  for (const [name, exchange, body, violation] of kAnswers) {
    it(name, () => {
      const ask = () => judge({ ...exchange, body: JSON.stringify(body) });
      if (violation) assert.throws(ask, violation);
      else ask();
    });
  }

  it('reads events wherever they are cut', () => {
    const chunk = {
      id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'm', system_fingerprint: 'fp_0123456789',
      choices: [{ index: 0, delta: { content: 'ä' }, logprobs: null, finish_reason: null }],
    };
    const error = { error: { message: 'm', type: 'internal_server_error', status_code: 500 } };
    const text = (event) => `: a comment\n\ndata: ${JSON.stringify(event)}\n\nevent: error\ndata: ${JSON.stringify(error)}\n\n`;
    const feed = (bytes) => {
      const judgement = new StreamJudge(chat);
      for (let i = 0; i < bytes.length; ++i) judgement.add(bytes.subarray(i, i + 1));
    };
    feed(Buffer.from(text(chunk)));
    chunk.choices[0].delta.contents = 'x';
    assert.throws(() => feed(Buffer.from(text(chunk))), /additionalProperty":"contents"/);
  });

  it('holds a request that was served to its schema', () => {
    const served = { ...chat, body: 'data: [DONE]\n\n' };
    judge({ ...served, sent: '{"model":"m","messages":[{"role":"user","content":"x"}]}' });
    assert.throws(() => judge({ ...served, sent: '{"model":"m","messages":[{"role":"user","content":"x"}],"n":129}' }), /\/n: must be <= 128/);
  });
});
