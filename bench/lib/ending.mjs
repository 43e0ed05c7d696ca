// A whisper file of random weights whose transcripts end after a number of tokens, as those of speech do: from that position
// on, the decoder's positional embedding points where the embedding of the end token does, and drowns the rest. Format: ggml's
// container as whisper.cpp reads it, matrices in F16.
import { closeSync, copyFileSync, openSync, readSync, statSync, writeSync } from 'node:fs';

import { UsageError } from './command.mjs';

const kMagic = 0x67676d6c;
const kFigures = 11;
const kVocabulary = 0; // its place among them
const kEnglishVocabulary = 51864;
const kEndOfText = 50257; // and one less where there is only English
const kTaskTokens = 4; // start, language, task, no timestamps
const kElementBytes = [4, 2]; // F32, F16
const kLoudness = 200; // beside elements of about 1 / sqrt(width)

// Half a unit in the last place more or less: F16 of numbers between 2^-14 and 65504.
function toHalf(value) {
  const [bits] = new Uint32Array(new Float32Array([value]).buffer);
  return ((bits >>> 16) & 0x8000) | (((bits & 0x7fffffff) - (112 << 23) + 0x1000) >>> 13);
}

class Reader {
  constructor(fd, size) {
    Object.assign(this, { fd, size, at: 0 });
  }
  bytes(count) {
    if (this.at + count > this.size) throw new UsageError('the model is no whole file of whisper.cpp');
    const buffer = Buffer.alloc(count);
    readSync(this.fd, buffer, 0, count, this.at);
    this.at += count;
    return buffer;
  }
  u32() {
    return this.bytes(4).readUInt32LE();
  }
}

// Where the elements of each tensor lie.
function layout(reader) {
  if (reader.u32() !== kMagic) throw new UsageError('the model is no file of whisper.cpp');
  const figures = Array.from({ length: kFigures }, () => reader.u32());
  const [mels, width] = [reader.u32(), reader.u32()];
  reader.at += mels * width * 4;
  for (let token = reader.u32(); token > 0; --token) {
    const length = reader.u32();
    reader.at += length;
  }
  const tensors = new Map();
  while (reader.at < reader.size) {
    const [dimensions, name, type] = [reader.u32(), reader.u32(), reader.u32()];
    if (kElementBytes[type] === undefined) throw new UsageError('only models whose matrices are F16 or F32 can be made to end');
    const shape = Array.from({ length: dimensions }, () => reader.u32());
    const key = reader.bytes(name).toString();
    tensors.set(key, { at: reader.at, type, shape });
    reader.at += shape.reduce((product, extent) => product * extent, kElementBytes[type]);
  }
  return { figures, tensors };
}

function elements({ type }, values) {
  const buffer = Buffer.alloc(values.length * kElementBytes[type]);
  values.forEach((value, i) => (type === 0 ? buffer.writeFloatLE(value, 4 * i) : buffer.writeUInt16LE(toHalf(value), 2 * i)));
  return buffer;
}

// Writes to `out` a copy of `model` that says the end token after `tokens` tokens of text.
export function writeEnding(model, out, tokens) {
  copyFileSync(model, out);
  const fd = openSync(out, 'r+');
  try {
    const { figures, tensors } = layout(new Reader(fd, statSync(out).size));
    const end = figures[kVocabulary] <= kEnglishVocabulary ? kEndOfText - 1 : kEndOfText;
    const embedding = tensors.get('decoder.token_embedding.weight');
    const positions = tensors.get('decoder.positional_embedding');
    const [width, context] = positions.shape;
    const direction = Array.from({ length: width }, (_, i) => ((i * 7 + (i >> 3)) % 2 === 0 ? 1 : -1) / Math.sqrt(width));
    const row = elements(embedding, direction);
    writeSync(fd, row, 0, row.length, embedding.at + end * row.length);
    const loud = elements(positions, direction.map((value) => value * kLoudness));
    for (let position = tokens + kTaskTokens; position < context; ++position) {
      writeSync(fd, loud, 0, loud.length, positions.at + position * loud.length);
    }
  } finally {
    closeSync(fd);
  }
}
