// The tokens of a model: their texts, kinds and bytes, and the ids that have a role. Immutable after
// create(); owns all its memory, so views it hands out live as long as it (moving it keeps them valid).
//
// Functions of an id are total: an id outside [0, size()) behaves as an unused token.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "text/tokenizer/spec.h"
#include "text/tokenizer/well_known.h"

namespace peregrine::text {

class Vocabulary {
 public:
  // Errors: kCorrupt or kResourceExhausted, `where` the GGUF key.
  static Result<Vocabulary> create(const TokenizerSpec& spec);

  Vocabulary(Vocabulary&&) = default;
  Vocabulary& operator=(Vocabulary&&) = default;
  Vocabulary(const Vocabulary&) = delete;
  Vocabulary& operator=(const Vocabulary&) = delete;
  ~Vocabulary() = default;

  std::size_t size() const { return kinds_.size(); }
  TokenKind kind(TokenId id) const { return contains(id) ? kinds_[index(id)] : TokenKind::kUnused; }

  // Control and unknown tokens, which decoding drops unless asked to show them.
  bool is_special(TokenId id) const {
    return kind(id) == TokenKind::kControl || kind(id) == TokenKind::kUnknown;
  }

  // Tokens that stand for plain text by their own text (neither special, nor unused, nor byte tokens).
  bool is_text(TokenId id) const {
    return kind(id) == TokenKind::kNormal || kind(id) == TokenKind::kUserDefined;
  }

  // The vocabulary's own text of a token, e.g. "Ġthe" or "▁the". Valid UTF-8.
  std::string_view piece(TokenId id) const { return contains(id) ? slice(pieces_, piece_ends_, id) : ""; }

  // What a token adds to decoded text, e.g. " the"; a part of a character at times. For control and unknown
  // tokens the text they are shown as; for user-defined ones their text; for unused ones nothing.
  std::string_view bytes(TokenId id) const { return contains(id) ? slice(bytes_, byte_ends_, id) : ""; }

  // The token whose piece() is exactly `piece`; kNoToken if none. Tokens with an empty piece are not found.
  TokenId find(std::string_view piece) const;

  // The token that plain text spelled `piece` may become: find() where is_text().
  TokenId find_text(std::string_view piece) const {
    const TokenId id = find(piece);
    return is_text(id) ? id : kNoToken;
  }

  std::optional<TokenId> bos() const { return bos_; }
  std::optional<TokenId> eos() const { return eos_; }
  std::optional<TokenId> eot() const { return eot_; }
  std::optional<TokenId> unk() const { return unk_; }
  std::optional<TokenId> sep() const { return sep_; }

  // Tokens after which a model has nothing more to say, ascending: eos, eot, eom and well-known ones.
  std::span<const TokenId> end_of_generation() const { return end_of_generation_; }
  bool ends_generation(TokenId id) const;

  // True where encoding puts a space before the first word, which decoding takes away again.
  bool adds_space_prefix() const { return adds_space_prefix_; }

  std::size_t longest_piece() const { return longest_piece_; }  // bytes

 private:
  Vocabulary() = default;
  Status load_pieces(const TokenizerSpec& spec);
  Status load_kinds(const TokenizerSpec& spec);
  Status load_bytes(TokenizerKind kind);
  Status load_roles(const TokenizerSpec& spec);
  Status assign_role(std::optional<TokenId>& role, std::optional<std::uint32_t> given, std::string_view key,
                     std::string_view customary);
  void collect_end_of_generation(std::optional<TokenId> eom);
  TokenId find_known(const WellKnownToken& known) const;

  static std::size_t index(TokenId id) { return static_cast<std::size_t>(id); }
  bool contains(TokenId id) const { return id >= 0 && index(id) < kinds_.size(); }
  static std::string_view slice(const std::vector<char>& arena, const std::vector<std::uint32_t>& ends,
                                TokenId id) {
    const std::uint32_t begin = id == 0 ? 0 : ends[index(id) - 1];
    return {arena.data() + begin, ends[index(id)] - begin};
  }

  // Texts one after the other, each ending where ends[id] says.
  std::vector<char> pieces_;
  std::vector<std::uint32_t> piece_ends_;
  std::vector<char> bytes_;
  std::vector<std::uint32_t> byte_ends_;
  std::vector<TokenKind> kinds_;
  std::unordered_map<std::string_view, TokenId> by_piece_;  // keys view pieces_
  std::optional<TokenId> bos_, eos_, eot_, unk_, sep_;
  std::vector<TokenId> end_of_generation_;
  std::size_t longest_piece_ = 0;
  bool adds_space_prefix_ = false;
};

// "▁" (U+2581), which SentencePiece and GGUF's WordPiece vocabularies write for a space.
inline constexpr std::string_view kSpaceMarker = "\xE2\x96\x81";

}  // namespace peregrine::text
