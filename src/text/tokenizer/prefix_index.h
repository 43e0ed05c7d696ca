// Finds the longest of a set of texts that a given text begins with, by narrowing a range of the sorted set
// one byte at a time. Takes no memory beyond one entry per text, whatever they look like.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "text/tokenizer/spec.h"

namespace peregrine::text {

class PrefixIndex {
 public:
  struct Entry {
    std::string_view text;  // not empty; outlives the index
    TokenId id = kNoToken;
  };
  struct Match {
    TokenId id = kNoToken;  // kNoToken: none of the texts
    std::size_t size = 0;
  };

  PrefixIndex() = default;
  // No two entries may have the same text.
  explicit PrefixIndex(std::vector<Entry> entries);

  bool empty() const { return entries_.empty(); }

  // O(length of the match · log(entries)).
  Match longest(std::string_view text) const noexcept;

 private:
  std::vector<Entry> entries_;  // sorted by text, bytes unsigned
  std::array<std::uint32_t, 257>
      first_byte_{};  // entries that begin with byte b: [first_byte_[b], first_byte_[b + 1])
};

}  // namespace peregrine::text
