#include "text/tokenizer/vocabulary.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "base/utf8.h"
#include "text/tokenizer/byte_level.h"

namespace peregrine::text {
namespace {

std::optional<std::uint8_t> hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<std::uint8_t>(c - '0');
  if (c >= 'A' && c <= 'F') return static_cast<std::uint8_t>(c - 'A' + 10);
  if (c >= 'a' && c <= 'f') return static_cast<std::uint8_t>(c - 'a' + 10);
  return std::nullopt;
}

// "<0x0A>" to the byte 0x0A.
std::optional<char> byte_of_piece(std::string_view piece) {
  if (piece.size() != 6 || !piece.starts_with("<0x") || piece[5] != '>') return std::nullopt;
  const auto high = hex_digit(piece[3]);
  const auto low = hex_digit(piece[4]);
  if (!high || !low) return std::nullopt;
  return static_cast<char>(*high << 4 | *low);
}

void append_with_spaces(std::string& out, std::string_view piece) {
  for (std::size_t marker = piece.find(kSpaceMarker); marker != std::string_view::npos;
       marker = piece.find(kSpaceMarker)) {
    out.append(piece.substr(0, marker)).push_back(' ');
    piece.remove_prefix(marker + kSpaceMarker.size());
  }
  out.append(piece);
}

auto corrupt(std::string message, std::string_view key) {
  return fail(ErrorCode::kCorrupt, std::move(message), std::string(key));
}

}  // namespace

Result<Vocabulary> Vocabulary::create(const TokenizerSpec& spec) {
  Vocabulary vocabulary;
  PEREGRINE_TRY(vocabulary.load_pieces(spec));
  PEREGRINE_TRY(vocabulary.load_kinds(spec));
  PEREGRINE_TRY(vocabulary.load_bytes(spec.kind));
  PEREGRINE_TRY(vocabulary.load_roles(spec));
  vocabulary.adds_space_prefix_ =
      spec.kind == TokenizerKind::kSentencePiece && spec.add_space_prefix.value_or(true);
  return vocabulary;
}

Status Vocabulary::load_pieces(const TokenizerSpec& spec) {
  if (spec.tokens.empty()) return corrupt("the vocabulary is empty", keys::kTokens);
  if (spec.tokens.size() > kMaxVocabulary) {
    return fail(ErrorCode::kResourceExhausted,
                fmt::format("{} tokens; at most {} are supported", spec.tokens.size(), kMaxVocabulary),
                std::string(keys::kTokens));
  }
  std::size_t total = 0;
  for (std::size_t id = 0; id < spec.tokens.size(); ++id) {
    const std::string_view piece = spec.tokens[id];
    total += std::min(piece.size(), kMaxTokenBytes + 1);
    if (piece.size() > kMaxTokenBytes || total > kMaxVocabularyBytes) {
      return fail(ErrorCode::kResourceExhausted,
                  fmt::format("token {} passes the limit of {} bytes for a token or {} for all", id,
                              kMaxTokenBytes, kMaxVocabularyBytes),
                  std::string(keys::kTokens));
    }
    if (!base::utf8_valid(piece)) return corrupt(fmt::format("token {} is not UTF-8", id), keys::kTokens);
    longest_piece_ = std::max(longest_piece_, piece.size());
  }
  pieces_.reserve(total);
  piece_ends_.reserve(spec.tokens.size());
  by_piece_.reserve(spec.tokens.size());
  for (const std::string_view piece : spec.tokens) {
    const auto id = static_cast<TokenId>(piece_ends_.size());
    pieces_.insert(pieces_.end(), piece.begin(), piece.end());
    piece_ends_.push_back(static_cast<std::uint32_t>(pieces_.size()));
    if (piece.empty()) continue;
    const auto [found, added] = by_piece_.emplace(slice(pieces_, piece_ends_, id), id);
    if (!added)
      return corrupt(fmt::format("tokens {} and {} have the same text", found->second, id), keys::kTokens);
  }
  return {};
}

Status Vocabulary::load_kinds(const TokenizerSpec& spec) {
  kinds_.assign(spec.tokens.size(), TokenKind::kNormal);
  if (!spec.token_types.empty()) {
    if (spec.token_types.size() != kinds_.size()) {
      return corrupt(fmt::format("{} token types for {} tokens", spec.token_types.size(), kinds_.size()),
                     keys::kTokenTypes);
    }
    for (std::size_t id = 0; id < kinds_.size(); ++id) {
      const std::int32_t type = spec.token_types[id];
      if (type < 0 || type > static_cast<std::int32_t>(TokenKind::kByte)) {
        return corrupt(fmt::format("token {} has the unknown type {}", id, type), keys::kTokenTypes);
      }
      kinds_[id] = type == 0 ? TokenKind::kUnused : static_cast<TokenKind>(type);
    }
  }
  for (const WellKnownToken& known : well_known_control_tokens()) {
    if (const TokenId id = find_known(known); id != kNoToken) kinds_[index(id)] = TokenKind::kControl;
  }
  return {};
}

Status Vocabulary::load_bytes(TokenizerKind kind) {
  bytes_.reserve(pieces_.size());
  byte_ends_.reserve(size());
  std::string decoded;
  for (TokenId id = 0; index(id) < size(); ++id) {
    const std::string_view piece = slice(pieces_, piece_ends_, id);
    decoded.clear();
    switch (kinds_[index(id)]) {
      case TokenKind::kUnused:
        break;
      case TokenKind::kUnknown:
      case TokenKind::kControl:
      case TokenKind::kUserDefined:
        decoded = piece;
        break;
      case TokenKind::kByte: {
        const auto byte = byte_of_piece(piece);
        if (!byte) return corrupt(fmt::format("byte token {} is not written <0xHH>", id), keys::kTokens);
        decoded.push_back(*byte);
        break;
      }
      case TokenKind::kNormal:
        if (kind == TokenizerKind::kByteLevelBpe) {
          append_byte_level_decoded(decoded, piece);
        } else {
          append_with_spaces(decoded, piece);
        }
        break;
    }
    bytes_.insert(bytes_.end(), decoded.begin(), decoded.end());
    byte_ends_.push_back(static_cast<std::uint32_t>(bytes_.size()));
  }
  return {};
}

Status Vocabulary::assign_role(std::optional<TokenId>& role, std::optional<std::uint32_t> given,
                               std::string_view key, std::string_view customary) {
  if (given) {
    if (*given >= size()) return corrupt(fmt::format("token {} of {}", *given, size()), key);
    role = static_cast<TokenId>(*given);
  } else if (const TokenId id = find(customary); is_special(id)) {
    role = id;
  }
  return {};
}

Status Vocabulary::load_roles(const TokenizerSpec& spec) {
  const CustomaryTokens customary = customary_tokens(spec.kind);
  std::optional<TokenId> eom;
  PEREGRINE_TRY(assign_role(bos_, spec.bos, keys::kBos, customary.bos));
  PEREGRINE_TRY(assign_role(eos_, spec.eos, keys::kEos, customary.eos));
  PEREGRINE_TRY(assign_role(unk_, spec.unk, keys::kUnk, customary.unk));
  PEREGRINE_TRY(assign_role(sep_, spec.sep, keys::kSep, customary.sep));
  PEREGRINE_TRY(assign_role(eom, spec.eom, keys::kEom, ""));
  PEREGRINE_TRY(assign_role(eot_, spec.eot, keys::kEot, ""));
  for (const std::string_view text : well_known_end_of_turn()) {
    if (eot_) break;
    if (const TokenId id = find(text); id != kNoToken) eot_ = id;
  }
  collect_end_of_generation(eom);
  return {};
}

void Vocabulary::collect_end_of_generation(std::optional<TokenId> eom) {
  // In Harmony's format "<|end|>" closes one message of an answer that goes on; only these two end it.
  const auto has = [this](std::string_view text) { return find(text) != kNoToken; };
  const bool harmony = (has("<|return|>") && has("<|call|>")) || (has("<|calls|>") && has("<|flush|>"));
  const TokenId harmony_end = harmony ? find("<|end|>") : kNoToken;

  const auto add = [&](TokenId id) {
    if (id != kNoToken && id != harmony_end) end_of_generation_.push_back(id);
  };
  for (const WellKnownToken& known : well_known_control_tokens()) {
    if (known.ends_generation) add(find_known(known));
  }
  for (const auto role : {eos_, eot_, eom}) add(role.value_or(kNoToken));
  std::ranges::sort(end_of_generation_);
  const auto repeated = std::ranges::unique(end_of_generation_);
  end_of_generation_.erase(repeated.begin(), repeated.end());
}

TokenId Vocabulary::find(std::string_view piece) const {
  const auto found = by_piece_.find(piece);
  return found == by_piece_.end() ? kNoToken : found->second;
}

TokenId Vocabulary::find_known(const WellKnownToken& known) const {
  return find(known.unless) == kNoToken ? find(known.text) : kNoToken;
}

bool Vocabulary::ends_generation(TokenId id) const {
  return std::ranges::binary_search(end_of_generation_, id);
}

}  // namespace peregrine::text
