#!/usr/bin/env node
// Peregrine beside llama.cpp: the same file, the same threads, one after the other in pairs.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { startBusy } from './lib/busy.mjs';
import { UsageError, readCount, readOptions, resultsFile, runCommand } from './lib/command.mjs';
import { writeCsv } from './lib/csv.mjs';
import { describeMachine } from './lib/machine.mjs';
import { measure, run } from './lib/process.mjs';
import { spread } from './lib/statistics.mjs';

const kHere = path.dirname(fileURLToPath(import.meta.url));

// What is compared, and which of the two phases each cell is about.
const kCells = [
  { name: 'prefill of 512 tokens', phase: 'prefill', prompt: 512, generate: 8, streams: 1 },
  { name: 'decode, 1 stream', phase: 'decode', prompt: 64, generate: 64, streams: 1 },
  { name: 'decode, 8 streams', phase: 'decode', prompt: 64, generate: 64, streams: 8 },
  { name: 'decode, 16 streams', phase: 'decode', prompt: 64, generate: 64, streams: 16 },
  { name: 'decode at 4096 tokens', phase: 'decode', prompt: 4096, generate: 32, streams: 1 },
];

const kUsage = `usage: bench/compare.mjs --binary PEREGRINE --model FILE [options]

  --threads N   threads of either (2)
  --pairs N     pairs of measurements for each cell, at least 5 for figures to publish (5)
  --only TEXT   only cells whose name has TEXT in it
  --busy N      N processes that keep a core busy each, all the while (0)
  --out FILE    CSV file to write (bench/results/compare-MODEL.csv)

  build/release/bin/peregrine make-model --preset llama-3.2-1b --type Q4_K_M --out llama-1b.gguf
  bench/compare.mjs --binary build/release/bin/peregrine --model llama-1b.gguf`;

const kDefaults = { threads: '2', pairs: '5', only: '', busy: '0' };

function chosen(options) {
  const cells = kCells.filter((cell) => cell.name.includes(options.only));
  if (cells.length === 0) throw new UsageError(`no cell has '${options.only}' in its name`);
  return {
    ...options,
    cells,
    threads: readCount(options.threads, 'threads'),
    pairs: readCount(options.pairs, 'pairs'),
    busy: readCount(options.busy, 'busy', 0),
    out: options.out ?? resultsFile('compare', options.model, options.busy === '0' ? '' : '-busy'),
  };
}

// The two engines, as commands that print one cell's JSON.
function engines({ binary, model, threads }) {
  const flags = ({ prompt, generate, streams }) => {
    const sizes = { threads, prompt, generate, streams };
    return Object.entries(sizes).flatMap(([size, value]) => [`--${size}`, String(value)]);
  };
  return {
    peregrine: (cell) => measure(binary, ['bench', model, '--json', '--repeat', '1', ...flags(cell)]),
    llama: (cell) => measure(process.execPath, [path.join(kHere, 'llama.mjs'), '--model', model, ...flags(cell)]),
  };
}

async function comparePairs(cell, pairs, { peregrine, llama }) {
  const rows = [];
  for (let pair = 0; pair < pairs; ++pair) {
    const turns = [['peregrine', peregrine], ['llama.cpp', llama]];
    if (pair % 2 === 1) turns.reverse(); // so that neither always has the cooler machine
    for (const [engine, ask] of turns) {
      const result = await ask(cell);
      rows.push({ engine, pair, result });
      process.stderr.write(`${cell.name}, pair ${pair + 1} of ${pairs}: ${engine} ${result[`${cell.phase}_tokens_per_second`].toFixed(1)} tokens/s\n`);
    }
  }
  return rows;
}

// A line of the table: both engines' spreads, the ratio of the medians, and the share of the measured peak.
function summary(cell, rows) {
  const of = (engine) => rows.filter((row) => row.engine === engine).map((row) => row.result);
  const rates = (engine) => spread(of(engine).map((result) => result[`${cell.phase}_tokens_per_second`]));
  const share = cell.phase === 'prefill' ? 'share_of_arithmetic' : 'share_of_read';
  const [ours, theirs] = [rates('peregrine'), rates('llama.cpp')];
  return {
    name: cell.name,
    ours,
    theirs,
    ratio: ours.median / theirs.median,
    share: spread(of('peregrine').map((result) => result[cell.phase][share])).median,
  };
}

const shown = ({ min, median, max }) => [min, median, max].map((rate) => rate.toFixed(1)).join(' / ');

function printTable(lines) {
  const head = ['tokens/s (min / median / max)', 'Peregrine', 'llama.cpp', 'ratio', 'of peak'];
  const body = lines.map(({ name, ours, theirs, ratio, share }) => [name, shown(ours), shown(theirs), ratio.toFixed(2), `${(share * 100).toFixed(0)} %`]);
  const widths = head.map((_, column) => Math.max(...[head, ...body].map((row) => row[column].length)));
  for (const row of [head, widths.map((width) => '-'.repeat(width)), ...body]) {
    console.log(`| ${row.map((text, column) => text.padEnd(widths[column])).join(' | ')} |`);
  }
}

function csvRows(cell, rows, options) {
  return rows.map(({ engine, pair, result }) => ({
    cell: cell.name,
    engine,
    pair,
    threads: options.threads,
    busy: options.busy,
    prompt: cell.prompt,
    generate: cell.generate,
    streams: cell.streams,
    prefill_tokens_per_second: result.prefill_tokens_per_second,
    decode_tokens_per_second: result.decode_tokens_per_second,
    gb_per_second: result.gb_per_second,
    gmac_per_second: result.gmac_per_second,
    peak_read_gb_per_second: result.peaks?.read_gb_per_second,
    peak_int8_gmac_per_second: result.peaks?.int8_gmac_per_second,
    engine_version: result.version,
  }));
}

async function main() {
  const texts = readOptions(kDefaults);
  if (texts === null) return console.log(kUsage);
  const options = chosen(texts);
  const both = engines(options);
  const probe = await run(process.execPath, [path.join(kHere, 'llama.mjs'), '--check']);
  if (probe.status !== 0) {
    console.error(`Skipped: llama.cpp cannot be run here. Install it with 'npm install --omit=optional' in bench/ (Linux x64). ${/^\w*Error.*$/m.exec(probe.stderr)?.[0] ?? ''}`);
    return;
  }
  const { version } = await measure(options.binary, ['--version'], (text) => ({ version: text.trim() }));
  const busy = startBusy(options.busy);
  const [lines, csv] = [[], []];
  try {
    for (const cell of options.cells) {
      const rows = await comparePairs(cell, options.pairs, both);
      for (const row of rows) row.result.version ??= version;
      lines.push(summary(cell, rows));
      csv.push(...csvRows(cell, rows, options));
      writeCsv(options.out, describeMachine(options.model), csv); // after every cell: it may be stopped
    }
  } finally {
    busy.stop();
  }
  printTable(lines);
  console.error(`Written: ${path.relative(process.cwd(), options.out)}`);
}

runCommand('compare', kUsage, main);
