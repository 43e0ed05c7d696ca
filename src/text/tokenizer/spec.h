// What a model file says about its tokenizer, as plain data, and the names and limits that go with it.
//
// A TokenizerSpec views memory of its maker (a mapped model file, a test's strings) and is needed only until
// make_tokenizer() returns: the tokenizer copies what it keeps. Nothing in it is trusted; make_tokenizer()
// checks everything and answers with an Error whose `where` is the GGUF key at fault.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace peregrine::text {

using TokenId = std::int32_t;  // in [0, vocabulary size)
inline constexpr TokenId kNoToken = -1;

// The values of GGUF's `tokenizer.ggml.token_type`.
enum class TokenKind : std::uint8_t {
  kNormal = 1,
  kUnknown = 2,      // stands for text that the vocabulary cannot express
  kControl = 3,      // structure of a prompt: never made from plain text, dropped from decoded text
  kUserDefined = 4,  // matched verbatim before anything else, in plain text too
  kUnused = 5,       // a hole in the vocabulary: never made, decodes to nothing
  kByte = 6,         // "<0x0A>": one byte that no other token of SentencePiece covers
};

enum class TokenizerKind {
  kByteLevelBpe,   // merges by rank over bytes (Radford et al. 2019, "Language Models are Unsupervised ...")
  kSentencePiece,  // merges by score over characters, with byte fallback (Kudo & Richardson 2018)
  kRankedSentencePiece,  // the same with a list of merges in place of scores (Gemma 4)
  kWordPiece,            // longest match first within a word (Devlin et al. 2018)
};

struct TokenizerSpec {
  TokenizerKind kind = TokenizerKind::kByteLevelBpe;
  std::string pre = "default";            // pre-tokenizer; only byte-level BPE has one
  std::vector<std::string_view> tokens;   // id = index
  std::vector<std::int32_t> token_types;  // TokenKind values, 0 counts as unused; empty: all normal
  std::vector<float> scores;              // SentencePiece: one per token, higher merges first
  std::vector<std::string_view> merges;   // byte-level BPE and ranked SentencePiece: "left right", best first
  std::optional<std::uint32_t> bos;       // [CLS] for WordPiece
  std::optional<std::uint32_t> eos;
  std::optional<std::uint32_t> unk;
  std::optional<std::uint32_t> sep;  // WordPiece ends a sequence with it
  std::optional<std::uint32_t> eot;  // ends a turn
  std::optional<std::uint32_t> eom;  // ends a message that awaits a tool
  std::optional<bool> add_bos;       // where absent, the kind's or pre-tokenizer's custom
  std::optional<bool> add_eos;
  std::optional<bool> add_space_prefix;  // SentencePiece by scores only; its custom is true
  std::optional<bool> lowercase;         // WordPiece only; its custom is true
  std::optional<bool> strip_accents;     // WordPiece only; its custom is to follow `lowercase`
};

// `tokenizer.ggml.model` names the kind: "gpt2", "llama", "gemma4" or "bert". Errors: kUnsupported, listing
// them.
Result<TokenizerKind> tokenizer_kind(std::string_view model);

// A model file is refused beyond these.
inline constexpr std::size_t kMaxVocabulary = std::size_t{1} << 21;
inline constexpr std::size_t kMaxTokenBytes = 4096;
inline constexpr std::size_t kMaxVocabularyBytes = std::size_t{1} << 27;
inline constexpr std::size_t kMaxMerges = std::size_t{1} << 22;
// One text to encode.
inline constexpr std::size_t kMaxTextBytes = std::size_t{16} << 20;

namespace keys {
inline constexpr std::string_view kModel = "tokenizer.ggml.model";
inline constexpr std::string_view kPre = "tokenizer.ggml.pre";
inline constexpr std::string_view kTokens = "tokenizer.ggml.tokens";
inline constexpr std::string_view kTokenTypes = "tokenizer.ggml.token_type";
inline constexpr std::string_view kScores = "tokenizer.ggml.scores";
inline constexpr std::string_view kMerges = "tokenizer.ggml.merges";
inline constexpr std::string_view kBos = "tokenizer.ggml.bos_token_id";
inline constexpr std::string_view kCls = "tokenizer.ggml.cls_token_id";
inline constexpr std::string_view kEos = "tokenizer.ggml.eos_token_id";
inline constexpr std::string_view kUnk = "tokenizer.ggml.unknown_token_id";
inline constexpr std::string_view kSep = "tokenizer.ggml.seperator_token_id";  // the format's own spelling
inline constexpr std::string_view kEot = "tokenizer.ggml.eot_token_id";
inline constexpr std::string_view kEom = "tokenizer.ggml.eom_token_id";
inline constexpr std::string_view kAddBos = "tokenizer.ggml.add_bos_token";
inline constexpr std::string_view kAddEos = "tokenizer.ggml.add_eos_token";
inline constexpr std::string_view kAddSpacePrefix = "tokenizer.ggml.add_space_prefix";
inline constexpr std::string_view kLowercase = "tokenizer.ggml.normalizer.lowercase";
inline constexpr std::string_view kStripAccents = "tokenizer.ggml.normalizer.strip_accents";
}  // namespace keys

}  // namespace peregrine::text
