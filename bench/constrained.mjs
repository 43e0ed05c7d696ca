#!/usr/bin/env node
// What a constraint costs and what it saves: tokens per second of free text, of a string (every token drawn under a
// mask) and of objects of a schema (much of them forced, so not drawn). No packages needed.
import path from 'node:path';

import { readCount, readOptions, resultsFile, runCommand } from './lib/command.mjs';
import { writeCsv } from './lib/csv.mjs';
import { describeMachine } from './lib/machine.mjs';
import { newPrompt } from './lib/prompts.mjs';
import { withServer } from './lib/server.mjs';
import { spread } from './lib/statistics.mjs';
import { Table } from './lib/table.mjs';

const kUsage = `usage: bench/constrained.mjs --binary PEREGRINE --model FILE [options]

  --threads N    computing threads of the server (2)
  --streams LIST how many answers at once (1,8)
  --rounds N     measurements of each kind, in turn (5)
  --tokens N     tokens of an answer (160)
  --out FILE     CSV file to write (bench/results/constrained-MODEL.csv)`;

const kRecords = {
  type: 'object',
  properties: {
    items: {
      type: 'array',
      minItems: 1000,
      items: {
        type: 'object',
        properties: {
          id: { type: 'integer' },
          name: { type: 'string', maxLength: 40 },
          tags: { type: 'array', items: { enum: ['red', 'green', 'blue'] }, maxItems: 3 },
        },
        required: ['id', 'name', 'tags'],
        additionalProperties: false,
      },
    },
  },
  required: ['items'],
  additionalProperties: false,
};

const shaped = (schema) => ({
  response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } },
});

const kKinds = [
  ['text', {}],
  ['string', shaped({ type: 'string', minLength: 100000 })],
  ['objects', shaped(kRecords)],
];

async function ask(server, prompt, tokens, shape) {
  const response = await fetch(`${server.url}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      model: server.model,
      messages: [{ role: 'user', content: prompt }],
      max_completion_tokens: tokens,
      ...shape,
    }),
  });
  if (!response.ok) throw new Error(`status ${response.status}: ${await response.text()}`);
  return (await response.json()).usage;
}

async function forcedTokens(server) {
  const text = await (await fetch(new URL('/metrics', server.url))).text();
  return Number(/^peregrine_forced_tokens_total\{.*\} (\S+)$/m.exec(text)?.[1] ?? 0);
}

async function round(server, streams, options, shape) {
  const before = await forcedTokens(server);
  const usages = await Promise.all(
    Array.from({ length: streams }, () => ask(server, newPrompt(16), options.tokens, shape)),
  );
  const tokens = usages.reduce((sum, usage) => sum + usage.completion_tokens, 0);
  return {
    rate: tokens / Math.max(...usages.map((usage) => usage.completion_time)),
    forced: ((await forcedTokens(server)) - before) / tokens,
  };
}

async function measure(server, streams, options) {
  const rounds = kKinds.map(() => []);
  for (let i = 0; i < options.rounds; ++i) {
    for (const [k, [, shape]] of kKinds.entries()) rounds[k].push(await round(server, streams, options, shape));
  }
  const rates = rounds.map((list) => spread(list.map(({ rate }) => rate)));
  return kKinds.map(([kind], k) => ({
    kind,
    streams,
    threads: options.threads,
    tokens_per_second_min: rates[k].min,
    tokens_per_second: rates[k].median,
    tokens_per_second_max: rates[k].max,
    of_text: rates[k].median / rates[0].median,
    forced: spread(rounds[k].map(({ forced }) => forced)).median,
  }));
}

const kColumns = [
  ['answer', (row) => row.kind],
  ['streams', (row) => row.streams],
  ['tokens/s', (row) => row.tokens_per_second.toFixed(1)],
  ['of text', (row) => row.of_text.toFixed(2)],
  ['forced', (row) => `${(100 * row.forced).toFixed(0)} %`],
];

async function main() {
  const texts = readOptions({ threads: '2', streams: '1,8', rounds: '5', tokens: '160' });
  if (texts === null) return console.log(kUsage);
  const options = {
    ...texts,
    threads: readCount(texts.threads, 'threads'),
    rounds: readCount(texts.rounds, 'rounds'),
    tokens: readCount(texts.tokens, 'tokens'),
    out: texts.out ?? resultsFile('constrained', texts.model),
  };
  const streams = texts.streams.split(',').map((text) => readCount(text, 'streams'));
  await withServer(options, async (server) => {
    for (const [, shape] of kKinds) await ask(server, newPrompt(16), 8, shape); // weights in, schemas compiled
    const rows = [];
    const table = new Table(kColumns);
    for (const count of streams) {
      for (const row of await measure(server, count, options)) {
        rows.push(row);
        table.add(row);
      }
      writeCsv(options.out, describeMachine(options.model), rows);
    }
    console.error(`Written: ${path.relative(process.cwd(), options.out)}`);
  });
}

runCommand('constrained', kUsage, main);
