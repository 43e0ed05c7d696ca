#include "grammar/vocabulary.h"

#include <algorithm>
#include <array>
#include <bit>

#include "base/utf8.h"
#include "grammar/limits.h"

namespace peregrine::grammar {
namespace {

constexpr std::size_t kMaxSlices = 64;

struct CategoryTable {
  std::array<ByteSet, kAsciiCategories> sets;
  std::array<std::uint8_t, 128> of_byte{};

  CategoryTable() {
    static constexpr std::array<std::string_view, kAsciiCategories> kMembers = {
        "0",        "123456789",
        "abcdef",   "ghijklmnopqrstuvwxyz",
        "ABCDEF",   "GHIJKLMNOPQRSTUVWXYZ",
        "_",        "-",
        ".",        ",",
        ":",        "/",
        " ",        "\n",
        "\t",       "\"",
        "\\",       "+",
        "@",        "#",
        "%",        "&=?",
        "~!$*;'()", "<>",
        "[]{}",     "`^|",
        "\r",       ""};
    for (std::size_t i = 0; i < kMembers.size(); ++i) {
      for (const char c : kMembers[i]) assign(static_cast<unsigned char>(c), i);
    }
    for (unsigned byte = 0; byte < 0x20; ++byte) {
      if (byte != '\n' && byte != '\t' && byte != '\r') assign(byte, kAsciiCategories - 1);
    }
    assign(0x7F, kAsciiCategories - 1);
  }
  void assign(unsigned byte, std::size_t category) {
    sets[category].add(byte);
    of_byte[byte] = static_cast<std::uint8_t>(category);
  }
};

const CategoryTable& categories() {
  static const CategoryTable kTable;
  return kTable;
}

// The characters of one token, looked at from each of its bytes.
class TokenText {
 public:
  explicit TokenText(std::string_view token) : categories_(token.size() + 1), chars_(token.size() + 1) {
    std::vector<bool> begins(token.size());
    for (std::size_t at = 0; at < token.size();) {
      const base::Utf8Decoded c = base::utf8_decode(token.substr(at));
      const std::size_t length = c.valid ? c.length : 1;
      const Categories category = !c.valid             ? kPartial
                                  : c.code_point < 128 ? 1U << categories().of_byte[c.code_point]
                                                       : kUnicode;
      for (std::size_t i = 0; i < length; ++i) categories_[at + i] = category;
      begins[at] = true;
      at += length;
    }
    for (std::size_t at = token.size(); at-- > 0;) {
      chars_[at] = static_cast<std::uint8_t>(std::min(chars_[at + 1] + (begins[at] ? 1 : 0), 255));
      categories_[at] |= categories_[at + 1];
    }
    for (std::size_t at = 0; at < token.size(); ++at) {
      if (!begins[at]) categories_[at] |= kPartial;
    }
  }
  Categories categories_from(std::size_t byte) const { return categories_[byte]; }
  std::uint8_t chars_from(std::size_t byte) const { return chars_[byte]; }

 private:
  std::vector<Categories> categories_;
  std::vector<std::uint8_t> chars_;
};

Categories inside_strings() {
  Categories all = kUnicode;
  for (int i = 0; i < kAsciiCategories; ++i) {
    const ByteSet& set = category_bytes(i);
    if (set.first() >= ' ' && !set.contains('"') && !set.contains('\\')) all |= 1U << i;
  }
  return all;
}

}  // namespace

const ByteSet& category_bytes(int index) {
  return categories().sets[static_cast<std::size_t>(index)];
}

Vocabulary::Vocabulary(std::span<const std::string_view> pieces, std::span<const TokenId> end_ids)
    : end_ids_(end_ids.begin(), end_ids.end()) {
  std::erase_if(end_ids_, [&](TokenId id) { return id >= pieces.size(); });
  std::sort(end_ids_.begin(), end_ids_.end());
  piece_ends_.reserve(pieces.size());
  for (TokenId id = 0; id < pieces.size(); ++id) {
    const std::string_view piece = pieces[id];
    if (piece.size() <= kMaxTokenBytes && !is_end(id)) text_.insert(text_.end(), piece.begin(), piece.end());
    piece_ends_.push_back(static_cast<std::uint32_t>(text_.size()));
    if (!bytes(id).empty()) trie_.sorted.push_back(id);
  }
  sort_tokens();
  trie_ = build_trie(std::move(trie_.sorted));
  for (const TokenId id : trie_.sorted) {
    const TokenText text(bytes(id));
    token_categories_.push_back(text.categories_from(0));
    token_chars_.push_back(text.chars_from(0));
  }
  // What strings of JSON ask for, so that no generation waits for it.
  for (const std::uint32_t chars : {8U, 16U, 32U, 64U, 128U}) slice(inside_strings(), chars);
}

bool Vocabulary::is_end(TokenId id) const {
  return std::binary_search(end_ids_.begin(), end_ids_.end(), id);
}

std::string_view Vocabulary::bytes(TokenId id) const {
  if (id >= piece_ends_.size()) return {};
  const std::uint32_t begin = id == 0 ? 0 : piece_ends_[id - 1];
  return {text_.data() + begin, piece_ends_[id] - begin};
}

void Vocabulary::sort_tokens() {
  std::sort(trie_.sorted.begin(), trie_.sorted.end(), [&](TokenId a, TokenId b) {
    const int order = bytes(a).compare(bytes(b));
    return order != 0 ? order < 0 : a < b;
  });
}

Trie Vocabulary::build_trie(std::vector<TokenId> sorted) const {
  Trie trie;
  std::vector<TrieNode>& nodes = trie.nodes;
  nodes.push_back({});
  std::vector<std::uint32_t> path = {0};
  std::string_view before;
  for (std::uint32_t i = 0; i < sorted.size(); ++i) {
    const std::string_view token = bytes(sorted[i]);
    const auto common = static_cast<std::size_t>(std::ranges::mismatch(before, token).in1 - before.begin());
    while (path.size() > common + 1) {
      nodes[path.back()].subtree_end = static_cast<std::uint32_t>(nodes.size());
      path.pop_back();
    }
    for (std::size_t at = common; at < token.size(); ++at) {
      nodes.push_back({.tokens = i, .parent = path.back(), .byte = static_cast<std::uint8_t>(token[at])});
      path.push_back(static_cast<std::uint32_t>(nodes.size() - 1));
    }
    const TokenText text(token);
    for (std::size_t depth = 0; depth < token.size(); ++depth) {
      TrieNode& node = nodes[path[depth]];
      node.below |= text.categories_from(depth);
      node.chars_below = std::max(node.chars_below, text.chars_from(depth));
    }
    before = token;
  }
  for (const std::uint32_t open : path) nodes[open].subtree_end = static_cast<std::uint32_t>(nodes.size());
  nodes.push_back({.tokens = static_cast<std::uint32_t>(sorted.size())});
  trie.sorted = std::move(sorted);
  return trie;
}

// Finds each node of a trie of some tokens in the trie of all: parents come first, siblings in order.
void Vocabulary::place_in_whole(Trie& part) const {
  part.origin.resize(part.nodes.size());
  std::vector<std::uint32_t> next_child(part.nodes.size());  // where to go on looking, in the whole
  next_child[0] = 1;
  for (std::uint32_t i = 1; i + 1 < part.nodes.size(); ++i) {
    std::uint32_t at = next_child[part.nodes[i].parent];
    while (trie_.nodes[at].byte != part.nodes[i].byte) at = trie_.nodes[at].subtree_end;
    part.origin[i] = at;
    next_child[part.nodes[i].parent] = trie_.nodes[at].subtree_end;
    next_child[i] = at + 1;
  }
}

std::shared_ptr<const Vocabulary::Slice> Vocabulary::slice(Categories wanted, std::uint32_t chars) const {
  // 255 characters stand for more: no slice claims such tokens.
  chars = std::min(std::bit_floor(chars), 128U);
  const std::lock_guard lock(mutex_);
  const auto known = slices_.find({wanted, chars});
  if (known != slices_.end()) return known->second;
  const auto in = [&](std::size_t i) {
    return (token_categories_[i] & ~wanted) == 0 && token_chars_[i] <= chars;
  };
  std::size_t count = 0;
  for (std::size_t i = 0; i < trie_.sorted.size(); ++i) count += in(i) ? 1 : 0;
  std::shared_ptr<Slice> slice;
  if (count * 2 > trie_.sorted.size()) {
    slice = std::make_shared<Slice>();
    slice->mask.resize(mask_words());
    std::vector<TokenId> rest;
    for (std::size_t i = 0; i < trie_.sorted.size(); ++i) {
      const TokenId id = trie_.sorted[i];
      if (in(i)) {
        slice->mask[id / 64] |= 1ULL << (id % 64);
      } else {
        rest.push_back(id);
      }
    }
    slice->rest = build_trie(std::move(rest));
    place_in_whole(slice->rest);
  }
  if (slices_.size() < kMaxSlices) slices_[{wanted, chars}] = slice;
  return slice;
}

}  // namespace peregrine::grammar
