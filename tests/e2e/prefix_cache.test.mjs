// Prompts that begin alike are computed once: the usage says so, the metrics say so, the text does not tell.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { userSays } from './lib/clients.mjs';
import { openStream, postChat } from './lib/http.mjs';
import { longContext } from './lib/models.mjs';
import { Server } from './lib/server.mjs';

const kBlock = 16; // tokens that are found or not found together
const kStory = 'the little dog went up the hill and down again and then it saw a big red ball in the tall grass '.repeat(60);

describe('prefix cache', () => {
  let server;
  before(async () => {
    server = await Server.start({ models: [longContext('long', 8192)], config: 'memory = "1GiB"\n[engine]\nkv_memory = "256MiB"' });
  });
  after(() => server.stop());

  const ask = async (content, more = {}) => {
    const { status, json } = await postChat(server, { model: 'long', messages: userSays(content), temperature: 0, max_completion_tokens: 4, ...more });
    assert.equal(status, 200);
    return json;
  };
  const counters = async () => {
    const metrics = await server.metrics();
    const value = (name) => metrics.value(`peregrine_${name}`, { model: 'long' });
    return {
      prompt: value('prompt_tokens_total'),
      lookups: value('prefix_cache_lookups_total'),
      hits: value('prefix_cache_hits_total'),
      found: value('prefix_cache_hit_tokens_total'),
      // Rows of all steps: what was computed.
      rows: value('step_rows_sum'),
    };
  };

  it('a second request computes its own end only', async () => {
    const start = await counters();
    const first = await ask(`${kStory}One.`);
    const between = await counters();
    const second = await ask(`${kStory}Two, and some more.`);
    const end = await counters();

    assert.ok(first.usage.prompt_tokens > 2000, `${first.usage.prompt_tokens}`);
    assert.equal(first.usage.prompt_tokens_details, undefined);
    const cached = second.usage.prompt_tokens_details.cached_tokens;
    assert.ok(cached >= 2000 && cached < second.usage.prompt_tokens, `${cached}`);
    assert.equal(cached % kBlock, 0);
    assert.ok(second.usage.prompt_tokens - cached < 4 * kBlock, `${second.usage.prompt_tokens} tokens, ${cached} cached`);

    assert.equal(between.rows - start.rows >= first.usage.prompt_tokens, true);
    assert.ok(end.rows - between.rows < 5 * kBlock, `${end.rows - between.rows} rows`);
    assert.deepEqual(
      { lookups: end.lookups - start.lookups, hits: end.hits - start.hits, found: end.found - start.found },
      { lookups: 2, hits: 1, found: cached },
    );
    assert.equal(end.prompt - start.prompt, first.usage.prompt_tokens + second.usage.prompt_tokens);
  });

  it('the answer is the same, found or computed', async () => {
    const question = `${kStory.slice(0, 1500)}What then?`;
    const computed = await ask(`x${question}`, { max_completion_tokens: 20 });
    const found = await ask(`x${question}`, { max_completion_tokens: 20 });
    assert.ok(found.usage.prompt_tokens_details.cached_tokens > 0);
    assert.deepEqual(found.choices, computed.choices);
  });

  it('a stream tells it in its usage', async () => {
    const { done } = openStream(server, { model: 'long', stream: true, messages: userSays(`${kStory}Three.`), max_completion_tokens: 2 });
    const { body } = await done;
    const usage = JSON.parse(body.toString().split('\n\n').at(-3).slice('data: '.length)).x_groq.usage;
    assert.ok(usage.prompt_tokens_details.cached_tokens >= 2000);
    await server.assertIdle();
  });
});
