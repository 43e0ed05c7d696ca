// The speech starter hears sentences that espeak-ng says: their words, and when they were said, in a recording of
// minutes (PEREGRINE_CLOCK_MINUTES for longer ones; 60 is the promise) with pauses between them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { peregrine } from './lib/cli.mjs';
import { scratch } from './lib/environment.mjs';
import { hasEspeak, hasSox, starterWhisper } from './lib/sound.mjs';

const kRate = 16000;
const kMinutes = Number(process.env.PEREGRINE_CLOCK_MINUTES ?? 3);
const kClock = 0.3; // seconds that a sentence's beginning may be off
const kSentences = [
  'open the door', 'turn on the light', 'play the next song', 'call Anna tomorrow', 'stop the music', 'close the window',
  'find the train to Berlin', 'show the weather in London', 'set the alarm for seven', 'send the message to Peter',
];
const skip = starterWhisper && hasEspeak && hasSox ? false : 'needs the speech starter, espeak-ng and sox';

// Samples of a sound file, at 16 kHz.
function samplesOf(file) {
  const raw = execFileSync('sox', [file, '-r', String(kRate), '-c', '1', '-b', '16', '-e', 'signed', '-t', 'raw', '-'], { maxBuffer: 1 << 30 });
  return new Int16Array(raw.buffer, raw.byteOffset, raw.length / 2);
}

// Without the silence around it.
function say(sentence) {
  const file = path.join(scratch, 'said.wav');
  execFileSync('espeak-ng', ['-v', 'en-us', '-s', '150', '-w', file, sentence]);
  const samples = samplesOf(file);
  const loud = (sample) => Math.abs(sample) > 300;
  return samples.slice(samples.findIndex(loud), samples.findLastIndex(loud) + 1);
}

function writeWav(file, samples) {
  const raw = path.join(scratch, 'sound.raw');
  writeFileSync(raw, Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength));
  execFileSync('sox', ['-r', String(kRate), '-c', '1', '-b', '16', '-e', 'signed', '-t', 'raw', raw, file]);
}

async function transcribe(file, ...flags) {
  const { status, stdout, stderr } = await peregrine(['transcribe', file, '--model', starterWhisper, '--json', ...flags]);
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

const words = (text) => text.toLowerCase().match(/[a-z']+/g) ?? [];

// Edits between two lists of words.
function distance(a, b) {
  let row = [...Array(b.length + 1).keys()];
  for (const [i, word] of a.entries()) {
    const next = [i + 1];
    for (const [j, other] of b.entries()) next.push(Math.min(next[j] + 1, row[j + 1] + 1, row[j] + (word === other ? 0 : 1)));
    row = next;
  }
  return row.at(-1);
}

describe('the speech starter', { skip }, () => {
  it('hears sentences', async () => {
    let [errors, total] = [0, 0];
    for (const sentence of kSentences) {
      const file = path.join(scratch, 'sentence.wav');
      writeWav(file, say(sentence));
      const { text } = await transcribe(file);
      errors += distance(words(sentence), words(text));
      total += words(sentence).length;
    }
    assert.ok(errors <= total * 0.1, `${errors} of ${total} words are wrong`);
  });

  it('keeps its clock, and says the same again', async () => {
    const said = kSentences.map(say);
    const samples = new Int16Array(kMinutes * 60 * kRate);
    const sentences = [];
    let seed = 1;
    const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
    for (let at = kRate; ; ) {
      const index = Math.floor(random() * said.length);
      if (at + said[index].length + kRate > samples.length) break;
      samples.set(said[index], at);
      sentences.push({ start: at / kRate, text: kSentences[index] });
      at += said[index].length + Math.round((1 + 7 * random()) * kRate);
    }
    const file = path.join(scratch, 'recording.wav');
    writeWav(file, samples);
    const first = await transcribe(file, '--no-context');
    assert.ok(Math.abs(first.duration - kMinutes * 60) < 0.01);
    // Two sentences that the model takes for one have one beginning.
    let joined = 0;
    for (const { start, text } of sentences) {
      if (first.segments.some((segment) => Math.abs(segment.start - start) <= kClock)) continue;
      assert.ok(first.segments.some((segment) => segment.start < start && start < segment.end), `"${text}" at ${start} is nowhere`);
      joined += 1;
    }
    assert.ok(joined <= sentences.length * 0.02, `${joined} of ${sentences.length} have no beginning within ${kClock} s`);
    for (const [i, segment] of first.segments.entries()) {
      assert.ok(segment.start <= segment.end && (i === 0 || first.segments[i - 1].end <= segment.start));
    }
    const heard = words(first.segments.map(({ text }) => text).join(' '));
    const spoken = sentences.flatMap(({ text }) => words(text));
    // Its windows of six seconds, without the pauses, end within sentences.
    assert.ok(distance(spoken, heard) <= spoken.length * 0.2, `${distance(spoken, heard)} of ${spoken.length} words are wrong`);
    assert.deepEqual(await transcribe(file, '--no-context'), first);
  });

  for (const [name, effects] of Object.entries({
    silence: ['trim', '0', '20'],
    'white noise': ['synth', '20', 'whitenoise', 'vol', '0.3'],
    'brown noise': ['synth', '20', 'brownnoise', 'vol', '0.5'],
    'plucked strings': ['synth', '20', 'pluck', 'E2', 'pluck', 'A3', 'remix', '-'],
    'a sweep': ['synth', '20', 'sine', '100-4000', 'vol', '0.4'],
  })) {
    it(`hears no words in ${name}`, async () => {
      const file = path.join(scratch, 'none.wav');
      execFileSync('sox', ['-n', '-r', String(kRate), '-c', '1', file, ...effects]);
      assert.equal((await transcribe(file)).text, '');
    });
  }

  it('hears no words without detection of speech either, where there are none', async () => {
    const file = path.join(scratch, 'none.wav');
    execFileSync('sox', ['-n', '-r', String(kRate), '-c', '1', file, 'synth', '12', 'whitenoise', 'vol', '0.3']);
    assert.equal((await transcribe(file, '--no-vad')).text, '');
  });
});
