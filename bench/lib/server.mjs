// A Peregrine server on a free port of loopback, stopped by its own process id.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const kPollMs = 20;

// {url, model, pid, stop()}; `model` is the id to ask for.
async function startServer(binary, model, threads, folder) {
  const args = ['serve', '--port', '0', '--threads', String(threads), '--model', model, '--data-dir', path.join(folder, 'data')];
  const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const kill = () => child.kill('SIGKILL');
  process.on('exit', kill);
  let [output, errors] = ['', ''];
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (errors += chunk));
  const ended = new Promise((resolve) => {
    child.on('error', (error) => resolve((errors += error.message)));
    child.on('close', resolve);
  });
  let over = false;
  ended.then(() => (over = true));

  const until = async (probe) => {
    for (;;) {
      if (over) throw new Error(`the server ended:\n${errors.trim()}`);
      const answer = await probe();
      if (answer) return answer;
      await pause(kPollMs);
    }
  };
  const [, root] = await until(() => /serves (http:\/\/\S+)\/openai\/v1/.exec(output));
  await until(async () => (await fetch(`${root}/ready`)).ok);
  const { data } = await (await fetch(`${root}/openai/v1/models`)).json();
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    process.off('exit', kill);
  };
  return { url: `${root}/openai/v1`, model: data[0].id, pid: child.pid, stop };
}

// Calls use(server) with a server whose data lie in a folder of its own, and stops it afterwards.
export async function withServer({ binary, model, threads }, use) {
  const folder = mkdtempSync(path.join(tmpdir(), 'peregrine-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const server = await startServer(binary, model, threads, folder);
  try {
    await use(server);
  } finally {
    await server.stop();
  }
}
