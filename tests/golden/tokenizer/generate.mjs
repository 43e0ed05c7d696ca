// Writes splits.json, gpt-4o.json and deepseek-v3.json. See README.md.

import { strict as assert } from "node:assert";
import { writeFileSync } from "node:fs";
import { get_encoding } from "tiktoken";
import { byteCharacters, huggingFace, huggingFaceIds, huggingFaceSplitter, tiktokenSplitter } from "./engines.mjs";
import { publishedTokenizer } from "./published.mjs";
import { schemes } from "./schemes.mjs";
import { encodeTexts, splitTexts } from "./texts.mjs";

// JSON with one entry of each list on a line.
function write(name, fields) {
  const lines = Object.entries(fields).map(([key, value]) => {
    if (!Array.isArray(value)) return `${JSON.stringify(key)}: ${JSON.stringify(value)}`;
    return `${JSON.stringify(key)}: [\n${value.map((entry) => JSON.stringify(entry)).join(",\n")}\n]`;
  });
  const path = new URL(name, import.meta.url);
  writeFileSync(path, `{\n${lines.join(",\n")}\n}\n`);
  console.log(`${name}: ${lines.join("").length} characters`);
}

async function writeSplits() {
  const fields = { texts: splitTexts };
  for (const [name, scheme] of Object.entries(schemes)) {
    const splitter = huggingFaceSplitter(scheme.pre_tokenizer);
    const second = scheme.tiktoken && tiktokenSplitter(scheme.tiktoken, splitTexts);
    fields[name] = [];
    for (const text of splitTexts) {
      const sizes = await splitter(text);
      if (second) assert.deepEqual(second(text), sizes, `${name}: ${JSON.stringify(text)}`);
      fields[name].push(sizes.join(" "));
    }
  }
  write("splits.json", fields);
}

const byteLevel = (bytes) => [...bytes].map((byte) => byteCharacters[byte]).join("");

// The part of a vocabulary that could have any part in the texts, renumbered: what a mistaken pre-tokenizer would
// need is there too.
function reduced(model, texts) {
  const haystack = byteLevel(Buffer.from(texts.join("\u0000")));
  const kept = Object.entries(model.vocab)
    .sort(([, a], [, b]) => a - b)
    .filter(([token]) => [...token].length === 1 || haystack.includes(token));
  const ids = new Map(kept.map(([, id], index) => [id, index]));
  const tokens = kept.map(([token]) => token);
  const known = new Set(tokens);
  const merges = model.merges
    .map((merge) => (Array.isArray(merge) ? merge : merge.split(" ")))
    .filter(([left, right]) => known.has(left) && known.has(right) && known.has(left + right));
  return { tokens, ids, merges: merges.map((merge) => merge.join(" ")) };
}

// `agrees(text, ids)` is asked for a second opinion.
async function writeIds(name, json, agrees) {
  const tokenizer = huggingFace({ ...json, added_tokens: [], post_processor: null });
  const { tokens, ids, merges } = reduced(json.model, encodeTexts);
  const cases = [];
  for (const text of encodeTexts) {
    const found = await huggingFaceIds(tokenizer, text);
    agrees(text, found);
    cases.push([text, found.map((id) => ids.get(id)).join(" ")]);
  }
  write(`${name}.json`, { pre: name, cases, tokens, merges });
}

await writeSplits();
const o200k = get_encoding("o200k_base");
await writeIds("gpt-4o", publishedTokenizer("gptoss"), (text, ids) =>
  assert.deepEqual([...o200k.encode_ordinary(text)], ids, JSON.stringify(text)),
);
await writeIds("deepseek-v3", publishedTokenizer("deepseek_v3"), () => {});
