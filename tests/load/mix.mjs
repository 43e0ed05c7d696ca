// What the clients of a soak do. Each is one visit: it resolves when it got what it should, and throws otherwise.
import { execFileSync, spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';

import { kChatModel, kEmbeddingModel, kSpeechModel } from './server.mjs';

const kWords = 'open close the door window light music weather number seven train city river please tell me a short story about'.split(' ');
const kBatchTries = 600;
const kBatchPauseMs = 500;

const below = (n) => Math.floor(Math.random() * n);
const words = (n) => Array.from({ length: n }, () => kWords[below(kWords.length)]).join(' ');

// Some beginnings come again, so that the prefix cache has something to do.
const messages = () => [
  { role: 'system', content: words(8 * below(3)) || 'Be brief.' },
  { role: 'user', content: words(1 + below(120)) },
];
const chat = (more = {}) => ({
  model: kChatModel, messages: messages(), temperature: below(3) / 2, seed: below(1e6), max_completion_tokens: 1 + below(48), ...more,
});

function expect(condition, what) {
  if (!condition) throw new Error(what);
}

async function served(response) {
  const text = await response.text();
  expect(response.status === 200, `${response.status} ${text.slice(0, 300)}`);
  return text;
}

async function wholeChat(server) {
  const answer = JSON.parse(await served(await server.ask('POST', '/openai/v1/chat/completions', chat({ n: 1 + below(2), temperature: 1 }))));
  expect(answer.usage.completion_tokens > 0, 'no tokens');
}

async function streamedChat(server) {
  const body = chat({ stream: true, stream_options: { include_usage: true } });
  const text = await served(await server.ask('POST', '/openai/v1/chat/completions', body));
  expect(text.endsWith('data: [DONE]\n\n'), `a stream that does not end: ${text.slice(-200)}`);
  expect(!text.includes('event: error'), text.slice(-300));
}

// Given up after some bytes, or before the first.
async function abortedChat(server) {
  const controller = new AbortController();
  const patience = below(6);
  try {
    const asked = server.ask('POST', '/openai/v1/chat/completions', chat({ stream: true, max_completion_tokens: 400 }), { signal: controller.signal });
    if (patience === 0) {
      await pause(below(30));
      controller.abort();
    }
    const response = await asked;
    expect(response.status === 200, `${response.status}`);
    let pieces = 0;
    for await (const piece of response.body) if (piece.length > 0 && ++pieces >= patience) break;
    controller.abort();
  } catch (error) {
    if (error.name !== 'AbortError') throw error;
  }
}

async function embeddings(server) {
  const input = Array.from({ length: 1 + below(8) }, () => words(1 + below(10)));
  const { data } = JSON.parse(await served(await server.ask('POST', '/openai/v1/embeddings', { model: kEmbeddingModel, input })));
  expect(data.length === input.length, 'embeddings are missing');
}

// 16-bit mono PCM at 16 kHz.
function tone(seconds) {
  const rate = 16000;
  const n = rate * seconds;
  const bytes = Buffer.alloc(44 + 2 * n);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(36 + 2 * n, 4);
  bytes.write('WAVEfmt ', 8);
  for (const [value, at] of [[16, 16], [rate, 24], [2 * rate, 28], [2 * n, 40]]) bytes.writeUInt32LE(value, at);
  for (const [value, at] of [[1, 20], [1, 22], [2, 32], [16, 34]]) bytes.writeUInt16LE(value, at);
  bytes.write('data', 36);
  for (let i = 0; i < n; ++i) bytes.writeInt16LE(Math.round(9000 * Math.sin(i / 7)), 44 + 2 * i);
  return bytes;
}

const hasVoice = spawnSync('espeak-ng', ['--version'], { stdio: 'ignore' }).status === 0;
const recordings = ['open the door', 'play the next song', 'set the alarm for seven'].map((sentence) =>
  hasVoice ? execFileSync('espeak-ng', ['--stdout', sentence], { maxBuffer: 1 << 26 }) : tone(2));

async function audio(server) {
  const form = new FormData();
  form.set('model', kSpeechModel);
  form.set('response_format', ['json', 'verbose_json', 'text'][below(3)]);
  form.set('file', new Blob([recordings[below(recordings.length)]]), 'recording.wav');
  await served(await server.ask('POST', '/openai/v1/audio/transcriptions', form));
}

async function responses(server) {
  const body = { model: kChatModel, input: words(1 + below(30)), store: true, max_output_tokens: 16 + below(16) };
  const { id } = JSON.parse(await served(await server.ask('POST', '/openai/v1/responses', body)));
  JSON.parse(await served(await server.ask('GET', `/openai/v1/responses/${id}`)));
  await served(await server.ask('DELETE', `/openai/v1/responses/${id}`));
}

const line = (i) => JSON.stringify({ custom_id: `r${i}`, method: 'POST', url: '/v1/chat/completions', body: chat({ max_completion_tokens: 4 }) });

async function upload(server, lines) {
  const form = new FormData();
  form.set('purpose', 'batch');
  const content = `${Array.from({ length: lines }, (_, i) => line(i)).join('\n')}\n`;
  form.set('file', new Blob([content]), 'requests.jsonl');
  return { content, ...JSON.parse(await served(await server.ask('POST', '/openai/v1/files', form))) };
}

async function files(server) {
  const { id, content } = await upload(server, 1 + below(200));
  expect((await served(await server.ask('GET', `/openai/v1/files/${id}/content`))) === content, 'a file came back changed');
  await served(await server.ask('DELETE', `/openai/v1/files/${id}`));
}

async function batches(server) {
  const { id: file } = await upload(server, 4);
  const begun = await server.ask('POST', '/openai/v1/batches', { input_file_id: file, endpoint: '/v1/chat/completions', completion_window: '24h' });
  if (begun.status === 404 || begun.status === 501) throw Object.assign(new Error('batches are not served'), { notServed: true });
  let batch = JSON.parse(await served(begun));
  for (let i = 0; i < kBatchTries && !['completed', 'failed', 'expired', 'cancelled'].includes(batch.status); ++i) {
    await pause(kBatchPauseMs);
    batch = JSON.parse(await served(await server.ask('GET', `/openai/v1/batches/${batch.id}`)));
  }
  expect(batch.status === 'completed', `a batch is ${batch.status}`);
  expect(batch.request_counts.completed === 4, JSON.stringify(batch.request_counts));
  for (const done of [file, batch.output_file_id]) await served(await server.ask('DELETE', `/openai/v1/files/${done}`));
}

// Each is the client's own fault, and is told so.
const kMistakes = [
  [400, (server) => server.ask('POST', '/openai/v1/chat/completions', '{"model": ')],
  [400, (server) => server.ask('POST', '/openai/v1/chat/completions', chat({ temperature: 9 }))],
  [400, (server) => server.ask('POST', '/openai/v1/chat/completions', chat({ messages: [{ role: 'user', content: words(3000) }] }))],
  [404, (server) => server.ask('POST', '/openai/v1/chat/completions', chat({ model: 'nothing' }))],
  [401, (server) => server.ask('POST', '/openai/v1/chat/completions', chat(), { key: 'wrong' })],
  [404, (server) => server.ask('GET', '/openai/v1/nowhere')],
  [400, (server) => {
    const form = new FormData();
    form.set('model', kSpeechModel);
    form.set('file', new Blob(['this is no sound']), 'recording.wav');
    return server.ask('POST', '/openai/v1/audio/transcriptions', form);
  }],
];

async function mistakes(server) {
  const [status, make] = kMistakes[below(kMistakes.length)];
  const response = await make(server);
  const text = await response.text();
  expect(response.status === status, `${response.status} instead of ${status}: ${text.slice(0, 200)}`);
}

// By name: how many clients at a time, and what they do.
export const kMix = {
  chat: [3, wholeChat],
  stream: [3, streamedChat],
  aborted: [3, abortedChat],
  embeddings: [1, embeddings],
  audio: [1, audio],
  responses: [1, responses],
  files: [1, files],
  batches: [1, batches],
  mistakes: [1, mistakes],
};
