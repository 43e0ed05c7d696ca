#!/usr/bin/env node
// Transcription beside whisper.cpp: the encoder, the whole way from sound to text, and four files at once. Weights may be
// random: both draw at temperature 1, without the ladder of fallbacks, from a copy of the model that ends every window after
// as many tokens as speech would have.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { UsageError, readCount, readOptions, resultsFile, runCommand } from './lib/command.mjs';
import { writeCsv } from './lib/csv.mjs';
import { writeEnding } from './lib/ending.mjs';
import { describeMachine } from './lib/machine.mjs';
import { measure } from './lib/process.mjs';
import { withServer } from './lib/server.mjs';
import { spread } from './lib/statistics.mjs';
import { Table } from './lib/table.mjs';

const kUsage = `usage: bench/speech.mjs --binary PEREGRINE --peer WHISPER_PEER --model FILE --audio FILE [options]

  --threads N  threads of either (2)
  --pairs N    pairs of measurements, at least 5 for figures to publish (5)
  --tokens N   tokens after which random weights end a window (80, about what 30 s of English have)
  --out FILE   CSV file to write (bench/results/speech-MODEL-N-tokens.csv)

  build/release/bin/peregrine make-model --preset whisper-base --out base.bin
  bench/speech.mjs --binary build/release/bin/peregrine --peer whisper_peer --model base.bin --audio speech.wav

bench/README.md tells how whisper_peer is built. ffmpeg reads the audio for it.`;

const kDefaults = { threads: '2', pairs: '5', tokens: '80', peer: '', audio: '' };
const kFilesAtOnce = 4;

// The sound as whisper.cpp takes it: F32, mono, 16 kHz.
function plainSamples(audio, folder) {
  const file = path.join(folder, 'audio.f32');
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-i', audio, '-ac', '1', '-ar', '16000', '-f', 'f32le', file]);
  return file;
}

// Its first run brings the weights into memory.
async function peerRun({ peer, model, threads }, samples, mode) {
  const lines = await measure(peer, [model, samples, String(threads), mode, '2'], (text) => text.trim().split('\n').map((line) => JSON.parse(line)));
  return lines.at(-1);
}

async function metrics(server) {
  const text = await (await fetch(new URL('/metrics', server.url))).text();
  const value = (name) => Number(new RegExp(`^${name}\\{[^}]*\\} (\\S+)$`, 'm').exec(text)?.[1] ?? 0);
  return {
    encodes: value('peregrine_transcription_encode_seconds_sum'),
    windows: value('peregrine_transcription_windows_total'),
    tokens: value('peregrine_transcription_tokens_total'),
  };
}

async function transcribe(server, sound) {
  const form = new FormData();
  form.append('file', new Blob([sound]), 'speech.wav');
  for (const [name, value] of Object.entries({ model: server.model, language: 'en', temperature: '1' })) form.append(name, value);
  const answer = await fetch(`${server.url}/audio/transcriptions`, { method: 'POST', body: form });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

// Seconds, windows, tokens and seconds in the encoder of what `work` does.
async function observed(server, work) {
  const before = await metrics(server);
  const begun = performance.now();
  await work();
  const seconds = (performance.now() - begun) / 1000;
  const after = await metrics(server);
  return { seconds, ...Object.fromEntries(Object.keys(after).map((name) => [name, after[name] - before[name]])) };
}

const perWindow = ({ seconds, windows }) => seconds / windows;

async function measurePair(server, options, samples, sound, pair) {
  const times = (count) => Array.from({ length: count });
  const turns = [
    async () => {
      const one = await observed(server, () => transcribe(server, sound));
      const turn = await observed(server, async () => {
        for (const _ of times(kFilesAtOnce)) await transcribe(server, sound);
      });
      const together = await observed(server, () => Promise.all(times(kFilesAtOnce).map(() => transcribe(server, sound))));
      return {
        encoder: one.encodes / one.windows,
        window: perWindow(one),
        tokens: one.tokens / one.windows,
        in_turn: perWindow(turn),
        at_once: perWindow(together),
      };
    },
    async () => {
      const encode = await peerRun(options, samples, 'encode');
      const full = await peerRun(options, samples, 'full');
      return { peer_encoder: encode.seconds, peer_window: perWindow(full), peer_tokens: full.tokens / full.windows };
    },
  ];
  if (pair % 2 === 1) turns.reverse(); // so that neither always has the cooler machine
  const row = { pair };
  for (const turn of turns) Object.assign(row, await turn());
  return row;
}

const kColumns = [
  ['seconds (min / median / max)', ({ name }) => name],
  ['Peregrine', ({ ours }) => shown(ours)],
  ['beside', ({ theirs }) => shown(theirs)],
  ['ratio', ({ ours, theirs }) => (theirs.median / ours.median).toFixed(2)],
];
const shown = ({ min, median, max }) => [min, median, max].map((seconds) => seconds.toFixed(3)).join(' / ');

function printSummary(rows) {
  const of = (column) => spread(rows.map((row) => row[column]));
  const table = new Table(kColumns);
  table.add({ name: 'a window encoded; beside it whisper.cpp', ours: of('encoder'), theirs: of('peer_encoder') });
  table.add({ name: 'a window, from sound to text; beside it whisper.cpp', ours: of('window'), theirs: of('peer_window') });
  table.add({ name: `a window of ${kFilesAtOnce} files at once; beside it one after another`, ours: of('at_once'), theirs: of('in_turn') });
  console.log(`Tokens a window: ${of('tokens').median.toFixed(0)}, whisper.cpp ${of('peer_tokens').median.toFixed(0)}.`);
}

function peakMemory(pid) {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024;
}

async function main() {
  const given = readOptions(kDefaults);
  if (given === null) return console.log(kUsage);
  if (!given.peer || !given.audio) throw new UsageError('--peer and --audio are needed');
  const folder = mkdtempSync(path.join(tmpdir(), 'peregrine-speech-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const options = {
    ...given,
    model: path.join(folder, path.basename(given.model)),
    peer: path.resolve(given.peer),
    threads: readCount(given.threads, 'threads'),
    pairs: readCount(given.pairs, 'pairs'),
    out: given.out ?? resultsFile('speech', given.model.replace(/\.bin$/, ''), `-${given.tokens}-tokens`),
  };
  writeEnding(given.model, options.model, readCount(given.tokens, 'tokens'));
  const samples = plainSamples(options.audio, folder);
  const sound = readFileSync(options.audio);
  await withServer(options, async (server) => {
    await transcribe(server, sound); // warms up
    const rows = [];
    for (let pair = 0; pair < options.pairs; ++pair) {
      rows.push(await measurePair(server, options, samples, sound, pair));
      const { encoder, window, peer_encoder: theirs, peer_window: whole } = rows.at(-1);
      process.stderr.write(`pair ${pair + 1} of ${options.pairs}: encoder ${(theirs / encoder).toFixed(2)}, whole ${(whole / window).toFixed(2)}\n`);
      writeCsv(options.out, { ...describeMachine(options.model), audio: path.basename(options.audio) }, rows);
    }
    printSummary(rows);
    const [peak, file] = [peakMemory(server.pid), statSync(options.model).size];
    console.log(`Memory at its peak: ${(peak / 1e6).toFixed(0)} MB; the file has ${(file / 1e6).toFixed(0)} MB.`);
  });
  console.error(`Written: ${path.relative(process.cwd(), options.out)}`);
}

runCommand('speech', kUsage, main);
