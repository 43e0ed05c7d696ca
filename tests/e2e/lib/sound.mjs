// Recordings and speech models for tests, and forms that carry them.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { repository, scratch, sharedFile } from './environment.mjs';
import { request } from './http.mjs';

const kRate = 16000;
const kBoundary = 'frontier-of-the-parts';

const works = (tool, args) => spawnSync(tool, args, { stdio: 'ignore' }).status === 0;
export const hasFfmpeg = works('ffmpeg', ['-version']);
export const hasEspeak = works('espeak-ng', ['--version']);
export const hasSox = works('sox', ['--version']);

// A whisper of random weights: what it writes does not matter. Null where neither it nor xz is there.
export function randomWhisper(id = 'listener', variant = 'whisper-80mel-f16') {
  const packed = sharedFile('golden', 'whisper', `${variant}.bin.xz`);
  if (packed === null || !works('xz', ['--version'])) return null;
  const file = path.join(scratch, `${id}.bin`);
  writeFileSync(file, execFileSync('xz', ['-dc', packed], { maxBuffer: 1 << 28 }));
  return file;
}

// The trained one of the repository, where it has one.
const starter = path.join(repository, 'models', 'peregrine-speech-starter.bin');
export const starterWhisper = existsSync(starter) ? starter : null;

// Eleven seconds of speech, as a WAV file; null where it is not there.
export const speechFile = sharedFile('golden', 'whisper', 'jfk.wav');
export const speech = speechFile && readFileSync(speechFile);

// 16-bit mono PCM of `seconds`; sample(i) lies in [-1, 1].
export function wav(seconds, sample = () => 0) {
  const n = Math.round(seconds * kRate);
  const bytes = Buffer.alloc(44 + 2 * n);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(36 + 2 * n, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(kRate, 24);
  bytes.writeUInt32LE(2 * kRate, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(2 * n, 40);
  for (let i = 0; i < n; ++i) bytes.writeInt16LE(Math.round(32767 * sample(i)), 44 + 2 * i);
  return bytes;
}

// `source` in another container: the bytes of scratch/sound.EXTENSION.
export function convert(source, extension, options = []) {
  const file = path.join(scratch, `sound.${extension}`);
  execFileSync('ffmpeg', ['-loglevel', 'error', '-y', '-i', source, ...options, file]);
  return readFileSync(file);
}

// fields: [[name, value], ...]; file: {name, content, field}, or undefined. Answers {headers, body}.
export function form(fields, file) {
  const parts = [];
  for (const [name, value] of fields) {
    parts.push(Buffer.from(`--${kBoundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`));
  }
  if (file) {
    const { name, content, field = 'file' } = file;
    parts.push(Buffer.from(`--${kBoundary}\r\nContent-Disposition: form-data; name="${field}"; filename="${name}"\r\n\r\n`), content, Buffer.from('\r\n'));
  }
  parts.push(Buffer.from(`--${kBoundary}--\r\n`));
  return { headers: { 'content-type': `multipart/form-data; boundary=${kBoundary}` }, body: Buffer.concat(parts) };
}

export const kTranscriptions = '/openai/v1/audio/transcriptions';
export const kTranslations = '/openai/v1/audio/translations';

// A form posted: {status, headers, body}.
export function postForm(server, fields, file, { path: target = kTranscriptions } = {}) {
  return request(server, { method: 'POST', path: target, ...form(fields, file) });
}

// The data of server-sent events.
export const eventsOf = (text) => text.split('\n\n').filter((frame) => frame.startsWith('data: ')).map((frame) => JSON.parse(frame.slice(6)));
