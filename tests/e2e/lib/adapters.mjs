// LoRA adapters made by hand: safetensors (its README), ZIP archives (PKWARE's APPNOTE, deflated), GGUF files; and what
// training writes beside them. Numbers come from a generator with a seed.
import { mkdtempSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';

import { scratch } from './environment.mjs';
import { readGguf, writeGguf } from './gguf.mjs';

const u16 = (value) => Buffer.from([value & 255, value >> 8]);
const u32 = (value) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
};

// members: [{name, content, size (a lie about it), mode}].
export function zip(members) {
  const files = [];
  const directory = [];
  let at = 0;
  for (const { name, content, size, mode = 0o100644 } of members) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const common = Buffer.concat([
      u16(20), u16(0), u16(8), u32(0x21), u32(crc32(bytes)), u32(packed.length), u32(size ?? bytes.length),
      u16(name.length), u16(0),
    ]);
    directory.push(u32(0x02014b50), u16(0x0314), common, u16(0), u16(0), u16(0), u32(mode * 65536), u32(at), Buffer.from(name));
    const file = Buffer.concat([u32(0x04034b50), common, Buffer.from(name), packed]);
    files.push(file);
    at += file.length;
  }
  const listed = Buffer.concat(directory);
  const end = [u32(0x06054b50), u32(0), u16(members.length), u16(members.length), u32(listed.length), u32(at), u16(0)];
  return Buffer.concat([...files, listed, ...end]);
}

// tensors: [{name, shape, values (Float32Array)}].
export function safetensors(tensors, dtype = 'F32') {
  const header = {};
  let at = 0;
  for (const { name, shape, values } of tensors) {
    header[name] = { dtype, shape, data_offsets: [at, at + values.byteLength] };
    at += values.byteLength;
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, ...tensors.map(({ values }) => Buffer.from(values.buffer))]);
}

// Numbers in [-1, 1) times `scale`, the same for the same seed.
export function noise(count, seed, scale) {
  let state = seed >>> 0 || 1;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state / 2 ** 31 - 1) * scale;
  });
}

const kModules = { q_proj: 'attn_q', v_proj: 'attn_v' };

// Rows and columns of a tensor in a model's file, [out, in].
function shapeOf(model, name) {
  const { dims } = model.tensors.find((tensor) => tensor.name === name);
  return [Number(dims[1]), Number(dims[0])];
}

export const kConfig = {
  peft_type: 'LORA', task_type: 'CAUSAL_LM', base_model_name_or_path: 'any', r: 8, lora_alpha: 16, lora_dropout: 0.05,
  bias: 'none', target_modules: ['q_proj', 'v_proj'], modules_to_save: null, use_dora: false, use_rslora: false,
  inference_mode: true, init_lora_weights: true, fan_in_fan_out: false, rank_pattern: {}, alpha_pattern: {},
};

// What PEFT saves of an adapter for the model in `file`: {config, weights}. `scale` 0 gives one that changes nothing.
export function peftAdapter(file, { seed = 1, scale = 0.3, config = {}, dtype, rename = (name) => name } = {}) {
  const model = readGguf(file);
  const architecture = model.keys.find(({ key }) => key === 'general.architecture').value;
  const layers = model.keys.find(({ key }) => key === `${architecture}.block_count`).value;
  const all = { ...kConfig, ...config };
  const tensors = [];
  for (let layer = 0; layer < layers; ++layer) {
    for (const [module, part] of Object.entries(kModules)) {
      const [out, columns] = shapeOf(model, `blk.${layer}.${part}.weight`);
      const name = `base_model.model.model.layers.${layer}.self_attn.${module}.lora_`;
      const make = (end, shape, salt) => tensors.push({
        name: rename(`${name}${end}.weight`), shape, values: noise(shape[0] * shape[1], seed * 1000 + layer * 10 + salt, scale),
      });
      make('A', [all.r, columns], module === 'q_proj' ? 1 : 2);
      make('B', [out, all.r], module === 'q_proj' ? 3 : 4);
    }
  }
  return { config: JSON.stringify(all), weights: safetensors(tensors, dtype) };
}

export function adapterZip(file, options) {
  const { config, weights } = peftAdapter(file, options);
  return zip([
    { name: 'adapter_config.json', content: config },
    { name: 'adapter_model.safetensors', content: weights },
  ]);
}

// The adapter in safetensors bytes `weights` of llama's layout, with an alpha of 16, as a GGUF file: matrices stored
// innermost first; rows of queries as the base's file has them, where each head's pairs (j, j + d / 2) stand side by side.
export function ggufAdapter(file, weights) {
  const model = readGguf(file);
  const number = (key) => model.keys.find((entry) => entry.key === `llama.${key}`).value;
  const heads = number('attention.head_count');
  const length = Number(weights.readBigUInt64LE(0));
  const header = JSON.parse(weights.subarray(8, 8 + length).toString());
  const tensors = [];
  const parts = [];
  let offset = 0;
  for (const [name, { shape: [rows, columns], data_offsets: [begin, end] }] of Object.entries(header)) {
    const [, layer, module, which] = /layers\.(\d+)\.self_attn\.(\w+)\.lora_([AB])/.exec(name);
    const bytes = Buffer.from(weights.subarray(8 + length + begin, 8 + length + end));
    if (module === 'q_proj' && which === 'B') {
      const size = rows / heads;
      const row = (at) => weights.subarray(8 + length + begin + at * columns * 4, 8 + length + begin + (at + 1) * columns * 4);
      for (let at = 0; at < rows; ++at) {
        const head = Math.floor(at / size);
        const within = at % size;
        row(head * size + (within >> 1) + (within & 1) * (size / 2)).copy(bytes, at * columns * 4);
      }
    }
    tensors.push({ name: `blk.${layer}.${kModules[module]}.weight.lora_${which.toLowerCase()}`, dims: [columns, rows], type: 0, offset });
    const padded = Buffer.alloc(Math.ceil(bytes.length / 32) * 32);
    bytes.copy(padded);
    parts.push(padded);
    offset += padded.length;
  }
  const text = (key, value) => ({ key, type: 'string', value });
  const keys = [
    text('general.type', 'adapter'), text('general.architecture', 'llama'), text('adapter.type', 'lora'),
    { key: 'adapter.lora.alpha', type: 'f32', value: 16 },
  ];
  const made = path.join(mkdtempSync(path.join(scratch, 'gguf-')), 'adapter.gguf');
  writeGguf(made, { version: 3, keys, tensors, data: Buffer.concat(parts) });
  return readFileSync(made);
}
