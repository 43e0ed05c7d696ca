// The models that the tests serve. A trained one where ../shared has it, a random one of tests/golden elsewhere; both
// are derived under a plain chat template, so that a chat's prompt is just its messages, and may have a longer context.
import path from 'node:path';

import { repository, scratch, sharedFile } from './environment.mjs';
import { readGguf, setKey, writeGguf } from './gguf.mjs';

export const storiesFile = sharedFile('models', 'stories260K.gguf');
export const goldenFolder = path.join(repository, 'tests', 'golden', 'models');
export const golden = (name) => path.join(goldenFolder, `${name}.gguf`);
export const starterFile = path.join(repository, 'models', 'peregrine-starter.gguf');

// Text or random bytes: what it says does not matter.
export const anyFile = storiesFile ?? golden('llama-spm-q8_0');
// Ends an answer; banned where a test wants long ones. The same id in both models.
export const endToken = 2;
export const endless = { logit_bias: { [endToken]: -100 } };

// For the options of a test that needs a model that writes sentences.
export const needsStories = storiesFile ? {} : { skip: 'needs ../shared/models/stories260K.gguf' };

const kPlainTemplate = '{% for message in messages %}{{ message.content }}{% endfor %}';

// A copy named `id` of `source` with metadata set: {key: [type, value]}.
export function derive(id, source, changes) {
  const model = readGguf(source);
  for (const [key, [type, value]] of Object.entries(changes)) setKey(model, { key, type, value });
  const file = path.join(scratch, `${id}.gguf`);
  writeGguf(file, model);
  return file;
}

export function plain(id = 'plain', source = anyFile) {
  return derive(id, source, { 'tokenizer.chat_template': ['string', kPlainTemplate] });
}

// The arithmetic goes on beyond what the model was trained for; only the prose suffers.
export function longContext(id, tokens) {
  return derive(id, anyFile, {
    'tokenizer.chat_template': ['string', kPlainTemplate],
    'llama.context_length': ['u32', tokens],
  });
}
