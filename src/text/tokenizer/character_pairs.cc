#include "text/tokenizer/character_pairs.h"

#include <algorithm>

#include "base/utf8.h"

namespace peregrine::text {
namespace {

std::uint64_t key_of(char32_t left, char32_t right) {
  return std::uint64_t{left} << 32 | right;
}

}  // namespace

void CharacterPairs::add(std::string_view piece) {
  base::Utf8Decoded left = base::utf8_decode(piece);
  piece.remove_prefix(left.length);
  while (!piece.empty()) {
    const base::Utf8Decoded right = base::utf8_decode(piece);
    if (left.code_point < kAscii && right.code_point < kAscii) {
      ascii_.set(std::size_t{left.code_point} * kAscii + right.code_point);
    } else {
      others_.push_back(key_of(left.code_point, right.code_point));
    }
    piece.remove_prefix(right.length);
    left = right;
  }
}

void CharacterPairs::finish() {
  std::ranges::sort(others_);
  const auto repeated = std::ranges::unique(others_);
  others_.erase(repeated.begin(), repeated.end());
  others_.shrink_to_fit();
}

bool CharacterPairs::contains(char32_t left, char32_t right) const {
  if (left < kAscii && right < kAscii) return ascii_.test(std::size_t{left} * kAscii + right);
  return std::ranges::binary_search(others_, key_of(left, right));
}

}  // namespace peregrine::text
