// Results as CSV (RFC 4180), with lines of '#' in front that tell where they come from.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

function field(value) {
  const text = typeof value === 'number' && !Number.isInteger(value) ? value.toPrecision(6) : String(value ?? '');
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

// `rows`: objects with the same keys, which become the columns. At least one.
export function writeCsv(file, notes, rows) {
  const columns = Object.keys(rows[0]);
  const lines = [
    ...Object.entries(notes).map(([name, note]) => `# ${name}: ${note}`),
    columns.join(','),
    ...rows.map((row) => columns.map((column) => field(row[column])).join(',')),
  ];
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${lines.join('\n')}\n`);
}

// The rows of such a file as objects of strings.
export function readCsv(file) {
  const lines = readFileSync(file, 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const [columns, ...rows] = lines.map(fields);
  return rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]])));
}

function fields(line) {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
    quoted === undefined ? plain : quoted.replaceAll('""', '"'));
}
