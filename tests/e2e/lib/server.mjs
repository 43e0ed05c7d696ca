// A server process of one test file: started on a free port, watched, and stopped by its own process id.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { judgeFetchesOf } from './contract.mjs';
import { binary, cleanEnvironment, scratch } from './environment.mjs';
import { readMetrics } from './metrics.mjs';
import { until } from './wait.mjs';

const kStopTimeoutMs = 30_000;

const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export class Server {
  // `config`: TOML text. `flags`: further arguments. One computing thread unless told otherwise: test files run side by
  // side on few cores. `dataDir`: a folder that outlives the server; by default a new one.
  static async start({ models, config = '', flags = [], threads = 1, port = 0, dataDir = null }) {
    const server = new Server();
    await server.#start({ models, config, flags, threads, port, dataDir });
    return server;
  }

  async #start({ models, config, flags, threads, port, dataDir }) {
    const folder = mkdtempSync(path.join(scratch, 'server-'));
    const configFile = path.join(folder, 'peregrine.toml');
    writeFileSync(configFile, config);
    this.configFile = configFile;
    const data = dataDir ?? path.join(folder, 'data');
    const args = ['serve', '--port', String(port), '--threads', String(threads), '--data-dir', data];
    args.push('--config', configFile, ...models.flatMap((model) => ['--model', model]), ...flags);
    this.output = '';
    this.errors = '';
    this.child = spawn(binary, args, { env: cleanEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
    this.pid = this.child.pid;
    running.add(this.child);
    this.exited = new Promise((resolve) => {
      this.child.on('exit', (status, signal) => {
        running.delete(this.child);
        resolve({ status, signal });
      });
    });
    this.child.stdout.on('data', (chunk) => (this.output += chunk));
    this.child.stderr.on('data', (chunk) => (this.errors += chunk));
    const url = await until('the server prints its URL', () => {
      if (this.over) throw Object.assign(new Error(`the server ended: ${this.errors}`), { final: true });
      return /serves (http:\/\/\S+)\/openai\/v1/.exec(this.output);
    });
    this.root = url[1];
    judgeFetchesOf(this.root);
    this.url = `${this.root}/openai/v1`;
    this.port = Number(new URL(this.root).port);
    await until('GET /ready answers 200', async () => (await fetch(`${this.root}/ready`)).status === 200);
  }

  get over() {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  // The process that was started is the one that still runs.
  assertAlive() {
    assert.ok(!this.over, `the server ended with ${this.child.exitCode ?? this.child.signalCode}:\n${this.errors}`);
    process.kill(this.pid, 0);
  }

  metrics(headers = {}) {
    return readMetrics(`${this.root}/metrics`, headers);
  }

  // Nothing runs, nothing waits, and no block of the KV cache is held by a sequence.
  async assertIdle() {
    const state = async () => {
      const metrics = await this.metrics();
      return {
        running: metrics.value('peregrine_running_sequences'),
        queued: metrics.value('peregrine_queued_sequences'),
        used: metrics.value('peregrine_kv_blocks', { state: 'used' }),
      };
    };
    await until('the server is idle', async () => Object.values(await state()).every((value) => value === 0));
    assert.deepEqual(await state(), { running: 0, queued: 0, used: 0 });
    const failures = (await this.metrics()).find('peregrine_tool_use_failures_total');
    assert.ok(failures.every(({ value }) => value === 0), 'no call breaks off');
  }

  kill(signal) {
    process.kill(this.pid, signal);
    return this.exited;
  }

  // Alive to the last, drains on SIGTERM, ends with 0.
  async stop() {
    this.assertAlive();
    const timer = setTimeout(() => this.child.kill('SIGKILL'), kStopTimeoutMs);
    const end = await this.kill('SIGTERM');
    clearTimeout(timer);
    assert.deepEqual(end, { status: 0, signal: null }, this.errors);
  }
}
