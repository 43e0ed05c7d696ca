// Blocks in the order of their last use: a list through arrays, so that entering and leaving allocate
// nothing.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/kv/prefix_index.h"

namespace peregrine::engine {

class LruList {
 public:
  // Of blocks 0 to n_blocks - 1, none of them in it.
  explicit LruList(std::uint32_t n_blocks) : links_(n_blocks) {}

  std::uint32_t size() const { return size_; }
  // The least recently used; kNoBlock when there is none.
  BlockId oldest() const { return oldest_; }

  // Enters a block that is not in the list as the most recently used.
  void push(BlockId block) {
    links_[block] = {.older = newest_, .newer = kNoBlock};
    (newest_ == kNoBlock ? oldest_ : links_[newest_].newer) = block;
    newest_ = block;
    ++size_;
  }

  // Takes a block that is in the list out of it.
  void remove(BlockId block) {
    const Link link = links_[block];
    (link.older == kNoBlock ? oldest_ : links_[link.older].newer) = link.newer;
    (link.newer == kNoBlock ? newest_ : links_[link.newer].older) = link.older;
    links_[block] = {};
    --size_;
  }

 private:
  struct Link {
    BlockId older = kNoBlock;
    BlockId newer = kNoBlock;
  };
  std::vector<Link> links_;
  BlockId oldest_ = kNoBlock;
  BlockId newest_ = kNoBlock;
  std::uint32_t size_ = 0;
};

}  // namespace peregrine::engine
