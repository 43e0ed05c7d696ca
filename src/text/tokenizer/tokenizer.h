// Text to tokens and back, for the three families that model files come with. Created from a TokenizerSpec;
// immutable afterwards, so any number of requests may use one at the same time.
//
// Invariants
// - Control and unknown tokens come out of text only where `parse_special` allows it (and [CLS], bos and the
// like
//   where `add_special` asks for them). User text is encoded with parse_special = false. The one exception is
//   the unknown token standing for what the vocabulary cannot express.
// - Bytes that are not UTF-8 are never an error: byte-level BPE and byte fallback keep them, WordPiece drops
// them.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "text/tokenizer/decode.h"
#include "text/tokenizer/spec.h"
#include "text/tokenizer/special_splitter.h"
#include "text/tokenizer/vocabulary.h"

namespace peregrine::text {

struct EncodeOptions {
  bool add_special = true;     // what the model expects around a sequence: bos, eos, [CLS] ... [SEP]
  bool parse_special = false;  // control tokens spelled out in the text become those tokens
};

class Tokenizer {
 public:
  virtual ~Tokenizer() = default;
  Tokenizer(const Tokenizer&) = delete;
  Tokenizer& operator=(const Tokenizer&) = delete;

  const Vocabulary& vocabulary() const { return vocabulary_; }

  // Errors: kResourceExhausted for a text over kMaxTextBytes, or too intricate for the pre-tokenizer.
  Result<std::vector<TokenId>> encode(std::string_view text, EncodeOptions options) const;

  // Encodes the segments' texts as if they were one, except that a control token is found only inside a
  // stretch of segments that allow it. Borders are otherwise invisible: words, merges and user-defined tokens
  // run across them.
  Result<std::vector<TokenId>> encode(std::span<const Segment> segments, bool add_special) const;

  std::string decode(std::span<const TokenId> tokens, DecodeOptions options) const {
    return text::decode(vocabulary_, tokens, options);
  }

  // Whether add_special puts bos in front, or eos (or [SEP]) at the end.
  bool adds_bos() const { return !prefix_.empty(); }
  bool adds_eos() const { return !suffix_.empty(); }

  // Whether reference decoders tidy spaces for this model; see DecodeOptions::clean_up_spaces.
  bool cleans_up_spaces() const { return cleans_up_spaces_; }

 protected:
  // What add_special adds, and the custom named above.
  struct Customs {
    std::vector<TokenId> prefix, suffix;
    bool cleans_up_spaces = false;
  };
  Tokenizer(Vocabulary vocabulary, Customs customs);

 private:
  // Appends the tokens of text without special tokens, not empty. `after_special`: nothing or a special token
  // stands before it.
  virtual Status encode_text(std::string_view text, bool after_special, std::vector<TokenId>& out) const = 0;

  Vocabulary vocabulary_;
  SpecialSplitter splitter_;
  std::vector<TokenId> prefix_, suffix_;
  bool cleans_up_spaces_;
};

// Errors: kCorrupt, kUnsupported or kResourceExhausted, with the GGUF key at fault as `where`.
Result<std::unique_ptr<Tokenizer>> make_tokenizer(const TokenizerSpec& spec);

}  // namespace peregrine::text
