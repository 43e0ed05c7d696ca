#!/usr/bin/env node
// What a long prompt does to those who are being answered, and they to it: gaps between tokens of running streams, quiet and while
// the prompt is read, and the tokens per second at which it is read, alone and beside them. No packages needed.
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { readCount, readOptions, resultsFile, runCommand } from './lib/command.mjs';
import { writeCsv } from './lib/csv.mjs';
import { describeMachine } from './lib/machine.mjs';
import { newPrompt } from './lib/prompts.mjs';
import { withServer } from './lib/server.mjs';
import { quantile } from './lib/statistics.mjs';
import { followChat, gapsOf, streamChat } from './lib/stream.mjs';
import { Table } from './lib/table.mjs';

const kPollMs = 5;

const kUsage = `usage: bench/mixed.mjs --binary PEREGRINE --model FILE [options]

  --threads N  computing threads of the server (2)
  --streams N  answers that run meanwhile (8)
  --prompt N   tokens of the long prompt, about (4096)
  --quiet N    gaps of every stream before the prompt comes (60)
  --rounds N   how often, one row each (3)
  --out FILE   CSV file to write (bench/results/mixed-MODEL.csv)`;

const kDefaults = { threads: '2', streams: '8', prompt: '4096', quiet: '60', rounds: '3' };

function counted(options) {
  const counts = Object.keys(kDefaults).map((name) => [name, readCount(options[name], name)]);
  return { ...options, ...Object.fromEntries(counts), out: options.out ?? resultsFile('mixed', options.model) };
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
  const texts = readOptions(kDefaults);
  if (texts === null) return console.log(kUsage);
  const options = counted(texts);
  await withServer(options, async (server) => {
    const words = await wordsOf(server, options.prompt); // brings the weights in, too
    const rows = [];
    const table = new Table(kColumns);
    for (let round = 0; round < options.rounds; ++round) {
      rows.push(await measure(server, words, options));
      table.add(rows.at(-1));
      writeCsv(options.out, describeMachine(options.model), rows);
    }
    console.error(`Written: ${path.relative(process.cwd(), options.out)}`);
  });
}

runCommand('mixed', kUsage, main);
