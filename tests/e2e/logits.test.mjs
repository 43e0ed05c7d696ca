// The logits command against the reference values that came with the models, however the tokens are fed.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { peregrine } from './lib/cli.mjs';
import { scratch } from './lib/environment.mjs';
import { readGguf, writeGguf, writeShards } from './lib/gguf.mjs';
import { golden, goldenFolder } from './lib/models.mjs';

const kModels = ['llama-gqa-f32', 'llama-q4_k_m', 'llama-ropefreqs-q4_0', 'llama-spm-q8_0', 'llama-tied-ropefreqs-f16'];
const folder = mkdtempSync(path.join(scratch, 'logits-'));

async function logits(model, tokens, flags = []) {
  const out = path.join(folder, 'out.f32');
  const file = path.isAbsolute(model) ? model : golden(model);
  const { status, stdout, stderr } = await peregrine(['logits', file, '--tokens', tokens.join(','), '--out', out, ...flags]);
  assert.equal(status, 0, stderr);
  assert.equal(stdout, '');
  return readFileSync(out);
}

const floats = (bytes) => new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));

function worst(actual, expected) {
  assert.equal(actual.length, expected.length);
  let maxAbs = 0;
  let squares = 0;
  for (let i = 0; i < actual.length; ++i) {
    const error = Math.abs(actual[i] - expected[i]);
    maxAbs = Math.max(maxAbs, error);
    squares += error * error;
  }
  return { maxAbs, rms: Math.sqrt(squares / actual.length) };
}

describe('logits', () => {
  for (const model of kModels) {
    const { prompts, tolerance, n_vocab: width } = JSON.parse(readFileSync(path.join(goldenFolder, `${model}.json`), 'utf8'));

    it(`${model} computes the reference values`, async () => {
      for (const { tokens, pos_start: start, logits: reference, truth = reference } of prompts) {
        const bytes = await logits(model, tokens, ['--start-position', String(start)]);
        assert.equal(bytes.length, 4 * width * tokens.length);
        const { maxAbs, rms } = worst(floats(bytes), floats(Buffer.from(truth.data, 'base64')));
        assert.ok(maxAbs <= tolerance.max_abs, `${maxAbs}`);
        assert.ok(rms <= tolerance.rms, `${rms}`);
      }
    });

    it(`${model} computes the same bits whole, in chunks, one by one, on any number of threads`, async () => {
      const { tokens } = prompts.at(-1);
      const whole = await logits(model, tokens);
      for (const flags of [['--chunk', '7'], ['--chunk', '1'], ['--chunk', '100000'], ['--threads', '1'], ['--threads', '3', '--chunk', '5']]) {
        assert.ok(whole.equals(await logits(model, tokens, flags)), flags.join(' '));
      }
    });
  }

  it('16-bit keys and values differ, but little', async () => {
    const tokens = Array.from({ length: 48 }, (_, i) => 3 + ((i * 29) % 300));
    const wide = floats(await logits('llama-gqa-f32', tokens));
    const narrow = floats(await logits('llama-gqa-f32', tokens, ['--kv', 'f16']));
    const { maxAbs } = worst(narrow, wide);
    assert.ok(maxAbs > 0 && maxAbs < 0.1, `${maxAbs}`);
  });

  it('keys and values in Q8_0 need heads of 32s', async () => {
    const out = path.join(folder, 'q8.f32');
    const { status, stderr } = await peregrine(['logits', golden('llama-gqa-f32'), '--tokens', '1,2', '--kv', 'q8_0', '--out', out]);
    assert.equal(status, 1);
    assert.match(stderr, /multiple of 32; this model's keys have 16/);
  });

  it('a file in shards, and one of version 2, hold the same model', async () => {
    const tokens = [1, 20, 300, 4, 55];
    const whole = await logits('llama-q4_k_m', tokens);
    const model = readGguf(golden('llama-q4_k_m'));
    for (const count of [2, 5]) {
      const first = writeShards(folder, `shards-of-${count}`, model, count);
      assert.ok(whole.equals(await logits(first, tokens)), `${count} shards`);
    }
    const old = path.join(folder, 'version-2.gguf');
    writeGguf(old, { ...model, version: 2 });
    assert.ok(whole.equals(await logits(old, tokens)));
  });

  it('a position moves nothing but what depends on it', async () => {
    const tokens = [5, 6, 7, 8];
    const zero = floats(await logits('llama-gqa-f32', tokens));
    const later = floats(await logits('llama-gqa-f32', tokens, ['--start-position', '100']));
    // Rotary attention sees distances only: the same up to the rounding of other angles.
    const { maxAbs } = worst(later, zero);
    assert.ok(maxAbs < 1e-2, `${maxAbs}`);
  });
});
