// The Prometheus text format (version 0.0.4), read strictly: what is no sample and no comment is an error.
import assert from 'node:assert/strict';

const kSample = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{(.*)\})? (NaN|[+-]?Inf|[+-]?[0-9.eE+-]+)( [0-9]+)?$/;
const kLabel = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)",?/gy;

function parseLabels(text) {
  const labels = {};
  let end = 0;
  for (const match of text.matchAll(kLabel)) {
    labels[match[1]] = match[2];
    end = match.index + match[0].length;
  }
  assert.equal(end, text.length, `labels that cannot be read: ${text}`);
  return labels;
}

function parseValue(text) {
  if (text.endsWith('Inf')) return text.startsWith('-') ? -Infinity : Infinity;
  return Number(text);
}

export class Metrics {
  types = new Map(); // name: counter, gauge, histogram
  samples = []; // {name, labels, value}

  constructor(text) {
    assert.ok(text.endsWith('\n'), 'the last line must end');
    for (const line of text.split('\n')) {
      if (line === '' || line.startsWith('# HELP ')) continue;
      if (line.startsWith('# TYPE ')) {
        const [, , name, type] = line.split(' ');
        assert.ok(!this.types.has(name), `${name} has two types`);
        this.types.set(name, type);
        continue;
      }
      const match = kSample.exec(line);
      assert.ok(match, `neither sample nor comment: ${line}`);
      this.samples.push({ name: match[1], labels: parseLabels(match[3] ?? ''), value: parseValue(match[4]) });
    }
  }

  find(name, labels = {}) {
    const wanted = Object.entries(labels);
    return this.samples.filter((sample) => sample.name === name && wanted.every(([k, v]) => sample.labels[k] === v));
  }

  // The sum over all samples with that name and those labels.
  value(name, labels = {}) {
    const found = this.find(name, labels);
    assert.ok(found.length > 0, `no metric ${name} ${JSON.stringify(labels)}`);
    return found.reduce((sum, sample) => sum + sample.value, 0);
  }
}

export async function readMetrics(url, headers = {}) {
  const response = await fetch(url, { headers });
  assert.equal(response.status, 200);
  assert.match(response.headers.get('content-type'), /^text\/plain; version=0\.0\.4/);
  return new Metrics(await response.text());
}
