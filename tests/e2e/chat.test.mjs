// Chats through both official clients: the same expectations of each, streamed and not.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { collect, makeClients, userSays } from './lib/clients.mjs';
import { readData } from './lib/environment.mjs';
import { postChat } from './lib/http.mjs';
import { endless, needsStories, plain } from './lib/models.mjs';
import { Server } from './lib/server.mjs';

const kCompletionId = /^chatcmpl-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const kRequestId = /^req_[0-9a-hjkmnp-tv-z]{26}$/;
const kFingerprint = /^fp_[0-9a-f]{10}$/;
const kDuration = /^(\d+h)?(\d+m)?\d+(\.\d+)?(ms|s)$/;

const checks = {
  text: (answer, wanted) => assert.equal(answer.text, wanted),
  starts: (answer, wanted) => assert.equal(answer.text.slice(0, wanted.length), wanted),
  prefix_of: (answer, wanted) => assert.equal(answer.text, wanted.slice(0, answer.text.length)),
  finish: (answer, wanted) => assert.equal(answer.finish, wanted),
  completion_tokens: (answer, wanted) => assert.equal(answer.usage.completion_tokens, wanted),
  seed: (answer, wanted) => assert.equal(answer.seed, wanted),
  tier: (answer, wanted) => assert.equal(answer.tier, wanted),
};

function checkUsage(usage) {
  assert.ok(usage.prompt_tokens > 0);
  assert.equal(usage.total_tokens, usage.prompt_tokens + usage.completion_tokens);
  for (const time of ['queue_time', 'prompt_time', 'completion_time']) assert.ok(usage[time] >= 0, time);
  assert.ok(Math.abs(usage.total_time - usage.prompt_time - usage.completion_time) < 1e-6);
}

async function whole(client, request) {
  const { data, response } = await client.chat.completions.create(request).withResponse();
  assert.equal(data.object, 'chat.completion');
  assert.match(data.id, kCompletionId);
  assert.match(data.system_fingerprint, kFingerprint);
  assert.equal(data.model, request.model);
  assert.equal(data.choices.length, 1);
  assert.equal(data.choices[0].message.role, 'assistant');
  assert.equal(data.x_groq.id, response.headers.get('x-request-id'));
  const [choice] = data.choices;
  return {
    text: choice.message.content,
    finish: choice.finish_reason,
    usage: data.usage,
    seed: data.x_groq.seed,
    tier: data.service_tier,
  };
}

async function streamed(client, request) {
  const asked = { ...request, stream: true, stream_options: { include_usage: true } };
  const { data, response } = await client.chat.completions.create(asked).withResponse();
  const { text, chunks, finish } = await collect(data);
  const [first] = chunks;
  const closing = chunks.at(-2);
  const last = chunks.at(-1);
  assert.match(first.id, kCompletionId);
  for (const chunk of chunks) {
    assert.equal(chunk.object, 'chat.completion.chunk');
    for (const key of ['id', 'created', 'model', 'system_fingerprint']) assert.equal(chunk[key], first[key], key);
  }
  assert.equal(first.choices[0].delta.role, 'assistant');
  assert.equal(first.x_groq.id, response.headers.get('x-request-id'));
  assert.equal(closing.x_groq.id, first.x_groq.id);
  assert.equal(closing.x_groq.seed, first.x_groq.seed);
  assert.deepEqual(closing.x_groq.usage, last.usage);
  assert.deepEqual(last.choices, []);
  return { text, finish, usage: last.usage, seed: first.x_groq.seed, tier: last.service_tier };
}

describe('chat', () => {
  let server;
  let clients;
  before(async () => {
    server = await Server.start({ models: [plain()] });
    clients = makeClients(server);
  });
  after(() => server.stop());

  for (const name of ['groq-sdk', 'openai']) {
    describe(`cases with ${name}`, () => {
      for (const { name: what, stories, request, expect } of readData('chat_cases.json')) {
        for (const [mode, ask] of Object.entries({ whole, streamed })) {
          it(`${what}, ${mode}`, stories ? needsStories : {}, async () => {
            const answer = await ask(clients[name], { model: 'plain', ...request });
            checkUsage(answer.usage);
            assert.ok(answer.text.isWellFormed?.() ?? true);
            for (const [key, wanted] of Object.entries(expect)) checks[key](answer, wanted);
          });
        }
      }
    });
  }

  it('the answer has the keys of the contract, in its order', async () => {
    const { body, headers } = await postChat(server, {
      model: 'plain', messages: userSays('Order!'), max_completion_tokens: 3,
    });
    const answer = JSON.parse(body);
    assert.deepEqual(Object.keys(answer), [
      'id', 'object', 'created', 'model', 'choices', 'usage', 'usage_breakdown', 'system_fingerprint', 'x_groq',
      'service_tier',
    ]);
    assert.deepEqual(Object.keys(answer.choices[0]), ['index', 'message', 'logprobs', 'finish_reason']);
    assert.deepEqual(Object.keys(answer.x_groq), ['id', 'seed']);
    assert.equal(answer.usage_breakdown, null);
    assert.equal(answer.choices[0].logprobs, null);
    assert.match(headers['x-request-id'], kRequestId);
    assert.equal(headers['content-type'], 'application/json');
    assert.equal(headers['cache-control'], 'private, max-age=0, no-store, no-cache, must-revalidate');
    assert.equal(headers.vary, 'Origin');
  });

  it('rate-limit headers come with every answer', async () => {
    const good = await postChat(server, { model: 'plain', messages: userSays('Hi'), max_completion_tokens: 1 });
    const bad = await postChat(server, { model: 'plain' });
    assert.equal(bad.status, 400);
    for (const { headers } of [good, bad]) {
      for (const unit of ['requests', 'tokens']) {
        assert.match(headers[`x-ratelimit-limit-${unit}`], /^\d+$/);
        assert.match(headers[`x-ratelimit-remaining-${unit}`], /^\d+$/);
        assert.match(headers[`x-ratelimit-reset-${unit}`], kDuration);
      }
    }
    assert.notEqual(good.headers['x-request-id'], bad.headers['x-request-id']);
  });

  it('choices of n are the answers to successive seeds', async () => {
    const request = { model: 'plain', messages: userSays('A dog'), max_completion_tokens: 24, temperature: 1 };
    for (const client of Object.values(clients)) {
      const together = await client.chat.completions.create({ ...request, n: 4, seed: 100 });
      assert.deepEqual(together.choices.map((choice) => choice.index), [0, 1, 2, 3]);
      const texts = together.choices.map((choice) => choice.message.content);
      for (let i = 0; i < 4; ++i) {
        const alone = await client.chat.completions.create({ ...request, seed: 100 + i });
        assert.equal(texts[i], alone.choices[0].message.content);
      }
      assert.ok(new Set(texts).size > 1);
      const chunks = (await collect(await client.chat.completions.create({ ...request, n: 4, seed: 100, stream: true }))).chunks;
      const pieces = chunks.flatMap((chunk) => chunk.choices);
      for (let i = 0; i < 4; ++i) {
        const own = pieces.filter((choice) => choice.index === i);
        assert.equal(own.map((choice) => choice.delta.content ?? '').join(''), texts[i]);
        assert.equal(own.filter((choice) => choice.finish_reason !== null).length, 1);
      }
    }
  });

  it('a prompt seen before is found in the cache', async () => {
    const client = clients['groq-sdk'];
    const story = 'The tall old tree had a nest with three small birds and one of them could not fly yet. ';
    const ask = (tail) =>
      client.chat.completions.create({
        model: 'plain', messages: userSays(story.repeat(3) + tail), temperature: 0, max_completion_tokens: 8,
      });
    const first = await ask('So');
    const second = await ask('So');
    const third = await ask('But then');
    assert.equal(first.usage.prompt_tokens_details, undefined);
    for (const { usage } of [second, third]) {
      assert.ok(usage.prompt_tokens_details.cached_tokens > usage.prompt_tokens / 2);
      assert.ok(usage.prompt_tokens_details.cached_tokens < usage.prompt_tokens);
    }
    assert.equal(second.choices[0].message.content, first.choices[0].message.content);
    assert.equal(second.usage.prompt_tokens, first.usage.prompt_tokens);
  });

  it('a seed is told when none was given, and gives the same text again', async () => {
    const request = { model: 'plain', messages: userSays('The cat'), max_completion_tokens: 30, temperature: 1.2 };
    for (const client of Object.values(clients)) {
      const first = await client.chat.completions.create(request);
      assert.ok(Number.isSafeInteger(first.x_groq.seed));
      const again = await client.chat.completions.create({ ...request, seed: first.x_groq.seed });
      assert.equal(again.choices[0].message.content, first.choices[0].message.content);
      assert.equal(again.x_groq.seed, first.x_groq.seed);
      const other = await client.chat.completions.create(request);
      assert.notEqual(other.x_groq.seed, first.x_groq.seed);
    }
  });

  it('debug tells the tokens of prompt and answer', async () => {
    const { json } = await postChat(server, {
      model: 'plain', messages: userSays('Red fox'), max_completion_tokens: 5, debug: true, ...endless,
    });
    const { debug } = json.x_groq;
    assert.equal(debug.input_token_ids.length, json.usage.prompt_tokens);
    assert.equal(debug.input_tokens.length, json.usage.prompt_tokens);
    assert.equal(debug.output_token_ids.length, 5);
    assert.equal(debug.output_tokens.length, 5);
    const spelled = debug.input_tokens.join('').replaceAll('\u2581', ' ');
    const text = spelled.replace(/<0x([0-9A-F]{2})>/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
    assert.match(text, /Red fox$/);
  });

  it('leaves nothing behind', () => server.assertIdle());
});
