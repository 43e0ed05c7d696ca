// A model's tokens as a trie over their bytes, made once per model. Immutable, thread-safe.
//
// Nodes lie in depth-first order with the end of their subtree beside them, so a walk skips a subtree in one
// step; the tokens of a subtree are one run of the sorted tokens. Each node knows which categories of
// characters stand below it: a state that loops over these takes the whole subtree unseen.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "grammar/regex/byte_set.h"

namespace peregrine::grammar {

using TokenId = std::uint32_t;

// Categories of characters, as bits. Bytes of ASCII are of one each; kUnicode stands for whole characters
// beyond ASCII, kPartial for bytes that are part of a character cut in two (or no UTF-8).
using Categories = std::uint32_t;
inline constexpr int kAsciiCategories = 28;
inline constexpr Categories kUnicode = 1U << 30;
inline constexpr Categories kPartial = 1U << 31;
// The members of ASCII category `index` < kAsciiCategories; disjoint, together all of ASCII.
const ByteSet& category_bytes(int index);

struct TrieNode {
  std::uint32_t subtree_end = 0;  // one past the last node of the subtree
  std::uint32_t tokens = 0;       // its own tokens are sorted[tokens, next node's tokens)
  std::uint32_t parent = 0;
  Categories below = 0;          // of the bytes below this node
  std::uint8_t chars_below = 0;  // most characters below; 255 for 255 and more
  std::uint8_t byte = 0;
};

// The root is node 0; a last node closes the runs of tokens.
struct Trie {
  std::vector<TrieNode> nodes;
  std::vector<TokenId> sorted;
  std::vector<std::uint32_t> origin;  // of a trie of some tokens: each node's place in the trie of all
};

class Vocabulary {
 public:
  // `pieces[id]` are the bytes that token id adds to the text; empty for tokens that are never part of one
  // (control, unused). `end_ids` end a generation: allowed when the text is complete.
  Vocabulary(std::span<const std::string_view> pieces, std::span<const TokenId> end_ids);
  Vocabulary(const Vocabulary&) = delete;
  Vocabulary& operator=(const Vocabulary&) = delete;
  ~Vocabulary() = default;

  std::size_t size() const { return piece_ends_.size(); }
  std::size_t mask_words() const { return (size() + 63) / 64; }
  std::span<const TokenId> end_ids() const { return end_ids_; }
  bool is_end(TokenId id) const;
  // Empty for tokens out of range or never part of a text.
  std::string_view bytes(TokenId id) const;

  // Over all tokens.
  const Trie& trie() const { return trie_; }

  // Tokens of at most `chars` characters, all of these categories, as a mask; and a trie of all others.
  struct Slice {
    std::vector<std::uint64_t> mask;
    Trie rest;
  };
  // The largest slice that fits, `chars` rounded down to a power of two; null when it holds less than most of
  // the vocabulary. Kept for the next caller.
  std::shared_ptr<const Slice> slice(Categories categories, std::uint32_t chars) const;

 private:
  void sort_tokens();
  Trie build_trie(std::vector<TokenId> sorted) const;
  void place_in_whole(Trie& part) const;

  std::vector<char> text_;
  std::vector<std::uint32_t> piece_ends_;
  std::vector<TokenId> end_ids_;
  Trie trie_;
  std::vector<Categories> token_categories_;  // as trie_.sorted
  std::vector<std::uint8_t> token_chars_;     // likewise; 255 for 255 and more

  mutable std::mutex mutex_;
  mutable std::map<std::pair<Categories, std::uint32_t>, std::shared_ptr<const Slice>>
      slices_;  // under mutex_
};

}  // namespace peregrine::grammar
