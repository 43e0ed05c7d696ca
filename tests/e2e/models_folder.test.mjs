// list and rm, what pull shows on a terminal, and bad_pulls.json: mistakes on the command line, one a row.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { peregrine } from './lib/cli.mjs';
import { binary, cleanEnvironment, readData } from './lib/environment.mjs';
import { modelBytes } from './lib/hub.mjs';
import { fails, newFolder, ok, startHub } from './lib/pull.mjs';

describe('list and rm', () => {
  it('of nothing', async () => {
    const folder = path.join(newFolder(), 'absent');
    const { stdout, stderr } = await ok(null, folder, ['list']);
    assert.equal(stdout, '');
    assert.match(stderr, /No models in .*peregrine pull/);
    assert.deepEqual(JSON.parse((await ok(null, folder, ['list', '--json'])).stdout), { models: [], unfinished: [] });
    await fails(/'peregrine list' tells/, null, folder, ['rm', 'nothing', '--yes']);
  });

  it('default to the data folder', async () => {
    const data = newFolder();
    mkdirSync(path.join(data, 'models'));
    writeFileSync(path.join(data, 'models', 'own.gguf'), 'GGUF');
    for (const [args, env] of [[['--data-dir', data], {}], [[], { XDG_DATA_HOME: path.join(data, 'x') }]]) {
      const { status, stdout } = await peregrine(['list', '--json', ...args], { env });
      assert.equal(status, 0);
      assert.equal(JSON.parse(stdout).models.length, args.length / 2);
    }
  });

  it('names that could drive a terminal', async () => {
    const folder = newFolder();
    writeFileSync(path.join(folder, 'evil\x1b]0;owned\x07.gguf'), 'GGUF');
    const { stdout } = await ok(null, folder, ['list'], { raw: true });
    assert.ok(stdout.every((byte) => byte === 10 || (byte >= 32 && byte < 127)));
  });

  it('rm asks on a terminal, and not elsewhere', async () => {
    const folder = newFolder();
    const file = path.join(folder, 'm.gguf');
    writeFileSync(file, 'GGUF');
    await fails(/say --yes/, null, folder, ['rm', 'm']);
    const onTerminal = (answer) =>
      new Promise((resolve) => {
        const command = `'${binary}' rm m --models-dir '${folder}'`;
        const child = spawn('script', ['-qec', command, '/dev/null'], { env: cleanEnvironment() });
        let output = '';
        child.stdout.on('data', (chunk) => {
          output += chunk;
          if (output.endsWith('[y/N] ')) child.stdin.write(`${answer}\n`);
        });
        child.on('close', (status) => resolve({ status, output }));
      });
    const no = await onTerminal('n');
    assert.equal(no.status, 1, no.output);
    assert.match(no.output, /Remove .*m\.gguf \(4 B\)\? \[y\/N\] .*nothing was removed/s);
    assert.ok(existsSync(file));
    assert.equal((await onTerminal('y')).status, 0);
    assert.ok(!existsSync(file));
  });

  it('pull draws a bar on a terminal', async () => {
    const hub = await startHub({ 'org/m': { 'm.gguf': modelBytes(5000) } });
    const command = `'${binary}' pull hf:org/m --models-dir '${newFolder()}'`;
    const child = spawn('script', ['-qec', command, '/dev/null'], { env: cleanEnvironment({ ...hub.env, TERM: 'xterm' }) });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    const status = await new Promise((resolve) => child.on('close', resolve));
    assert.equal(status, 0, output);
    assert.match(output, /\r\[#{24}\] 100\.0 % of 5\.0 kB/);
  });
});

describe('bad pulls', () => {
  for (const { name, args, env = {}, status: expected = 1, message } of readData('bad_pulls.json')) {
    it(name, async () => {
      const folder = newFolder();
      const { status, signal, stdout, stderr } = await peregrine([...args, '--models-dir', folder], { env });
      assert.deepEqual({ status, signal }, { status: expected, signal: null }, stderr);
      assert.equal(stdout, '');
      assert.ok(stderr.includes(message), `${stderr} lacks ${message}`);
      assert.doesNotMatch(stderr, /[\x00-\x09\x0b-\x1f\x7f]/);
      assert.ok(stderr.length < 4000, stderr.slice(0, 500));
      assert.deepEqual(readdirSync(folder), []);
    });
  }
});
