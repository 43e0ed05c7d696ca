// Blocks of a KV group whose layers see only a window or a chunk: how the cache of such layers stays small.
//
// The first KV group, which sees everything, decides what a sequence or a cached prefix is; a side pool
// follows it. Each block holds the keys and values of the tokens of one block of the first group, its
// primary. A block is free, used (held by sequences), or cached: nobody holds it, but it is the companion of
// a published primary, for whoever takes that prefix and still sees these tokens. Companions may be evicted
// before their primaries; a prefix is then of use only as far as the companions in view exist.
//
// Invariant: a published primary has at most one companion here, and sequences that hold the primary hold
// that one or none. So no more blocks are used than there are used primaries, and no more than each sequence
// can see at once. One thread at a time: the BlockPool's.
#pragma once

#include <cstdint>
#include <vector>

#include "backend/backend.h"
#include "engine/kv/lru_list.h"
#include "engine/kv/prefix_index.h"

namespace peregrine::engine {

class SidePool {
 public:
  SidePool(const backend::View& view, std::uint32_t n_blocks, std::uint32_t n_primaries);

  const backend::View& view() const { return view_; }
  std::uint32_t total() const { return static_cast<std::uint32_t>(blocks_.size()); }
  std::uint32_t cached() const { return cached_.size(); }
  std::uint32_t used() const { return total() - cached() - static_cast<std::uint32_t>(free_.size()); }

  // The block with the tokens of a published primary; kNoBlock when it is gone.
  BlockId companion(BlockId primary) const { return companions_[primary]; }

  // A block with one reference, evicting the least recently used cached one if need be; kNoBlock when all are
  // used.
  BlockId allocate();
  void retain(BlockId block);
  void release(BlockId block);
  // Makes `block`, which its caller holds, the companion of `primary`. If it has one already, the caller gets
  // that and its own is released: the contents are the same bits. Returns the block to hold.
  BlockId publish(BlockId primary, BlockId block);
  // The primary is no longer published.
  void forget(BlockId primary);

 private:
  struct Block {
    std::uint32_t references = 0;
    BlockId primary = kNoBlock;  // that it is the companion of
  };

  backend::View view_;
  std::vector<Block> blocks_;
  std::vector<BlockId> free_;
  std::vector<BlockId> companions_;  // by primary
  LruList cached_;
};

// Blocks that a sequence may hold at once in a group of this view: what a step's first row still sees, and
// the step's own rows.
std::uint32_t max_blocks_in_view(const backend::View& view, std::uint32_t step_tokens,
                                 std::uint32_t block_tokens);

}  // namespace peregrine::engine
