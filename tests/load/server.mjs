// The server under load: a process, what the system and the server itself tell of it, and requests to it.
import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';

const repository = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const kKey = 'soak-soak-soak';
const kPageBytes = 4096;
const kStartTries = 600;
const kTryMs = 100;

export const kChatModel = 'peregrine-starter';
export const kEmbeddingModel = 'bert-mean-f32';
export const kSpeechModel = 'peregrine-speech-starter';

const kConfig = `models = ${JSON.stringify([
  path.join(repository, 'models', 'peregrine-starter.gguf'),
  path.join(repository, 'tests', 'golden', 'models', 'bert-mean-f32.gguf'),
  path.join(repository, 'models', 'peregrine-speech-starter.bin'),
])}
memory = "2GiB"
[server]
keys = ["${kKey}"]
[engine]
max_context = 1024
kv_memory = "24MiB"
max_sequences = 16
`;

export class Server {
  static async start({ binary, threads }) {
    const server = new Server();
    server.folder = mkdtempSync(path.join(tmpdir(), 'peregrine-soak-'));
    const config = path.join(server.folder, 'peregrine.toml');
    writeFileSync(config, kConfig);
    const args = ['serve', '--port', '0', '--config', config, '--data-dir', path.join(server.folder, 'data'), '--log-format', 'json'];
    if (threads) args.push('--threads', String(threads));
    server.child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    server.exited = new Promise((resolve) => server.child.on('exit', (status, signal) => resolve({ status, signal })));
    server.log = path.join(server.folder, 'log');
    server.child.stderr.pipe(createWriteStream(server.log));
    let output = '';
    server.child.stdout.on('data', (chunk) => (output += chunk));
    for (let i = 0; i < kStartTries && !server.url; ++i) {
      await pause(kTryMs);
      if (server.over) throw new Error(`the server ended: ${readFileSync(server.log)}`);
      server.url = /serves (http:\/\/\S+)\/openai\/v1/.exec(output)?.[1];
    }
    if (!server.url) throw new Error('the server does not start');
    return server;
  }

  get over() {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  // A fetch() under the key; `body` an object for JSON, or what fetch() takes.
  ask(method, target, body, { signal, key = kKey, headers = {} } = {}) {
    const json = body !== undefined && !(body instanceof FormData) && typeof body !== 'string';
    const fields = { authorization: `Bearer ${key}`, ...headers };
    if (json || typeof body === 'string') fields['content-type'] ??= 'application/json';
    return fetch(`${this.url}${target}`, { method, headers: fields, body: json ? JSON.stringify(body) : body, signal });
  }

  async metrics() {
    const text = await (await fetch(`${this.url}/metrics`)).text();
    const samples = [...text.matchAll(/^([a-z_]+)(?:\{(.*)\})? (\S+)$/gm)];
    // The sum over all samples of that name whose labels have `label`.
    return (name, label = '') =>
      samples.filter(([, of, labels]) => of === name && (labels ?? '').includes(label)).reduce((sum, [, , , value]) => sum + Number(value), 0);
  }

  async sample() {
    const { pid } = this.child;
    const value = await this.metrics();
    const [, resident, shared] = readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ').map(Number);
    return {
      rss: resident * kPageBytes,
      anonymous: (resident - shared) * kPageBytes,
      descriptors: readdirSync(`/proc/${pid}/fd`).length,
      kv_used: value('peregrine_kv_blocks', 'state="used"'),
      kv_cached: value('peregrine_kv_blocks', 'state="cached"'),
      running: value('peregrine_running_sequences'),
      queued: value('peregrine_queued_sequences'),
      transcribing: value('peregrine_transcriptions_running'),
      requests: value('peregrine_http_requests_total'),
      server_errors: value('peregrine_http_requests_total', 'status="5'),
      preemptions: value('peregrine_preemptions_total'),
    };
  }

  async stop() {
    this.child.kill('SIGTERM');
    return this.exited;
  }

  clean() {
    if (!this.over) this.child.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}
