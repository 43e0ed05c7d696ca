// Byte-level byte-pair encoding (GPT-2): text is cut into pre-tokens, each pre-token starts as its bytes, and
// pairs are merged by rank. Lossless: decoding gives back the text's bytes.
#pragma once

#include <array>
#include <memory>

#include "text/tokenizer/merge_table.h"
#include "text/tokenizer/pretokenizer.h"
#include "text/tokenizer/tokenizer.h"

namespace peregrine::text {

class ByteLevelBpe final : public Tokenizer {
 public:
  static Result<std::unique_ptr<Tokenizer>> create(const TokenizerSpec& spec);

 private:
  using ByteTokens = std::array<TokenId, 256>;

  ByteLevelBpe(Vocabulary vocabulary, Customs customs, const ByteTokens& bytes, MergeTable merges,
               PreTokenizer pre_tokenizer, bool whole_words_first);

  static Result<ByteTokens> byte_tokens(const Vocabulary& vocabulary);
  Status encode_text(std::string_view text, bool after_special, std::vector<TokenId>& out) const override;

  ByteTokens byte_tokens_;
  MergeTable merges_;
  PreTokenizer pre_tokenizer_;
  bool whole_words_first_;
};

}  // namespace peregrine::text
