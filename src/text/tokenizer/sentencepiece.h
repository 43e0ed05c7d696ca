// SentencePiece's BPE (Llama 2, Mistral, Gemma 2): spaces are written as "▁", text starts as its characters,
// and neighbours that together are a token merge, the best score first. Characters that are no token are
// spelled as byte tokens, or as one unknown token each where a vocabulary has no byte tokens.
//
// With byte tokens and a token for "▁", decoding gives back every text that has no "▁" of its own.
#pragma once

#include <array>
#include <memory>

#include "text/tokenizer/character_pairs.h"
#include "text/tokenizer/merge.h"
#include "text/tokenizer/tokenizer.h"

namespace peregrine::text {

class SentencePiece final : public Tokenizer {
 public:
  static Result<std::unique_ptr<Tokenizer>> create(const TokenizerSpec& spec);

 private:
  using ByteTokens = std::array<TokenId, 256>;  // kNoToken where there is none

  SentencePiece(Vocabulary vocabulary, Customs customs, std::vector<float> scores);

  Status encode_text(std::string_view text, bool after_special, std::vector<TokenId>& out) const override;
  void finish_chunk(std::string_view text, Merger& merger, std::vector<TokenId>& out) const;
  void spell(std::string_view character, std::vector<TokenId>& out) const;

  std::vector<float> scores_;
  ByteTokens byte_tokens_;
  CharacterPairs pairs_;  // in tokens that merging may make
};

}  // namespace peregrine::text
