// Sampling over the wire: one text whether streamed or not, seeds that hold, biases and penalties that bite.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { userSays } from './lib/clients.mjs';
import { peregrine } from './lib/cli.mjs';
import { readData } from './lib/environment.mjs';
import { openStream, postChat } from './lib/http.mjs';
import { anyFile, endless, golden, needsStories, plain } from './lib/models.mjs';
import { Server } from './lib/server.mjs';
import { joinContent, parseFrames } from './lib/sse.mjs';

const kWave = 16; // requests at a time

async function inWaves(items, run) {
  for (let i = 0; i < items.length; i += kWave) await Promise.all(items.slice(i, i + kWave).map(run));
}

async function tokenIds(text) {
  const { status, stdout } = await peregrine(['tokenize', anyFile, '--json'], { input: text });
  assert.equal(status, 0);
  return JSON.parse(stdout);
}

describe('sampling', () => {
  let server;
  const ask = async (request) => {
    const { status, json, body } = await postChat(server, { model: 'plain', ...request });
    assert.equal(status, 200, body);
    return json;
  };
  const text = async (request) => (await ask(request)).choices[0].message.content;
  before(async () => {
    server = await Server.start({
      models: [plain(), golden('llama-spm-q8_0'), golden('llama-gqa-f32')],
      config: 'memory = "1GiB"',
    });
  });
  after(() => server.stop());

  for (const model of ['plain', 'llama-spm-q8_0', 'llama-gqa-f32']) {
    it(`the stream of ${model} adds up to the whole answer`, async () => {
      const { prompts, settings } = readData('prompts.json');
      const requests = prompts.flatMap((prompt) =>
        settings.map((setting) => ({ model, messages: userSays(prompt), max_completion_tokens: 24, ...setting })),
      );
      await inWaves(requests, async (request) => {
        const what = JSON.stringify(request);
        const [whole, stream] = await Promise.all([
          ask(request),
          openStream(server, { ...request, stream: true }).done,
        ]);
        assert.equal(stream.status, 200, what);
        const { chunks } = parseFrames(stream.body);
        for (const choice of whole.choices) {
          assert.equal(joinContent(chunks, choice.index), choice.message.content, what);
          const ends = chunks.flatMap((chunk) => chunk.choices).filter((c) => c.index === choice.index && c.finish_reason);
          assert.deepEqual(ends.map((end) => end.finish_reason), [choice.finish_reason], what);
          const stops = [request.stop ?? []].flat();
          for (const stop of stops) assert.ok(!choice.message.content.includes(stop), what);
        }
        const streamedUsage = chunks.at(-1).x_groq.usage;
        for (const key of ['prompt_tokens', 'completion_tokens', 'total_tokens']) {
          assert.equal(streamedUsage[key], whole.usage[key], what);
        }
      });
    });
  }

  it('the same seed gives the same text, another seed another', async () => {
    const request = { messages: userSays('Once upon a time'), temperature: 1, max_completion_tokens: 40, ...endless };
    const seeds = [0, 1, 2, 3, 4, 5, 6, 7, -1, 9007199254740991];
    const first = await Promise.all(seeds.map((seed) => text({ ...request, seed })));
    const second = await Promise.all([...seeds].reverse().map((seed) => text({ ...request, seed })));
    assert.deepEqual(second.reverse(), first);
    assert.equal(new Set(first).size, seeds.length);
  });

  it('user text never turns into control tokens', async () => {
    const { x_groq: { debug } } = await ask({ messages: userSays('</s><s>'), debug: true, max_completion_tokens: 1 });
    assert.equal(debug.input_token_ids[0], 1, 'the begin token is the server\'s own');
    assert.deepEqual(debug.input_token_ids.slice(1).filter((id) => id < 3), []);
  });

  it('a bias of 100 forces a token, of -100 bans it', async () => {
    const { ids, pieces } = await tokenIds('Once upon a time');
    const request = { messages: userSays('Once upon a time'), temperature: 0, max_completion_tokens: 6, debug: true };
    const forced = await ask({ ...request, logit_bias: { [ids.at(-1)]: 100 } });
    assert.deepEqual(forced.x_groq.debug.output_token_ids, Array(6).fill(ids.at(-1)));
    assert.equal(forced.choices[0].message.content, pieces.at(-1).replaceAll('\u2581', ' ').repeat(6));

    const free = await ask({ ...request, ...endless });
    const [greedy] = free.x_groq.debug.output_token_ids;
    const banned = await ask({ ...request, logit_bias: { ...endless.logit_bias, [greedy]: -100 } });
    assert.ok(!banned.x_groq.debug.output_token_ids.includes(greedy));
    assert.notEqual(banned.choices[0].message.content, free.choices[0].message.content);
  });

  it('penalties choose what arithmetic on the log-probabilities says', async () => {
    const penalties = { frequency_penalty: 0.8, presence_penalty: 1.1 };
    const request = { messages: userSays('The dog'), temperature: 0, max_completion_tokens: 60, debug: true, ...endless };
    const answer = await ask({ ...request, ...penalties, logprobs: true, top_logprobs: 20 });
    const steps = answer.choices[0].logprobs.content;
    assert.equal(steps.length, 60);
    const counts = new Map();
    const score = ({ token, bytes, logprob }) => {
      const count = counts.get(`${token} ${bytes}`) ?? 0;
      return logprob - penalties.frequency_penalty * count - (count > 0 ? penalties.presence_penalty : 0);
    };
    let overruled = 0;
    for (const step of steps) {
      // The end token is banned, and bytes may share their spelling with a piece: the best of the others wins.
      const rivals = step.top_logprobs.filter(({ token }) => token !== '</s>' && token !== '');
      const best = Math.max(...rivals.map(score));
      assert.ok(score(step) >= best - 1e-4, `${JSON.stringify(step.token)}: ${score(step)} < ${best}`);
      if (step.token !== rivals[0].token) ++overruled;
      const name = `${step.token} ${step.bytes}`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    assert.ok(overruled > 0, 'no penalty ever mattered');
    const free = await ask(request);
    const distinct = ({ x_groq }) => new Set(x_groq.debug.output_token_ids).size;
    assert.ok(distinct(answer) > distinct(free));
  });

  it('temperature 0 and top_p 0 are what complete says', needsStories, async () => {
    const { status, stdout } = await peregrine(['complete', anyFile, '-p', 'Tim and Sue', '-n', '50']);
    assert.equal(status, 0);
    const request = { messages: userSays('Tim and Sue'), max_completion_tokens: 50 };
    assert.equal(await text({ ...request, temperature: 0 }), stdout);
    assert.equal(await text({ ...request, temperature: 1.7, top_p: 0, seed: 4 }), stdout);
  });

  it('a seed means the same to complete and to the server', async () => {
    const flags = ['-n', '50', '--temperature', '0.9', '--seed', '77', '--top-p', '0.95'];
    const { stdout } = await peregrine(['complete', anyFile, '-p', 'Once upon a time', ...flags]);
    const request = { temperature: 0.9, seed: 77, top_p: 0.95, max_completion_tokens: 50 };
    assert.equal(await text({ messages: userSays('Once upon a time'), ...request }), stdout);
  });

  it('the number of threads does not change a byte', async () => {
    const other = await Server.start({ models: [plain('twin')], threads: 2 });
    const request = { messages: userSays('Once upon a time'), temperature: 1, seed: 5, max_completion_tokens: 80 };
    const { json } = await postChat(other, { model: 'twin', ...request });
    assert.equal(json.choices[0].message.content, await text(request));
    await other.stop();
  });

  it('leaves nothing behind', () => server.assertIdle());
});
