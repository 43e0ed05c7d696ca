// Log-probabilities in answers: consistent in themselves, and the softmax of what the logits command computes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

import { peregrine } from './lib/cli.mjs';
import { makeClients, userSays } from './lib/clients.mjs';
import { scratch } from './lib/environment.mjs';
import { openStream, postChat } from './lib/http.mjs';
import { anyFile, endless, plain } from './lib/models.mjs';
import { Server } from './lib/server.mjs';
import { parseFrames } from './lib/sse.mjs';

// What 16-bit keys and values may cost between two ways to feed the same tokens: nothing but the last bits of a float.
const kTolerance = 1e-4;

function logSoftmax(row) {
  const top = Math.max(...row);
  const sum = row.reduce((total, logit) => total + Math.exp(logit - top), 0);
  return Array.from(row, (logit) => logit - top - Math.log(sum));
}

// The text of the tokens' bytes; with `unfinished`, of the whole characters among them.
function decode(steps, unfinished = false) {
  const bytes = Buffer.concat(steps.map((step) => Buffer.from(step.bytes ?? [])));
  return new TextDecoder().decode(bytes, { stream: unfinished });
}

function checkTop(step, count) {
  const { top_logprobs: top } = step;
  assert.equal(top.length, count);
  const total = top.reduce((sum, { logprob }) => sum + Math.exp(logprob), 0);
  assert.ok(total <= 1 + 1e-5, `${total}`);
  for (let i = 1; i < top.length; ++i) assert.ok(top[i - 1].logprob >= top[i].logprob);
  for (const { token, logprob, bytes } of [step, ...top]) {
    assert.ok(logprob <= 0);
    // `token` is the bytes as text, where they are text.
    if (bytes !== null) assert.equal(Buffer.from(bytes).toString(), token);
  }
}

describe('logprobs', () => {
  let server;
  const base = { model: 'plain', messages: userSays('Once upon a time'), max_completion_tokens: 30, logprobs: true };
  before(async () => {
    server = await Server.start({ models: [plain()] });
  });
  after(() => server.stop());

  it('greedy takes the most likely token', async () => {
    for (const client of Object.values(makeClients(server))) {
      const { choices } = await client.chat.completions.create({
        ...base, temperature: 0, top_logprobs: 20, ...endless,
      });
      const steps = choices[0].logprobs.content;
      assert.equal(steps.length, 30);
      for (const step of steps) {
        checkTop(step, 20);
        assert.equal(step.token, step.top_logprobs.find(({ token }) => token !== '</s>').token);
      }
      assert.equal(decode(steps), choices[0].message.content);
    }
  });

  it('they are the softmax of the logits', async () => {
    const { json } = await postChat(server, { ...base, temperature: 1.5, seed: 8, top_logprobs: 20, debug: true, ...endless });
    const { input_token_ids: prompt, output_token_ids: output } = json.x_groq.debug;
    const out = path.join(scratch, 'logprobs.f32');
    const tokens = [...prompt, ...output].join(',');
    const { status, stderr } = await peregrine(['logits', anyFile, '--tokens', tokens, '--kv', 'f16', '--out', out]);
    assert.equal(status, 0, stderr);
    const bytes = readFileSync(out);
    const rows = prompt.length + output.length;
    const width = bytes.length / 4 / rows;
    const logits = new Float32Array(bytes.buffer, bytes.byteOffset, rows * width);
    json.choices[0].logprobs.content.forEach((step, i) => {
      const row = prompt.length - 1 + i;
      const expected = logSoftmax(logits.subarray(row * width, (row + 1) * width));
      assert.ok(Math.abs(step.logprob - expected[output[i]]) < kTolerance, `${step.logprob} ${expected[output[i]]}`);
      const best = [...expected].sort((a, b) => b - a).slice(0, 20);
      step.top_logprobs.forEach(({ logprob }, rank) => assert.ok(Math.abs(logprob - best[rank]) < kTolerance));
    });
  });

  it('as many alternatives as asked for', async () => {
    for (const count of [0, 1, 5]) {
      const { json } = await postChat(server, { ...base, max_completion_tokens: 4, top_logprobs: count, ...endless });
      assert.equal(json.choices[0].logprobs.content.length, 4);
      for (const step of json.choices[0].logprobs.content) checkTop(step, count);
    }
    const { json } = await postChat(server, { ...base, max_completion_tokens: 4, ...endless });
    for (const step of json.choices[0].logprobs.content) checkTop(step, 0);
  });

  it('in a stream they ride on the content they describe', async () => {
    const request = { ...base, temperature: 1, seed: 21, top_logprobs: 3, ...endless };
    const { json } = await postChat(server, request);
    const { chunks } = parseFrames((await openStream(server, { ...request, stream: true }).done).body);
    const [first, ...rest] = chunks;
    assert.equal(first.choices[0].logprobs, null);
    assert.equal(rest.pop().choices[0].logprobs, null);
    const steps = rest.flatMap((chunk) => chunk.choices[0].logprobs?.content ?? []);
    assert.deepEqual(steps, json.choices[0].logprobs.content);
    let text = '';
    const described = [];
    for (const { choices: [{ delta, logprobs }] } of rest) {
      text += delta.content;
      described.push(...(logprobs?.content ?? []));
      assert.ok(text.startsWith(decode(described, true)), 'described before it is sent');
    }
    assert.equal(decode(described), text);
  });

  it('a stop sequence ends them with the text', async () => {
    const whole = (await postChat(server, { ...base, temperature: 0, ...endless })).json.choices[0];
    const stop = whole.message.content.slice(12, 20);
    const { json } = await postChat(server, { ...base, temperature: 0, stop, ...endless });
    const [cut] = json.choices;
    assert.equal(cut.message.content, whole.message.content.slice(0, whole.message.content.indexOf(stop)));
    assert.ok(decode(cut.logprobs.content).startsWith(cut.message.content));
    assert.deepEqual(cut.logprobs.content, whole.logprobs.content.slice(0, cut.logprobs.content.length));
  });
});
