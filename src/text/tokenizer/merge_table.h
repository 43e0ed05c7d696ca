// The merges of byte-level BPE, found by the pair of tokens they join. Sorted arrays rather than a hash
// table: a model file cannot choose its merges so that looking one up grows slow.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "text/tokenizer/merge.h"
#include "text/tokenizer/vocabulary.h"

namespace peregrine::text {

class MergeTable {
 public:
  // `merges` are "left right", best first; of two for one pair the first counts. A merge that involves a
  // control, unknown, unused or byte token is left out: plain text never becomes one. Errors: kCorrupt and
  // kResourceExhausted, `where` is tokenizer.ggml.merges.
  static Result<MergeTable> create(const Vocabulary& vocabulary, std::span<const std::string_view> merges);

  // Cost is the merge's rank.
  Merge find(TokenId left, TokenId right) const noexcept;

 private:
  struct Entry {
    TokenId left, right;
    std::uint32_t rank;
    TokenId merged;
  };

  std::vector<Entry> entries_;          // sorted by left, right
  std::vector<std::uint32_t> by_left_;  // entries of token t: [by_left_[t], by_left_[t + 1])
};

}  // namespace peregrine::text
