// What the tests are told from outside, and a folder of their own that goes when the process does.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const here = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
export const repository = path.dirname(path.dirname(here));
export const shared = process.env.PEREGRINE_SHARED || path.join(path.dirname(repository), 'shared');

export const binary = process.env.PEREGRINE_BINARY;
if (!binary) throw new Error('PEREGRINE_BINARY is not set: use tests/e2e/run BINARY');

export const scratch = mkdtempSync(path.join(tmpdir(), 'peregrine-e2e-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

// A file that hangs, or is told to stop, ends through process.exit: that is where servers and folders are cleaned up.
const kFileTimeoutMs = 1000 * Number(process.env.PEREGRINE_FILE_TIMEOUT ?? 600);
setTimeout(() => {
  console.error(`gave up after ${kFileTimeoutMs / 1000} s`);
  process.exit(1);
}, kFileTimeoutMs).unref();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));

// Where a server may keep its data, which is not there yet.
export const newDataFolder = (name) => path.join(mkdtempSync(path.join(scratch, `${name}-`)), 'data');

export function readData(name) {
  return JSON.parse(readFileSync(path.join(here, name), 'utf8'));
}

// A file of ../shared, or null where there is none.
export function sharedFile(...parts) {
  const file = path.join(shared, ...parts);
  return existsSync(file) ? file : null;
}

// What a child process is given: nothing of the caller's settings reaches the tests.
export function cleanEnvironment(extra = {}) {
  const { PATH, LD_LIBRARY_PATH, ASAN_OPTIONS, TSAN_OPTIONS, UBSAN_OPTIONS, PEREGRINE_ISA } = process.env;
  const kept = { PATH, LD_LIBRARY_PATH, ASAN_OPTIONS, TSAN_OPTIONS, UBSAN_OPTIONS, PEREGRINE_ISA };
  for (const name of Object.keys(kept)) if (kept[name] === undefined) delete kept[name];
  return { ...kept, HOME: scratch, XDG_DATA_HOME: path.join(scratch, 'data'), TERM: 'dumb', ...extra };
}
