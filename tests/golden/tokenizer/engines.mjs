// The two engines: HuggingFace's tokenizers (Rust, Oniguruma) and OpenAI's tiktoken (Rust, fancy-regex).

import { createRequire } from "node:module";
import { Tiktoken } from "tiktoken";

const { Tokenizer } = createRequire(import.meta.url)("@anush008/tokenizers");

// GPT-2's characters for the bytes 0..255.
export const byteCharacters = (() => {
  const out = [];
  let substitutes = 0;
  for (let byte = 0; byte < 256; ++byte) {
    const itself = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
    out.push(String.fromCodePoint(itself ? byte : 0x100 + substitutes++));
  }
  return out;
})();

export const huggingFace = (json) => Tokenizer.fromString(JSON.stringify(json));

export async function huggingFaceIds(tokenizer, text) {
  return (await tokenizer.encode(text, null, { addSpecialTokens: false })).getIds();
}

// A function from a text to the sizes of its pre-tokens in bytes. A vocabulary of nothing but bytes gives a token
// for each, and the engine says which pre-token each came from.
export function huggingFaceSplitter(preTokenizer) {
  const tokenizer = huggingFace({
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: preTokenizer,
    post_processor: null,
    decoder: null,
    model: {
      type: "BPE",
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      vocab: Object.fromEntries(byteCharacters.map((character, byte) => [character, byte])),
      merges: [],
    },
  });
  return async (text) => {
    const words = (await tokenizer.encode(text, null, { addSpecialTokens: false })).getWordIds();
    const sizes = [];
    for (const word of words) sizes[word] = (sizes[word] ?? 0) + 1;
    return sizes;
  };
}

// The same for an expression that matches all of any text, as tiktoken's do. A pre-token that is in the vocabulary
// is one token, and here all parts of all texts are.
export function tiktokenSplitter(pattern, texts) {
  const parts = new Set();
  for (const text of texts) {
    const characters = [...text];
    for (let begin = 0; begin < characters.length; ++begin) {
      for (let end = begin + 1; end <= characters.length; ++end) parts.add(characters.slice(begin, end).join(""));
    }
  }
  const ranks = [...Array(256).keys()].map((byte) => Buffer.from([byte]).toString("base64"));
  for (const part of parts) {
    if (Buffer.byteLength(part) > 1) ranks.push(Buffer.from(part).toString("base64"));
  }
  const encoding = new Tiktoken(`! 0 ${ranks.join(" ")}`, {}, pattern);
  return (text) =>
    [...encoding.encode_ordinary(text)].map((id) => encoding.decode_single_token_bytes(id).length);
}
