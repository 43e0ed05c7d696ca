#!/usr/bin/env node
// What clients of the server see: time to the first token, gaps between tokens, tokens per second, for more and more
// clients at once. No packages needed.
import path from 'node:path';

import { readCount, readOptions, resultsFile, runCommand } from './lib/command.mjs';
import { writeCsv } from './lib/csv.mjs';
import { describeMachine } from './lib/machine.mjs';
import { newPrompt } from './lib/prompts.mjs';
import { withServer } from './lib/server.mjs';
import { quantile } from './lib/statistics.mjs';
import { streamChat } from './lib/stream.mjs';
import { Table } from './lib/table.mjs';

const kClients = [1, 4, 16, 64];

const kUsage = `usage: bench/serve.mjs --binary PEREGRINE --model FILE [options]

  --threads N    computing threads of the server (2)
  --clients LIST how many clients at once, one row each (${kClients.join(',')})
  --requests N   requests of every client, one after the other (2)
  --words N      words of a prompt (64)
  --tokens N     most tokens of an answer (64)
  --out FILE     CSV file to write (bench/results/serve-MODEL.csv)`;

const kDefaults = { threads: '2', requests: '2', words: '64', tokens: '64' };

function counted(options) {
  const counts = Object.keys(kDefaults).map((name) => [name, readCount(options[name], name)]);
  return {
    ...options,
    ...Object.fromEntries(counts),
    clients: options.clients.split(',').map((text) => readCount(text, 'clients')),
    out: options.out ?? resultsFile('serve', options.model),
  };
}

async function client(url, model, { requests, words, tokens }) {
  const answers = [];
  for (let i = 0; i < requests; ++i) answers.push(await streamChat(url, model, newPrompt(words), tokens));
  return answers;
}

async function measure(server, clients, options) {
  const begun = performance.now();
  const answers = (await Promise.all(Array.from({ length: clients }, () => client(server.url, server.model, options)))).flat();
  const seconds = (performance.now() - begun) / 1000;
  const first = answers.map((answer) => answer.first).sort((a, b) => a - b);
  const gaps = answers.flatMap((answer) => answer.gaps).sort((a, b) => a - b);
  const sum = (key) => answers.reduce((total, answer) => total + answer.usage[key], 0);
  return {
    clients,
    requests: answers.length,
    threads: options.threads,
    prompt_tokens: sum('prompt_tokens'),
    completion_tokens: sum('completion_tokens'),
    tokens_per_second: sum('completion_tokens') / seconds,
    first_token_ms_p50: quantile(first, 0.5),
    first_token_ms_p99: quantile(first, 0.99),
    gap_ms_p50: quantile(gaps, 0.5),
    gap_ms_p99: quantile(gaps, 0.99),
  };
}

const kColumns = [
  ['clients', (row) => row.clients],
  ['tokens/s', (row) => row.tokens_per_second.toFixed(1)],
  ['first token ms, p50', (row) => row.first_token_ms_p50.toFixed(1)],
  ['p99', (row) => row.first_token_ms_p99.toFixed(1)],
  ['gap ms, p50', (row) => row.gap_ms_p50.toFixed(1)],
  ['p99', (row) => row.gap_ms_p99.toFixed(1)],
];

async function main() {
  const texts = readOptions({ ...kDefaults, clients: kClients.join(',') });
  if (texts === null) return console.log(kUsage);
  const options = counted(texts);
  await withServer(options, async (server) => {
    await streamChat(server.url, server.model, newPrompt(options.words), options.tokens); // brings the weights in
    const rows = [];
    const table = new Table(kColumns);
    for (const clients of options.clients) {
      rows.push(await measure(server, clients, options));
      table.add(rows.at(-1));
      writeCsv(options.out, describeMachine(options.model), rows);
    }
    console.error(`Written: ${path.relative(process.cwd(), options.out)}`);
  });
}

runCommand('serve', kUsage, main);
