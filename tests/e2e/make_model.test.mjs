// Random models from `peregrine make-model`: every family is written, looked into, talked to and served.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { after, describe, it } from 'node:test';

import { makeClients, userSays } from './lib/clients.mjs';
import { peregrine } from './lib/cli.mjs';
import { scratch } from './lib/environment.mjs';
import { Server } from './lib/server.mjs';

const kDecoders = ['llama', 'qwen2', 'qwen3', 'qwen3moe', 'gemma2', 'gpt-oss', 'llama4', 'deepseek2'];
const kEncoders = ['bert', 'nomic-bert'];
// Small enough to be made and run at once, with rows that fill blocks of 256.
const kSmall = ['--feed-forward', '256', '--vocabulary', '300', '--layers', '2'];

async function make(name, args) {
  const file = path.join(scratch, `${name}.gguf`);
  const { status, stdout, stderr } = await peregrine(['make-model', ...args, '--out', file]);
  assert.equal(status, 0, stderr);
  assert.equal(stdout, '');
  return { file, said: stderr };
}

async function facts(file) {
  const { stdout } = await peregrine(['inspect', file, '--json']);
  const { metadata, types, total } = JSON.parse(stdout);
  const value = (key) => metadata.find((entry) => entry.key === key)?.value;
  return { value, types: Object.fromEntries(types.map(({ type, tensors }) => [type, tensors])), total };
}

describe('make-model', () => {
  it('is not in the list of commands, and explains itself', async () => {
    assert.doesNotMatch((await peregrine(['--help'])).stdout, /make-model/);
    const { status, stdout } = await peregrine(['make-model', '--help']);
    assert.equal(status, 0);
    for (const option of ['--preset', '--architecture', '--type', '--layers', '--kv-heads', '--experts', '--window', '--seed', '--out']) {
      assert.ok(stdout.includes(option), option);
    }
    assert.match(stdout, /^ {2}peregrine make-model --preset llama-3.2-1b/m);
  });

  it('says what it made', async () => {
    const { file, said } = await make('said', ['--type', 'Q8_0', ...kSmall]);
    const { total } = await facts(file);
    assert.ok(said.includes(`${(total.parameters / 1e6).toFixed(2)} million parameters`), said);
    assert.ok(said.includes(file), said);
  });

  it('the same seed, the same bytes; another, others', async () => {
    const args = ['--architecture', 'qwen3moe', ...kSmall];
    const [first, again, other] = await Promise.all([
      make('seed-1', [...args, '--seed', '1']),
      make('seed-1-again', [...args, '--seed', '1']),
      make('seed-2', [...args, '--seed', '2']),
    ]);
    assert.ok(readFileSync(first.file).equals(readFileSync(again.file)));
    assert.ok(!readFileSync(first.file).equals(readFileSync(other.file)));
  });

  it('takes every size', async () => {
    const sizes = { layers: 3, width: 96, heads: 6, 'kv-heads': 3, 'head-dim': 32, 'feed-forward': 64, experts: 5, 'experts-used': 3, vocabulary: 333, context: 77 };
    const { file } = await make('sizes', ['--type', 'F16', ...Object.entries(sizes).flatMap(([name, size]) => [`--${name}`, String(size)])]);
    const { value } = await facts(file);
    assert.equal(value('llama.block_count'), sizes.layers);
    assert.equal(value('llama.embedding_length'), sizes.width);
    assert.equal(value('llama.attention.head_count'), sizes.heads);
    assert.equal(value('llama.attention.head_count_kv'), sizes['kv-heads']);
    assert.equal(value('llama.attention.key_length'), sizes['head-dim']);
    assert.equal(value('llama.feed_forward_length'), sizes['feed-forward']);
    assert.equal(value('llama.expert_count'), sizes.experts);
    assert.equal(value('llama.expert_used_count'), sizes['experts-used']);
    assert.equal(value('llama.vocab_size'), sizes.vocabulary);
    assert.equal(value('llama.context_length'), sizes.context);
  });

  for (const type of ['F32', 'F16', 'BF16', 'Q8_0', 'Q4_0', 'Q6_K', 'IQ4_XS']) {
    it(`weights of type ${type}`, async () => {
      const { types } = await facts((await make(`type-${type}`, ['--type', type, ...kSmall])).file);
      assert.ok(types[type] >= 14, JSON.stringify(types));
    });
  }

  it('Q4_K_M is mostly Q4_K, MXFP4 is for experts', async () => {
    const mixed = await facts((await make('q4_k_m', ['--type', 'Q4_K_M', ...kSmall])).file);
    assert.deepEqual(mixed.types, { F32: 5, Q4_K: 13, Q6_K: 3 });
    const experts = await facts((await make('mxfp4', ['--architecture', 'qwen3moe', '--type', 'MXFP4', ...kSmall])).file);
    assert.deepEqual(experts.types, { F32: 11, MXFP4: 6, Q8_0: 10 });
  });
});

describe('a model that was made', () => {
  for (const architecture of kDecoders) {
    it(`${architecture} writes text`, async () => {
      const { file } = await make(architecture, ['--architecture', architecture, ...kSmall]);
      assert.equal((await facts(file)).value('general.architecture'), architecture);
      const texts = [];
      for (const seed of ['1', '1', '2']) {
        const { status, stdout, stderr } = await peregrine(['complete', file, '-p', 'Hi', '-n', '12', '--temperature', '1', '--seed', seed]);
        assert.equal(status, 0, stderr);
        texts.push(stdout);
      }
      assert.equal(texts[0], texts[1]);
      assert.notEqual(texts[0], texts[2]);
    });
  }

  for (const architecture of kEncoders) {
    it(`${architecture} has no logits, and says so`, async () => {
      const { file } = await make(architecture, ['--architecture', architecture, ...kSmall]);
      assert.equal((await facts(file)).value('general.architecture'), architecture);
      const { status, stderr } = await peregrine(['logits', file, '--tokens', '1', '--out', path.join(scratch, 'none.f32')]);
      assert.equal(status, 1);
      assert.match(stderr, /embeddings/);
    });
  }
});

describe('a server of models that were made', () => {
  let server;
  after(() => server?.stop());

  it('chats, streamed or not', async () => {
    const files = [];
    for (const architecture of ['llama', 'gpt-oss']) {
      files.push((await make(`served-${architecture}`, ['--architecture', architecture, ...kSmall])).file);
    }
    server = await Server.start({ models: files });
    const client = makeClients(server).openai;
    for (const model of ['served-llama', 'served-gpt-oss']) {
      const request = { model, messages: userSays('Hello'), max_tokens: 8, temperature: 0 };
      const { choices, usage } = await client.chat.completions.create(request);
      assert.ok(['stop', 'length'].includes(choices[0].finish_reason));
      // Every byte of ChatML's plain text is a token: "user\nHello" and "assistant\n", a line's end and three marks.
      assert.equal(usage.prompt_tokens, 'user\nHello'.length + 'assistant\n'.length + '\n'.length + 3);
      let streamed = '';
      for await (const chunk of await client.chat.completions.create({ ...request, stream: true })) {
        streamed += chunk.choices[0]?.delta?.content ?? '';
      }
      assert.equal(streamed, choices[0].message.content);
    }
    await server.assertIdle();
  });
});

describe('what make-model refuses', () => {
  const cases = [
    { name: 'nowhere to write', args: [], status: 2, message: '--out' },
    { name: 'a word for a number', args: ['--layers', 'many'], status: 2, message: '--layers' },
    { name: 'a negative size', args: ['--width', '-8'], status: 2, message: '--width' },
    { name: 'a size over 32 bits', args: ['--experts', '1099511627776'], status: 2, message: '--experts' },
    { name: 'an unknown architecture', args: ['--architecture', 'mamba'], message: "--architecture: there is no architecture 'mamba'; there are llama, qwen2" },
    { name: 'an unknown type', args: ['--type', 'Q4_K_XXL'], message: "--type: there is no type 'Q4_K_XXL'; there are F32, F16" },
    { name: 'an unknown preset', args: ['--preset', 'gpt-5'], message: "--preset: there is no preset 'gpt-5'; there are tiny, llama-3.2-1b" },
    { name: 'another architecture than the preset has', args: ['--preset', 'gpt-oss-small', '--architecture', 'llama'], message: '--architecture: the preset gpt-oss-small is of architecture gpt-oss' },
    { name: 'no layers', args: ['--layers', '0'], message: '--layers: is 0, expected 1 to 1024' },
    { name: 'heads that cannot share', args: ['--kv-heads', '3'], message: '--kv-heads: 3 key/value heads do not divide 4' },
    { name: 'heads that do not divide the width', args: ['--heads', '3', '--kv-heads', '1'], message: '--heads: 3 heads do not divide the width 256' },
    { name: 'more experts used than there are', args: ['--experts', '4', '--experts-used', '5'], message: '--experts-used: 5 of 4 experts' },
    { name: 'experts of a family without', args: ['--architecture', 'qwen2', '--experts', '4'], message: '--experts: means nothing for qwen2' },
    { name: 'a vocabulary without all bytes', args: ['--vocabulary', '200'], message: '--vocabulary: is 200, expected at least 259' },
    { name: 'more than the disk holds', args: ['--width', '1048576', '--heads', '1024', '--head-dim', '1024', '--layers', '1024', '--type', 'F32'], message: 'are free there' },
  ];
  for (const { name, args, status = 1, message } of cases) {
    it(name, async () => {
      const file = path.join(scratch, 'refused.gguf');
      const out = status === 2 && args.length === 0 ? [] : ['--out', file];
      const result = await peregrine(['make-model', ...args, ...out]);
      assert.equal(result.status, status, result.stderr);
      assert.equal(result.stdout, '');
      assert.ok(result.stderr.includes(message), result.stderr);
      assert.ok(!existsSync(file));
    });
  }

  it('a folder that is not there; nothing is left behind', async () => {
    const before = readdirSync(scratch);
    const result = await peregrine(['make-model', ...kSmall, '--out', path.join(scratch, 'no', 'folder', 'x.gguf')]);
    assert.equal(result.status, 1);
    assert.ok(result.stderr.includes('x.gguf'), result.stderr);
    assert.deepEqual(readdirSync(scratch), before);
  });
});
