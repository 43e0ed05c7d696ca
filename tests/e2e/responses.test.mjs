// The Responses API with the official client: answers, streams, conversations that the server remembers, and a server
// that is killed in the middle of them.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

import { zodResponsesFunction, zodTextFormat } from 'openai/helpers/zod';
import { z } from 'zod';

import { peregrine } from './lib/cli.mjs';
import { all, makeClients, rejected, userSays } from './lib/clients.mjs';
import { readData, scratch } from './lib/environment.mjs';
import { postJson, request } from './lib/http.mjs';
import { endless, longContext } from './lib/models.mjs';
import { Server } from './lib/server.mjs';

const kModel = 'peregrine-starter';
const kHello = 'Hello! How can I help you today?';
const kPath = '/openai/v1/responses';
const greedy = { model: kModel, temperature: 0 };

describe('responses', () => {
  let server;
  let client;
  before(async () => {
    server = await Server.start({ models: [] });
    client = makeClients(server).openai;
  });
  after(() => server?.stop());

  const create = (input, more = {}) => client.responses.create({ ...greedy, input, ...more });

  it('answers a string', async () => {
    const response = await create('Hello!');
    assert.equal(response.output_text, kHello);
    assert.equal(response.status, 'completed');
    assert.match(response.id, /^resp_[0-9a-hjkmnp-tv-z]{26}$/);
    assert.match(response.output.at(-1).id, /^msg_/);
    const { usage } = response;
    assert.equal(usage.total_tokens, usage.input_tokens + usage.output_tokens);
    assert.ok(usage.input_tokens > 0 && usage.output_tokens > 0);
    assert.equal(response.store, false);
    await rejected(client.responses.retrieve(response.id), 404, { code: 'not_found' });
  });

  it('says the same as a chat of the same conversation', async () => {
    const messages = [
      { role: 'user', content: 'Hi, my name is Lila.' },
      { role: 'assistant', content: 'Hello, Lila! How can I help you?' },
      { role: 'user', content: 'What is my name?' },
    ];
    const chat = await client.chat.completions.create({ ...greedy, messages });
    const response = await create(messages);
    assert.equal(response.output_text, chat.choices[0].message.content);
    assert.equal(response.usage.input_tokens, chat.usage.prompt_tokens);
    assert.equal(response.usage.output_tokens, chat.usage.completion_tokens);
  });

  it('takes instructions as the system message', async () => {
    const instructions = 'Tools:\nget_weather(city: string) - Get the weather of a city';
    const chat = await client.chat.completions.create({
      ...greedy,
      messages: [{ role: 'system', content: instructions }, ...userSays('Thank you!')],
    });
    const response = await create('Thank you!', { instructions });
    assert.equal(response.output_text, chat.choices[0].message.content);
    assert.equal(response.instructions, instructions);
  });

  it('streams what it answers at once, every event in its place', async () => {
    const whole = await create('Hello!');
    const events = await all(await create('Hello!', { stream: true }));
    assert.deepEqual(events.map((event) => event.sequence_number), events.map((_, i) => i));
    const types = events.map((event) => event.type.replace('response.', ''));
    const deltas = types.filter((type) => type === 'output_text.delta').length;
    assert.ok(deltas > 1);
    assert.deepEqual(types, [
      'created', 'in_progress', 'output_item.added', 'content_part.added', ...Array(deltas).fill('output_text.delta'),
      'output_text.done', 'content_part.done', 'output_item.done', 'completed',
    ]);
    const text = events.map((event) => (event.type === 'response.output_text.delta' ? event.delta : '')).join('');
    assert.equal(text, whole.output_text);
    assert.equal(events.at(-1).response.output[0].content[0].text, text);
    const { input_tokens, output_tokens } = events.at(-1).response.usage;
    assert.deepEqual([input_tokens, output_tokens], [whole.usage.input_tokens, whole.usage.output_tokens]);
  });

  it('sends frames by the letter, and no [DONE]', async () => {
    const body = JSON.stringify({ ...greedy, input: 'Hello!', stream: true });
    const headers = { 'content-type': 'application/json' };
    const answer = await request(server, { method: 'POST', path: kPath, headers, body });
    assert.equal(answer.headers['content-type'], 'text/event-stream');
    assert.ok(answer.body.endsWith('\n\n'));
    for (const frame of answer.body.slice(0, -2).split('\n\n')) {
      const [, type, data] = /^event: (\S+)\ndata: (\{[^\n]*\})$/.exec(frame) ?? assert.fail(frame);
      assert.equal(JSON.parse(data).type, type);
    }
  });

  it("is put together by the client's own stream helper", async () => {
    const stream = client.responses.stream({ ...greedy, input: 'Hello!' });
    let seen = '';
    stream.on('response.output_text.delta', (event) => (seen = event.snapshot));
    const final = await stream.finalResponse();
    assert.equal(final.output_text ?? final.output[0].content[0].text, kHello);
    assert.equal(seen, kHello);
  });

  it("is parsed by the client's own helper, as zod says", async () => {
    const shape = z.object({ city: z.enum(['Paris', 'Rome']), days: z.array(z.number().int()).max(3), note: z.string().max(20).nullable() });
    const text = { format: zodTextFormat(shape, 'trip') };
    const { output_parsed: parsed, status } = await client.responses.parse({ ...greedy, input: 'Two days in Rome.', text });
    assert.equal(status, 'completed');
    assert.deepEqual(shape.parse(parsed), parsed);
    const stream = client.responses.stream({ ...greedy, input: 'Two days in Rome.', text });
    assert.deepEqual((await stream.finalResponse()).output_parsed, parsed);
  });

  it('calls tools as zod says', async () => {
    const parameters = z.object({ city: z.string().max(20), celsius: z.boolean() });
    const tools = [zodResponsesFunction({ name: 'weather', parameters })];
    const { output } = await client.responses.parse({ ...greedy, input: 'What is the weather in Rome?', tools, tool_choice: 'required' });
    const [call] = output.filter(({ type }) => type === 'function_call');
    assert.equal(call.name, 'weather');
    const given = JSON.parse(call.arguments);
    assert.deepEqual(parameters.parse(given), given);
  });

  it('ends where its budget does', async () => {
    const response = await create('Count from 1 to 9.', { max_output_tokens: 3 });
    assert.equal(response.status, 'incomplete');
    assert.deepEqual(response.incomplete_details, { reason: 'max_output_tokens' });
    assert.equal(response.usage.output_tokens, 3);
    const events = await all(await create('Count from 1 to 9.', { max_output_tokens: 3, stream: true }));
    assert.equal(events.at(-1).type, 'response.incomplete');
  });

  it('tells timings to those who ask', async () => {
    const options = { headers: { 'Groq-Beta': 'inference-metrics' } };
    const { metadata } = await client.responses.create({ ...greedy, input: 'Hello!', metadata: { a: 'b' } }, options);
    assert.equal(metadata.a, 'b');
    const seconds = ['queue_time', 'prompt_time', 'completion_time', 'total_time'].map((key) => metadata[key]);
    for (const text of seconds) assert.match(text, /^\d+\.\d+$/);
    assert.ok(Math.abs(Number(seconds[1]) + Number(seconds[2]) - Number(seconds[3])) < 1e-6);
  });

  describe('that are stored', () => {
    it('are shown, listed and deleted', async () => {
      const response = await create('Hello!', { store: true, metadata: { case: '7' } });
      const shown = await client.responses.retrieve(response.id);
      assert.deepEqual(shown.output, response.output);
      assert.deepEqual(shown.usage, response.usage);
      assert.deepEqual(shown.metadata, { case: '7' });
      const items = await client.responses.inputItems.list(response.id);
      assert.equal(items.data.length, 1);
      assert.deepEqual(items.data[0].content, [{ type: 'input_text', text: 'Hello!' }]);
      await client.responses.delete(response.id);
      await rejected(client.responses.retrieve(response.id), 404, { code: 'not_found' });
      await rejected(client.responses.inputItems.list(response.id), 404);
      await rejected(client.responses.cancel(response.id), 404);
    });

    it('are listed page by page, by the client itself', async () => {
      const input = ['a', 'b', 'c', 'd', 'e'].flatMap((content) => [
        { role: 'user', content },
        { role: 'assistant', content: `${content}!` },
      ]);
      const { id } = await create([...input, { role: 'user', content: 'Hello!' }], { store: true });
      const texts = [];
      for await (const item of client.responses.inputItems.list(id, { limit: 3, order: 'asc' })) {
        texts.push(item.content[0].text);
      }
      assert.deepEqual(texts, [...input.map(({ content }) => content), 'Hello!']);
    });

    it('are remembered by the next one', async () => {
      const first = await create('Hi, my name is Lila.', { store: true });
      const second = await create('What is my name?', { store: true, previous_response_id: first.id });
      assert.equal(second.previous_response_id, first.id);
      const spelled = await create([
        { role: 'user', content: 'Hi, my name is Lila.' },
        ...first.output,
        { role: 'user', content: 'What is my name?' },
      ]);
      assert.equal(second.output_text, spelled.output_text);
      assert.match(second.output_text, /Lila/);
      assert.equal(second.usage.input_tokens, spelled.usage.input_tokens);
      const referred = await create([
        { type: 'item_reference', id: (await client.responses.inputItems.list(first.id)).data[0].id },
        { type: 'item_reference', id: first.output[0].id },
        { role: 'user', content: 'What is my name?' },
      ]);
      assert.equal(referred.output_text, spelled.output_text);

      await client.responses.delete(first.id);
      const lost = create('And now?', { previous_response_id: second.id });
      await rejected(lost, 400, { code: 'previous_response_not_found', param: 'previous_response_id' });
    });

    it('are there when their end is told', async () => {
      for await (const event of await create('Hello!', { store: true, stream: true })) {
        if (event.type === 'response.created') {
          assert.equal((await client.responses.retrieve(event.response.id)).id, event.response.id);
        }
        if (event.type !== 'response.completed') continue;
        const shown = await client.responses.retrieve(event.response.id);
        assert.equal(shown.status, 'completed');
        assert.deepEqual(shown.output, event.response.output);
      }
    });

    it('cannot be cancelled when they are complete', async () => {
      const { id } = await create('Hello!', { store: true });
      await rejected(client.responses.cancel(id), 400);
    });
  });

  describe('that are bad', () => {
    for (const row of readData('bad_responses.json')) {
      it(row.name, async () => {
        const answer = await postJson(server, kPath, { ...greedy, input: 'Hello!', ...row.with });
        assert.equal(answer.status, row.status, answer.body);
        const { message, type, ...known } = answer.json.error;
        assert.equal(type, 'invalid_request_error');
        const { code, param } = row;
        assert.deepEqual(known, { ...(code && { code }), ...(param && { param }) }, message);
        assert.ok(message.includes(row.message), message);
      });
    }

    it('leave the server as it was', async () => {
      assert.equal((await create('Hello!')).output_text, kHello);
      await server.assertIdle();
    });
  });

  it('reaches groq-sdk users through plain requests', async () => {
    const answer = await postJson(server, '/v1/responses', { ...greedy, input: 'Hello!' });
    assert.equal(answer.status, 200);
  });
});

describe('a context that is too small', () => {
  let server;
  let client;
  before(async () => {
    server = await Server.start({ models: [], config: '[engine]\nmax_context = 128\n' });
    client = makeClients(server).openai;
  });
  after(() => server?.stop());

  const turns = Array.from({ length: 40 }, (_, i) => [
    { role: 'user', content: `Please count from 1 to ${i}.` },
    { role: 'assistant', content: 'I would rather not.' },
  ]).flat();
  const input = [...turns, { role: 'user', content: 'Hello!' }];
  const ask = (more) => client.responses.create({ ...greedy, input, max_output_tokens: 16, ...more });

  it('is an error', () => rejected(ask({}), 400, { code: 'context_length_exceeded', param: 'input' }));

  it('drops the oldest turns if it may, and keeps the instructions', async () => {
    const response = await ask({ truncation: 'auto', instructions: 'Be kind.' });
    assert.equal(response.truncation, 'auto');
    assert.ok(response.usage.input_tokens > 40 && response.usage.input_tokens <= 112, `${response.usage.input_tokens}`);
  });

  it('is an error still if the last turn alone is too long', () =>
    rejected(ask({ truncation: 'auto', input: 'Hello! '.repeat(200) }), 400, { code: 'context_length_exceeded' }));
});

describe('a response that waits its turn', () => {
  let server;
  let client;
  before(async () => {
    server = await Server.start({ models: [longContext('long', 4096)], config: '[engine]\nmax_sequences = 1\n' });
    client = makeClients(server).openai;
  });
  after(() => server?.stop());

  it('is cancelled by its id', async () => {
    const holder = await client.chat.completions.create({
      model: 'long', messages: userSays('Once'), stream: true, ...endless,
    });
    const stream = await client.responses.create({ model: 'long', input: 'Once', stream: true, store: true });
    const events = [];
    let cancelled;
    for await (const event of stream) {
      events.push(event);
      if (event.type === 'response.created') cancelled = client.responses.cancel(event.response.id);
    }
    assert.equal(events.at(-1).type, 'response.incomplete');
    const { response } = events.at(-1);
    assert.equal(response.status, 'cancelled');
    assert.equal((await cancelled).status, 'cancelled');
    assert.equal((await client.responses.retrieve(response.id)).status, 'cancelled');
    holder.controller.abort();
    await server.assertIdle();
  });
});

describe('keys', () => {
  it('see their own responses only', async () => {
    const server = await Server.start({ models: [], config: '[server]\nkeys = ["alice", "bob"]\n' });
    const [alice, bob] = ['alice', 'bob'].map((apiKey) => makeClients(server, { apiKey }).openai);
    const { id } = await alice.responses.create({ ...greedy, input: 'Hello!', store: true });
    assert.equal((await alice.responses.retrieve(id)).id, id);
    for (const act of [
      () => bob.responses.retrieve(id),
      () => bob.responses.delete(id),
      () => bob.responses.inputItems.list(id),
      () => bob.responses.cancel(id),
    ]) {
      await rejected(act(), 404);
    }
    await rejected(bob.responses.create({ ...greedy, input: 'x', previous_response_id: id }), 400);
    await server.stop();
  });
});

describe('the data folder', () => {
  const folder = () => path.join(mkdtempSync(path.join(scratch, 'kept-')), 'data');
  const mode = (file) => statSync(file).mode & 0o777;

  it('survives a kill, with everything that was told', async () => {
    const dataDir = folder();
    let server = await Server.start({ models: [], dataDir });
    assert.equal(mode(dataDir), 0o700);
    assert.equal(mode(path.join(dataDir, 'peregrine.db')), 0o600);
    const told = [];
    let begun;
    const client = makeClients(server).openai;
    for (let i = 0; i < 10; ++i) {
      const previous_response_id = told.at(-1)?.id;
      told.push(await client.responses.create({ ...greedy, input: `Hello ${i}!`, store: true, previous_response_id }));
    }
    // The last one is killed as soon as its id is known: before its end, or after it.
    const stream = await client.responses.create({ ...greedy, input: 'Tell me a story.', store: true, stream: true });
    const broken = await all(
      (async function* () {
        for await (const event of stream) {
          if (event.type === 'response.created') {
            begun = event.response.id;
            await server.kill('SIGKILL');
          }
          yield event;
        }
      })(),
    ).catch((error) => error);

    server = await Server.start({ models: [], dataDir });
    const again = makeClients(server).openai;
    for (const response of told) {
      const shown = await again.responses.retrieve(response.id);
      assert.deepEqual(shown.output, response.output);
      assert.equal(shown.previous_response_id, response.previous_response_id);
    }
    const next = await again.responses.create({ ...greedy, input: 'Hello!', previous_response_id: told.at(-1).id });
    assert.equal(next.status, 'completed');
    assert.ok(begun, String(broken));
    const interrupted = await again.responses.retrieve(begun);
    assert.ok(['failed', 'completed'].includes(interrupted.status), interrupted.status);
    if (interrupted.status === 'failed') assert.equal(interrupted.error.code, 'server_error');
    await server.stop();
  });

  it('forgets the oldest when there are too many', async () => {
    const dataDir = folder();
    const server = await Server.start({ models: [], dataDir, config: '[responses]\nmax_stored = 2\n' });
    const client = makeClients(server).openai;
    const ids = [];
    for (let i = 0; i < 3; ++i) {
      ids.push((await client.responses.create({ ...greedy, input: 'Hello!', store: true })).id);
    }
    await rejected(client.responses.retrieve(ids[0]), 404);
    for (const id of ids.slice(1)) assert.equal((await client.responses.retrieve(id)).id, id);
    await server.stop();
  });

  it('that is damaged keeps the server from starting, with a word on what to do', async () => {
    const dataDir = folder();
    const server = await Server.start({ models: [], dataDir });
    await server.stop();
    const file = path.join(dataDir, 'peregrine.db');
    truncateSync(file, 10);
    writeFileSync(file, 'no database at all, whatever its name says '.repeat(100));
    const { status, stderr } = await peregrine(['serve', '--port', '0', '--data-dir', dataDir]);
    assert.equal(status, 1);
    assert.ok(stderr.includes(file), stderr);
    assert.match(stderr, /move the file away/);
  });

  it('is not touched where nothing is stored', async () => {
    const dataDir = folder();
    const server = await Server.start({ models: [], dataDir, config: '[responses]\nstore = false\n[files]\nstore = false\n[usage]\nkeep = false\n' });
    const client = makeClients(server).openai;
    await rejected(client.responses.create({ ...greedy, input: 'Hello!', store: true }), 400, { param: 'store' });
    assert.equal((await client.responses.create({ ...greedy, input: 'Hello!' })).output_text, kHello);
    assert.ok(!existsSync(path.join(dataDir, 'peregrine.db')));
    await server.stop();
  });

  const root = process.getuid() === 0;
  it('that cannot be written is told', { skip: root && 'root may write anywhere' }, async () => {
    const dataDir = mkdtempSync(path.join(scratch, 'closed-'));
    chmodSync(dataDir, 0o500);
    const { status, stderr } = await peregrine(['serve', '--port', '0', '--data-dir', dataDir]);
    assert.equal(status, 1);
    assert.match(stderr, /--data-dir/);
  });
});
