// `peregrine bench`: what it counts and how it answers. How fast anything is, no test says.
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import path from 'node:path';
import { before, describe, it } from 'node:test';

import { peregrine } from './lib/cli.mjs';
import { scratch } from './lib/environment.mjs';

const kSizes = { layers: 2, width: 256, heads: 4, 'kv-heads': 2, 'head-dim': 64, 'feed-forward': 256, vocabulary: 300, context: 256 };
const kExperts = { 'expert-feed-forward': 256, experts: 8, 'experts-used': 2 };
const kF16 = 2; // bytes of an element of the KV cache

async function make(name, args, sizes = kSizes) {
  const file = path.join(scratch, `${name}.gguf`);
  const flags = Object.entries(sizes).flatMap(([size, value]) => [`--${size}`, String(value)]);
  const { status, stderr } = await peregrine(['make-model', ...args, ...flags, '--out', file]);
  assert.equal(status, 0, stderr);
  return file;
}

async function bench(file, args) {
  const { status, stdout, stderr } = await peregrine(['bench', file, '--json', '--threads', '1', ...args]);
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

function assertPositive(value, name) {
  if (typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) assertPositive(inner, `${name}.${key}`);
  } else if (typeof value === 'number') {
    assert.ok(Number.isFinite(value) && value > 0, `${name} is ${value}`);
  } else {
    assert.ok(typeof value === 'string' && value.length > 0, `${name} is ${value}`);
  }
}

function assertClose(actual, expected, what) {
  assert.ok(Math.abs(actual / expected - 1) < 1e-9, `${what} is ${actual}, expected ${expected}`);
}

// Multiply-accumulates of a token in the layers and in the output, from the sizes alone.
function macs({ layers, width, heads, 'kv-heads': kvHeads, 'head-dim': headDim, 'feed-forward': feedForward, vocabulary }) {
  const attention = width * headDim * (2 * heads + 2 * kvHeads);
  return { hidden: layers * (attention + 3 * width * feedForward), output: width * vocabulary };
}

describe('bench', () => {
  let dense;
  before(async () => {
    dense = await make('dense', ['--type', 'F16']);
  });

  it('one cell as JSON', async () => {
    const result = await bench(dense, ['--prompt', '48', '--generate', '6', '--streams', '3', '--repeat', '2']);
    assertPositive(result, 'result');
    assert.deepEqual(
      [result.prompt, result.generate, result.streams, result.repeat, result.threads],
      [48, 6, 3, 2, 1],
    );
    assert.equal(result.file_bytes, statSync(dense).size);
    assert.equal(result.context, 48 + 6 / 2);
    assert.equal(result.prefill.tokens, 3 * 48);
    assert.equal(result.decode.tokens, 3 * 6);
    for (const phase of ['prefill', 'decode']) {
      const { min, median, max } = result[phase].tokens_per_second;
      assert.ok(min <= median && median <= max);
      assert.equal(result[`${phase}_tokens_per_second`], median);
    }
    assert.equal(result.gmac_per_second, result.prefill.gmac_per_second);
    assert.equal(result.gb_per_second, result.decode.gb_per_second);
  });

  it('counts the work that the sizes say', async () => {
    const [prompt, generate, streams] = [40, 8, 2];
    const { prefill, decode, peaks } = await bench(dense, ['--prompt', `${prompt}`, '--generate', `${generate}`, '--streams', `${streams}`]);
    const { hidden, output } = macs(kSizes);
    const perToken = ({ gmac_per_second: rate, tokens_per_second: { median } }) => (rate * 1e9) / median;
    assertClose(perToken(decode), hidden + output, 'decode');
    assertClose(perToken(prefill), hidden + output / prompt, 'prefill');
    assertClose(decode.share_of_arithmetic, (decode.gmac_per_second * 2) / peaks.fp32_gflop_per_second, 'share of arithmetic');
    assertClose(decode.share_of_read, decode.gb_per_second / peaks.read_gb_per_second, 'share of reading');

    // A step reads every matrix and the norms once, and each stream its keys and values.
    const { layers, width, 'kv-heads': kvHeads, 'head-dim': headDim } = kSizes;
    const weights = (hidden + output) * kF16 + (2 * layers + 1) * width * 4;
    const kv = (prompt + generate / 2 + 1) * layers * kvHeads * headDim * 2 * kF16;
    const perStep = (decode.gb_per_second * 1e9 * streams) / decode.tokens_per_second.median;
    assertClose(perStep, weights + streams * kv, 'bytes of a step');
  });

  it('stores keys and values as it is told', async () => {
    const { layers, 'kv-heads': kvHeads, 'head-dim': headDim } = kSizes;
    const [prompt, generate] = [40, 8];
    const perStep = async (kvType) => {
      const result = await bench(dense, ['--prompt', `${prompt}`, '--generate', `${generate}`, '--kv-type', kvType]);
      assert.equal(result.kv_type, kvType);
      return (result.decode.gb_per_second * 1e9) / result.decode.tokens_per_second.median;
    };
    const halves = await perStep('f16');
    const values = (prompt + generate / 2 + 1) * layers * kvHeads * headDim * 2;
    assertClose(halves - (await perStep('q8_0')), values * (kF16 - 34 / 32), 'bytes saved by Q8_0');
    assertClose((await perStep('f32')) - halves, values * (4 - kF16), 'bytes added by F32');
  });

  it('counts of experts those in use', async () => {
    const sizes = { ...kSizes, ...kExperts };
    const file = await make('experts', ['--architecture', 'qwen3moe', '--type', 'F16'], sizes);
    const expert = 3 * sizes.width * sizes['expert-feed-forward'];
    const router = sizes.width * sizes.experts;
    const { hidden, output } = macs({ ...sizes, 'feed-forward': 0 });
    const { decode } = await bench(file, ['--prompt', '16', '--generate', '4']);
    const perToken = (decode.gmac_per_second * 1e9) / decode.tokens_per_second.median;
    assertClose(perToken, hidden + output + sizes.layers * (router + sizes['experts-used'] * expert), 'decode');

    // Bytes of more streams: each token leaves an expert out with probability 6/8.
    const bytes = async (streams) => {
      const { decode: d } = await bench(file, ['--prompt', '16', '--generate', '4', '--streams', `${streams}`]);
      const kv = (16 + 2 + 1) * sizes.layers * sizes['kv-heads'] * sizes['head-dim'] * 2 * kF16;
      return (d.gb_per_second * 1e9 * streams) / d.tokens_per_second.median - streams * kv;
    };
    const all = sizes.layers * sizes.experts * expert * kF16;
    assertClose((await bytes(3)) - (await bytes(1)), all * (0.75 - 0.75 ** 3), 'further experts of three streams');
  });

  it('quantised weights are set against the peak of int8', async () => {
    const file = await make('quantised', ['--type', 'Q8_0']);
    const { decode, peaks } = await bench(file, ['--prompt', '8', '--generate', '2']);
    assertClose(decode.share_of_arithmetic, decode.gmac_per_second / peaks.int8_gmac_per_second, 'share of arithmetic');
  });

  it('a table for people, of the cells that the context holds', async () => {
    const { status, stdout, stderr } = await peregrine(['bench', dense, '--threads', '1', '--repeat', '1']);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /GB\/s, int8 \d+ GMAC\/s/);
    const rows = stdout.split('\n').filter((line) => /^ +\d/.test(line));
    assert.deepEqual(rows.map((row) => row.trim().split(/ +/).slice(0, 2)), [['64', '1'], ['64', '8'], ['64', '16']]);
  });
});

describe('what bench refuses', () => {
  let file;
  before(async () => {
    file = await make('refusing', ['--type', 'Q8_0']);
  });
  const cases = [
    { name: 'no model', args: [], status: 2, message: 'model is required' },
    { name: 'no streams', args: ['$MODEL', '--streams', '0'], status: 2, message: '--streams' },
    { name: 'more streams than there may be', args: ['$MODEL', '--streams', '257'], status: 2, message: '--streams' },
    { name: 'nothing to generate', args: ['$MODEL', '--generate', '0'], status: 2, message: '--generate' },
    { name: 'an empty prompt', args: ['$MODEL', '--prompt', '0'], status: 2, message: '--prompt' },
    { name: 'a word for a number', args: ['$MODEL', '--prompt', 'long'], status: 2, message: '--prompt' },
    { name: 'never', args: ['$MODEL', '--repeat', '0'], status: 2, message: '--repeat' },
    { name: 'no threads', args: ['$MODEL', '--threads', '0'], status: 2, message: '--threads' },
    { name: 'a KV type that is none', args: ['$MODEL', '--kv-type', 'q4_0'], status: 2, message: '--kv-type' },
    { name: 'an option that is none', args: ['$MODEL', '--batch', '4'], status: 2, message: '--batch' },
    { name: 'a prompt that the context does not hold', args: ['$MODEL', '--prompt', '250', '--threads', '1'], status: 1, message: 'the model has 256' },
    { name: 'a model that is not there', args: ['none.gguf'], status: 1, message: 'none.gguf' },
  ];
  for (const { name, args, status, message } of cases) {
    it(name, async () => {
      const result = await peregrine(['bench', ...args.map((arg) => (arg === '$MODEL' ? file : arg))]);
      assert.equal(result.status, status, result.stderr);
      assert.equal(result.stdout, '');
      assert.ok(result.stderr.includes(message), result.stderr);
    });
  }

  it('a model that generates nothing', async () => {
    const encoder = await make('encoder', ['--architecture', 'bert'], { layers: 1, vocabulary: 300 });
    const result = await peregrine(['bench', encoder, '--threads', '1']);
    assert.equal(result.status, 1);
    assert.match(result.stderr, /embeddings/);
  });
});
