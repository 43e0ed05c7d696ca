// Pulls that break off, networks and disks that fail: a file is there whole or not at all, and what came is kept.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { binary, cleanEnvironment, scratch } from './lib/environment.mjs';
import { modelBytes } from './lib/hub.mjs';
import { assertContent, assertFiles, fails, kLarge, newFolder, ok, startHub, startPull, stateOf } from './lib/pull.mjs';
import { deferred, until } from './lib/wait.mjs';

describe('broken off', () => {
  const content = modelBytes(kLarge);
  const slowHub = async () => {
    const hub = await startHub({ 'org/m': { 'm.gguf': content } });
    hub.delivery.behave = () => ({ hang: 3_000_000 });
    return hub;
  };
  const someSaved = (folder) => until('something is saved', () => stateOf(folder, 'm.gguf').done > 1_000_000);

  it('by kill -9: the next pull fetches only the rest', async () => {
    const hub = await slowHub();
    const folder = newFolder();
    const { child, done } = startPull(hub, folder, ['hf:org/m']);
    await someSaved(folder);
    child.kill('SIGKILL');
    assert.equal((await done).signal, 'SIGKILL');
    assertFiles(folder, ['m.gguf.part']);
    const saved = stateOf(folder, 'm.gguf').done;
    assert.match((await ok(hub, folder, ['list'])).stderr, /Unfinished: m\.gguf \(\d+ %\)/);
    hub.delivery.behave = () => undefined;
    hub.delivery.requests = [];
    await ok(hub, folder, ['pull', 'hf:org/m']);
    assertContent(path.join(folder, 'm.gguf'), content);
    assertFiles(folder, ['m.gguf']);
    assert.equal(hub.delivery.bytesAsked(), kLarge - saved);
  });

  it('by Ctrl-C: what came is saved', async () => {
    const hub = await slowHub();
    const folder = newFolder();
    const { child, stderr, done } = startPull(hub, folder, ['hf:org/m']);
    await until('data comes', () => /m\.gguf: +[1-9][\d.]* %/.test(stderr()));
    child.kill('SIGINT');
    assert.deepEqual(await done, { status: 1, signal: null });
    assert.match(stderr(), /stopped; the same command goes on where it stopped/);
    assert.ok(stateOf(folder, 'm.gguf').done > 1_000_000);
    hub.delivery.behave = () => undefined;
    await ok(hub, folder, ['pull', 'hf:org/m']);
    assertContent(path.join(folder, 'm.gguf'), content);
  });

  it('and changed on the hub meanwhile: starts over', async () => {
    const hub = await slowHub();
    const folder = newFolder();
    const { child, done } = startPull(hub, folder, ['hf:org/m']);
    await someSaved(folder);
    child.kill('SIGKILL');
    await done;
    const other = modelBytes(kLarge, 2);
    hub.repositories['org/m'] = { 'm.gguf': other };
    hub.delivery.behave = () => undefined;
    hub.delivery.requests = [];
    const { stderr } = await ok(hub, folder, ['pull', 'hf:org/m']);
    assert.match(stderr, /another one than before: starting over/);
    assertContent(path.join(folder, 'm.gguf'), other);
    assert.equal(hub.delivery.bytesAsked(), kLarge);
  });

  it('and abandoned: rm removes it', async () => {
    const hub = await slowHub();
    const folder = newFolder();
    const { child, done } = startPull(hub, folder, ['hf:org/m']);
    await someSaved(folder);
    child.kill('SIGKILL');
    await done;
    await ok(hub, folder, ['rm', 'm.gguf', '--yes']);
    assert.deepEqual(readdirSync(folder), []);
  });

  it('a second pull of the same does not interfere', async () => {
    const hub = await slowHub();
    const folder = newFolder();
    const { child, done } = startPull(hub, folder, ['hf:org/m']);
    await someSaved(folder);
    await fails(/being downloaded by another process/, hub, folder, ['pull', 'hf:org/m']);
    child.kill('SIGKILL');
    await done;
  });
});

describe('a network that', () => {
  const content = modelBytes(kLarge);
  const survivable = {
    'breaks every other connection': (request, nth) => (nth % 2 === 0 ? { cut: 2_000_000 } : undefined),
    'breaks before the first byte': (request, nth) => (nth % 2 === 0 ? { cut: 0 } : undefined),
    'stalls once': (request, nth) => (nth === 0 ? { hang: 1000 } : undefined),
    'knows no ranges': () => ({ ignoreRange: true }),
    'knows no ranges and breaks once': (request, nth) => ({ ignoreRange: true, ...(nth === 5 ? { cut: 9_000_000 } : {}) }),
    'answers 500 now and then': (request, nth) => (nth % 3 === 0 ? { status: 500, body: 'oops' } : undefined),
    'asks for patience': (request, nth) => (nth === 1 ? { status: 429, headers: { 'retry-after': '1' } } : undefined),
  };
  for (const [name, behave] of Object.entries(survivable)) {
    it(`${name} delivers in the end`, async () => {
      const hub = await startHub({ 'org/m': { 'm.gguf': content } });
      hub.delivery.behave = behave;
      const folder = newFolder();
      await ok(hub, folder, ['pull', '--timeout', '1', 'hf:org/m']);
      assertContent(path.join(folder, 'm.gguf'), content);
      assertFiles(folder, ['m.gguf']);
    });
  }

  it('lets links expire delivers in the end', async () => {
    const hub = await startHub({ 'org/m': { 'm.gguf': content } });
    // Over one connection the second request goes where the first was redirected.
    hub.delivery.behave = (request, nth) => (nth === 1 ? { status: 403, body: 'expired' } : undefined);
    const folder = newFolder();
    await ok(hub, folder, ['pull', '--connections', '1', 'hf:org/m']);
    assertContent(path.join(folder, 'm.gguf'), content);
    const asked = hub.requests.filter(({ method, path: wanted }) => method === 'GET' && wanted.endsWith('/m.gguf'));
    assert.equal(asked.length, 2, 'a new link was asked for');
  });

  const wrong = Buffer.from(content);
  wrong[12_345_678] ^= 1;
  const fatal = {
    'delivers a wrong byte': [() => ({ body: wrong }), /SHA-256 .* thrown away; run the command again/],
    'delivers more than was told': [() => ({ body: Buffer.concat([content, Buffer.from('x')]) }), /changed/],
    'delivers less than was told': [() => ({ body: content.subarray(0, -1) }), /changed/],
    'delivers a web page': [() => ({ body: Buffer.alloc(kLarge, '<html>') }), /not a model file/],
    'answers 403': [() => ({ status: 403 }), /HTTP 403/],
    'answers 404': [() => ({ status: 404 }), /HTTP 404/],
    'always answers 500': [() => ({ status: 500 }), /HTTP 500.*later/],
    'always answers 429': [() => ({ status: 429 }), /HTTP 429.*too many requests/],
    'always breaks': [() => ({ cut: 0 }), /the connection broke|the transfer failed/],
    'redirects in circles': [({ url }) => ({ status: 302, headers: { location: url } }), /redirects too often/],
    'redirects to a file': [() => ({ status: 302, headers: { location: 'file:///etc/passwd' } }), /do not fetch/],
    'redirects to plain http': [() => ({ status: 302, headers: { location: 'http://192.0.2.1/m' } }), /without encryption/],
  };
  for (const [name, [behave, pattern]] of Object.entries(fatal)) {
    it(`${name} is told, and nothing has the name`, async () => {
      const hub = await startHub({ 'org/m': { 'm.gguf': content } });
      hub.delivery.behave = behave;
      const folder = newFolder();
      await fails(pattern, hub, folder, ['pull', 'hf:org/m']);
      assert.ok(!existsSync(path.join(folder, 'm.gguf')));
      assert.deepEqual(JSON.parse((await ok(hub, folder, ['list', '--json'])).stdout).models, []);
      // And it can be mended.
      hub.delivery.behave = () => undefined;
      await ok(hub, folder, ['pull', 'hf:org/m']);
      assertContent(path.join(folder, 'm.gguf'), content);
    });
  }

  it('is slow still shows progress', async () => {
    const hub = await startHub({ 'org/m': { 'm.gguf': content } });
    const release = deferred();
    hub.delivery.behave = () => ({ hold: 1_000_000, until: release.promise });
    const folder = newFolder();
    const { stderr, done } = startPull(hub, folder, ['hf:org/m']);
    await until('four lines of the standing download', () => (stderr().match(/^m\.gguf: .* % of 40\.0 MB/gm) ?? []).length >= 4);
    release.resolve();
    assert.deepEqual(await done, { status: 0, signal: null });
  });

  it('is asked for the file in parallel', async () => {
    const hub = await startHub({ 'org/m': { 'm.gguf': content } });
    const all = deferred();
    hub.delivery.behave = (request, nth) => {
      if (nth === 2) all.resolve();
      return { hold: 0, until: all.promise }; // the first waits for the third
    };
    const folder = newFolder();
    await ok(hub, folder, ['pull', 'hf:org/m']);
    assert.equal(hub.delivery.requests.length, 3);
    assertContent(path.join(folder, 'm.gguf'), content);
  });
});

describe('a disk that', () => {
  const shell = (hub, folder, script) =>
    new Promise((resolve) => {
      const child = spawn('bash', ['-c', script, 'bash', binary, folder], { env: cleanEnvironment(hub.env) });
      let stderr = '';
      child.stderr.on('data', (chunk) => (stderr += chunk));
      child.stdout.resume();
      child.on('close', (status, signal) => resolve({ status, signal, stderr }));
    });

  it('may hold no file that large', async () => {
    const hub = await startHub({ 'org/m': { 'm.gguf': modelBytes(5_000_000) } });
    const folder = newFolder();
    const result = await shell(hub, folder, 'ulimit -f 1000; exec "$1" pull --models-dir "$2" hf:org/m');
    assert.deepEqual([result.status, result.signal], [1, null], result.stderr);
    assert.match(result.stderr, /m\.gguf\.part: cannot reserve .* --models-dir/);
    assert.deepEqual(readdirSync(folder), []);
  });

  it('is full', async (context) => {
    const hub = await startHub({ 'org/m': { 'm.gguf': modelBytes(5_000_000) } });
    const folder = newFolder();
    const mounted = 'unshare --user --map-root-user --mount bash -c \'mount -t tmpfs -o size=1m none "$2" &&';
    const possible = await shell(hub, folder, `${mounted} true' bash "$1" "$2"`);
    if (possible.status !== 0) return context.skip('no small file system can be mounted here');
    const { status, stderr } = await shell(hub, folder, `${mounted} { "$1" pull --models-dir "$2" hf:org/m; s=$?; ls "$2" >&2; exit $s; }' bash "$1" "$2"`);
    assert.equal(status, 1, stderr);
    assert.match(stderr, /cannot reserve .*No space left.* are free there\. Make room, or choose another folder with --models-dir\n$/s);
  });

  it('cannot be written', async (context) => {
    const hub = await startHub({ 'org/m': { 'm.gguf': modelBytes(5000) } });
    const folder = newFolder();
    chmodSync(folder, 0o555);
    chmodSync(scratch, 0o755);
    // Root may write everywhere, so nobody does it, who may have no way to where the binary is.
    const copy = path.join(scratch, 'peregrine');
    copyFileSync(binary, copy);
    const drop = process.getuid() === 0 ? 'setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all' : '';
    const possible = await shell(hub, folder, `exec ${drop} '${copy}' --help`);
    if (possible.status !== 0 && drop) return context.skip('no other user can be had here');
    const { status, stderr } = await shell(hub, folder, `exec ${drop} '${copy}' pull --models-dir "$2" hf:org/m`);
    assert.equal(status, 1, stderr);
    assert.match(stderr, /m\.gguf\.part: cannot create: Permission denied\. Choose another folder with --models-dir/);
  });

  it('has a file where the folder should be', async () => {
    const hub = await startHub({ 'org/m': { 'm.gguf': modelBytes(5000) } });
    const file = path.join(newFolder(), 'file');
    writeFileSync(file, '');
    await fails(/cannot create the folder/, hub, path.join(file, 'models'), ['pull', 'hf:org/m']);
  });
});
