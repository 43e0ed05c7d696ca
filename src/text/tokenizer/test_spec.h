// Small vocabularies of our own, for this room's tests, benchmarks and fuzzing.
#pragma once

#include <deque>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/tokenizer/byte_level.h"
#include "text/tokenizer/spec.h"
#include "text/tokenizer/tokenizer.h"

namespace peregrine::text {

class SpecBuilder {
 public:
  explicit SpecBuilder(TokenizerKind kind) { spec_.kind = kind; }

  TokenId add(std::string piece, TokenKind kind = TokenKind::kNormal, float score = 0) {
    spec_.tokens.push_back(texts_.emplace_back(std::move(piece)));
    spec_.token_types.push_back(static_cast<std::int32_t>(kind));
    spec_.scores.push_back(score);
    return static_cast<TokenId>(spec_.tokens.size() - 1);
  }

  // Adds the merge, and its result as a token where that is new.
  void merge(const std::string& left, const std::string& right) {
    spec_.merges.push_back(texts_.emplace_back(left + " " + right));
    if (find(left + right) == kNoToken) add(left + right);
  }

  TokenId find(std::string_view piece) const {
    for (std::size_t id = 0; id < spec_.tokens.size(); ++id) {
      if (spec_.tokens[id] == piece) return static_cast<TokenId>(id);
    }
    return kNoToken;
  }

  // Views the builder's texts.
  TokenizerSpec& spec() { return spec_; }

 private:
  std::deque<std::string> texts_;
  TokenizerSpec spec_;
};

// Token i is byte i; no merges; pre-tokenizer gpt-2.
inline SpecBuilder byte_level_spec() {
  SpecBuilder builder(TokenizerKind::kByteLevelBpe);
  builder.spec().pre = "gpt-2";
  for (int byte = 0; byte < 256; ++byte) {
    const char as_char = static_cast<char>(byte);
    std::string character;
    append_byte_level(character, std::string_view(&as_char, 1));
    builder.add(character);
  }
  return builder;
}

// <unk>, <s>, </s>, then the byte tokens: byte b is token 3 + b. No text tokens.
inline SpecBuilder sentencepiece_spec() {
  SpecBuilder builder(TokenizerKind::kSentencePiece);
  builder.add("<unk>", TokenKind::kUnknown);
  builder.add("<s>", TokenKind::kControl);
  builder.add("</s>", TokenKind::kControl);
  for (int byte = 0; byte < 256; ++byte) {
    static constexpr std::string_view kHex = "0123456789ABCDEF";
    const auto high = static_cast<std::size_t>(byte >> 4);
    const auto low = static_cast<std::size_t>(byte & 15);
    builder.add(std::string("<0x") + kHex[high] + kHex[low] + ">", TokenKind::kByte);
  }
  return builder;
}

// [PAD], [UNK], [CLS], [SEP], then the given pieces.
inline SpecBuilder wordpiece_spec(std::initializer_list<const char*> pieces) {
  SpecBuilder builder(TokenizerKind::kWordPiece);
  for (const char* special : {"[PAD]", "[UNK]", "[CLS]", "[SEP]"}) builder.add(special, TokenKind::kControl);
  for (const char* piece : pieces) builder.add(piece);
  return builder;
}

// The tokens' own texts.
inline std::vector<std::string> pieces_of(const Tokenizer& tokenizer,
                                          const Result<std::vector<TokenId>>& tokens) {
  std::vector<std::string> out;
  for (const TokenId id : tokens.value()) out.emplace_back(tokenizer.vocabulary().piece(id));
  return out;
}

}  // namespace peregrine::text
