// Models that think first: what is shown of it, what is asked for, and what is billed. The weights are random, the
// languages those of Qwen3 (with and without a block that the prompt begins, plain or control tokens) and of harmony.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { assemble, errorBody, makeClients, userSays, withoutIds } from './lib/clients.mjs';
import { postChat } from './lib/http.mjs';
import { assertFits, assertValidCall } from './lib/judge.mjs';
import { nameOf, serveFamilies } from './lib/random_models.mjs';

const kSchema = { type: 'object', properties: { yes: { type: 'boolean' } }, required: ['yes'], additionalProperties: false };
const kFormat = { response_format: { type: 'json_schema', json_schema: { name: 'verdict', schema: kSchema, strict: true } } };
const kTools = [{ type: 'function', function: { name: 'decide', parameters: kSchema } }];
const kMarks = /<\/?think>|<\|/;

describe('reasoning', () => {
  let models;
  let server;
  let clients;
  before(async () => {
    ({ models, server } = await serveFamilies());
    clients = makeClients(server);
  });
  after(() => server?.stop());

  const body = (family, more) => ({
    model: nameOf(family), messages: userSays('Think about it.'), max_completion_tokens: 300, logit_bias: models[family].bias, seed: 1, ...more,
  });
  const ask = async (family, more) => {
    const { status, json } = await postChat(server, body(family, more));
    assert.equal(status, 200, JSON.stringify(json));
    return { ...json.choices[0], usage: json.usage, debug: json.x_groq.debug };
  };
  const refused = async (family, more, param, message) => {
    for (const stream of [false, true]) {
      const { status, json } = await postChat(server, body(family, { stream, ...more }));
      assert.equal(status, 400, JSON.stringify(json));
      assert.equal(json.error.type, 'invalid_request_error');
      assert.equal(json.error.param, param);
      assert.ok(json.error.message.includes(message), json.error.message);
    }
  };
  const promptOf = (debug) => debug.input_tokens.join('').replaceAll('\u0120', ' ').replaceAll('\u010a', '\n');
  const reasoningTokens = (usage) => usage.completion_tokens_details?.reasoning_tokens ?? 0;

  for (const family of ['think', 'think, begun', 'think, control']) {
    const begun = family === 'think, begun';
    // A seed whose answer has thoughts, and is more than thoughts. Where the prompt does not begin them, the first token
    // has to, which is made likely for all.
    const urge = () => (begun ? {} : { logit_bias: { ...models[family].bias, [models[family].token('<think>')]: 6 } });
    let thoughtful;
    const findThoughtful = async () => {
      for (let seed = 0; thoughtful === undefined && seed < 50; ++seed) {
        const { message, finish_reason: finish } = await ask(family, { ...urge(), seed, reasoning_format: 'parsed' });
        if (message.reasoning && message.content && finish === 'stop') thoughtful = { ...urge(), seed };
      }
      assert.ok(thoughtful, 'no seed thinks');
      return thoughtful;
    };

    describe(`of Qwen3's kind: ${family}`, () => {
      it('raw is the default: the block is part of the content', async () => {
        const asked = await findThoughtful();
        const { message } = await ask(family, asked);
        assert.match(message.content, /^\s*<think>[^]*<\/think>/);
        assert.equal(message.reasoning, undefined);
        assert.deepEqual((await ask(family, { ...asked, reasoning_format: 'raw' })).message, message);
      });

      it('parsed, hidden and raw are one answer, shown in three ways', async () => {
        const asked = await findThoughtful();
        const raw = await ask(family, { ...asked, reasoning_format: 'raw' });
        const parsed = await ask(family, { ...asked, reasoning_format: 'parsed' });
        const hidden = await ask(family, { ...asked, reasoning_format: 'hidden' });
        assert.equal(hidden.message.reasoning, undefined);
        assert.equal(parsed.message.content, hidden.message.content);
        const [, block, answer] = /^\s*<think>([^]*?)<\/think>([^]*)$/.exec(raw.message.content);
        // Random weights write further markers, within the block and behind it: as control tokens these are no text.
        const unmarked = (text) => text.replaceAll(/<\/?think>/g, '').trim();
        assert.equal(unmarked(parsed.message.reasoning), unmarked(block));
        assert.equal(unmarked(parsed.message.content), unmarked(answer));
        assert.doesNotMatch(parsed.message.reasoning, /<\/think>|<\|/);
        for (const { usage } of [raw, parsed, hidden]) {
          assert.equal(usage.completion_tokens, raw.usage.completion_tokens);
          assert.equal(reasoningTokens(usage), reasoningTokens(parsed.usage));
          assert.ok(reasoningTokens(usage) > 0 && reasoningTokens(usage) < usage.completion_tokens);
        }
      });

      it('include_reasoning is parsed or hidden', async () => {
        for (const [include_reasoning, reasoning_format] of [[true, 'parsed'], [false, 'hidden']]) {
          assert.deepEqual((await ask(family, { include_reasoning })).message, (await ask(family, { reasoning_format })).message);
        }
      });

      it('is streamed as it is whole, in every format', async () => {
        for (const reasoning_format of ['raw', 'parsed', 'hidden']) {
          for (const client of Object.values(clients)) {
            for (const seed of [1, 2, 3]) {
              const asked = body(family, { seed, reasoning_format });
              const whole = await client.chat.completions.create(asked);
              const { choices: [streamed], usage } = await assemble(await client.chat.completions.create({ ...asked, stream: true }));
              assert.deepEqual(withoutIds(streamed), withoutIds(JSON.parse(JSON.stringify(whole.choices[0]))));
              assert.equal(usage.completion_tokens, whole.usage.completion_tokens);
              assert.equal(reasoningTokens(usage), reasoningTokens(whole.usage));
            }
          }
        }
      });

      it('effort none writes an empty block into the prompt, default does not', async () => {
        const none = await ask(family, { reasoning_effort: 'none', debug: true });
        assert.match(promptOf(none.debug), /<think>\n\n<\/think>\n\n$/);
        assert.equal(reasoningTokens(none.usage), 0);
        for (const reasoning_effort of ['default', null, undefined]) {
          const { debug } = await ask(family, { reasoning_effort, debug: true });
          assert.doesNotMatch(promptOf(debug), /<\/think>\s*$/);
        }
      });

      it('efforts that it does not know, raw beside tools or a format, and both switches are refused', async () => {
        for (const reasoning_effort of ['low', 'medium', 'high']) {
          await refused(family, { reasoning_effort }, 'reasoning_effort', '`reasoning_effort` must be one of `none` or `default`');
        }
        const structured = [{ tools: kTools }, kFormat, { response_format: { type: 'json_object' } }];
        for (const more of structured) await refused(family, { ...more, reasoning_format: 'raw' }, 'reasoning_format', '`reasoning_format`');
        for (const include_reasoning of [true, false]) {
          const both = { include_reasoning, reasoning_format: 'parsed' };
          await refused(family, both, 'reasoning_format', '`include_reasoning`');
        }
      });

      it('a schema holds for the answer behind the thoughts', async () => {
        let thought = 0;
        for (let seed = 0; seed < 10; ++seed) {
          const { message, finish_reason: finish } = await ask(family, { seed, ...kFormat });
          if (message.reasoning) ++thought;
          assert.doesNotMatch(message.reasoning ?? '', /<\/think>|<\|/);
          if (finish !== 'length') assertFits(kSchema, message.content);
          else assert.equal(message.content, '');
        }
        if (begun) assert.ok(thought > 5, `${thought}`);
      });

      it('calls behind the thoughts are valid', async () => {
        for (let seed = 0; seed < 10; ++seed) {
          const { message, finish_reason: finish } = await ask(family, { seed, tools: kTools, tool_choice: 'required' });
          if (finish === 'length') continue;
          assert.equal(finish, 'tool_calls');
          assert.equal(message.content, null);
          for (const call of message.tool_calls) assertValidCall(call, kTools);
        }
      });

      it('a small budget is used up by thoughts', async () => {
        if (!begun) return;
        const { message, usage, finish_reason: finish } = await ask(family, { max_completion_tokens: 4, reasoning_format: 'parsed', logit_bias: {} });
        assert.equal(finish, 'length');
        assert.equal(message.content, '');
        assert.equal(reasoningTokens(usage), 4);
        assert.equal(usage.completion_tokens, 4);
      });

      it('a stop sequence does not reach into the thoughts', async () => {
        const asked = await findThoughtful();
        const free = await ask(family, { ...asked, reasoning_format: 'parsed' });
        const stop = [...free.message.reasoning][0];
        const { message } = await ask(family, { ...asked, reasoning_format: 'parsed', stop });
        assert.equal(message.reasoning, free.message.reasoning);
        assert.equal(message.content, free.message.content.split(stop)[0]);
      });

      it('thoughts of an earlier turn are accepted', async () => {
        const messages = [...userSays('Hi'), { role: 'assistant', content: 'Hello', reasoning: 'They greet me.' }, ...userSays('Again')];
        assert.match(promptOf((await ask(family, { messages, debug: true })).debug), /Hello/);
      });
    });
  }

  describe("of harmony's kind", () => {
    const family = 'harmony';

    it('analysis is reasoning, the final channel is content', async () => {
      let thought = 0;
      for (let seed = 0; seed < 10; ++seed) {
        const { message, usage, finish_reason: finish } = await ask(family, { seed, max_completion_tokens: 1000 });
        assert.doesNotMatch(message.content, kMarks);
        assert.ok(!message.content.includes('\ufffd'));
        if (message.reasoning === undefined) continue;
        ++thought;
        assert.doesNotMatch(message.reasoning, kMarks);
        assert.ok(reasoningTokens(usage) > 0);
        if (finish === 'stop') assert.ok(reasoningTokens(usage) < usage.completion_tokens);
      }
      assert.ok(thought > 0);
    });

    it('include_reasoning false hides it, and bills it', async () => {
      for (let seed = 0; seed < 5; ++seed) {
        const shown = await ask(family, { seed, include_reasoning: true });
        const hidden = await ask(family, { seed, include_reasoning: false });
        assert.equal(hidden.message.reasoning, undefined);
        assert.equal(hidden.message.content, shown.message.content);
        assert.deepEqual(
          [hidden.usage.completion_tokens, reasoningTokens(hidden.usage)],
          [shown.usage.completion_tokens, reasoningTokens(shown.usage)],
        );
      }
    });

    it('is streamed as it is whole', async () => {
      for (let seed = 0; seed < 6; ++seed) {
        for (const more of [{}, kFormat, { tools: kTools, tool_choice: 'required' }]) {
          const asked = body(family, { seed, ...more });
          const whole = await clients['groq-sdk'].chat.completions.create(asked);
          if (whole.choices[0].finish_reason === 'length') continue;
          const { choices: [streamed] } = await assemble(await clients['groq-sdk'].chat.completions.create({ ...asked, stream: true }));
          assert.deepEqual(withoutIds(streamed), withoutIds(JSON.parse(JSON.stringify(whole.choices[0]))));
        }
      }
    });

    it('the effort is told to the model', async () => {
      for (const reasoning_effort of ['low', 'medium', 'high', undefined]) {
        const { debug } = await ask(family, { reasoning_effort, debug: true, max_completion_tokens: 3 });
        assert.ok(promptOf(debug).includes(`Reasoning: ${reasoning_effort ?? 'medium'}`));
      }
      for (const reasoning_effort of ['none', 'default']) {
        await refused(family, { reasoning_effort }, 'reasoning_effort', '`reasoning_effort` must be one of `low`, `medium`, or `high`');
      }
    });

    it('raw is refused', () => refused(family, { reasoning_format: 'raw' }, 'reasoning_format', '`reasoning_format` is not supported with this model'));

    it('a schema holds for the final channel alone', async () => {
      let whole = 0;
      for (let seed = 0; seed < 10; ++seed) {
        const { message, finish_reason: finish } = await ask(family, { seed, max_completion_tokens: 1000, ...kFormat });
        if (finish === 'length') continue;
        assertFits(kSchema, message.content);
        ++whole;
      }
      assert.ok(whole > 0);
    });
  });

  it('models that do not think refuse formats and efforts, and ignore include_reasoning', async () => {
    for (const family of ['generic', 'llama3', 'kimi-k2']) {
      for (const reasoning_format of ['raw', 'parsed', 'hidden']) {
        await refused(family, { reasoning_format }, 'reasoning_format', '`reasoning_format` is not supported with this model');
      }
      await refused(family, { reasoning_effort: 'low' }, 'reasoning_effort', '`reasoning_effort` is not supported with this model');
      for (const include_reasoning of [true, false]) assert.equal((await ask(family, { include_reasoning })).message.reasoning, undefined);
    }
  });

  it('values that nobody knows are refused before the model is asked for', async () => {
    const error = await clients.openai.chat.completions.create(body('generic', { reasoning_format: 'loud' })).then(assert.fail, (caught) => caught);
    assert.equal(error.status, 400);
    assert.equal(errorBody(error).param, 'reasoning_format');
  });

  it('leaves nothing behind', () => server.assertIdle());
});
