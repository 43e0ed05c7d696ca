// Whisper's vocabulary: text to tokens and back, and what the other tokens are for.
//
// Text is cut into words as for GPT-2; a word that is a token is that token, others are merged from bytes,
// the pair with the lowest id first: ids are ranks, and files list no merges. Immutable; any number of
// threads may use one.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "speech/languages.h"
#include "speech/vocabulary/special_tokens.h"
#include "text/tokenizer/pretokenizer.h"
#include "text/tokenizer/spec.h"

namespace peregrine::speech {

// Of a text to encode.
inline constexpr std::size_t kMaxPromptBytes = std::size_t{1} << 20;

class Vocabulary {
 public:
  // `tokens`, whose bytes outlive the vocabulary, are those of the file. Errors: those of special_tokens().
  static Result<Vocabulary> create(std::span<const std::string_view> tokens, std::uint32_t n_vocab,
                                   std::uint32_t audio_positions);

  std::uint32_t size() const { return size_; }
  const SpecialTokens& special() const { return special_; }
  bool multilingual() const { return special_.multilingual; }
  bool is_text(TokenId id) const { return id >= 0 && id < special_.end_of_text; }
  bool is_timestamp(TokenId id) const { return id >= special_.first_timestamp; }
  // Position of a timestamp in its window, in steps of 20 ms.
  std::uint32_t position(TokenId timestamp) const {
    return static_cast<std::uint32_t>(timestamp - special_.first_timestamp);
  }

  // find_language() among those that this vocabulary has.
  std::optional<Language> language(std::string_view code_or_name) const;
  TokenId language_token(std::uint32_t index) const {
    return special_.first_language + static_cast<TokenId>(index);
  }

  // Bytes without a token are left out. Errors: kInvalidArgument for a text over kMaxPromptBytes.
  Result<std::vector<TokenId>> encode(std::string_view text) const;
  // Of a text token; may be part of a character. Nothing for others.
  std::string_view bytes(TokenId id) const {
    return is_text(id) ? tokens_[static_cast<std::size_t>(id)] : std::string_view{};
  }
  // What the text tokens among `tokens` say, in whole UTF-8.
  std::string decode(std::span<const TokenId> tokens) const;

  // Ascending. What is never part of a transcript: special tokens, and symbols for what is not spoken, such
  // as brackets, quotes and music notes (but not - and ' within words).
  std::span<const TokenId> suppressed() const { return suppressed_; }
  // A lone space, which no text begins with; text::kNoToken where there is none.
  TokenId blank() const { return blank_; }

 private:
  Vocabulary(std::span<const std::string_view> tokens, std::uint32_t n_vocab, const SpecialTokens& special,
             text::PreTokenizer pre_tokenizer);
  TokenId find(std::string_view bytes) const;  // text::kNoToken where there is none
  Status suppress();

  std::uint32_t size_;
  SpecialTokens special_;
  std::vector<std::string_view> tokens_;  // text tokens, by id
  std::vector<TokenId> by_bytes_;         // sorted by their bytes, then id
  std::array<TokenId, 256> byte_tokens_;
  text::PreTokenizer pre_tokenizer_;
  std::vector<TokenId> suppressed_;
  TokenId blank_ = text::kNoToken;
};

}  // namespace peregrine::speech
