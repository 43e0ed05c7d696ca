// The model in the box: a fresh machine serves it, and it answers, extracts, calls tools and writes JSON.
//
// Decoding is greedy and the file is part of the repository, so its answers are facts, not chances.
import assert from 'node:assert/strict';
import { copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

import { collect, makeClients, userSays } from './lib/clients.mjs';
import { peregrine } from './lib/cli.mjs';
import { binary, readData, repository, scratch } from './lib/environment.mjs';
import { anyFile } from './lib/models.mjs';
import { Server } from './lib/server.mjs';

const kModel = 'peregrine-starter';
const kHello = 'Hello! How can I help you today?';

let server;
let client;
before(async () => {
  server = await Server.start({ models: [] });
  client = makeClients(server).openai;
});
after(() => server?.stop());

async function ask(messages, more = {}) {
  const answer = await client.chat.completions.create({ model: kModel, messages, temperature: 0, ...more });
  const [choice] = answer.choices;
  assert.equal(choice.finish_reason, 'stop');
  assert.doesNotMatch(choice.message.content, /<\|/);
  return choice.message.content;
}

describe('the starter model', () => {
  it('is served when nobody names a model, and listed', async () => {
    const models = await client.models.list();
    assert.deepEqual(models.data.map((model) => model.id), [kModel]);
    assert.equal(models.data[0].context_window, 2048);
  });

  it('answers the request that the server prints', async () => {
    const printed = /-d '(\{.*\})'/.exec(server.output)[1];
    const response = await fetch(`${server.url}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...JSON.parse(printed), temperature: 0 }),
    });
    assert.equal((await response.json()).choices[0].message.content, kHello);
  });

  for (const { name, messages, answer, pattern, json, calls } of readData('starter_cases.json')) {
    it(name, async () => {
      const text = await ask(messages);
      if (answer !== undefined) assert.equal(text, answer);
      if (pattern !== undefined) assert.match(text, new RegExp(pattern, 'i'));
      if (json !== undefined) assert.deepEqual(JSON.parse(text), json);
      if (calls !== undefined) {
        const found = [...text.matchAll(/<tool_call>\n(.*)\n<\/tool_call>/g)].map((match) => JSON.parse(match[1]));
        assert.deepEqual(found, calls);
      }
    });
  }

  it('streams what it answers at once', async () => {
    const messages = userSays('Tell me a short story about a fox.');
    const whole = await ask(messages);
    const stream = await client.chat.completions.create({ model: kModel, messages, temperature: 0, stream: true });
    assert.equal((await collect(stream)).text, whole);
    assert.ok(whole.length > 100);
  });

  it('gives the same story for the same seed, others for others', async () => {
    const tell = (seed) => ask(userSays('Tell me a short story.'), { temperature: 1, seed });
    const [first, again, ...others] = await Promise.all([tell(1), tell(1), tell(2), tell(3), tell(4)]);
    assert.equal(first, again);
    assert.ok(others.some((other) => other !== first));
  });

  it('stops at a stop sequence', async () => {
    const messages = userSays('Count from 1 to 9.');
    const whole = await ask(messages);
    assert.ok(whole.includes('5'), whole);
    assert.equal(await ask(messages, { stop: '5' }), whole.slice(0, whole.indexOf('5')));
  });

  it('talks in the terminal when no model is named', async () => {
    const { status, stdout } = await peregrine(['chat', '-p', 'Hello!', '--temperature', '0']);
    assert.equal(status, 0);
    assert.equal(stdout.trim(), kHello);
  });
});

describe('a starter file that is not as it was shipped', () => {
  // A copy of the program with a share folder of its own.
  const prefix = path.join(scratch, 'prefix');
  const program = path.join(prefix, 'bin', 'peregrine');
  const file = path.join(prefix, 'share', 'peregrine', 'peregrine-starter.gguf');
  before(() => {
    mkdirSync(path.dirname(program), { recursive: true });
    mkdirSync(path.dirname(file), { recursive: true });
    copyFileSync(binary, program);
  });

  async function refused(what) {
    for (const args of [['serve', '--port', '0'], ['chat', '-p', 'Hello!']]) {
      const { status, stdout, stderr } = await peregrine(args, { program });
      assert.equal(status, 1);
      assert.equal(stdout, '');
      assert.ok(stderr.includes(what), stderr);
      assert.match(stderr, /git checkout -- models\/peregrine-starter\.gguf/);
      assert.match(stderr, /make run MODEL=FILE/);
    }
  }

  it('is missing: the error says how to restore it', () => refused('is missing'));

  it('is damaged in one bit: the error says how to restore it', async () => {
    const bytes = readFileSync(path.join(repository, 'models', 'peregrine-starter.gguf'));
    bytes[bytes.length >> 1] ^= 1;
    writeFileSync(file, bytes);
    await refused('is damaged');
  });

  it('does not keep another model from being served', async () => {
    const { status } = await peregrine(['chat', anyFile, '-p', 'Hello!', '-n', '1'], { program });
    assert.equal(status, 0);
  });

  it('is whole again: it answers', async () => {
    cpSync(path.join(repository, 'models', 'peregrine-starter.gguf'), file);
    const { stdout } = await peregrine(['chat', '-p', 'Hello!', '--temperature', '0'], { program });
    assert.equal(stdout.trim(), kHello);
  });
});
