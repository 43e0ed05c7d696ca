// A soak: clients of kMix against one server until the time is over, samples meanwhile, a verdict at the end.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';

import { kMix } from './mix.mjs';
import { Server } from './server.mjs';

const kSampleMs = 5000;
const kWarmUp = 0.2; // of the time
const kFlat = 0.02;
const kIdleTries = 300;
const kMaxShown = 20;

const { values: options, positionals: [binary] } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: 'string', default: '30' },
    csv: { type: 'string' },
    threads: { type: 'string' },
    pause: { type: 'string', default: '50' }, // of a client between two visits, in ms
  },
});
const lasts = Number(options.minutes) * 60_000;

const server = await Server.start({ binary, threads: options.threads });
process.on('exit', () => server.clean());
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

const begun = Date.now();
const elapsed = () => Date.now() - begun;
const visits = {};
const skipped = new Set();
const failures = [];

async function client(name, visit) {
  while (elapsed() < lasts && !skipped.has(name) && !server.over) {
    try {
      await visit(server);
      visits[name] = (visits[name] ?? 0) + 1;
    } catch (error) {
      if (error.notServed) skipped.add(name);
      else failures.push(`${(elapsed() / 1000).toFixed(1)} s, ${name}: ${error.message} ${error.cause ?? ''}`);
    }
    await pause(Math.random() * 2 * Number(options.pause));
  }
}

const samples = [];
async function take() {
  samples.push({ seconds: (elapsed() / 1000).toFixed(1), ...(await server.sample()), failures: failures.length });
}
async function watch() {
  while (elapsed() < lasts && !server.over) {
    await take();
    await pause(kSampleMs);
  }
}

const clients = Object.entries(kMix).flatMap(([name, [count, visit]]) => Array.from({ length: count }, () => client(name, visit)));
await Promise.all([...clients, watch()]);

const complaints = [];
const check = (good, what) => {
  console.log(`${good ? 'ok  ' : 'BAD '} ${what}`);
  if (!good) complaints.push(what);
};

check(!server.over, 'the server lives');
const busy = ({ kv_used, running, queued, transcribing }) => kv_used + running + queued + transcribing > 0;
for (let i = 0; i < kIdleTries; ++i) {
  await take();
  if (!busy(samples.at(-1))) break;
  await pause(100);
}
const last = samples.at(-1);
check(!busy(last), `idle at the end: ${last.running} running, ${last.queued} queued, ${last.kv_used} KV blocks in use`);

const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const settled = samples.filter(({ seconds }) => seconds * 1000 >= kWarmUp * lasts && seconds * 1000 <= lasts);
const quarter = Math.max(1, Math.floor(settled.length / 4));
const rss = settled.map((sample) => sample.rss);
const [first, final] = [median(rss.slice(0, quarter)), median(rss.slice(-quarter))];
const growth = (final - first) / first;
const mib = (bytes) => (bytes / 2 ** 20).toFixed(1);
check(Math.abs(growth) <= kFlat,
  `resident memory: ${mib(first)} MiB, then ${mib(final)} MiB: ${(100 * growth).toFixed(2)} %; ${mib(Math.min(...rss))} to ${mib(Math.max(...rss))} MiB after the warm-up`);
check(failures.length === 0, `${failures.length} answers that were wrong`);
for (const failure of failures.slice(0, kMaxShown)) console.log(`     ${failure}`);
check(last.server_errors === 0, `${last.server_errors} answers of 5xx`);
const end = await server.stop();
check(end.status === 0, `ended with ${end.status ?? end.signal}`);
console.log(`${(elapsed() / 60_000).toFixed(1)} min, ${last.requests} requests; visits: ${JSON.stringify(visits)}; ${last.preemptions} preemptions`);
for (const name of skipped) console.log(`SKIPPED ${name}: not served`);

if (options.csv) {
  const columns = Object.keys(samples[0]);
  writeFileSync(options.csv, [columns.join(','), ...samples.map((sample) => columns.map((column) => sample[column]).join(','))].join('\n') + '\n');
}
console.log(complaints.length === 0 ? 'soak: green' : 'soak: RED');
process.exit(complaints.length === 0 ? 0 : 1);
