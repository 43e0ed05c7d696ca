// The commands, as a person or a script runs them.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { peregrine } from './lib/cli.mjs';
import { scratch, sharedFile } from './lib/environment.mjs';
import { anyFile, derive, golden, goldenFolder, needsStories, plain, storiesFile } from './lib/models.mjs';

const kCommands = ['serve', 'chat', 'complete', 'transcribe', 'inspect', 'logits', 'bench', 'tokenize', 'render', 'pull', 'list', 'rm', 'doctor'];
const kOpening = ', there was a little girl named Lily. She loved to play outside in the park. One day, she saw a big, red ball.';

async function run(args, options) {
  const result = await peregrine(args, options);
  assert.deepEqual([result.status, result.signal], [0, null], result.stderr);
  return result;
}

function writeContext(name, context) {
  const file = path.join(scratch, name);
  writeFileSync(file, JSON.stringify(context));
  return file;
}

describe('help', () => {
  for (const command of kCommands) {
    it(`of ${command} has examples that it would accept`, async () => {
      const { stdout, stderr } = await run([command, '--help']);
      assert.equal(stderr, '');
      assert.match(stdout, /Examples?:/);
      const examples = stdout.match(/^ {2}(printf .* \| )?peregrine .*$/gm);
      assert.ok(examples.length > 0);
      for (const example of examples) {
        assert.match(example, new RegExp(`peregrine ${command}\\b`));
        for (const flag of example.match(/ --?[a-z-]+/g) ?? []) {
          assert.ok(stdout.includes(flag.trim()), `${flag} is in an example, but not an option`);
        }
      }
    });
  }

  it('without a command lists all', async () => {
    const { stdout } = await run(['--help']);
    for (const command of kCommands) assert.match(stdout, new RegExp(`^ +${command} `, 'm'));
  });

  it('version', async () => {
    assert.match((await run(['--version'])).stdout, /^peregrine \d+\.\d+\.\d+\n$/);
  });
});

describe('complete', () => {
  it('continues a story', needsStories, async () => {
    const { stdout } = await run(['complete', storiesFile, '-p', 'Once upon a time', '-n', '60']);
    assert.equal(stdout.slice(0, kOpening.length), kOpening);
  });

  it('the same seed, the same text; another seed, another', async () => {
    const args = ['complete', anyFile, '-p', 'Once upon a time', '-n', '40', '--temperature', '1'];
    const texts = [];
    for (const seed of [1, 1, 2]) texts.push((await run([...args, '--seed', String(seed)])).stdout);
    assert.equal(texts[0], texts[1]);
    assert.notEqual(texts[0], texts[2]);
  });

  it('without a budget goes on to the end of the story or of the context', async () => {
    const { stdout } = await run(['complete', anyFile, '-p', 'Once']);
    const { stdout: ids } = await run(['tokenize', anyFile, '--json'], { input: stdout });
    assert.ok(JSON.parse(ids).ids.length > 50);
  });

  it('one thread or two', async () => {
    const args = ['complete', anyFile, '-p', 'Once upon a time', '-n', '60', '--temperature', '1', '--seed', '9'];
    const texts = [];
    for (const threads of ['1', '2', '3']) texts.push((await run([...args, '--threads', threads])).stdout);
    assert.equal(new Set(texts).size, 1);
  });
});

describe('tokenize', () => {
  for (const name of ['llama-spm-q8_0', 'llama-gqa-f32']) {
    it(`the reference cases of ${name}`, async () => {
      const { tokenize } = JSON.parse(readFileSync(path.join(goldenFolder, `${name}.json`), 'utf8'));
      const cases = tokenize.filter((one) => one.add_special === one.parse_special);
      assert.ok(cases.length >= 4);
      for (const { text, add_special: special, tokens } of cases) {
        const flags = special ? ['--special', '--json'] : ['--json'];
        const { stdout } = await run(['tokenize', golden(name), ...flags], { input: text });
        const { ids, pieces } = JSON.parse(stdout);
        assert.deepEqual(ids, tokens, JSON.stringify(text));
        assert.equal(pieces.length, ids.length);
      }
    });
  }

  it('for people: one line a token', async () => {
    const { stdout } = await run(['tokenize', anyFile], { input: 'One day\nTwo\u0007' });
    const { stdout: json } = await run(['tokenize', anyFile, '--json'], { input: 'One day\nTwo\u0007' });
    const lines = stdout.split('\n');
    assert.equal(lines.pop(), '');
    assert.deepEqual(lines.map((line) => Number(line.slice(0, 8))), JSON.parse(json).ids);
    assert.doesNotMatch(stdout, /\u0007/);
  });

  it('nothing is no tokens', async () => {
    assert.deepEqual(JSON.parse((await run(['tokenize', anyFile, '--json'])).stdout), { ids: [], pieces: [] });
  });

  it('text of a user is never a control token', async () => {
    const input = '<s>Hi</s>';
    const plainIds = JSON.parse((await run(['tokenize', anyFile, '--json'], { input })).stdout).ids;
    const specialIds = JSON.parse((await run(['tokenize', anyFile, '--json', '--special'], { input })).stdout).ids;
    assert.ok(plainIds.every((id) => id > 2));
    assert.equal(specialIds.at(-1), 2);
    assert.equal(specialIds[0], 1);
  });
});

describe('render', () => {
  const template = path.join(scratch, 'own.jinja');
  writeFileSync(
    template,
    '{%- for m in messages -%}\n[{{ m.role | upper }}{% if not loop.last %}+{% endif %}] {{ m.content | trim }}\n{% endfor -%}\n' +
      '{{ tools | tojson }} {{ bos_token ~ greeting | default("none") }}',
  );
  const messages = [{ role: 'user', content: ' Hi <b>&amp;</b>\n' }, { role: 'assistant', content: 'żółć' }];

  it('a template of our own', async () => {
    const context = writeContext('own.json', { messages, tools: [{ a: [1, null, 'é'] }], bos_token: '<s>' });
    const { stdout } = await run(['render', '--template', template, '--context', context]);
    assert.equal(stdout, '[USER+] Hi <b>&amp;</b>\n[ASSISTANT] żółć\n[{"a": [1, null, "é"]}] <s>none');
  });

  it('a model\'s template, and its tokens', async () => {
    const file = derive('own-template', anyFile, { 'tokenizer.chat_template': ['string', '{{ bos_token }}{{ messages[0].content }}{{ eos_token }}'] });
    const context = writeContext('model.json', { messages });
    assert.equal((await run(['render', file, '--context', context])).stdout, '<s> Hi <b>&amp;</b>\n</s>');
  });

  it('chatml for a model without one', async () => {
    const context = writeContext('chatml.json', { messages: [messages[1]], add_generation_prompt: true });
    const { stdout } = await run(['render', golden('llama-spm-q8_0'), '--context', context]);
    assert.equal(stdout, '<|im_start|>assistant\nżółć<|im_end|>\n<|im_start|>assistant\n');
  });

  const folder = sharedFile('golden', 'templates');
  it('real templates', folder ? {} : { skip: 'needs ../shared/golden/templates' }, async () => {
    let rendered = 0;
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.jinja'))) {
      const file = path.join(folder, name);
      if (readFileSync(file, 'utf8').includes('strftime_now')) continue; // the cases hold a date of their own
      const cases = JSON.parse(readFileSync(file.replace(/\.jinja$/, '.json'), 'utf8'));
      const chosen = [...cases.filter((one) => 'rendered' in one).slice(0, 3), ...cases.filter((one) => 'error' in one).slice(0, 1)];
      for (const { case: what, context, rendered: expected } of chosen) {
        const result = await peregrine(['render', '--template', file, '--context', writeContext('case.json', context)]);
        assert.equal(result.status, expected === undefined ? 1 : 0, `${name} ${what}: ${result.stderr}`);
        assert.equal(result.stdout, expected ?? '', `${name} ${what}`);
        ++rendered;
      }
    }
    assert.ok(rendered >= 20, `${rendered}`);
  });
});

describe('inspect', () => {
  const file = golden('llama-q4_k_m');

  it('for programs', async () => {
    const { stdout } = await run(['inspect', file, '--json']);
    const facts = JSON.parse(stdout);
    assert.equal(facts.format.version, 3);
    assert.equal(facts.format.bytes, statSync(file).size);
    const value = (key) => facts.metadata.find((entry) => entry.key === key).value;
    assert.equal(value('general.architecture'), 'llama');
    assert.equal(value('llama.context_length'), 512);
    assert.equal(facts.tensors.length, 21);
    assert.deepEqual(Object.fromEntries(facts.types.map(({ type, tensors }) => [type.toLowerCase(), tensors])), { q4_k: 12, f32: 6, q6_k: 3 });
    assert.equal(facts.total.tensors, 21);
    assert.equal(facts.total.bytes, facts.tensors.reduce((sum, { bytes }) => sum + bytes, 0));
    assert.equal(facts.total.parameters, facts.types.reduce((sum, { parameters }) => sum + parameters, 0));
    assert.ok(Math.abs(facts.types.reduce((sum, { share }) => sum + share, 0) - 1) < 1e-6);
  });

  it('for people', async () => {
    const { stdout } = await run(['inspect', plain()]);
    for (const fact of ['general.architecture', 'llama.block_count', 'blk.0.attn_q.weight', 'token_embd.weight', '{{ message.content }}']) {
      assert.ok(stdout.includes(fact), fact);
    }
  });

  it('what a file says cannot drive the terminal', async () => {
    const evil = derive('evil', file, { 'general.name': ['string', '\x1b]0;owned\x07\x1b[2J\r\n\x9b'] });
    const { stdout } = await run(['inspect', evil], { raw: true });
    assert.ok(stdout.every((byte) => byte === 10 || byte >= 32), 'no control characters');
    JSON.parse((await run(['inspect', evil, '--json'])).stdout);
  });
});

describe('chat', () => {
  it('answers once', async () => {
    const { stdout } = await run(['chat', plain(), '-p', 'Once upon a time', '-n', '40', '--temperature', '0']);
    const { stdout: text } = await run(['complete', anyFile, '-p', 'Once upon a time', '-n', '40']);
    assert.equal(stdout, text);
  });

  it('converses through a pipe, with what was said before', async () => {
    const input = 'Once upon\n\n/help\n a time\n/clear\nOnce upon\n/exit\nnever read\n';
    const { stdout, stderr } = await run(['chat', plain(), '-n', '12', '--temperature', '0'], { input });
    const answer = async (text) => (await run(['complete', anyFile, '-p', text, '-n', '12'])).stdout;
    const first = await answer('Once upon');
    // Three answers: to the opening, to the whole conversation so far, and to the opening again.
    assert.ok(stdout.includes(first));
    assert.ok(stdout.lastIndexOf(first) > stdout.indexOf(first), stdout);
    assert.doesNotMatch(stdout, /never read/);
    assert.match(stderr, /Talking to plain/);
    assert.match(stderr, /\/clear/);
  });

  it('ends with its input', async () => {
    await run(['chat', plain(), '-n', '4'], { input: 'Hi' });
    await run(['chat', plain(), '-n', '4'], { input: '' });
  });
});
