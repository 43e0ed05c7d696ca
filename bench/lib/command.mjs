// What the measuring programs share as commands: options, where results go, how they end.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const kResults = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'results');

export class UsageError extends Error {}

export function readCount(text, name, least = 1) {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least) throw new UsageError(`--${name} must be a whole number from ${least}`);
  return value;
}

// `defaults` are the options of the program by name, beside those that all have. Null when help is asked for;
// otherwise texts, with binary and model as whole paths.
export function readOptions(defaults) {
  let options;
  try {
    options = parseArgs({
      options: {
        binary: { type: 'string' },
        model: { type: 'string' },
        out: { type: 'string' },
        help: { type: 'boolean', default: false },
        ...Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, { type: 'string', default: value }])),
      },
    }).values;
  } catch (error) {
    throw new UsageError(error.message);
  }
  if (options.help) return null;
  if (!options.binary || !options.model) throw new UsageError('--binary and --model are needed');
  return { ...options, binary: path.resolve(options.binary), model: path.resolve(options.model) };
}

// Where results go when nobody says: `kind` and the model's name.
export function resultsFile(kind, model, suffix = '') {
  return path.join(kResults, `${kind}-${path.basename(model, '.gguf')}${suffix}.csv`);
}

// Runs the program: exit status 2 with its usage when it was asked the wrong way, 1 when it failed.
export function runCommand(name, usage, main) {
  main().catch((error) => {
    const misused = error instanceof UsageError;
    console.error(misused ? `${name}: ${error.message}\n\n${usage}` : `${name}: ${error.message}`);
    process.exitCode = misused ? 2 : 1;
  });
}
