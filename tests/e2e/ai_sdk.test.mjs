// The AI SDK with its Groq provider, as an application uses it.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { createGroq } from '@ai-sdk/groq';
import { generateObject, generateText, jsonSchema, Output, stepCountIs, streamObject, streamText, tool } from 'ai';
import { z } from 'zod';

import { starterFile } from './lib/models.mjs';
import { randomModel } from './lib/random_models.mjs';
import { Server } from './lib/server.mjs';

globalThis.AI_SDK_LOG_WARNINGS = false;

const kStarter = 'peregrine-starter';
const person = z.object({ name: z.string(), age: z.number().int() });
const kAnna = 'Anna Stone is 31 years old.';

describe('the AI SDK', () => {
  const seen = [];
  let server;
  let groq;
  let random;
  before(async () => {
    random = await randomModel('random', 'hermes');
    server = await Server.start({ models: [random.file, starterFile], config: 'memory = "1GiB"' });
    const watched = (url, options) => {
      seen.push(JSON.parse(options.body));
      return fetch(url, options);
    };
    groq = createGroq({ apiKey: 'any', baseURL: server.url, fetch: watched });
  });
  after(() => server?.stop());

  const common = { maxRetries: 0, temperature: 0 };
  const weather = (calls = []) =>
    tool({
      description: 'Get the weather of a city',
      inputSchema: z.object({ city: z.string() }),
      execute: async ({ city }) => {
        calls.push(city);
        return { temperature: 7, sky: 'rain' };
      },
    });

  it('generateText', async () => {
    const { text, finishReason, usage, response } = await generateText({ ...common, model: groq(kStarter), prompt: 'Hello!' });
    assert.equal(text, 'Hello! How can I help you today?');
    assert.equal(finishReason, 'stop');
    assert.ok(usage.inputTokens > 0 && usage.outputTokens > 0);
    assert.match(response.id, /^chatcmpl-/);
  });

  it('generateObject with a zod schema, by json_schema', async () => {
    const { object, finishReason } = await generateObject({ ...common, model: groq(kStarter), schema: person, prompt: kAnna });
    assert.deepEqual(object, { name: 'Anna Stone', age: 31 });
    assert.equal(finishReason, 'stop');
    assert.equal(seen.at(-1).response_format.type, 'json_schema');
  });

  it('generateObject with an enumeration, an array, optional and nested parts', async () => {
    const schema = z.object({
      kind: z.enum(['cat', 'dog']),
      tags: z.array(z.string().max(8)).max(3),
      owner: z.object({ name: z.string().max(20), phone: z.string().regex(/^\d{3}-\d{4}$/).nullable() }),
      score: z.number().min(0).max(9).int(),
    });
    for (let seed = 0; seed < 5; ++seed) {
      const model = groq('random');
      const { object } = await generateObject({ maxRetries: 0, model, seed, schema, prompt: 'A pet.', maxOutputTokens: 1000 });
      assert.ok(schema.safeParse(object).success, JSON.stringify(object));
    }
  });

  it('generateObject in JSON mode', async () => {
    const { object } = await generateObject({
      ...common, model: groq(kStarter), output: 'no-schema', prompt: `${kAnna} Reply with JSON.`,
    });
    assert.ok(object !== null && typeof object === 'object' && !Array.isArray(object));
    assert.equal(seen.at(-1).response_format.type, 'json_object');
  });

  it('generateObject of a choice', async () => {
    const { object } = await generateObject({ maxRetries: 0, model: groq('random'), output: 'enum', enum: ['sunny', 'rainy'], prompt: 'The sky?' });
    assert.ok(['sunny', 'rainy'].includes(object));
  });

  it('streamObject', async () => {
    const { partialObjectStream, object } = streamObject({ ...common, model: groq(kStarter), schema: person, prompt: kAnna });
    const parts = [];
    for await (const part of partialObjectStream) parts.push(structuredClone(part));
    assert.deepEqual(parts.at(-1), await object);
    assert.deepEqual(await object, { name: 'Anna Stone', age: 31 });
    assert.ok(parts.length > 1);
  });

  it('generateText with an output schema', async () => {
    const { output } = await generateText({ ...common, model: groq(kStarter), output: Output.object({ schema: person }), prompt: kAnna });
    assert.deepEqual(output, { name: 'Anna Stone', age: 31 });
  });

  it('streamText', async () => {
    const result = streamText({ ...common, model: groq(kStarter), prompt: 'Hello!' });
    let text = '';
    for await (const part of result.textStream) text += part;
    assert.equal(text, 'Hello! How can I help you today?');
    assert.equal(await result.finishReason, 'stop');
    const usage = await result.usage;
    assert.ok(usage.inputTokens > 0 && usage.outputTokens > 0, JSON.stringify(usage));
  });

  it('streamText with tools', async () => {
    const calls = [];
    const result = streamText({
      ...common, model: groq(kStarter), tools: { get_weather: weather(calls) }, prompt: 'What is the weather in Oslo?', stopWhen: stepCountIs(3),
      onError: ({ error }) => assert.fail(error),
    });
    const kinds = [];
    for await (const part of result.fullStream) if (part.type !== kinds.at(-1)) kinds.push(part.type);
    assert.deepEqual(calls, ['Oslo']);
    for (const kind of ['tool-call', 'tool-result', 'text-delta', 'finish']) assert.ok(kinds.includes(kind), kinds.join());
    assert.ok(kinds.indexOf('tool-call') < kinds.indexOf('tool-result'));
    const steps = await result.steps;
    assert.deepEqual(steps.map((step) => step.finishReason), ['tool-calls', 'stop']);
    assert.match(await result.text, /7 degrees/);
  });

  it('generateText in several steps, with tools that run', async () => {
    const calls = [];
    const { text, steps } = await generateText({
      ...common, model: groq(kStarter), tools: { get_weather: weather(calls) }, prompt: 'What is the weather in Oslo and in Paris?', stopWhen: stepCountIs(4),
    });
    assert.deepEqual(calls, ['Oslo', 'Paris']);
    assert.equal(steps[0].finishReason, 'tool-calls');
    assert.deepEqual(steps[0].toolCalls.map(({ toolName, input }) => [toolName, input]), [
      ['get_weather', { city: 'Oslo' }],
      ['get_weather', { city: 'Paris' }],
    ]);
    assert.equal(steps.length, 2);
    assert.ok(text.length > 0);
    const { messages } = seen.at(-1);
    assert.deepEqual(messages.map(({ role }) => role), ['user', 'assistant', 'tool', 'tool']);
    assert.equal(messages[2].tool_call_id, messages[1].tool_calls[0].id);
  });

  it('a required tool of random weights is called with what its schema allows', async () => {
    const schema = jsonSchema({
      type: 'object',
      properties: { unit: { enum: ['C', 'F'] }, days: { type: 'integer', minimum: 1, maximum: 9 } },
      required: ['unit', 'days'],
      additionalProperties: false,
    });
    for (const [seed, toolChoice] of [[1, 'required'], [2, 'required'], [3, { type: 'tool', toolName: 'forecast' }]]) {
      const { toolCalls, finishReason } = await generateText({
        maxRetries: 0, model: groq('random'), seed, toolChoice, tools: { forecast: tool({ inputSchema: schema }) }, prompt: 'Weather?',
      });
      assert.equal(finishReason, 'tool-calls');
      assert.ok(toolCalls.length > 0);
      for (const { toolName, input, invalid } of toolCalls) {
        assert.ok(!invalid);
        assert.equal(toolName, 'forecast');
        assert.ok(['C', 'F'].includes(input.unit) && input.days >= 1 && input.days <= 9, JSON.stringify(input));
      }
    }
  });

  it('provider options reach the server', async () => {
    const providerOptions = { groq: { parallelToolCalls: false, serviceTier: 'flex', user: 'somebody' } };
    const { text } = await generateText({ ...common, model: groq(kStarter), prompt: 'Hello!', providerOptions });
    assert.equal(text, 'Hello! How can I help you today?');
    assert.equal(seen.at(-1).service_tier, 'flex');
  });

  it('an error of the server is an error of the call', async () => {
    const providerOptions = { groq: { reasoningFormat: 'parsed' } };
    await assert.rejects(generateText({ ...common, model: groq(kStarter), prompt: 'Hello!', providerOptions }), (error) => {
      assert.equal(error.statusCode, 400);
      assert.match(error.message, /`reasoning_format` is not supported with this model/);
      return true;
    });
  });

  it('leaves nothing behind', () => server.assertIdle());
});

describe('the AI SDK and a model that thinks', () => {
  let server;
  let groq;
  before(async () => {
    const { file } = await randomModel('thinker', 'think, begun');
    server = await Server.start({ models: [file] });
    groq = createGroq({ apiKey: 'any', baseURL: server.url });
  });
  after(() => server?.stop());

  it('reasoning comes apart from the text, whole and streamed', async () => {
    const options = {
      maxRetries: 0, model: groq('thinker'), seed: 3, maxOutputTokens: 30, prompt: 'Think.', providerOptions: { groq: { reasoningFormat: 'parsed' } },
    };
    const { reasoningText, text } = await generateText(options);
    assert.ok(reasoningText.length > 0);
    const streamed = streamText(options);
    assert.equal(await streamed.reasoningText, reasoningText);
    assert.equal(await streamed.text, text);
  });
});
