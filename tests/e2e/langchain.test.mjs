// LangChain's Groq client, as an application uses it.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { AIMessage, HumanMessage, SystemMessage, ToolMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { ChatGroq } from '@langchain/groq';
import { z } from 'zod';

import { starterFile } from './lib/models.mjs';
import { randomModel } from './lib/random_models.mjs';
import { Server } from './lib/server.mjs';

const kStarter = 'peregrine-starter';
const kHello = 'Hello! How can I help you today?';
const kQuestion = 'What is the weather in Oslo?';

const weather = tool(async () => '{"temperature": 7, "sky": "rain"}', {
  name: 'get_weather',
  description: 'Get the weather of a city',
  schema: z.object({ city: z.string() }),
});

describe('LangChain', () => {
  let server;
  before(async () => {
    const { file } = await randomModel('random', 'generic');
    server = await Server.start({ models: [file, starterFile], config: 'memory = "1GiB"' });
  });
  after(() => server?.stop());

  const chat = (more) => new ChatGroq({ apiKey: 'any', baseUrl: server.root, model: kStarter, temperature: 0, maxRetries: 0, ...more });

  it('invoke', async () => {
    const answer = await chat().invoke([new SystemMessage('Be kind.'), new HumanMessage('Hello!')]);
    assert.ok(answer instanceof AIMessage);
    assert.ok(answer.content.length > 0);
    assert.equal(answer.response_metadata.finish_reason, 'stop');
    assert.ok(answer.usage_metadata.total_tokens > 0);
    assert.equal((await chat().invoke('Hello!')).content, kHello);
  });

  it('stream', async () => {
    let text = '';
    for await (const part of await chat().stream('Hello!')) text += part.content;
    assert.equal(text, kHello);
  });

  it('batch', async () => {
    const answers = await chat().batch(['Hello!', 'Who are you?', 'Hello!']);
    assert.deepEqual(answers.map(({ content }) => content).filter((content) => content === kHello).length, 2);
  });

  it('bindTools: a call, its result, the answer', async () => {
    const model = chat().bindTools([weather]);
    const answer = await model.invoke(kQuestion);
    assert.deepEqual(answer.tool_calls.map(({ name, args }) => ({ name, args })), [{ name: 'get_weather', args: { city: 'Oslo' } }]);
    assert.deepEqual(answer.invalid_tool_calls ?? [], []);
    const result = await weather.invoke(answer.tool_calls[0]);
    assert.ok(result instanceof ToolMessage);
    const last = await model.invoke([new HumanMessage(kQuestion), answer, result]);
    assert.match(last.content, /7 degrees/);
  });

  it('bindTools, streamed', async () => {
    let whole;
    for await (const part of await chat().bindTools([weather]).stream(kQuestion)) whole = whole ? whole.concat(part) : part;
    assert.deepEqual(whole.tool_calls.map(({ name, args }) => ({ name, args })), [{ name: 'get_weather', args: { city: 'Oslo' } }]);
  });

  it('bindTools with a choice, whatever the weights', async () => {
    const schema = z.object({ unit: z.enum(['C', 'F']), days: z.number().int().min(1).max(9) });
    const forecast = tool(async () => 'rain', { name: 'forecast', description: 'The weather of the days to come', schema });
    for (const tool_choice of ['any', 'forecast']) {
      const model = chat({ model: 'random', temperature: 1 }).bindTools([forecast], { tool_choice });
      for (let i = 0; i < 5; ++i) {
        const { tool_calls: calls } = await model.invoke('Weather?');
        assert.ok(calls.length > 0);
        for (const { name, args } of calls) {
          assert.equal(name, 'forecast');
          assert.ok(schema.safeParse(args).success, JSON.stringify(args));
        }
      }
    }
  });

  const person = z.object({ name: z.string(), age: z.number().int() });
  for (const method of ['functionCalling', 'jsonSchema', 'jsonMode']) {
    it(`withStructuredOutput by ${method}`, async () => {
      const model = chat(method === 'jsonMode' ? { model: 'random', maxTokens: 3000 } : {});
      if (method === 'jsonMode') {
        const anything = model.withStructuredOutput(z.object({}).passthrough(), { method, name: 'anything' });
        assert.equal(typeof (await anything.invoke('Reply with JSON.')), 'object');
        return;
      }
      const reader = model.withStructuredOutput(person, { method, name: 'person' });
      const found = await reader.invoke('Anna Stone is 31 years old.');
      assert.ok(person.safeParse(found).success, JSON.stringify(found));
      if (method === 'jsonSchema') assert.deepEqual(found, { name: 'Anna Stone', age: 31 });
    });
  }

  it('an error of the server is an error of the call', async () => {
    await assert.rejects(chat({ model: 'none' }).invoke('Hello!'), (error) => {
      assert.equal(error.status, 404);
      assert.match(error.message, /does not exist/);
      return true;
    });
  });

  it('leaves nothing behind', () => server.assertIdle());
});
