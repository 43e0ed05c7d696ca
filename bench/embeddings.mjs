#!/usr/bin/env node
// Texts per second that a server embeds, by length and by clients, with the arithmetic of it beside the machine's peak. No packages
// needed.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { readCount, readOptions, resultsFile, runCommand } from './lib/command.mjs';
import { writeCsv } from './lib/csv.mjs';
import { describeMachine } from './lib/machine.mjs';
import { withServer } from './lib/server.mjs';
import { spread } from './lib/statistics.mjs';
import { Table } from './lib/table.mjs';

const kUsage = `usage: bench/embeddings.mjs --binary PEREGRINE --model FILE [options]

  --threads N  computing threads of the server (2)
  --tokens N   tokens that a cell computes, about (16384)
  --rounds N   how often a cell is measured (3)
  --out FILE   CSV file to write (bench/results/embeddings-MODEL.csv)`;

const kDefaults = { threads: '2', tokens: '16384', rounds: '3' };

// Tokens of a text, texts of a request, clients at once.
const kCells = [
  { length: 16, texts: 1, clients: 1 },
  { length: 16, texts: 32, clients: 1 },
  { length: 16, texts: 1, clients: 32 },
  { length: 128, texts: 32, clients: 1 },
  { length: 512, texts: 8, clients: 1 },
];

function runJson(binary, args) {
  return JSON.parse(execFileSync(binary, args, { maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] }));
}

// Multiply-accumulates of a token in the matrices of the layers; attention's own come on top and are not counted.
function macsPerToken({ binary, model }) {
  const matrices = runJson(binary, ['inspect', '--json', model]).tensors.filter(({ name, shape }) => name.startsWith('blk.') && shape.length === 2);
  return matrices.reduce((sum, { shape: [n, m] }) => sum + n * m, 0);
}

// int8 multiply-accumulates per second, as `peregrine bench` measures them on any model.
function peakOf({ binary, threads }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'peregrine-peak-'));
  try {
    const model = path.join(folder, 'tiny.gguf');
    execFileSync(binary, ['make-model', '--out', model], { stdio: 'ignore' });
    const args = ['bench', model, '--json', '--repeat', '1', '--prompt', '16', '--generate', '1', '--threads', String(threads)];
    return runJson(binary, args).peaks.int8_gmac_per_second;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function embed(server, input) {
  const body = JSON.stringify({ model: server.model, input, encoding_format: 'base64' });
  const answer = await fetch(`${server.url}/embeddings`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

// Seconds for about `tokens` tokens in texts of one length.
async function measure(server, { length, texts, clients }, tokens) {
  const requests = Math.max(clients, Math.ceil(tokens / (length * texts)));
  let next = 0;
  const text = (i) => Array.from({ length }, (_, k) => 1 + ((i * 31 + k * 7) % 200));
  const client = async () => {
    while (next < requests) {
      const request = next++;
      await embed(server, Array.from({ length: texts }, (_, i) => text(request * texts + i)));
    }
  };
  const begun = performance.now();
  await Promise.all(Array.from({ length: clients }, client));
  const seconds = (performance.now() - begun) / 1000;
  return { texts: (requests * texts) / seconds, tokens: (requests * texts * length) / seconds };
}

const kColumns = [
  ['tokens a text', (row) => row.length],
  ['texts a request', (row) => row.texts_per_request],
  ['clients', (row) => row.clients],
  ['texts/s', (row) => row.texts_per_second.toFixed(1)],
  ['tokens/s', (row) => row.tokens_per_second.toFixed(0)],
  ['GMAC/s', (row) => row.gmac_per_second.toFixed(1)],
  ['of peak', (row) => `${((100 * row.gmac_per_second) / row.peak_int8_gmac_per_second).toFixed(0)} %`],
];

async function main() {
  const given = readOptions(kDefaults);
  if (given === null) return console.log(kUsage);
  const counts = Object.keys(kDefaults).map((name) => [name, readCount(given[name], name)]);
  const options = { ...given, ...Object.fromEntries(counts), out: given.out ?? resultsFile('embeddings', given.model) };
  const [macs, peak] = [macsPerToken(options), peakOf(options)];
  await withServer(options, async (server) => {
    const rows = [];
    const table = new Table(kColumns);
    for (const cell of kCells) {
      await measure(server, cell, Math.ceil(options.tokens / 8)); // warms up
      const seen = [];
      for (let round = 0; round < options.rounds; ++round) seen.push(await measure(server, cell, options.tokens));
      const tokens = spread(seen.map((one) => one.tokens)).median;
      rows.push({
        length: cell.length,
        texts_per_request: cell.texts,
        clients: cell.clients,
        threads: options.threads,
        texts_per_second: spread(seen.map((one) => one.texts)).median,
        tokens_per_second: tokens,
        gmac_per_second: (tokens * macs) / 1e9,
        peak_int8_gmac_per_second: peak,
      });
      table.add(rows.at(-1));
      writeCsv(options.out, describeMachine(options.model), rows);
    }
    console.error(`Written: ${path.relative(process.cwd(), options.out)}`);
  });
}

runCommand('embeddings', kUsage, main);
