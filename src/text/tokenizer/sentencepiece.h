// SentencePiece's BPE: spaces are written as "▁", text starts as its characters, and neighbours merge:
// by score (Llama 2, Mistral, Gemma 2), all that together are a token, or by rank (Gemma 4), those in a list
// of merges. Characters that are no token are spelled as byte tokens, or as one unknown token each where a
// vocabulary has no byte tokens.
//
// With byte tokens and a token for "▁", decoding gives back every text that has no "▁" of its own.
#pragma once

#include <array>
#include <memory>
#include <optional>

#include "base/utf8.h"
#include "text/tokenizer/character_pairs.h"
#include "text/tokenizer/merge.h"
#include "text/tokenizer/merge_table.h"
#include "text/tokenizer/tokenizer.h"

namespace peregrine::text {

class SentencePiece final : public Tokenizer {
 public:
  static Result<std::unique_ptr<Tokenizer>> create(const TokenizerSpec& spec);

 private:
  using ByteTokens = std::array<TokenId, 256>;  // kNoToken where there is none

  SentencePiece(Vocabulary vocabulary, Customs customs, std::vector<float> scores,
                std::optional<MergeTable> merges);

  Status encode_text(std::string_view text, bool after_special, std::vector<TokenId>& out) const override;
  // Whether merging may reach across the border of two characters.
  bool may_join(const base::Utf8Decoded& left, const base::Utf8Decoded& right) const;
  // Merges what is in `merger`, the characters of text[begin, end).
  void finish_chunk(std::string_view text, std::size_t begin, std::size_t end, Merger& merger,
                    std::vector<TokenId>& out) const;
  void spell(std::string_view character, std::vector<TokenId>& out) const;

  std::vector<float> scores_;         // where there are no merges
  std::optional<MergeTable> merges_;  // by rank
  ByteTokens byte_tokens_;
  CharacterPairs pairs_;  // in tokens that merging may make
};

}  // namespace peregrine::text
