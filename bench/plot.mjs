#!/usr/bin/env node
// Draws what compare.mjs measured: for every cell how many times as fast as llama.cpp Peregrine is, from the
// medians, with the slowest and fastest pair as a line.
import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { readCsv } from './lib/csv.mjs';
import { spread } from './lib/statistics.mjs';

const kWidth = 800;
const kLabelWidth = 330;
const kRowHeight = 26;
const kTop = 40;

const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

// { label, ratio: {min, median, max} } for each cell of each file.
function ratios(files) {
  return files.flatMap((file) => {
    const rows = readCsv(file);
    const names = [...new Set(rows.map((row) => `${row.cell}${row.busy === '0' ? '' : ', a core busy'}`))];
    return names.map((name) => {
      const phase = name.startsWith('prefill') ? 'prefill' : 'decode';
      const cell = name.replace(', a core busy', '');
      const speeds = (engine) => rows.filter((row) => row.cell === cell && row.engine === engine)
        .map((row) => Number(row[`${phase}_tokens_per_second`]));
      const ours = spread(speeds('peregrine'));
      const theirs = spread(speeds('llama.cpp'));
      const model = path.basename(file, '.csv').replace(/-(prefill|decode|busy)$/, '').replace(/^[\d-]+(kernels-)?/, '');
      return { label: `${model}: ${name}`, min: ours.min / theirs.max, median: ours.median / theirs.median, max: ours.max / theirs.min };
    });
  });
}

function draw(bars) {
  const scale = (kWidth - kLabelWidth - 60) / Math.max(...bars.map((bar) => bar.max));
  const x = (ratio) => (kLabelWidth + ratio * scale).toFixed(1);
  const height = kTop + bars.length * kRowHeight + 10;
  const rows = bars.map((bar, i) => {
    const y = kTop + i * kRowHeight;
    const middle = y + kRowHeight / 2;
    return [
      `<text x="${kLabelWidth - 8}" y="${middle + 4}" text-anchor="end">${escape(bar.label)}</text>`,
      `<rect x="${kLabelWidth}" y="${y + 5}" width="${(bar.median * scale).toFixed(1)}" height="${kRowHeight - 10}" fill="#3a6ea5"/>`,
      `<line x1="${x(bar.min)}" x2="${x(bar.max)}" y1="${middle}" y2="${middle}" stroke="#10263d" stroke-width="2"/>`,
      `<text x="${(Number(x(bar.max)) + 6).toFixed(1)}" y="${middle + 4}">${bar.median.toFixed(2)}</text>`,
    ].join('\n');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${kWidth}" height="${height}" font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="white"/>
<text x="${kLabelWidth}" y="20" font-size="13">Times the speed of llama.cpp: ratio of medians, slowest to fastest pair</text>
${rows.join('\n')}
<line x1="${x(1)}" x2="${x(1)}" y1="${kTop}" y2="${height - 10}" stroke="#b03030" stroke-dasharray="4 3"/>
</svg>
`;
}

const [out, ...files] = process.argv.slice(2);
if (out === undefined || files.length === 0) {
  console.error('usage: bench/plot.mjs OUT.svg COMPARE.csv...');
  process.exit(2);
}
writeFileSync(out, draw(ratios(files)));
