// Speech to text with both clients: every format and option, streams, many clients at once, malformed requests as data,
// clients that go, and the command line. The models have random weights but for the trained one, where it is there: what
// is said does not matter, only that it is the same however it is asked for.
import assert from 'node:assert/strict';
import { createReadStream, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

import { toFile } from 'openai';

import { peregrine } from './lib/cli.mjs';
import { errorBody, errorsOf, makeClients, userSays } from './lib/clients.mjs';
import { readData, scratch } from './lib/environment.mjs';
import { postJson, request } from './lib/http.mjs';
import { plain } from './lib/models.mjs';
import { Server } from './lib/server.mjs';
import { convert, eventsOf, form, hasFfmpeg, kTranscriptions, postForm, randomWhisper, speech, speechFile, wav } from './lib/sound.mjs';
import { until } from './lib/wait.mjs';

const model = randomWhisper();
const skip = model && speech ? false : 'needs ../shared/golden/whisper and xz';
const kFormats = ['json', 'text', 'verbose_json', 'srt', 'vtt'];
const kModel = 'listener';
const kEngine = '[engine]\nmax_context = 256\nkv_memory = "2MiB"\n';
const file = { name: 'jfk.wav', content: speech };
// At temperature 1 there is one attempt at a window; what random weights say fails at every lower one.
const kHot = ['temperature', '1'];
const parse = (answer) => {
  assert.equal(answer.status, 200, answer.body);
  return JSON.parse(answer.body);
};
const withoutId = ({ x_groq: id, ...rest }) => rest;

async function assertIdle(server) {
  await until('nobody is heard', async () => {
    const metrics = await server.metrics();
    return ['running', 'queued'].every((what) => metrics.value(`peregrine_transcriptions_${what}`, { model: kModel }) === 0);
  });
  await until('no decoder runs', () => decodersOf(server.pid) === 0);
}

// Processes that decode sound for the server.
function decodersOf(pid) {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).filter((name) => {
    try {
      const parent = /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))[1];
      return Number(parent) === pid && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('--decode-audio');
    } catch {
      return false; // gone meanwhile
    }
  }).length;
}

function assertVerbose(answer, { words = false, segments = true } = {}) {
  assert.equal(answer.task, 'transcribe');
  assert.ok(Math.abs(answer.duration - 11) < 0.01, `${answer.duration}`);
  assert.equal('words' in answer, words);
  assert.equal('segments' in answer, segments);
  let end = 0;
  for (const [i, segment] of (answer.segments ?? []).entries()) {
    assert.equal(segment.id, i);
    assert.ok(segment.start >= end && segment.end >= segment.start && segment.end <= answer.duration + 1e-6, JSON.stringify(segment));
    end = segment.end;
  }
  if (segments) assert.equal(answer.segments.map(({ text }) => text).join(''), answer.text);
  let last = 0;
  for (const { start, end: stop } of answer.words ?? []) {
    assert.ok(start >= last && stop >= start, `${start} ${stop}`);
    last = start;
  }
}

describe('transcription', { skip }, () => {
  let server;
  let clients;
  before(async () => {
    server = await Server.start({ models: [model, plain('chat')], config: `[audio]\nmax_file = "4MiB"\nmax_queued = 64\n${kEngine}` });
    clients = makeClients(server);
  });
  after(() => server.stop());

  const hear = (fields = [], sound = file, options) => {
    const heat = fields.some(([name]) => name === 'temperature') ? [] : [kHot];
    return postForm(server, [['model', kModel], ...heat, ...fields], sound, options);
  };

  it('is listed as a model', async () => {
    const { json } = { json: JSON.parse((await request(server, { path: '/openai/v1/models' })).body) };
    const listed = json.data.find(({ id }) => id === kModel);
    assert.equal(listed.active, true);
    assert.equal(listed.context_window, 448);
    assert.equal(listed.max_completion_tokens, 448);
  });

  for (const name of ['groq-sdk', 'openai']) {
    for (const format of kFormats) {
      it(`${name}, ${format}`, async () => {
        const plainly = await hear([['response_format', format]]);
        const answer = await clients[name].audio.transcriptions.create({ model: kModel, file: createReadStream(speechFile), response_format: format, temperature: 1 });
        if (!format.endsWith('json')) return assert.equal(answer, plainly.body);
        assert.match(answer.x_groq.id, /^req_/);
        assert.deepEqual(withoutId(answer), withoutId(parse(plainly)));
        if (format === 'verbose_json') assertVerbose(answer);
      });
    }

    for (const granularities of [['word'], ['segment'], ['word', 'segment']]) {
      it(`${name}, times of ${granularities.join(' and ')}`, async () => {
        const answer = await clients[name].audio.transcriptions.create({
          model: kModel, file: await toFile(speech, 'jfk.wav'), response_format: 'verbose_json', timestamp_granularities: granularities, temperature: 1,
        });
        assertVerbose(answer, { words: granularities.includes('word'), segments: granularities.includes('segment') });
      });
    }

    it(`${name}, every option`, async () => {
      const answer = await clients[name].audio.transcriptions.create({
        model: kModel.toUpperCase(), file: await toFile(speech, 'A.WAV'), language: 'en', prompt: 'A president speaks.', temperature: 0.8,
        response_format: 'verbose_json',
      });
      assert.equal(answer.language, 'English');
    });

    it(`${name}, a translation`, async () => {
      for (const response_format of kFormats) {
        const answer = await clients[name].audio.translations.create({ model: kModel, file: await toFile(speech, 'jfk.wav'), response_format, temperature: 1 });
        if (response_format === 'verbose_json') assert.deepEqual([answer.task, answer.language], ['translate', 'english']);
        if (response_format === 'json') assert.equal(typeof answer.text, 'string');
      }
    });

    it(`${name}, an error is the client's own`, async () => {
      const wrong = clients[name].audio.transcriptions.create({ model: kModel, file: await toFile(speech, 'jfk.txt') });
      await assert.rejects(wrong, (error) => {
        assert.ok(error instanceof errorsOf[name].BadRequestError);
        assert.match(errorBody(error).message, /file must be one of the following types/);
        return true;
      });
    });
  }

  it('openai, a stream', async () => {
    const whole = await clients.openai.audio.transcriptions.create({ model: kModel, file: await toFile(speech, 'jfk.wav'), temperature: 1 });
    const stream = await clients.openai.audio.transcriptions.create({ model: kModel, file: await toFile(speech, 'jfk.wav'), stream: true, temperature: 1 });
    let text = '';
    let done = null;
    for await (const event of stream) {
      assert.equal(done, null, 'nothing follows the end');
      if (event.type === 'transcript.text.delta') text += event.delta;
      else done = event;
    }
    assert.equal(done.type, 'transcript.text.done');
    assert.equal(done.text, whole.text);
    assert.equal(text, whole.text);
  });

  it('a verbose stream is the verbose answer', async () => {
    const fields = [['response_format', 'verbose_json'], ['timestamp_granularities[]', 'word'], ['timestamp_granularities[]', 'segment']];
    const whole = withoutId(parse(await hear(fields)));
    const answer = await hear([...fields, ['stream', 'true']]);
    assert.match(answer.headers['content-type'], /^text\/event-stream/);
    const events = eventsOf(answer.body);
    const { type, ...done } = events.pop();
    assert.equal(type, 'transcript.text.done');
    assert.deepEqual(withoutId(done), whole);
    const segments = events.filter((event) => event.type === 'transcript.text.segment');
    assert.deepEqual(segments.map(({ type: _, words, ...segment }) => segment), whole.segments);
    assert.deepEqual(segments.flatMap(({ words }) => words), whole.words);
    assert.equal(events.filter((event) => event.type === 'transcript.text.delta').map(({ delta }) => delta).join(''), whole.text);
  });

  it('the same bytes, alone or among others, again and again', async () => {
    const fields = [['response_format', 'verbose_json'], ['timestamp_granularities[]', 'word'], ['timestamp_granularities[]', 'segment']];
    const alone = withoutId(parse(await hear(fields)));
    const others = Array.from({ length: 3 }, (_, i) => hear([['temperature', String(0.6 + i * 0.2)], ['prompt', `number ${i}`]]));
    const same = await Promise.all(Array.from({ length: 3 }, () => hear(fields)));
    for (const answer of same) assert.deepEqual(withoutId(parse(answer)), alone);
    for (const answer of await Promise.all(others)) assert.equal(answer.status, 200, answer.body);
    await assertIdle(server);
  });

  it('silence is an empty text', async () => {
    const silence = { name: 'silence.wav', content: wav(4) };
    assert.equal(parse(await hear([], silence)).text, '');
    assert.equal((await hear([['response_format', 'text']], silence)).body, '\n');
    assert.equal((await hear([['response_format', 'srt']], silence)).body, '');
    assert.equal((await hear([['response_format', 'vtt']], silence)).body, 'WEBVTT\n\n');
    const verbose = parse(await hear([['response_format', 'verbose_json']], silence));
    assert.deepEqual([verbose.text, verbose.language, verbose.duration, verbose.segments], ['', '', 4, []]);
    assert.deepEqual(eventsOf((await hear([['stream', 'true']], silence)).body).map(({ type }) => type), ['transcript.text.done']);
  });

  it('sound in the url', async () => {
    const whole = withoutId(parse(await hear()));
    const base64 = speech.toString('base64');
    for (const url of [base64, speech.toString('base64url'), `data:audio/wav;base64,${base64}`]) {
      assert.deepEqual(withoutId(parse(await hear([['url', url]], null))), whole);
    }
  });

  it('every container', { skip: hasFfmpeg ? false : 'needs ffmpeg' }, async () => {
    for (const extension of ['flac', 'mp3', 'mp4', 'm4a', 'ogg', 'opus', 'webm', 'mpeg']) {
      const options = { opus: ['-c:a', 'libopus'], webm: ['-c:a', 'libopus'], mpeg: ['-f', 'mpeg', '-c:a', 'mp2'] }[extension] ?? [];
      const answer = await hear([['response_format', 'verbose_json']], { name: `sound.${extension}`, content: convert(speechFile, extension, options) });
      const { duration } = parse(answer);
      assert.ok(Math.abs(duration - 11) < 0.2, `${extension}: ${duration} s`);
    }
    // Without loss, the text is the same.
    const lossless = { name: 'sound.flac', content: convert(speechFile, 'flac') };
    assert.deepEqual(withoutId(parse(await hear([], lossless))), withoutId(parse(await hear())));
  });

  it('languages by code and name', async () => {
    for (const [language, name] of [['de', 'German'], ['German', 'German'], ['JAPANESE', 'Japanese'], ['jv', 'Javanese'], ['jw', 'Javanese']]) {
      const answer = parse(await hear([['language', language], ['response_format', 'verbose_json']]));
      assert.equal(answer.language, name, language);
    }
  });

  it('what is billed is counted', async () => {
    const seconds = async () => (await server.metrics()).value('peregrine_audio_seconds_billed_total', { model: kModel });
    const before = await seconds();
    parse(await hear([], { name: 'short.wav', content: wav(0.5) }));
    assert.equal(await seconds(), before + 10);
    parse(await hear([], { name: 'longer.wav', content: wav(10.25) }));
    assert.equal(await seconds(), before + 21);
  });

  it('a model does what it is for', async () => {
    const chat = await postJson(server, '/openai/v1/chat/completions', { model: kModel, messages: userSays('Hi') });
    assert.deepEqual([chat.status, chat.json.error.param], [400, 'model']);
    assert.equal(chat.json.error.message, `The model \`${kModel}\` does not support chat completions`);
    const vectors = await postJson(server, '/openai/v1/embeddings', { model: kModel, input: 'Hi' });
    assert.deepEqual([vectors.status, vectors.json.error.param], [400, 'model']);
    const heard = await postForm(server, [['model', 'chat']], file);
    assert.equal(heard.status, 400);
    assert.equal(JSON.parse(heard.body).error.message, 'The model `chat` does not support transcriptions');
  });

  const contents = { speech, silence: wav(1), empty: Buffer.alloc(0), text: Buffer.from('no sound at all'), short: wav(0.005), cut: speech?.subarray(0, 30), large: Buffer.alloc((4 << 20) + 1) };
  for (const row of readData('bad_audio.json')) {
    it(`refused: ${row.name}`, async () => {
      const { headers, body } = 'raw' in row ? { headers: row.headers, body: Buffer.from(row.raw) }
        : form(row.fields, row.file && { ...row.file, content: contents[row.file.content] });
      const target = row.path ?? kTranscriptions;
      const answer = await request(server, { method: 'POST', path: target, headers: { ...headers, ...row.headers }, body });
      assert.equal(answer.status, row.status, answer.body);
      const { error } = JSON.parse(answer.body);
      assert.equal(error.type, 'invalid_request_error');
      assert.equal(error.param, row.param);
      assert.ok(error.message.includes(row.message), error.message);
      if (row.code) assert.equal(error.code, row.code);
    });
  }
  it('the table has enough rows', () => assert.ok(readData('bad_audio.json').length >= 40));

  it('clients that go leave nothing behind', async () => {
    const long = { name: 'long.wav', content: Buffer.concat([wav(0).subarray(0, 44), ...Array(9).fill(speech.subarray(44))]) };
    long.content.writeUInt32LE(long.content.length - 8, 4);
    long.content.writeUInt32LE(long.content.length - 44, 40);
    for (const stream of ['false', 'true']) {
      const { headers, body } = form([['model', kModel], ['stream', stream]], long);
      const going = Array.from({ length: 6 }, () => http.request({ host: '127.0.0.1', port: server.port, method: 'POST', path: kTranscriptions, headers, agent: false }));
      for (const outgoing of going) outgoing.on('error', () => {}).end(body);
      await until('somebody is heard', async () => (await server.metrics()).value('peregrine_transcriptions_running', { model: kModel }) > 0);
      for (const outgoing of going) outgoing.destroy();
      await assertIdle(server);
    }
    // Half a form.
    const { headers, body } = form([['model', kModel]], file);
    const half = http.request({ host: '127.0.0.1', port: server.port, method: 'POST', path: kTranscriptions, headers: { ...headers, 'content-length': body.length }, agent: false });
    half.on('error', () => {}).write(body.subarray(0, body.length >> 1));
    half.destroy();
    assert.equal((await hear()).status, 200);
    server.assertAlive();
  });

  it('gives way to other models, and comes back', async () => {
    const first = withoutId(parse(await hear()));
    const taken = (await server.metrics()).value('peregrine_memory_bytes');
    // Each of the two fits, both do not.
    const tight = await Server.start({ models: [model, plain('chat')], config: `memory = ${taken - (1 << 20)}\n${kEngine}` });
    for (let i = 0; i < 2; ++i) {
      const chat = await postJson(tight, '/openai/v1/chat/completions', { model: 'chat', messages: userSays('Hi'), max_completion_tokens: 2 });
      assert.equal(chat.status, 200, chat.body);
      assert.deepEqual(withoutId(parse(await postForm(tight, [['model', kModel], kHot], file))), first);
    }
    assert.ok((await tight.metrics()).value('peregrine_model_unloads_total', { model: kModel }) >= 1);
    await tight.stop();
  });

  it('restarts of the same request give the same bytes', async () => {
    const fields = [['response_format', 'verbose_json']];
    const first = withoutId(parse(await hear(fields)));
    const other = await Server.start({ models: [model], threads: 2 });
    const answer = await postForm(other, [['model', kModel], kHot, ...fields], file);
    await other.stop();
    assert.deepEqual(withoutId(parse(answer)), first);
  });
});

describe('addresses of recordings', { skip }, () => {
  it('of this network are not fetched, even where addresses are', async () => {
    let asked = 0;
    const inner = http.createServer((_, response) => {
      ++asked;
      response.end(speech);
    });
    await new Promise((resolve) => inner.listen(0, '127.0.0.1', resolve));
    const server = await Server.start({ models: [model], flags: ['--allow-audio-urls'] });
    for (const host of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '0.0.0.0', '2130706433']) {
      const answer = await postForm(server, [['model', kModel], ['url', `http://${host}:${inner.address().port}/a.wav`]]);
      assert.equal(answer.status, 400, answer.body);
      assert.equal(JSON.parse(answer.body).error.param, 'url');
    }
    assert.equal(asked, 0);
    await server.stop();
    inner.close();
  });
});

describe('peregrine transcribe', { skip }, () => {
  const run = (...args) => peregrine(['transcribe', '--model', model, '--threads', '1', ...args]);

  it('writes what the server answers', async () => {
    const server = await Server.start({ models: [model] });
    for (const [flags, format] of [[[], 'text'], [['--srt'], 'srt'], [['--vtt'], 'vtt'], [['--json'], 'verbose_json']]) {
      const { status, stdout, stderr } = await run(speechFile, ...flags);
      assert.equal(status, 0, stderr);
      assert.match(stderr, /1 file, 0:11 of sound in \d+\.\d s: \d+\.\d times real time \(factor \d+\.\d{3}\)\n$/);
      const answer = await postForm(server, [['model', kModel], ['response_format', format]], file);
      if (format === 'verbose_json') assert.deepEqual(withoutId(JSON.parse(stdout)), withoutId(parse(answer)));
      else assert.equal(stdout, answer.body);
    }
    await server.stop();
  });

  it('several files, one of which is none', async () => {
    const folder = path.join(scratch, 'subtitles');
    mkdirSync(folder);
    const broken = path.join(scratch, 'broken.mp3');
    writeFileSync(broken, 'no sound at all');
    const silence = path.join(scratch, 'silence.wav');
    writeFileSync(silence, wav(3));
    const { status, stdout, stderr } = await run(speechFile, broken, silence, path.join(scratch, 'absent.wav'), '--vtt', '-o', folder);
    assert.equal(status, 1);
    assert.equal(stdout, '');
    assert.match(stderr, /broken\.mp3/);
    assert.match(stderr, /absent\.wav/);
    assert.deepEqual(readdirSync(folder).sort(), ['jfk.wav.vtt', 'silence.wav.vtt']);
    assert.equal(readFileSync(path.join(folder, 'silence.wav.vtt'), 'utf8'), 'WEBVTT\n\n');
  });

  it('options reach the model', async () => {
    for (const flags of [['--beam', '3'], ['--no-vad'], ['--language', 'German'], ['--prompt', 'Hm.'], ['--words', '--json'], ['--translate']]) {
      const { status, stderr } = await run(speechFile, ...flags);
      assert.equal(status, 0, `${flags}: ${stderr}`);
    }
    for (const [flags, message] of [[['--language', 'xx'], /no language/], [['-o', '/no/such/folder'], /is no folder/]]) {
      const { status, stderr } = await run(speechFile, ...flags);
      assert.equal(status, 1);
      assert.match(stderr, message);
    }
    const usage = await run(speechFile, '--srt', '--vtt');
    assert.equal(usage.status, 2);
  });

  it('refuses a model that does not listen', async () => {
    const { status, stderr } = await peregrine(['transcribe', speechFile, '--model', plain('talker')]);
    assert.equal(status, 1);
    assert.match(stderr, /is no model of speech/);
  });
});
