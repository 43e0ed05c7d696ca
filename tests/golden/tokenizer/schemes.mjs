// The pre-tokenizers as their models publish them: HuggingFace's JSON, copied from the models' tokenizer.json,
// or the one expression that tiktoken is given.

import { publishedTokenizer } from "./published.mjs";

const split = (pattern) => ({ type: "Split", pattern: { Regex: pattern }, behavior: "Isolated", invert: false });
const bytes = { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: false };
const digits = { type: "Digits", individual_digits: true };
const sequence = (...steps) => ({ type: "Sequence", pretokenizers: [...steps, bytes] });

const LLAMA3 =
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|" +
  "\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
const QWEN2 =
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|" +
  "\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
const KIMI_K2 = [
  "[\\p{Han}]+",
  "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}&&[^\\p{Han}]]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}&&[^\\p{Han}]]+" +
    "(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
  "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}&&[^\\p{Han}]]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}&&[^\\p{Han}]]*" +
    "(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
  "\\p{N}{1,3}",
  " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*",
  "\\s*[\\r\\n]+",
  "\\s+(?!\\S)",
  "\\s+",
].join("|");
const EAST_ASIAN = "[一-龥ࠀ-一가-퟿]+";
const DEEPSEEK_V2_LETTERS =
  "\\s?[A-Za-zµÀ-ÖØ-öø-ƺƼ-ƿǄ-ʓʕ-ʯͰ-ͳͶͷͻ-ͽͿΆΈ-ΊΌΎ-ΡΣ-ϵϷ-ҁҊ-ԯԱ-ՖႠ-ჅᎠ-Ᏽᏸ-ᏽᲐ-ᲺᲽ-Ჿᴀ-ᴫᵫ-ᵷᵹ-ᶚḀ-ἕἘ-Ἕἠ-ὅὈ-Ὅ" +
  "ὐ-ὗὙὛὝὟ-\u1f7dᾀ-ᾴᾶ-ᾼ\u1fbeῂ-ῄῆ-ῌῐ-\u1fd3ῖ-\u1fdbῠ-Ῥῲ-ῴῶ-ῼℂℇℊ-ℓℕℙ-ℝℤ\u2126ℨ\u212a-ℭℯ-ℴℹℼ-ℿⅅ-ⅉⅎↃↄⰀ-ⱻⱾ-ⳤⳫ-ⳮⳲⳳ" +
  "Ꙁ-ꙭꚀ-ꚛꜢ-ꝯꝱ-ꞇꞋ-ꞎꭰ-ꮿﬀ-ﬆﬓ-ﬗＡ-Ｚａ-ｚ𐐀-𐑏𐒰-𐓓𐓘-𐓻𐲀-𐲲𐳀-𐳲𑢠-𑣟𞤀-𞥃]+";

// By the name that GGUF files use. `tiktoken`: the expression as tiktoken has it, a second opinion.
export const schemes = {
  "gpt-2": { pre_tokenizer: { ...bytes, use_regex: true } },
  "llama-bpe": { pre_tokenizer: sequence(split(LLAMA3)), tiktoken: LLAMA3 },
  qwen2: { pre_tokenizer: sequence(split(QWEN2)), tiktoken: QWEN2 },
  "gpt-4o": {
    pre_tokenizer: publishedTokenizer("gptoss").pre_tokenizer,
    tiktoken: publishedTokenizer("gptoss").pre_tokenizer.pretokenizers[0].pattern.Regex,
  },
  "kimi-k2": { pre_tokenizer: sequence(split(KIMI_K2)), tiktoken: KIMI_K2 },
  "deepseek-v3": { pre_tokenizer: publishedTokenizer("deepseek_v3").pre_tokenizer },
  "deepseek-coder": {
    pre_tokenizer: sequence(split("[\r\n]"), split("\\s?\\p{L}+"), split("\\s?\\p{P}+"), split(EAST_ASIAN), digits),
  },
  "deepseek-llm": {
    pre_tokenizer: sequence(
      split("[\r\n]"),
      split(DEEPSEEK_V2_LETTERS),
      split("\\s?[!-/:-~！-／：-～‘-‟　-。]+"),
      split("\\s+$"),
      split(EAST_ASIAN),
      digits,
    ),
  },
};
