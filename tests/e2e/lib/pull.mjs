// Running pull, list and rm on folders of models.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { peregrine } from './cli.mjs';
import { binary, cleanEnvironment, scratch } from './environment.mjs';
import { Hub, sha256 } from './hub.mjs';

export const kLarge = 40_000_000; // three chunks of 16 MiB

export const newFolder = () => mkdtempSync(path.join(scratch, 'models-'));
export const startHub = (repositories) => new Hub(repositories).listen();

// Runs a command on `folder`; {status, signal, stdout, stderr}.
export function run(hub, folder, args, { env, ...options } = {}) {
  const [command, ...rest] = args;
  return peregrine([command, '--models-dir', folder, ...rest], { env: { ...hub?.env, ...env }, ...options });
}

export async function ok(...args) {
  const result = await run(...args);
  assert.deepEqual([result.status, result.signal], [0, null], result.stderr);
  return result;
}

export async function fails(pattern, ...args) {
  const result = await run(...args);
  assert.deepEqual([result.status, result.signal], [1, null], result.stderr);
  assert.equal(result.stdout, '');
  assert.match(result.stderr, pattern);
  return result;
}

// What lies in `folder`: no part of anything, or exactly `names`.
export function assertFiles(folder, names) {
  const files = existsSync(folder) ? readdirSync(folder) : [];
  assert.deepEqual(files.filter((name) => !name.endsWith('.json')).sort(), [...names].sort());
}

export function assertContent(file, content) {
  assert.equal(sha256(readFileSync(file)), sha256(content));
}

// A running pull: {child, stderr(), done} with done resolving to {status, signal}.
export function startPull(hub, folder, args) {
  const child = spawn(binary, ['pull', '--models-dir', folder, ...args], { env: cleanEnvironment(hub.env) });
  let stderr = '';
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const done = new Promise((resolve) => child.on('close', (status, signal) => resolve({ status, signal })));
  return { child, stderr: () => stderr, done };
}

export function stateOf(folder, name) {
  const state = JSON.parse(readFileSync(path.join(folder, `${name}.part.json`), 'utf8'));
  return { ...state, done: state.received.reduce((sum, bytes) => sum + bytes, 0) };
}
