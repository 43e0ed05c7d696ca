// A set of byte values.
#pragma once

#include <array>
#include <bit>
#include <compare>
#include <cstdint>

namespace peregrine::grammar {

class ByteSet {
 public:
  constexpr ByteSet() = default;
  static constexpr ByteSet range(unsigned first, unsigned last) {
    ByteSet set;
    for (unsigned byte = first; byte <= last; ++byte) set.add(byte);
    return set;
  }
  static constexpr ByteSet all() { return range(0, 255); }

  constexpr void add(unsigned byte) { words_[byte >> 6] |= 1ULL << (byte & 63); }
  constexpr void remove(unsigned byte) { words_[byte >> 6] &= ~(1ULL << (byte & 63)); }
  constexpr bool contains(unsigned byte) const { return (words_[byte >> 6] >> (byte & 63) & 1) != 0; }
  constexpr bool empty() const { return (words_[0] | words_[1] | words_[2] | words_[3]) == 0; }
  constexpr int count() const {
    int n = 0;
    for (const std::uint64_t word : words_) n += std::popcount(word);
    return n;
  }
  // The smallest member; the set must not be empty.
  constexpr unsigned first() const {
    for (unsigned i = 0; i < 4; ++i) {
      if (words_[i] != 0) return i * 64 + static_cast<unsigned>(std::countr_zero(words_[i]));
    }
    return 0;
  }
  constexpr bool includes(const ByteSet& other) const { return (other - *this).empty(); }

  friend constexpr ByteSet operator|(ByteSet a, const ByteSet& b) {
    for (unsigned i = 0; i < 4; ++i) a.words_[i] |= b.words_[i];
    return a;
  }
  friend constexpr ByteSet operator&(ByteSet a, const ByteSet& b) {
    for (unsigned i = 0; i < 4; ++i) a.words_[i] &= b.words_[i];
    return a;
  }
  friend constexpr ByteSet operator-(ByteSet a, const ByteSet& b) {
    for (unsigned i = 0; i < 4; ++i) a.words_[i] &= ~b.words_[i];
    return a;
  }
  friend constexpr auto operator<=>(const ByteSet&, const ByteSet&) = default;

 private:
  std::array<std::uint64_t, 4> words_{};
};

}  // namespace peregrine::grammar
