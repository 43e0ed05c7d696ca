// Runs a command of the binary to its end.
import { spawn } from 'node:child_process';

import { binary, cleanEnvironment } from './environment.mjs';

const kTimeoutMs = 60_000;

// {status, signal, stdout, stderr}; stdout is a string, or a Buffer with `raw`.
export function peregrine(args, { input = '', env = {}, cwd, raw = false, program = binary } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: cleanEnvironment(env), cwd, stdio: ['pipe', 'pipe', 'pipe'] });
    const timer = setTimeout(() => child.kill('SIGKILL'), kTimeoutMs);
    const out = [];
    const err = [];
    child.stdout.on('data', (chunk) => out.push(chunk));
    child.stderr.on('data', (chunk) => err.push(chunk));
    child.stdin.on('error', () => {}); // a command that fails early does not read its input
    child.stdin.end(input);
    child.on('error', reject);
    child.on('close', (status, signal) => {
      clearTimeout(timer);
      const stdout = Buffer.concat(out);
      resolve({ status, signal, stdout: raw ? stdout : stdout.toString(), stderr: Buffer.concat(err).toString() });
    });
  });
}
