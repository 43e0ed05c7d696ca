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
    if (!bytes(id).empty()) sorted_.push_back(id);
  }
  sort_tokens();
  build_trie();
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
  std::sort(sorted_.begin(), sorted_.end(), [&](TokenId a, TokenId b) {
    const int order = bytes(a).compare(bytes(b));
    return order != 0 ? order < 0 : a < b;
  });
}

void Vocabulary::build_trie() {
  token_categories_.resize(sorted_.size());
  token_chars_.resize(sorted_.size());
  nodes_.push_back({});
  std::vector<std::uint32_t> path = {0};
  std::string_view before;
  for (std::uint32_t i = 0; i < sorted_.size(); ++i) {
    const std::string_view token = bytes(sorted_[i]);
    const auto common = static_cast<std::size_t>(std::ranges::mismatch(before, token).in1 - before.begin());
    while (path.size() > common + 1) {
      nodes_[path.back()].subtree_end = static_cast<std::uint32_t>(nodes_.size());
      path.pop_back();
    }
    for (std::size_t at = common; at < token.size(); ++at) {
      nodes_.push_back({.tokens = i, .parent = path.back(), .byte = static_cast<std::uint8_t>(token[at])});
      path.push_back(static_cast<std::uint32_t>(nodes_.size() - 1));
    }
    describe(token, i, path);
    before = token;
  }
  for (const std::uint32_t open : path) nodes_[open].subtree_end = static_cast<std::uint32_t>(nodes_.size());
  nodes_.push_back({.tokens = static_cast<std::uint32_t>(sorted_.size())});
}

// Adds one token to what the nodes on its path know of what is below them.
void Vocabulary::describe(std::string_view token, std::uint32_t sorted_index,
                          std::span<const std::uint32_t> path) {
  std::vector<Categories> of_byte(token.size());
  std::vector<bool> begins(token.size());
  for (std::size_t at = 0; at < token.size();) {
    const base::Utf8Decoded c = base::utf8_decode(token.substr(at));
    const std::size_t length = c.valid ? c.length : 1;
    const Categories category = !c.valid             ? kPartial
                                : c.code_point < 128 ? 1U << categories().of_byte[c.code_point]
                                                     : kUnicode;
    for (std::size_t i = 0; i < length; ++i) of_byte[at + i] = category;
    begins[at] = true;
    at += length;
  }
  Categories below = 0;
  unsigned chars = 0;
  for (std::size_t depth = token.size(); depth-- > 0;) {
    below |= of_byte[depth];
    chars = std::min(chars + (begins[depth] ? 1U : 0U), 255U);
    TrieNode& node = nodes_[path[depth]];
    node.below |= begins[depth] ? below : below | kPartial;
    node.chars_below = std::max(node.chars_below, static_cast<std::uint8_t>(chars));
  }
  token_categories_[sorted_index] = below;
  token_chars_[sorted_index] = static_cast<std::uint8_t>(chars);
}

std::shared_ptr<const Vocabulary::Slice> Vocabulary::slice(Categories wanted, std::uint32_t chars) const {
  // 255 characters stand for more: no slice claims such tokens.
  chars = std::min(std::bit_floor(chars), 128U);
  const std::lock_guard lock(mutex_);
  const auto known = slices_.find({wanted, chars});
  if (known != slices_.end()) return known->second;
  const auto slice = std::make_shared<Slice>();
  slice->categories = wanted;
  slice->chars = chars;
  slice->mask.resize(mask_words());
  for (std::size_t i = 0; i < sorted_.size(); ++i) {
    if ((token_categories_[i] & ~wanted) != 0 || token_chars_[i] > chars) continue;
    slice->mask[sorted_[i] / 64] |= 1ULL << (sorted_[i] % 64);
  }
  if (slices_.size() < kMaxSlices) slices_[{wanted, chars}] = slice;
  return slice;
}

}  // namespace peregrine::grammar
