// Reads and writes GGUF v3 files, small ones and as a whole: to derive models from models, and broken ones from good
// ones. The writer writes what it is told, right or wrong.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const kScalars = {
  u8: [0, 1, 'UInt8'], i8: [1, 1, 'Int8'], u16: [2, 2, 'UInt16LE'], i16: [3, 2, 'Int16LE'], u32: [4, 4, 'UInt32LE'],
  i32: [5, 4, 'Int32LE'], f32: [6, 4, 'FloatLE'], bool: [7, 1, 'UInt8'], u64: [10, 8, 'BigUInt64LE'],
  i64: [11, 8, 'BigInt64LE'], f64: [12, 8, 'DoubleLE'],
};
const kString = 8;
const kArray = 9;
const kScalarNames = Object.fromEntries(Object.entries(kScalars).map(([name, [id]]) => [id, name]));

class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }
  scalar(name) {
    const [, size, method] = kScalars[name];
    const value = this.bytes[`read${method}`](this.at);
    this.at += size;
    return value;
  }
  string() {
    const length = Number(this.scalar('u64'));
    this.at += length;
    return this.bytes.toString('latin1', this.at - length, this.at);
  }
  value(type) {
    if (type === kString) return { type: 'string', value: this.string() };
    if (type !== kArray) return { type: kScalarNames[type], value: this.scalar(kScalarNames[type]) };
    const element = this.scalar('u32');
    const items = [];
    for (let left = Number(this.scalar('u64')); left > 0; --left) items.push(this.value(element).value);
    return { type: 'array', element: element === kString ? 'string' : kScalarNames[element], value: items };
  }
}

// {version, keys: [{key, type, element?, value}], tensors: [{name, dims, type, offset}], data}. Strings are Latin-1: bytes.
export function readGguf(file) {
  const reader = new Reader(readFileSync(file));
  reader.at = 4;
  const version = reader.scalar('u32');
  const nTensors = Number(reader.scalar('u64'));
  const nKeys = Number(reader.scalar('u64'));
  const keys = [];
  for (let i = 0; i < nKeys; ++i) {
    const key = reader.string();
    keys.push({ key, ...reader.value(reader.scalar('u32')) });
  }
  const tensors = [];
  for (let i = 0; i < nTensors; ++i) {
    const name = reader.string();
    const dims = [];
    for (let left = reader.scalar('u32'); left > 0; --left) dims.push(reader.scalar('u64'));
    tensors.push({ name, dims, type: reader.scalar('u32'), offset: reader.scalar('u64') });
  }
  const start = Math.ceil(reader.at / 32) * 32;
  return { version, keys, tensors, data: reader.bytes.subarray(start) };
}

class Writer {
  parts = [];
  scalar(name, value) {
    const [, size, method] = kScalars[name];
    const bytes = Buffer.alloc(size);
    bytes[`write${method}`](size === 8 && name !== 'f64' ? BigInt(value) : Number(value));
    this.parts.push(bytes);
  }
  string(text) {
    const bytes = Buffer.from(text, 'latin1');
    this.scalar('u64', bytes.length);
    this.parts.push(bytes);
  }
  payload(type, value) {
    if (type === 'string') this.string(value);
    else this.scalar(type, value);
  }
  typeId(type) {
    this.scalar('u32', type === 'string' ? kString : type === 'array' ? kArray : kScalars[type][0]);
  }
  entry({ key, type, element, value }) {
    this.string(key);
    this.typeId(type);
    if (type !== 'array') return this.payload(type, value);
    this.typeId(element);
    this.scalar('u64', value.length);
    for (const item of value) this.payload(element, item);
  }
}

export function writeGguf(file, { version, keys, tensors, data, nTensors, nKeys }) {
  const writer = new Writer();
  writer.parts.push(Buffer.from('GGUF'));
  writer.scalar('u32', version);
  writer.scalar('u64', nTensors ?? tensors.length);
  writer.scalar('u64', nKeys ?? keys.length);
  for (const entry of keys) writer.entry(entry);
  for (const { name, dims, type, offset } of tensors) {
    writer.string(name);
    writer.scalar('u32', dims.length);
    for (const dim of dims) writer.scalar('u64', dim);
    writer.scalar('u32', type);
    writer.scalar('u64', offset);
  }
  const head = Buffer.concat(writer.parts);
  writeFileSync(file, Buffer.concat([head, Buffer.alloc((32 - (head.length % 32)) % 32), data]));
}

// Replaces the metadata entry of that key, or adds it.
export function setKey(model, entry) {
  const at = model.keys.findIndex(({ key }) => key === entry.key);
  if (at < 0) model.keys.push(entry);
  else model.keys[at] = entry;
}

// The model in `count` files, NAME-00001-of-0000N.gguf, its tensors shared out in turn. Returns the first file's path.
export function writeShards(folder, name, model, count) {
  const ends = [...model.tensors.map(({ offset }) => Number(offset)), model.data.length].sort((a, b) => a - b);
  const files = [];
  for (let no = 0; no < count; ++no) {
    const tensors = [];
    const parts = [];
    let size = 0;
    for (const tensor of model.tensors.filter((_, i) => i % count === no)) {
      const start = Number(tensor.offset);
      const bytes = model.data.subarray(start, ends.find((end) => end > start));
      const padded = Buffer.alloc(Math.ceil(bytes.length / 32) * 32);
      bytes.copy(padded);
      tensors.push({ ...tensor, offset: size });
      parts.push(padded);
      size += padded.length;
    }
    const keys = no === 0 ? [...model.keys] : [];
    keys.push({ key: 'split.no', type: 'u16', value: no }, { key: 'split.count', type: 'u16', value: count });
    keys.push({ key: 'split.tensors.count', type: 'i32', value: model.tensors.length });
    const digits = (number) => String(number).padStart(5, '0');
    files.push(path.join(folder, `${name}-${digits(no + 1)}-of-${digits(count)}.gguf`));
    writeGguf(files[no], { version: model.version, keys, tensors, data: Buffer.concat(parts) });
  }
  return files[0];
}
