// Calling tools through the official clients: what the model in the box says, and what no weights can get wrong.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

import { assemble, errorBody, makeClients, userSays, withoutIds } from './lib/clients.mjs';
import { sharedFile } from './lib/environment.mjs';
import { postChat } from './lib/http.mjs';
import { assertFits, assertValidCall, grammarSchemas } from './lib/judge.mjs';
import { families, languageOf, nameOf, randomModel, serveFamilies } from './lib/random_models.mjs';
import { Server } from './lib/server.mjs';

const kClients = ['groq-sdk', 'openai'];

function tool(name, description, properties, required = Object.keys(properties)) {
  const parameters = { type: 'object', properties, required, additionalProperties: false };
  return { type: 'function', function: { name, description, parameters } };
}

// The choices of a whole answer, as plain data.
const choicesOf = (answer) => JSON.parse(JSON.stringify(answer.choices));

function assertIds(choices, pattern = /^call_[0-9a-hjkmnp-tv-z]{26}$/) {
  const ids = choices.flatMap(({ message }) => message.tool_calls ?? []).map(({ id }) => id);
  for (const id of ids) assert.match(id, pattern);
  assert.equal(new Set(ids).size, ids.length, 'an id is given twice');
}

describe('tools and the model in the box', () => {
  const kModel = 'peregrine-starter';
  const kWeather = tool('get_weather', 'Get the weather of a city', { city: { type: 'string' } });
  const kMail = tool('send_mail', 'Send an e-mail', { to: { type: 'string' }, subject: { type: 'string' } });
  const kTools = [kWeather, kMail];
  const kQuestion = userSays('What is the weather in Oslo?');
  const kOslo = { name: 'get_weather', arguments: { city: 'Oslo' } };
  const kResult = '{"temperature": 7, "sky": "rain"}';
  const called = ({ function: { name, arguments: text } }) => ({ name, arguments: JSON.parse(text) });

  let server;
  let clients;
  before(async () => {
    server = await Server.start({ models: [] });
    clients = makeClients(server);
  });
  after(() => server?.stop());

  for (const name of kClients) {
    for (const stream of [false, true]) {
      describe(`${name}, ${stream ? 'streamed' : 'whole'}`, () => {
        // All choices of an answer.
        const askAll = async (more) => {
          const answer = await clients[name].chat.completions.create({
            model: kModel, messages: kQuestion, tools: kTools, temperature: 0, stream, ...more,
          });
          return stream ? (await assemble(answer)).choices : choicesOf(answer);
        };
        const ask = async (more) => {
          const choices = await askAll(more);
          assert.equal(choices.length, 1);
          assertIds(choices);
          return choices[0];
        };

        it('auto: the tool that the question is for', async () => {
          for (const more of [{}, { tool_choice: 'auto' }, { tool_choice: null }]) {
            const { message, finish_reason: finish } = await ask(more);
            assert.equal(finish, 'tool_calls');
            assert.equal(message.content, null);
            assert.deepEqual(message.tool_calls.map(called), [kOslo]);
            assertValidCall(message.tool_calls[0], kTools);
          }
        });

        it('auto: no tool where none is wanted', async () => {
          const { message, finish_reason: finish } = await ask({ messages: userSays('Thank you!') });
          assert.equal(finish, 'stop');
          assert.match(message.content, /welcome/);
          assert.equal(message.tool_calls, undefined);
        });

        it('none: no call, and the tools are not shown', async () => {
          const { message, finish_reason: finish } = await ask({ tool_choice: 'none' });
          assert.equal(finish, 'stop');
          assert.equal(message.tool_calls, undefined);
          assert.equal(message.content, (await ask({ tools: undefined })).message.content);
        });

        it('required: a call, even where none is wanted', async () => {
          const { message, finish_reason: finish } = await ask({ messages: userSays('Thank you!'), tool_choice: 'required' });
          assert.equal(finish, 'tool_calls');
          for (const call of message.tool_calls) assertValidCall(call, kTools);
        });

        it('named: that one', async () => {
          const { message, finish_reason: finish } = await ask({ tool_choice: { type: 'function', function: { name: 'send_mail' } } });
          assert.equal(finish, 'tool_calls');
          for (const call of message.tool_calls) assertValidCall(call, [kMail]);
        });

        it('several calls in an answer, or one alone', async () => {
          const messages = userSays('What is the weather in Oslo and in Paris?');
          const { message } = await ask({ messages });
          assert.deepEqual(message.tool_calls.map(called), [kOslo, { name: 'get_weather', arguments: { city: 'Paris' } }]);
          const single = await ask({ messages, parallel_tool_calls: false });
          assert.deepEqual(single.message.tool_calls.map(called), [kOslo]);
          assert.equal(single.finish_reason, 'tool_calls');
        });

        it('a result goes back, and the answer is made of it', async () => {
          const { message } = await ask();
          const results = message.tool_calls.map(({ id }) => ({ role: 'tool', tool_call_id: id, content: kResult }));
          const { message: answer, finish_reason: finish } = await ask({ messages: [...kQuestion, message, ...results] });
          assert.equal(finish, 'stop');
          assert.match(answer.content, /\b7\b/);
          assert.match(answer.content, /rain/);
          // In parts and with a name, as some programs send it.
          const inParts = results.map((result) => ({ ...result, name: 'get_weather', content: [{ type: 'text', text: kResult }] }));
          assert.equal((await ask({ messages: [...kQuestion, message, ...inParts] })).message.content, answer.content);
        });

        it('the deprecated form: functions, function_call and the role function', async () => {
          const functions = kTools.map((each) => each.function);
          const old = { tools: undefined, functions };
          const { message, finish_reason: finish } = await ask(old);
          assert.equal(finish, 'function_call');
          assert.equal(message.tool_calls, undefined);
          assert.equal(message.content, null);
          assert.deepEqual(called({ function: message.function_call }), kOslo);
          const result = { role: 'function', name: 'get_weather', content: kResult };
          const { message: answer } = await ask({ ...old, messages: [...kQuestion, message, result] });
          assert.match(answer.content, /\b7\b/);
          const named = await ask({ ...old, function_call: { name: 'send_mail' } });
          assert.equal(named.message.function_call.name, 'send_mail');
          assertFits(kMail.function.parameters, named.message.function_call.arguments);
          const none = await ask({ ...old, function_call: 'none' });
          assert.equal(none.finish_reason, 'stop');
          assert.equal(none.message.function_call, undefined);
        });

        it('an enumeration in the schema holds', async () => {
          const tools = [tool('get_weather', 'Get the weather of a city', { city: { enum: ['Rome', 'Lima'] } })];
          const { message } = await ask({ tools, tool_choice: 'required' });
          for (const call of message.tool_calls) assertValidCall(call, tools);
        });

        it('a tool without parameters takes none', async () => {
          for (const parameters of [undefined, {}, { type: 'object', properties: {} }]) {
            const tools = [{ type: 'function', function: { name: 'hang_up', ...(parameters && { parameters }) } }];
            const { message } = await ask({ tools, tool_choice: 'required' });
            for (const call of message.tool_calls) assert.deepEqual(called(call), { name: 'hang_up', arguments: {} });
          }
        });

        it('strict tools', async () => {
          const tools = kTools.map((each) => ({ ...each, function: { ...each.function, strict: true } }));
          assert.deepEqual((await ask({ tools })).message.tool_calls.map(called), [kOslo]);
        });

        it('without validation, calls still have objects for arguments', async () => {
          const more = { disable_tool_validation: true, tool_choice: 'required' };
          for (let seed = 0; seed < 5; ++seed) {
            const { message } = await ask({ ...more, temperature: 1, seed });
            for (const call of message.tool_calls ?? []) {
              assert.match(call.function.name, /^[A-Za-z0-9_-]{1,64}$/);
              assertFits({ type: 'object' }, call.function.arguments);
            }
          }
        });

        it('log-probabilities are those of the content', async () => {
          const call = await ask({ logprobs: true, top_logprobs: 2 });
          assert.deepEqual(call.message.tool_calls.map(called), [kOslo]);
          assert.deepEqual(call.logprobs?.content ?? [], []);
          const text = await ask({ messages: userSays('Thank you!'), logprobs: true, top_logprobs: 2 });
          const bytes = Buffer.from(text.logprobs.content.flatMap((token) => token.bytes));
          assert.equal(bytes.toString(), text.message.content);
          for (const token of text.logprobs.content) assert.equal(token.top_logprobs.length, 2);
        });

        it('three choices, each with calls of its own', async () => {
          const choices = await askAll({ n: 3, temperature: 1, seed: 5 });
          assert.deepEqual(choices.map((choice) => choice.index), [0, 1, 2]);
          assertIds(choices);
          for (const { message, finish_reason: finish } of choices) {
            assert.equal(finish, 'tool_calls');
            assert.deepEqual(called(message.tool_calls[0]), kOslo);
          }
        });

        it('a budget that ends within a call', async () => {
          const { message, finish_reason: finish } = await ask({ max_completion_tokens: 8, tool_choice: 'required' });
          assert.equal(finish, 'length');
          if (!stream) assert.equal(message.tool_calls, undefined);
        });

        it('a stop sequence does not reach into calls', async () => {
          assert.deepEqual((await ask({ stop: ['Oslo', '"'] })).message.tool_calls.map(called), [kOslo]);
        });
      });
    }
  }

  it('the opening of a stream says whether a call is certain', async () => {
    for (const [tool_choice, content] of [['required', null], ['auto', '']]) {
      const stream = await clients.openai.chat.completions.create({
        model: kModel, messages: kQuestion, tools: kTools, tool_choice, stream: true,
      });
      const { value } = await stream[Symbol.asyncIterator]().next();
      assert.deepEqual(value.choices[0].delta, { role: 'assistant', content });
      stream.controller.abort();
    }
    await server.assertIdle();
  });

  it('a schema that is refused says where', async () => {
    const tools = [kWeather, { type: 'function', function: { name: 'bad', parameters: { type: 'object', properties: { a: { type: 'text' } } } } }];
    const chat = clients['groq-sdk'].chat.completions.create({ model: kModel, messages: kQuestion, tools });
    await assert.rejects(chat, (error) => {
      assert.equal(error.status, 400);
      const body = errorBody(error);
      assert.equal(body.type, 'invalid_request_error');
      assert.equal(body.param, 'tools[1].function.parameters');
      assert.match(body.message, /'bad'/);
      assert.equal(body.schema_path, '/properties/a/type');
      assert.deepEqual(body.schema_path_segments, ['$', 'properties', 'a', 'type']);
      return true;
    });
  });

  it('leaves nothing behind', () => server.assertIdle());
});

describe('tools and random weights', () => {
  const kSeeds = 50;
  const kAtOnce = 10;
  const kBudget = 700;
  const kQuestion = userSays('Do something.');
  // Three tools a group. What nests without end in random hands is left to the grammar's own tests.
  const schemas = grammarSchemas(['tool_calls', 'extraction', 'configuration']).filter(({ schema }) => schema.type === 'object');
  const groups = Array.from({ length: 25 }, (_, group) =>
    [0, 1, 2].map((i) => {
      const { name, schema } = schemas[(group * 3 + i) % schemas.length];
      return { type: 'function', function: { name: name.replace('/', '_').slice(0, 64), description: name, parameters: schema } };
    }),
  );

  let models;
  let server;
  let client;
  before(async () => {
    ({ models, server } = await serveFamilies());
    client = makeClients(server).openai;
  });
  after(() => server?.stop());

  // What a seed asks for: the tools, which of them, and how many calls.
  function wish(seed) {
    const tools = groups[seed % groups.length];
    const choice = seed % 3 === 0 ? 'required' : { type: 'function', function: { name: tools[seed % 3].function.name } };
    return { tools, tool_choice: choice, parallel_tool_calls: seed % 2 === 0, seed };
  }

  for (const family of Object.keys(families)) {
    const ask = (more) => {
      const body = { model: nameOf(family), messages: kQuestion, max_completion_tokens: kBudget, logit_bias: models[family].bias, ...more };
      return client.chat.completions.create(body);
    };

    it(`${family}: every call is valid, streamed as it is whole`, async () => {
      let whole = 0;
      const oneSeed = async (seed) => {
        const asked = wish(seed);
        const [choice] = choicesOf(await ask(asked));
        const stream = await ask({ ...asked, stream: true });
        const { choices: [streamed] } = await assemble(stream);
        const { message, finish_reason: finish } = choice;
        const calls = message.tool_calls ?? [];
        for (const call of calls) assertValidCall(call, asked.tools);
        if (asked.tool_choice !== 'required') {
          for (const call of calls) assert.equal(call.function.name, asked.tool_choice.function.name);
        }
        if (!asked.parallel_tool_calls) assert.ok(calls.length <= 1);
        assert.equal(streamed.finish_reason, finish);
        if (finish === 'length') return; // half a call is streamed, and left out of a whole answer
        assert.equal(finish, 'tool_calls');
        assert.ok(calls.length >= 1);
        // Harmony's models may say something before they call.
        if (family !== 'harmony') assert.equal(message.content, null);
        assert.deepEqual(withoutIds(streamed), withoutIds(choice));
        ++whole;
      };
      for (let first = 0; first < kSeeds; first += kAtOnce) {
        await Promise.all(Array.from({ length: kAtOnce }, (_, i) => oneSeed(first + i)));
      }
      assert.ok(whole >= kSeeds / 2, `${whole} answers came to an end`);
      await server.assertIdle();
    });

    it(`${family}: free answers never show half a call's marks`, async () => {
      const oneSeed = async (seed) => {
        const { tools } = wish(seed);
        const [{ message, finish_reason: finish }] = choicesOf(await ask({ tools, seed, max_completion_tokens: 200 }));
        assert.ok(['stop', 'length', 'tool_calls'].includes(finish));
        for (const call of message.tool_calls ?? []) assertValidCall(call, tools);
        assert.ok(!(message.content ?? '').includes('\ufffd'), message.content);
        assert.doesNotMatch(message.content ?? '', /<\|?tool_call|<\|(channel|python_start|python_tag)\|>/);
      };
      await Promise.all(Array.from({ length: kAtOnce }, (_, i) => oneSeed(i)));
    });

    it(`${family}: calls and their results go back in`, async () => {
      const tools = groups[0];
      let message;
      for (let seed = 0; !message?.tool_calls && seed < 20; ++seed) {
        [{ message }] = choicesOf(await ask({ tools, tool_choice: 'required', seed }));
      }
      assertIds([{ message }], family === 'kimi-k2' ? /^functions\.[\w-]+:\d+$/ : undefined);
      const messages = [...kQuestion, message];
      for (const { id } of message.tool_calls) messages.push({ role: 'tool', tool_call_id: id, content: `result of ${id}` });
      const { x_groq: { debug } } = await ask({ messages, tools, seed: 1, debug: true, max_completion_tokens: 5 });
      const prompt = decode(debug.input_tokens);
      for (const { id, function: { name } } of message.tool_calls) {
        assert.ok(prompt.includes(`result of ${id}`), prompt);
        assert.ok(prompt.includes(name), prompt);
      }
    });
  }

  // Tokens of a byte-level vocabulary as text.
  function decode(pieces) {
    return pieces.join('').replaceAll('\u0120', ' ').replaceAll('\u010a', '\n');
  }

  it('leaves nothing behind', () => server.assertIdle());
});

// Templates as their makers published them: each with one call, and with two calls and their results.
const published = sharedFile('golden', 'templates');
describe('tools and published templates', { skip: published ? false : 'needs ../shared/golden/templates' }, () => {
  const kTools = [
    tool('get_weather', 'Get the weather of a city', { city: { enum: ['Oslo', 'Rome'] } }),
    tool('hang_up', 'End the call', {}),
  ];
  const names = published ? readdirSync(published).filter((file) => file.endsWith('.jinja')).map((file) => file.slice(0, -'.jinja'.length)) : [];
  const models = {};
  let server;
  before(async () => {
    for (const name of names) {
      models[name] = await randomModel(name.toLowerCase(), languageOf(readFileSync(path.join(published, `${name}.jinja`), 'utf8')));
    }
    server = await Server.start({ models: Object.values(models).map(({ file }) => file), config: 'memory = "2GiB"' });
  });
  after(() => server?.stop());

  const kCalls = ['Oslo', 'Rome'].map((city, i) => ({
    id: `functions.get_weather:${i}`, type: 'function', function: { name: 'get_weather', arguments: JSON.stringify({ city }) },
  }));
  const kTalk = [
    { role: 'system', content: 'Be brief.' },
    ...userSays('What is the weather in Oslo and in Rome?'),
    { role: 'assistant', content: null, reasoning: 'Two cities.', tool_calls: kCalls },
    { role: 'tool', tool_call_id: kCalls[0].id, content: '{"sky": "rain-in-the-north"}' },
    { role: 'tool', tool_call_id: kCalls[1].id, content: '{"sky": "sun-in-the-south"}' },
  ];

  for (const name of names) {
    const ask = async (more) => {
      const body = { model: name.toLowerCase(), messages: userSays('Weather?'), tools: kTools, max_completion_tokens: 600, logit_bias: models[name].bias, ...more };
      const { status, json } = await postChat(server, body);
      assert.equal(status, 200, JSON.stringify(json));
      return json;
    };

    it(`${name}: a call that is required`, async () => {
      let whole = 0;
      for (let seed = 0; seed < 6; ++seed) {
        const { choices: [{ message, finish_reason: finish }] } = await ask({ tool_choice: 'required', seed });
        for (const call of message.tool_calls ?? []) assertValidCall(call, kTools);
        if (finish === 'length') continue;
        assert.equal(finish, 'tool_calls');
        ++whole;
      }
      assert.ok(whole > 0);
    });

    it(`${name}: two calls and their results are in the prompt`, async () => {
      const { x_groq: { debug } } = await ask({ messages: kTalk, debug: true, max_completion_tokens: 1 });
      const prompt = debug.input_tokens.join('').replaceAll('\u0120', ' ').replaceAll('\u010a', '\n');
      for (const part of ['Be brief.', 'get_weather', 'Oslo', 'Rome', 'rain-in-the-north', 'sun-in-the-south']) {
        assert.ok(prompt.includes(part), `no ${part} in ${prompt}`);
      }
      assert.ok(prompt.indexOf('rain-in-the-north') < prompt.indexOf('sun-in-the-south'));
    });
  }
});
