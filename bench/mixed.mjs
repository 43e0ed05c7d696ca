#!/usr/bin/env node
// What a long prompt does to those who are being answered, and they to it: gaps between tokens of running streams, quiet and while
// the prompt is read, and the tokens per second at which it is read, alone and beside them. No packages needed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { writeCsv } from './lib/csv.mjs';
import { describeMachine } from './lib/machine.mjs';
import { newPrompt } from './lib/prompts.mjs';
import { startServer } from './lib/server.mjs';
import { quantile } from './lib/statistics.mjs';
import { followChat, gapsOf, streamChat } from './lib/stream.mjs';
import { Table } from './lib/table.mjs';

const kHere = path.dirname(fileURLToPath(import.meta.url));
const kPollMs = 5;

const kUsage = `usage: bench/mixed.mjs --binary PEREGRINE --model FILE [options]

  --threads N  computing threads of the server (2)
  --streams N  answers that run meanwhile (8)
  --prompt N   tokens of the long prompt, about (4096)
  --quiet N    gaps of every stream before the prompt comes (60)
  --rounds N   how often, one row each (3)
  --out FILE   CSV file to write (bench/results/mixed-MODEL.csv)`;

class UsageError extends Error {}

function readCount(text, name) {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new UsageError(`--${name} must be a whole number from 1`);
  return value;
}

function readOptions() {
  let options;
  try {
    options = parseArgs({
      options: {
        binary: { type: 'string' },
        model: { type: 'string' },
        threads: { type: 'string', default: '2' },
        streams: { type: 'string', default: '8' },
        prompt: { type: 'string', default: '4096' },
        quiet: { type: 'string', default: '60' },
        rounds: { type: 'string', default: '3' },
        out: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error.message);
  }
  if (options.help) return { help: true };
  if (!options.binary || !options.model) throw new UsageError('--binary and --model are needed');
  const names = ['threads', 'streams', 'prompt', 'quiet', 'rounds'];
  return {
    binary: path.resolve(options.binary),
    model: path.resolve(options.model),
    out: options.out ?? path.join(kHere, 'results', `mixed-${path.basename(options.model, '.gguf')}.csv`),
    ...Object.fromEntries(names.map((name) => [name, readCount(options[name], name)])),
  };
}

// The words of a prompt of about that many tokens.
async function wordsOf(server, tokens) {
  const kWords = 200;
  const { usage } = await streamChat(server.url, server.model, newPrompt(kWords), 1);
  return Math.round((tokens * kWords) / usage.prompt_tokens);
}

// When the prompt came and its first token went, and its tokens per second in between.
async function readPrompt(server, words) {
  const begun = performance.now();
  const { first, usage } = await streamChat(server.url, server.model, newPrompt(words), 1);
  return { begun, ended: begun + first, tokens: usage.prompt_tokens, speed: usage.prompt_tokens / (first / 1000) };
}

async function measure(server, words, options) {
  const alone = await readPrompt(server, words);
  const abort = new AbortController();
  // A step reads eight tokens of the prompt at least, and gives every stream one.
  const limit = 2 * options.quiet + Math.ceil(options.prompt / 4);
  const streams = Array.from({ length: options.streams }, () => followChat(server.url, server.model, newPrompt(8), limit, abort.signal));
  const ends = streams.map(({ done }) => done.catch(() => {}));
  let over = false;
  Promise.race(ends).then(() => (over = true));
  // The first token of all is the start of quiet.
  while (!over && !streams.every(({ times }) => times.length > options.quiet + 5)) await pause(kPollMs);
  const started = Math.max(...streams.map(({ times }) => times[0]));
  const beside = await readPrompt(server, words);
  if (over) throw new Error('a stream ended before the prompt was read');
  abort.abort();
  await Promise.all(ends);
  const within = (from, to) => streams.flatMap(({ times }) => gapsOf(times).filter((_, i) => times[i + 1] > from && times[i + 1] <= to)).sort((a, b) => a - b);
  const quiet = within(started, beside.begun);
  const during = within(beside.begun, beside.ended);
  return {
    streams: options.streams,
    threads: options.threads,
    prompt_tokens: beside.tokens,
    gap_ms_p50_quiet: quantile(quiet, 0.5),
    gap_ms_p99_quiet: quantile(quiet, 0.99),
    gap_ms_p50_during: quantile(during, 0.5),
    gap_ms_p99_during: quantile(during, 0.99),
    prefill_alone: alone.speed,
    prefill_during: beside.speed,
  };
}

const kColumns = [
  ['gap ms quiet, p50', (row) => row.gap_ms_p50_quiet.toFixed(1)],
  ['p99', (row) => row.gap_ms_p99_quiet.toFixed(1)],
  ['during, p50', (row) => row.gap_ms_p50_during.toFixed(1)],
  ['p99', (row) => row.gap_ms_p99_during.toFixed(1)],
  ['p99 ratio', (row) => (row.gap_ms_p99_during / row.gap_ms_p99_quiet).toFixed(2)],
  ['prefill alone, tokens/s', (row) => row.prefill_alone.toFixed(1)],
  ['during', (row) => row.prefill_during.toFixed(1)],
  ['share', (row) => `${((100 * row.prefill_during) / row.prefill_alone).toFixed(0)} %`],
];

async function main() {
  const options = readOptions();
  if (options.help) return console.log(kUsage);
  const folder = mkdtempSync(path.join(tmpdir(), 'peregrine-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const server = await startServer(options.binary, options.model, options.threads, folder);
  try {
    const words = await wordsOf(server, options.prompt); // brings the weights in, too
    const rows = [];
    const table = new Table(kColumns);
    for (let round = 0; round < options.rounds; ++round) {
      rows.push(await measure(server, words, options));
      table.add(rows.at(-1));
      writeCsv(options.out, describeMachine(options.model), rows);
    }
    console.error(`Written: ${path.relative(process.cwd(), options.out)}`);
  } finally {
    await server.stop();
  }
}

main().catch((error) => {
  console.error(error instanceof UsageError ? `mixed: ${error.message}\n\n${kUsage}` : `mixed: ${error.message}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
