// A draft model: the same answers, fewer steps, and an error that says what is wrong with a bad one.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { userSays } from './lib/clients.mjs';
import { postChat } from './lib/http.mjs';
import { endless, golden, plain } from './lib/models.mjs';
import { Server } from './lib/server.mjs';

const kConfig = 'memory = "1GiB"\n[engine]\nkv_memory = "64MiB"\n';

describe('draft models', () => {
  const answers = async (server) => {
    const texts = [];
    for (const [i, temperature] of [0, 0, 0.8, 1.2].entries()) {
      const request = { model: 'plain', messages: userSays(`Story number ${i}`), temperature, seed: i, max_completion_tokens: 60, ...endless };
      const { status, json } = await postChat(server, request);
      assert.equal(status, 200);
      texts.push(json.choices[0].message.content);
    }
    return texts;
  };
  const drafted = async (server) => (await server.metrics()).value('peregrine_drafted_tokens_total', { model: 'plain' });

  it('change no answer', async () => {
    const file = plain();
    const without = await Server.start({ models: [file], config: `${kConfig}speculation = false\n` });
    const expected = await answers(without);
    assert.equal(await drafted(without), 0);
    await without.stop();

    const server = await Server.start({ models: [file], config: `${kConfig}[draft_models]\nplain = "${file}"\n` });
    assert.deepEqual(await answers(server), expected);
    assert.ok((await drafted(server)) > 0);
    await server.assertIdle();
    await server.stop();
  });

  it('of another vocabulary are refused', async () => {
    const start = Server.start({ models: [plain()], config: `${kConfig}[draft_models]\nplain = "${golden('qwen2-f32')}"\n` });
    await assert.rejects(start, /qwen2-f32\.gguf.*vocabulary|vocabulary.*qwen2-f32\.gguf/s);
  });
});
