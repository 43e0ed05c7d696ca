// Which blocks of the KV cache hold which prefix: a tree of full blocks, found by hash, believed after
// comparison.
//
// An entry is a block together with the tokens in it and the block before it. Looking up compares all three,
// so a collision of hashes costs time and can never give another prompt's keys and values. All memory is
// taken at construction: buckets are chained through the blocks' own entries.
//
// There are trees of several kinds, told by a number: what one adapter has computed is of no use to another.
//
// Invariant kept by the caller (BlockPool): an entry is erased before the entry of its parent.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "backend/backend.h"

namespace peregrine::engine {

using backend::TokenId;
using BlockId = std::uint32_t;

// No block: the parent of a sequence's first block.
inline constexpr BlockId kNoBlock = std::numeric_limits<BlockId>::max();

// Hash of a prefix that ends in a full block: of the hash before it and the block's tokens.
using PrefixHash = std::uint64_t (*)(std::uint64_t parent, std::span<const TokenId> tokens);
std::uint64_t hash_prefix(std::uint64_t parent, std::span<const TokenId> tokens);

class PrefixIndex {
 public:
  PrefixIndex(std::uint32_t n_blocks, std::uint32_t block_tokens, PrefixHash hash = hash_prefix);

  // The block of trees of kind `kind` that follows `parent` (an entry of that kind, or kNoBlock) and holds
  // `tokens`; kNoBlock when there is none.
  BlockId find(std::uint64_t kind, BlockId parent, std::span<const TokenId> tokens) const;

  // Enters `block`, which is not in the index, under a parent that is; no entry has the same kind, parent and
  // tokens.
  void insert(BlockId block, std::uint64_t kind, BlockId parent, std::span<const TokenId> tokens);

  // Forgets an entry without children.
  void erase(BlockId block);

  bool contains(BlockId block) const { return entries_[block].present; }
  BlockId parent(BlockId block) const { return entries_[block].parent; }
  std::uint32_t children(BlockId block) const { return entries_[block].children; }

 private:
  struct Entry {
    std::uint64_t hash = 0;
    std::uint64_t kind = 0;
    BlockId parent = kNoBlock;
    BlockId next_in_bucket = kNoBlock;
    std::uint32_t children = 0;
    bool present = false;
  };

  std::uint64_t chained_hash(std::uint64_t kind, BlockId parent, std::span<const TokenId> tokens) const;
  std::size_t bucket_of(std::uint64_t hash) const { return hash & (buckets_.size() - 1); }
  std::span<const TokenId> tokens_of(BlockId block) const;

  const std::uint32_t block_tokens_;
  const PrefixHash hash_;
  std::vector<Entry> entries_;    // by block
  std::vector<TokenId> tokens_;   // block_tokens per block
  std::vector<BlockId> buckets_;  // heads of chains; a power of two of them
};

}  // namespace peregrine::engine
