#include "text/tokenizer/sentencepiece.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "base/utf8.h"
#include "text/tokenizer/framing.h"

namespace peregrine::text {
namespace {

Status check_scores(const TokenizerSpec& spec) {
  if (spec.scores.size() != spec.tokens.size()) {
    return fail(ErrorCode::kCorrupt,
                fmt::format("{} scores for {} tokens", spec.scores.size(), spec.tokens.size()),
                std::string(keys::kScores));
  }
  // A NaN has no place in an order.
  const auto bad = std::ranges::find_if_not(spec.scores, [](float score) { return std::isfinite(score); });
  if (bad == spec.scores.end()) return {};
  return fail(ErrorCode::kCorrupt,
              fmt::format("the score of token {} is not finite", bad - spec.scores.begin()),
              std::string(keys::kScores));
}

std::string with_markers(std::string_view text, bool space_in_front) {
  std::string out;
  out.reserve(text.size() + text.size() / 2 + kSpaceMarker.size());
  if (space_in_front) out.append(kSpaceMarker);
  for (const char c : text) {
    if (c == ' ') {
      out.append(kSpaceMarker);
    } else {
      out.push_back(c);
    }
  }
  return out;
}

}  // namespace

Result<std::unique_ptr<Tokenizer>> SentencePiece::create(const TokenizerSpec& spec) {
  PEREGRINE_TRY(check_scores(spec));
  PEREGRINE_ASSIGN(Vocabulary vocabulary, Vocabulary::create(spec));
  Customs customs;
  PEREGRINE_ASSIGN(customs.prefix, frame_token(spec.add_bos, true, vocabulary.bos(), keys::kBos));
  PEREGRINE_ASSIGN(customs.suffix, frame_token(spec.add_eos, false, vocabulary.eos(), keys::kEos));
  std::unique_ptr<SentencePiece> result(
      new SentencePiece(std::move(vocabulary), std::move(customs), spec.scores));
  if (!result->vocabulary().unk()) {
    const auto missing = std::ranges::find(result->byte_tokens_, kNoToken);
    if (missing != result->byte_tokens_.end()) {
      return fail(ErrorCode::kCorrupt,
                  fmt::format("no token for the byte 0x{:02X}, nor an unknown token",
                              missing - result->byte_tokens_.begin()),
                  std::string(keys::kTokens));
    }
  }
  return result;
}

SentencePiece::SentencePiece(Vocabulary vocabulary_in, Customs customs, std::vector<float> scores)
    : Tokenizer(std::move(vocabulary_in), std::move(customs)), scores_(std::move(scores)) {
  byte_tokens_.fill(kNoToken);
  const Vocabulary& vocab = vocabulary();
  for (TokenId id = 0; static_cast<std::size_t>(id) < vocab.size(); ++id) {
    if (vocab.kind(id) == TokenKind::kByte) {
      TokenId& token = byte_tokens_[static_cast<std::uint8_t>(vocab.bytes(id)[0])];
      if (token == kNoToken) token = id;
    } else if (vocab.is_text(id)) {
      pairs_.add(vocab.piece(id));
    }
  }
  pairs_.finish();
}

Status SentencePiece::encode_text(std::string_view text, bool after_special,
                                  std::vector<TokenId>& out) const {
  const std::string marked = with_markers(text, after_special && vocabulary().adds_space_prefix());
  const std::string_view all = marked;
  Merger merger;
  base::Utf8Decoded previous;
  for (std::uint32_t begin = 0; begin < all.size();) {
    const base::Utf8Decoded next = base::utf8_decode(all.substr(begin));
    // Small chunks keep the merger's memory in the cache; most are shorter than a word.
    if (!previous.valid || !next.valid || !pairs_.contains(previous.code_point, next.code_point)) {
      finish_chunk(all, merger, out);
    }
    merger.push({begin, next.length, vocabulary().find_text(all.substr(begin, next.length))});
    begin += next.length;
    previous = next;
  }
  finish_chunk(all, merger, out);
  return {};
}

void SentencePiece::finish_chunk(std::string_view text, Merger& merger, std::vector<TokenId>& out) const {
  merger.run([&](const Symbol& left, const Symbol& right) -> Merge {
    const std::size_t size = std::size_t{left.size} + right.size;
    if (size > vocabulary().longest_piece()) return {};
    const TokenId id = vocabulary().find_text(text.substr(left.begin, size));
    if (id == kNoToken) return {};
    return {-scores_[static_cast<std::size_t>(id)], id};
  });
  merger.for_each([&](const Symbol& symbol) {
    if (symbol.id != kNoToken) {
      out.push_back(symbol.id);
    } else {
      spell(text.substr(symbol.begin, symbol.size), out);
    }
  });
  merger.clear();
}

void SentencePiece::spell(std::string_view character, std::vector<TokenId>& out) const {
  const auto token_of = [this](char byte) { return byte_tokens_[static_cast<std::uint8_t>(byte)]; };
  if (std::ranges::any_of(character, [&](char byte) { return token_of(byte) == kNoToken; })) {
    out.push_back(*vocabulary().unk());
    return;
  }
  for (const char byte : character) out.push_back(token_of(byte));
}

}  // namespace peregrine::text
