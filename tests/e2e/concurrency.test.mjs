// Many at once: every text is what it would have been alone, and nothing of those who leave stays behind.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { makeClients, userSays } from './lib/clients.mjs';
import { postChat } from './lib/http.mjs';
import { endless, plain } from './lib/models.mjs';
import { Server } from './lib/server.mjs';

const kStreams = 64;
const kOpenings = ['Once upon a time', 'One day', 'Lily and Tom', 'The big bear was', 'In a small house there'];

// Different prompts, seeds, temperatures and lengths; every third is cut by its client after a few tokens.
function conversations() {
  return Array.from({ length: kStreams }, (_, i) => ({
    cutAfter: i % 3 === 1 ? 1 + (i % 11) : null,
    request: {
      model: 'plain',
      messages: userSays(`${kOpenings[i % kOpenings.length]}${' and then'.repeat(i % 7)}`),
      max_completion_tokens: 20 + ((i * 37) % 181),
      temperature: (i % 4) * 0.4,
      seed: 1000 + i,
      ...endless,
    },
  }));
}

describe('concurrency', () => {
  const stopAll = [];
  after(async () => {
    for (const server of stopAll) await server.stop();
  });
  const start = async (config) => {
    const server = await Server.start({ models: [plain()], config });
    stopAll.push(server);
    return server;
  };
  const solo = async (server, { request }) => {
    const { status, json } = await postChat(server, request);
    assert.equal(status, 200);
    return json.choices[0].message.content;
  };

  // Text of a stream, or of as much of it as was read before it was cut.
  const follow = async (client, { request, cutAfter }) => {
    const stream = await client.chat.completions.create({ ...request, stream: true });
    const result = { text: '', finish: null };
    let chunks = 0;
    for await (const { choices: [choice] } of stream) {
      result.text += choice.delta.content ?? '';
      result.finish = choice.finish_reason;
      if (choice.delta.content && ++chunks === cutAfter) break;
    }
    return result;
  };

  const kConfigs = {
    'room for all': 'memory = "1GiB"',
    // A tenth of what they would like: sequences give way to each other and are computed again.
    'little memory for keys and values': 'memory = "1GiB"\n[engine]\nkv_memory = "1MiB"',
    'few at a time, small steps, no prefix cache':
      'memory = "1GiB"\n[engine]\nmax_sequences = 7\nstep_tokens = 32\nprefix_cache = false',
  };
  let expected;
  before(async () => {
    const server = await start('memory = "1GiB"\n[engine]\nmax_sequences = 1');
    expected = [];
    for (const conversation of conversations()) expected.push(await solo(server, conversation));
  });

  for (const [what, config] of Object.entries(kConfigs)) {
    it(`${kStreams} streams, a third of them cut: ${what}`, async () => {
      const server = await start(config);
      const clients = Object.values(makeClients(server));
      const all = conversations();
      const results = await Promise.all(all.map((conversation, i) => follow(clients[i % clients.length], conversation)));
      results.forEach(({ text, finish }, i) => {
        if (all[i].cutAfter === null) {
          assert.equal(text, expected[i], `stream ${i}`);
          assert.equal(finish, 'length', `stream ${i}`);
        } else {
          assert.equal(text, expected[i].slice(0, text.length), `stream ${i}, cut`);
          assert.ok(text.length < expected[i].length, `stream ${i} should have been cut`);
        }
      });
      await server.assertIdle();
      server.assertAlive();
    });
  }

  it('one seed, alone and among 32 others', async () => {
    const server = await start('memory = "1GiB"');
    const request = { model: 'plain', messages: userSays('Once upon a time'), temperature: 1, seed: 42, max_completion_tokens: 150, ...endless };
    const alone = await solo(server, { request });
    const others = Array.from({ length: 32 }, (_, i) => ({
      request: { ...request, messages: userSays(kOpenings[i % kOpenings.length]), seed: i, max_completion_tokens: 30 + 9 * i },
    }));
    const [among, ...rest] = await Promise.all([{ request }, ...others].map((one) => solo(server, one)));
    assert.equal(among, alone);
    for (let i = 0; i < others.length; i += 8) assert.equal(await solo(server, others[i]), rest[i]);
    await server.assertIdle();
  });
});
