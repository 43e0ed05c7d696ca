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
  if (spec.kind == TokenizerKind::kRankedSentencePiece) return {};
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

// Empty for tokenizers by score.
Result<std::optional<MergeTable>> merges_of(const TokenizerSpec& spec, const Vocabulary& vocabulary) {
  if (spec.kind != TokenizerKind::kRankedSentencePiece) return std::nullopt;
  // Without merges every text would fall into characters, which no model was trained on.
  if (spec.merges.empty()) return fail(ErrorCode::kCorrupt, "no merges", std::string(keys::kMerges));
  PEREGRINE_ASSIGN(MergeTable merges, MergeTable::create(vocabulary, spec.merges));
  return merges;
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
  PEREGRINE_ASSIGN(std::optional<MergeTable> merges, merges_of(spec, vocabulary));
  const bool ranked = merges.has_value();
  Customs customs;
  // Gemma 4 was published with files that say, wrongly, to add no bos: other readers ignore that too.
  const std::optional<bool> add_bos = ranked ? std::nullopt : spec.add_bos;
  PEREGRINE_ASSIGN(customs.prefix, frame_token(add_bos, true, vocabulary.bos(), keys::kBos));
  PEREGRINE_ASSIGN(customs.suffix, frame_token(spec.add_eos, false, vocabulary.eos(), keys::kEos));
  customs.cleans_up_spaces = ranked;
  std::unique_ptr<SentencePiece> result(new SentencePiece(std::move(vocabulary), std::move(customs),
                                                          ranked ? std::vector<float>() : spec.scores,
                                                          std::move(merges)));
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

SentencePiece::SentencePiece(Vocabulary vocabulary_in, Customs customs, std::vector<float> scores,
                             std::optional<MergeTable> merges)
    : Tokenizer(std::move(vocabulary_in), std::move(customs)),
      scores_(std::move(scores)),
      merges_(std::move(merges)) {
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
  std::size_t chunk = 0;
  for (std::uint32_t begin = 0; begin < all.size();) {
    const base::Utf8Decoded next = base::utf8_decode(all.substr(begin));
    // Small chunks keep the merger's memory in the cache; most are shorter than a word.
    if (!may_join(previous, next)) {
      finish_chunk(all, chunk, begin, merger, out);
      chunk = begin;
    }
    merger.push({begin, next.length, vocabulary().find_text(all.substr(begin, next.length))});
    begin += next.length;
    previous = next;
  }
  finish_chunk(all, chunk, all.size(), merger, out);
  return {};
}

bool SentencePiece::may_join(const base::Utf8Decoded& left, const base::Utf8Decoded& right) const {
  if (!left.valid || !right.valid || !pairs_.contains(left.code_point, right.code_point)) return false;
  return !merges_ || (left.code_point == '\n') == (right.code_point == '\n');
}

void SentencePiece::finish_chunk(std::string_view text, std::size_t begin, std::size_t end, Merger& merger,
                                 std::vector<TokenId>& out) const {
  const std::string_view chunk = text.substr(begin, end - begin);
  if (merges_ && chunk.starts_with('\n')) {
    // The ranks of runs of newlines do not lead to the longest, but the model knows them so.
    if (const TokenId id = vocabulary().find_text(chunk); id != kNoToken) {
      out.push_back(id);
      merger.clear();
      return;
    }
  }
  if (merges_) {
    merger.run([&](const Symbol& left, const Symbol& right) { return merges_->find(left.id, right.id); });
  } else {
    merger.run([&](const Symbol& left, const Symbol& right) -> Merge {
      const std::size_t size = std::size_t{left.size} + right.size;
      if (size > vocabulary().longest_piece()) return {};
      const TokenId id = vocabulary().find_text(text.substr(left.begin, size));
      if (id == kNoToken) return {};
      return {-scores_[static_cast<std::size_t>(id)], id};
    });
  }
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
