// Runs programs to their end.
import { spawn } from 'node:child_process';

// {status, stdout, stderr}.
export function run(program, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk) => (stdout += chunk));
    child.stderr.on('data', (chunk) => (stderr += chunk));
    child.on('error', (error) => reject(new Error(`${program} cannot be run: ${error.message}`)));
    child.on('close', (status) => resolve({ status, stdout, stderr }));
  });
}

// What the program prints, parsed. One that fails is an error with what it said.
export async function measure(program, args, parse = JSON.parse) {
  const { status, stdout, stderr } = await run(program, args);
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}:\n${stderr.trim()}`);
  return parse(stdout);
}
