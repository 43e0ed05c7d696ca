// BERT's WordPiece: text is normalised, cut into words, and each word covered from its start by the longest
// tokens that fit. GGUF writes these vocabularies with "▁" in front of tokens that begin a word and nothing
// in front of those that continue one (BERT's own files have "##" there). Lossy: case, accents and spacing
// are gone.
#pragma once

#include <memory>
#include <string>

#include "text/tokenizer/prefix_index.h"
#include "text/tokenizer/tokenizer.h"
#include "text/tokenizer/wordpiece_words.h"

namespace peregrine::text {

class WordPiece final : public Tokenizer {
 public:
  static Result<std::unique_ptr<Tokenizer>> create(const TokenizerSpec& spec);

 private:
  WordPiece(Vocabulary vocabulary, Customs customs, WordPieceNormalizer normalizer);

  Status encode_text(std::string_view text, bool after_special, std::vector<TokenId>& out) const override;
  void encode_word(std::string_view marked_word, std::vector<TokenId>& out) const;

  WordPieceNormalizer normalizer_;
  PrefixIndex tokens_;
};

}  // namespace peregrine::text
