// What espeak-ng says, as a WAV file: words that the speech starter knows.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { scratch } from '../../e2e/lib/environment.mjs';

export const hasVoice = spawnSync('espeak-ng', ['--version']).status === 0;

export function spoken(text = 'Turn on the light in the kitchen. Call Anna in London tomorrow.') {
  const file = path.join(scratch, 'spoken.wav');
  const { status } = spawnSync('espeak-ng', ['-v', 'en-us', '-s', '150', '-w', file, text]);
  if (status !== 0) throw new Error('espeak-ng cannot speak');
  return readFileSync(file);
}
