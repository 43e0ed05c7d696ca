// Answers of a given shape: JSON, JSON for a schema, patterns, choices; and what comes of documents.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { assemble, errorBody, makeClients, userSays, withoutIds } from './lib/clients.mjs';
import { openStream, postChat } from './lib/http.mjs';
import { assertFits, assertValidCall, faults, grammarSchemas } from './lib/judge.mjs';
import { endless, longContext } from './lib/models.mjs';
import { families, nameOf, serveFamilies } from './lib/random_models.mjs';
import { Server } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

const kBudget = 1500;
const kCutOff = 'max completion tokens reached before generating a valid document';
const jsonSchema = (schema, more = {}) => ({ response_format: { type: 'json_schema', json_schema: { name: 'shape', schema, ...more } } });
const kPerson = {
  type: 'object',
  properties: { name: { type: 'string' }, age: { type: 'integer' } },
  required: ['name', 'age'],
  additionalProperties: false,
};
const kWeather = {
  type: 'function',
  function: {
    name: 'get_weather',
    parameters: { type: 'object', properties: { city: { enum: ['Oslo', 'Rome'] } }, required: ['city'], additionalProperties: false },
  },
};

// The vendor's rules for strict schemas, section 2.6 of the wire contract, told once more.
function keepsStrictRules(schema) {
  if (schema === null || typeof schema !== 'object') return true;
  const { properties, required = [], additionalProperties } = schema;
  const isObject = [schema.type].flat().includes('object') || properties !== undefined || schema.required !== undefined;
  if (isObject) {
    if (additionalProperties !== false) return false;
    if (properties === undefined && schema.required !== undefined) return false;
    if (!Object.keys(properties ?? {}).every((name) => required.includes(name))) return false;
  }
  const named = ['properties', '$defs', 'definitions', 'patternProperties'].flatMap((key) => Object.values(schema[key] ?? {}));
  const listed = ['anyOf', 'oneOf', 'allOf', 'items', 'prefixItems'].flatMap((key) => schema[key] ?? []);
  return [...named, ...listed].every(keepsStrictRules);
}

describe('structured answers of random weights', () => {
  const kFamilies = ['generic', 'llama3', 'think, control', 'harmony', 'kimi-k2'];
  const kEvery = 5;
  const all = grammarSchemas();
  const some = all.filter((_, i) => i % kEvery === 0);
  let models;
  let server;
  let clients;
  before(async () => {
    ({ models, server } = await serveFamilies());
    clients = makeClients(server);
  });
  after(() => server?.stop());

  const body = (family, more) => ({
    model: nameOf(family),
    messages: userSays('Write it as JSON.'),
    max_completion_tokens: kBudget,
    logit_bias: models[family].bias,
    ...more,
  });
  const askFor = (family, more) => postChat(server, body(family, more));
  // Refused only for what a budget or the rules of strict schemas refuse.
  const check = (schema, { status, json }, what) => {
    if (status === 400 && json.error.failed_generation === kCutOff) return false;
    assert.equal(status, 200, `${what}: ${JSON.stringify(json)}`);
    const [{ message, finish_reason: finish }] = json.choices;
    if (finish === 'length') return false;
    assert.equal(finish, 'stop');
    assert.equal(faults(schema, message.content), '', what);
    return true;
  };

  for (const family of kFamilies) {
    const schemas = family === 'generic' ? all : some;
    it(`${family}: what ${schemas.length} schemas ask for`, async () => {
      assert.ok(schemas.length >= 20);
      let whole = 0;
      const one = async ({ name, schema }, seed) => {
        if (check(schema, await askFor(family, { seed, ...jsonSchema(schema) }), name)) ++whole;
      };
      await Promise.all(schemas.map(one));
      assert.ok(whole >= schemas.length / 2, `${whole} documents came to an end`);
    });

    it(`${family}: json_object`, async () => {
      const one = async (seed) => {
        const answer = await askFor(family, { seed, response_format: { type: 'json_object' } });
        return check({ type: 'object' }, answer, `seed ${seed}`);
      };
      const whole = await Promise.all(Array.from({ length: 10 }, (_, seed) => one(seed)));
      assert.ok(whole.includes(true));
    });

    it(`${family}: a pattern, and a choice`, async () => {
      const pattern = '[A-Z]{2}-\\d{3,5}( (red|green))?';
      const choices = ['yes', 'no', 'yes, but "later"', 'né 草'];
      const seen = new Set();
      for (let seed = 0; seed < 8; ++seed) {
        const { json: matched } = await askFor(family, { seed, response_format: { type: 'regex', pattern } });
        assert.match(matched.choices[0].message.content, new RegExp(`^(?:${pattern})$`));
        const { json: chosen } = await askFor(family, { seed, response_format: { type: 'choice', choices } });
        assert.ok(choices.includes(chosen.choices[0].message.content), chosen.choices[0].message.content);
        seen.add(chosen.choices[0].message.content);
      }
      assert.ok(seen.size > 1);
    });

    it(`${family}: streamed as it is whole`, async () => {
      const formats = [jsonSchema(kPerson), jsonSchema(kPerson, { strict: true }), { response_format: { type: 'choice', choices: ['a', 'bb'] } }];
      for (const client of Object.values(clients)) {
        for (const [seed, format] of formats.entries()) {
          const asked = body(family, { seed, ...format });
          const whole = await client.chat.completions.create(asked);
          const { choices: [streamed] } = await assemble(await client.chat.completions.create({ ...asked, stream: true }));
          assert.deepEqual(withoutIds(streamed), withoutIds(JSON.parse(JSON.stringify(whole.choices[0]))));
        }
      }
    });

    it(`${family}: a schema together with tools: the document, or a call`, async () => {
      const seen = { calls: 0, documents: 0 };
      const one = async (seed) => {
        const { status, json } = await askFor(family, { seed, tools: [kWeather], ...jsonSchema(kPerson) });
        assert.equal(status, 200, JSON.stringify(json));
        const [{ message, finish_reason: finish }] = json.choices;
        if (finish === 'length') return;
        for (const call of message.tool_calls ?? []) assertValidCall(call, [kWeather]);
        if (message.tool_calls) ++seen.calls;
        else ++seen.documents;
        assert.equal(finish, message.tool_calls ? 'tool_calls' : 'stop');
        if (!message.tool_calls) assertFits(kPerson, message.content);
      };
      await Promise.all(Array.from({ length: 16 }, (_, seed) => one(seed)));
      assert.ok(seen.calls > 0 && seen.documents > 0, JSON.stringify(seen));
    });
  }

  it('an answer that the caller began keeps its shape, and is not interrupted by thoughts', async () => {
    const messages = [...userSays('Red or green?'), { role: 'assistant', content: 'My choice is: ' }];
    for (const family of Object.keys(families)) {
      for (let seed = 0; seed < 6; ++seed) {
        const { status, json } = await askFor(family, { seed, messages, response_format: { type: 'choice', choices: ['red', 'green'] } });
        assert.equal(status, 200, JSON.stringify(json));
        const [{ message, finish_reason: finish }] = json.choices;
        assert.equal(finish, 'stop', family);
        assert.match(message.content, /^(red|green)$/, family);
        assert.equal(message.reasoning, undefined, family);
      }
    }
  });

  it('a document that the caller began is gone on with', async () => {
    const begun = '{"kind": "';
    const schema = {
      type: 'object',
      properties: { kind: { enum: ['circle', 'square'] }, size: { type: 'integer', minimum: 1, maximum: 9 } },
      required: ['kind', 'size'],
      additionalProperties: false,
    };
    const messages = [...userSays('A shape?'), { role: 'assistant', content: begun }];
    for (const family of Object.keys(families)) {
      for (let seed = 0; seed < 4; ++seed) {
        const { status, json } = await askFor(family, { seed, messages, ...jsonSchema(schema) });
        assert.equal(status, 200, JSON.stringify(json));
        const shape = JSON.parse(begun + json.choices[0].message.content);
        assert.ok(['circle', 'square'].includes(shape.kind) && shape.size >= 1 && shape.size <= 9, family);
      }
    }
  });

  it('strict schemas: those that keep the rules are served, the others refused with their place', async () => {
    const counts = { served: 0, refused: 0 };
    const one = async ({ name, schema }, seed) => {
      const { status, json } = await askFor('generic', { seed, ...jsonSchema(schema, { strict: true }) });
      if (keepsStrictRules(schema)) {
        check(schema, { status, json }, name);
        ++counts.served;
      } else {
        assert.equal(status, 400, name);
        assert.equal(json.error.param, 'response_format');
        assert.match(json.error.message, /^invalid JSON schema for response_format: 'shape': /);
        assert.match(json.error.message, /additionalProperties:false|'required'/, name);
        assert.ok(json.error.schema_path !== undefined && json.error.schema_kind && json.error.schema_code);
        ++counts.refused;
      }
    };
    await Promise.all(all.map(one));
    assert.ok(counts.served >= 20 && counts.refused >= 20, JSON.stringify(counts));
  });

  describe('a budget that ends within the document', () => {
    const kCut = { max_completion_tokens: 3, seed: 1 };

    it('is 400 in JSON mode and for schemas that are not strict', async () => {
      for (const format of [{ response_format: { type: 'json_object' } }, jsonSchema(kPerson)]) {
        const { status, json } = await askFor('generic', { ...kCut, ...format });
        assert.equal(status, 400);
        assert.equal(json.error.type, 'invalid_request_error');
        assert.equal(json.error.code, 'json_validate_failed');
        assert.match(json.error.message, /^Failed to generate JSON\. Please adjust your prompt\./);
        assert.equal(json.error.failed_generation, kCutOff);
      }
    });

    it('is an answer cut short for a strict schema', async () => {
      const { status, json } = await askFor('generic', { ...kCut, ...jsonSchema(kPerson, { strict: true }) });
      assert.equal(status, 200);
      assert.equal(json.choices[0].finish_reason, 'length');
      assert.equal(json.usage.completion_tokens, 3);
    });

    it('is an error frame in a stream', async () => {
      for (const client of Object.values(clients)) {
        const stream = await client.chat.completions.create(body('generic', { ...kCut, ...jsonSchema(kPerson), stream: true }));
        await assert.rejects(assemble(stream), (error) => {
          assert.equal(errorBody(error)?.code, 'json_validate_failed', String(error));
          assert.equal(errorBody(error).failed_generation, kCutOff);
          assert.equal(errorBody(error).status_code, 400);
          return true;
        });
      }
    });

    it('ends a stream of a strict schema with length', async () => {
      const stream = await clients.openai.chat.completions.create(body('generic', { ...kCut, ...jsonSchema(kPerson, { strict: true }), stream: true }));
      assert.equal((await assemble(stream)).choices[0].finish_reason, 'length');
    });
  });

  describe('documents', () => {
    const kText = 'Falcons dive【1】. They eat pigeons【2†L3-L4】【1】! Né 草 in Oslo。【3】Done';
    const documents = [
      { id: 'birds', source: { type: 'text', text: 'Falcons dive at 300 km/h.' } },
      { source: { type: 'json', data: { diet: ['pigeons'] } } },
    ];
    const part = { type: 'document', document: { data: { city: 'Oslo' }, id: 'places' } };
    const messages = [{ role: 'user', content: [{ type: 'text', text: 'What do falcons do?' }, part] }];
    // Word for word, so that what becomes of the marks is known.
    const cite = (more) => askFor('generic', { messages, documents, response_format: { type: 'choice', choices: [kText] }, ...more });
    const kContent = 'Falcons dive. They eat pigeons! Né 草 in Oslo。Done';
    const points = (text) => [...text].length;
    const stretch = (from, to, id) => ({
      type: 'document_citation',
      document_citation: {
        start_index: points(kContent.slice(0, kContent.indexOf(from))),
        end_index: points(kContent.slice(0, kContent.indexOf(to) + to.length)),
        document_id: id,
      },
    });
    const kFound = [
      stretch('Falcons', 'dive', 'birds'),
      stretch('They', 'pigeons', 'doc_2'),
      stretch('They', 'pigeons', 'birds'),
      stretch('Né', 'Oslo。', 'places'),
    ];

    it('are shown to the model, and its marks become annotations', async () => {
      for (const citation_options of [undefined, 'enabled']) {
        const { json } = await cite({ citation_options, debug: true });
        const [{ message }] = json.choices;
        assert.equal(message.content, kContent);
        assert.deepEqual(message.annotations, kFound);
        const prompt = json.x_groq.debug.input_tokens.join('').replaceAll('\u0120', ' ');
        for (const shown of ['Falcons dive at 300 km/h.', '{"diet":["pigeons"]}', '{"city":"Oslo"}']) assert.ok(prompt.includes(shown), prompt);
      }
    });

    it('annotations are streamed', async () => {
      const stream = await clients['groq-sdk'].chat.completions.create(
        body('generic', { messages, documents, response_format: { type: 'choice', choices: [kText] }, stream: true }),
      );
      const { choices: [{ message }] } = await assemble(stream);
      assert.equal(message.content, kContent);
      assert.deepEqual(message.annotations, kFound);
    });

    it('without citations the marks stay', async () => {
      for (const more of [{ citation_options: 'disabled' }, { documents: undefined, messages: userSays('Hi') }]) {
        const { json } = await cite(more);
        assert.equal(json.choices[0].message.content, kText);
        assert.equal(json.choices[0].message.annotations, undefined);
      }
    });

    it('results of tools are cited where that was asked for', async () => {
      const call = { id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Oslo"}' } };
      const talk = [
        ...userSays('What is the weather in Oslo?'),
        { role: 'assistant', content: null, tool_calls: [call] },
        { role: 'tool', tool_call_id: 'call_1', content: 'rain' },
      ];
      const format = { response_format: { type: 'choice', choices: ['It rains【1】'] } };
      const { json } = await askFor('generic', { messages: talk, citation_options: 'enabled', ...format });
      assert.equal(json.choices[0].message.content, 'It rains');
      assert.deepEqual(json.choices[0].message.annotations, [
        { type: 'function_citation', function_citation: { start_index: 0, end_index: 8, tool_call_id: 'call_1' } },
      ]);
    });
  });

  it('leaves nothing behind', () => server.assertIdle());
});

describe('structured answers of the model in the box', () => {
  let server;
  let clients;
  before(async () => {
    server = await Server.start({ models: [] });
    clients = makeClients(server);
  });
  after(() => server?.stop());

  for (const name of ['groq-sdk', 'openai']) {
    it(`${name}: reads a text into a schema`, async () => {
      const messages = userSays('Anna Stone is 31 years old.');
      for (const strict of [true, false, null]) {
        for (const stream of [false, true]) {
          const answer = await clients[name].chat.completions.create({
            model: 'peregrine-starter', messages, temperature: 0, stream, ...jsonSchema(kPerson, { strict, description: 'A person' }),
          });
          const { choices: [{ message }] } = stream ? await assemble(answer) : answer;
          assertFits(kPerson, message.content);
          assert.deepEqual(JSON.parse(message.content), { name: 'Anna Stone', age: 31 });
        }
      }
    });

    it(`${name}: JSON mode`, async () => {
      const answer = await clients[name].chat.completions.create({
        model: 'peregrine-starter', messages: userSays('Anna Stone is 31 years old. Reply with JSON.'), temperature: 0,
        response_format: { type: 'json_object' },
      });
      assertFits({ type: 'object' }, answer.choices[0].message.content);
    });
  }
});

describe('service tiers', () => {
  let server;
  const chat = (more) => ({ model: 'long', messages: userSays('Once upon a time'), ...endless, ...more });
  const gauge = (name) => server.metrics().then((metrics) => metrics.value(name));
  before(async () => {
    const config = 'memory = "512MiB"\n[engine]\nmax_sequences = 1\nmax_queued = 3\nstep_tokens = 16';
    server = await Server.start({ models: [longContext('long', 131072)], config });
  });
  after(() => server?.stop());

  it('performance goes before on_demand, and that before flex, which does not wait in a full queue', async () => {
    // Long prompts, of which none begins like another: while one is read, unlike while an answer is written, no slow
    // reader can have its sequence paused and another take the slot.
    const longPrompt = (begin, sentences) => userSays(begin + ' Once upon a time there was a dog.'.repeat(sentences));
    const runner = openStream(server, chat({ stream: true, messages: longPrompt('runner', 1500) }));
    await until('it runs', async () => (await gauge('peregrine_running_sequences')) === 1);
    const order = [];
    const waiting = [];
    for (const tier of ['flex', 'on_demand', 'performance']) {
      const answer = postChat(server, chat({ service_tier: tier, max_completion_tokens: 3, messages: longPrompt(tier, 300) })).then(({ status, json }) => {
        assert.equal(status, 200);
        assert.equal(json.service_tier, tier);
        order.push(tier);
      });
      waiting.push(answer);
      await until('it waits', async () => (await gauge('peregrine_queued_sequences')) === waiting.length);
    }
    const { status, json } = await postChat(server, chat({ service_tier: 'flex' }));
    assert.equal(status, 498);
    assert.equal(json.error.code, 'capacity_exceeded');
    runner.close();
    await runner.done;
    await Promise.all(waiting);
    assert.deepEqual(order, ['performance', 'on_demand', 'flex']);
    await server.assertIdle();
  });

  it('auto and none are served on demand', async () => {
    for (const tier of ['auto', null, undefined]) {
      const { json } = await postChat(server, chat({ service_tier: tier, max_completion_tokens: 1 }));
      assert.equal(json.service_tier, 'on_demand');
    }
  });
});
