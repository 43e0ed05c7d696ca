// The KV blocks of one sequence, in order, in every group; it releases them when it dies.
//
// The table starts as a shared prefix (blocks that other tables may hold too) and goes on with blocks of its
// own. Only the last, own blocks are written to: shared ones are full. Its pool outlives it; the pool's
// thread uses it.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "engine/kv/block_pool.h"

namespace peregrine::engine {

// The longest run of whole blocks, from the start of a sequence, whose keys and values the cache holds.
struct PrefixHit {
  std::uint32_t blocks = 0;
  std::uint32_t unreferenced = 0;  // of these, held by nobody: taking them leaves so many fewer to allocate
};

class BlockTable {
 public:
  // Its prefixes are shared among tables of the same `kind`: 0, or the id of the adapter that computes them.
  explicit BlockTable(BlockPool& pool, std::uint64_t kind = 0)
      : pool_(&pool), kind_(kind), sides_(pool.sides().size()) {}
  BlockTable(BlockTable&& other) noexcept
      : pool_(other.pool_),
        kind_(other.kind_),
        blocks_(std::exchange(other.blocks_, {})),
        sides_(std::exchange(other.sides_, std::vector<Side>(other.sides_.size()))),
        published_(std::exchange(other.published_, 0)) {}
  BlockTable& operator=(BlockTable&& other) noexcept {
    std::swap(pool_, other.pool_);
    std::swap(kind_, other.kind_);
    std::swap(blocks_, other.blocks_);
    std::swap(sides_, other.sides_);
    std::swap(published_, other.published_);
    return *this;
  }
  BlockTable(const BlockTable&) = delete;
  BlockTable& operator=(const BlockTable&) = delete;
  ~BlockTable() { clear(); }

  // What adopt() of a table of that kind would find. At least the last of `tokens` stays to be computed: its
  // logits are wanted. Where there are side groups, the prefix ends where all that the next token sees in
  // them is still cached.
  static PrefixHit probe(const BlockPool& pool, std::span<const TokenId> tokens, std::uint64_t kind = 0);

  // An empty table takes the cached prefix of `tokens`, of at most `max_blocks`. Returns the number of blocks
  // taken.
  std::uint32_t adopt(std::span<const TokenId> tokens, std::uint32_t max_blocks);

  // Adds `n` blocks of its own; false, and nothing changed, when the pool has not so many.
  bool extend(std::uint32_t n);

  // Offers the full blocks of the sequence's first tokens, which are computed, to other sequences. Blocks
  // offered before are skipped. Ids in blocks() may change: a block that another table published first
  // replaces ours.
  void publish(std::span<const TokenId> computed);

  // Gives back side blocks that no token from index `next` on can see.
  void release_unseen(std::uint32_t next);

  void clear();

  std::span<const BlockId> blocks() const { return blocks_; }
  // Of side group `group`: as many entries, kNoBlock for those given back.
  std::span<const BlockId> side_blocks(std::size_t group) const { return sides_[group].blocks; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(blocks_.size()); }
  // Blocks that no other table holds: what clear() makes available.
  std::uint32_t private_blocks() const;

 private:
  struct Side {
    std::vector<BlockId> blocks;
    std::uint32_t released = 0;  // leading entries that are kNoBlock
  };
  // The longest prefix of at most `blocks` cached blocks that the side groups allow; `chain` holds the
  // primaries.
  static std::uint32_t usable(const BlockPool& pool, std::span<const BlockId> chain);

  BlockPool* pool_;
  std::uint64_t kind_;
  std::vector<BlockId> blocks_;
  std::vector<Side> sides_;
  std::uint32_t published_ = 0;  // leading blocks that stand in the index
};

}  // namespace peregrine::engine
