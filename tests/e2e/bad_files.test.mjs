// bad_files.json: broken models made from a good one; bad_commands.json: mistakes on the command line. Each ends with its
// exit status and a message that names what is wrong, not with a signal.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { expand, toBytes } from './lib/bytes.mjs';
import { peregrine } from './lib/cli.mjs';
import { readData, scratch } from './lib/environment.mjs';
import { readGguf, setKey, writeGguf } from './lib/gguf.mjs';
import { golden } from './lib/models.mjs';

const kGood = golden('llama-spm-q8_0');
const context = path.join(scratch, 'context.json');
writeFileSync(context, JSON.stringify({ messages: [{ role: 'user', content: 'Hi' }] }));

const commands = {
  inspect: (file) => ['inspect', file],
  complete: (file) => ['complete', file, '-p', 'Hi', '-n', '1'],
  serve: (file) => ['serve', '--model', file, '--port', '0'],
  tokenize: (file) => ['tokenize', file],
  render: (file) => ['render', file, '--context', context],
  logits: (file) => ['logits', file, '--tokens', '1', '--out', path.join(scratch, 'bad.f32')],
  chat: (file) => ['chat', file, '-p', 'Hi', '-n', '1'],
};

const edits = {
  key: (model, entry) => setKey(model, entry),
  add: (model, entry) => model.keys.push(entry),
  remove: (model, name) => (model.keys = model.keys.filter(({ key }) => key !== name)),
  tensor: (model, [name, change]) => Object.assign(model.tensors.find((tensor) => tensor.name === name), change),
  drop: (model, name) => (model.tensors = model.tensors.filter((tensor) => tensor.name !== name)),
  nKeys: (model, count) => (model.nKeys = count),
};

function makeFile(folder, { content, directory, missing, edit = [] }) {
  const file = path.join(folder, 'bad.gguf');
  if (directory) mkdirSync(file);
  if (directory || missing) return file;
  if (content !== undefined) {
    writeFileSync(file, toBytes(content));
    return file;
  }
  const model = readGguf(kGood);
  for (const step of edit) {
    for (const [kind, value] of Object.entries(step)) edits[kind]?.(model, value);
  }
  writeGguf(file, model);
  let bytes = readFileSync(file);
  for (const { bytes: patch, size } of edit) {
    if (patch) Buffer.from(patch[1], 'hex').copy(bytes, patch[0]);
    if (size !== undefined) bytes = bytes.subarray(0, size < 0 ? bytes.length + size : size);
  }
  writeFileSync(file, bytes);
  return file;
}

const newFolder = () => mkdtempSync(path.join(scratch, 'bad-'));

describe('bad files', () => {
  it('the good one is good, and survives a rewrite', async () => {
    const file = makeFile(newFolder(), {});
    for (const args of [commands.inspect, commands.complete, commands.tokenize, commands.render, commands.logits]) {
      const { status, stderr } = await peregrine(args(file));
      assert.equal(status, 0, stderr);
    }
  });

  for (const row of readData('bad_files.json')) {
    it(row.name, async () => {
      const file = makeFile(newFolder(), row);
      for (const name of row.fails) {
        const { status, signal, stdout, stderr } = await peregrine(commands[name](file));
        assert.deepEqual({ status, signal }, { status: 1, signal: null }, `${name}: ${stderr}`);
        assert.equal(stdout, '', name);
        const said = stderr.split('\n').find((line) => line.startsWith('peregrine: ')) ?? '';
        assert.ok(said.includes(file), `${name} does not name the file: ${stderr}`);
        assert.ok(said.includes(row.message ?? ''), `${name}: ${stderr} lacks ${row.message}`);
        assert.ok(said.length < 1000 + file.length, 'a message is for people');
      }
    });
  }
});

describe('bad commands', () => {
  for (const { name, args, config, files = {}, status: expected, message = '' } of readData('bad_commands.json')) {
    it(name, async () => {
      const folder = newFolder();
      const all = config === undefined ? files : { ...files, 'c.toml': config };
      for (const [file, content] of Object.entries(all)) writeFileSync(path.join(folder, file), toBytes(content));
      const fill = (arg) => expand(arg).replaceAll('$MODEL', kGood).replaceAll('$DIR', folder);
      const { status, signal, stdout, stderr } = await peregrine(args.map(fill));
      assert.deepEqual({ status, signal }, { status: expected, signal: null }, stderr);
      assert.equal(stdout, '');
      assert.ok(stderr.includes(message), `${stderr} lacks ${message}`);
      assert.ok(stderr.length > 0 && stderr.length < 4000, stderr.slice(0, 500));
    });
  }
});
