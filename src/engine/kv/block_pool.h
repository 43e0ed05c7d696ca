// The blocks of the KV cache: who holds them, which are free, which are kept for reuse.
//
// A block is in exactly one state: free (nobody holds it, its content means nothing), used (one sequence or
// more hold it), or cached (nobody holds it, but the prefix index knows its content). Allocation takes a free
// block, else evicts the least recently used cached one. Sequences hold blocks through a BlockTable, which
// releases by itself.
//
// Invariant: whoever holds a published block holds its parent too, and tables release their last block first.
// So along a table reference counts never rise, and the least recently used cached block has no children:
// evicting it leaves no prefix without its beginning. One thread at a time.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/kv/lru_list.h"
#include "engine/kv/prefix_index.h"
#include "engine/kv/side_pool.h"

namespace peregrine::engine {

class BlockPool {
 public:
  // With `keep_prefixes` off nothing is ever published, so blocks are only free or used.
  BlockPool(std::uint32_t n_blocks, std::uint32_t block_tokens, bool keep_prefixes,
            PrefixHash hash = hash_prefix);

  // Adds a group that follows this pool, before anything is allocated.
  void add_side(const backend::View& view, std::uint32_t n_blocks);
  BlockPool(const BlockPool&) = delete;
  BlockPool& operator=(const BlockPool&) = delete;

  std::uint32_t block_tokens() const { return block_tokens_; }
  bool keeps_prefixes() const { return keep_prefixes_; }
  std::uint32_t total() const { return static_cast<std::uint32_t>(references_.size()); }
  std::uint32_t cached() const { return cached_.size(); }
  std::uint32_t used() const { return total() - available(); }
  // What allocate() can still give.
  std::uint32_t available() const { return static_cast<std::uint32_t>(free_.size()) + cached_.size(); }

  // How many tables hold the block.
  std::uint32_t references(BlockId block) const { return references_[block]; }
  const PrefixIndex& index() const { return index_; }
  const std::vector<SidePool>& sides() const { return sides_; }

 private:
  friend class BlockTable;

  // A block with one reference; kNoBlock when every block is used.
  BlockId allocate();
  void retain(BlockId block);
  void release(BlockId block);

  // Enters a computed block of one holder under its parent, in the trees of kind `kind`. When the same prefix
  // is in the index already, the holder gets that block instead and its own is released: the contents are the
  // same bits. Returns the block to hold.
  BlockId publish(BlockId block, std::uint64_t kind, BlockId parent, std::span<const TokenId> tokens);

  const std::uint32_t block_tokens_;
  const bool keep_prefixes_;
  std::vector<std::uint32_t> references_;  // by block
  std::vector<BlockId> free_;
  PrefixIndex index_;
  std::vector<SidePool> sides_;
  LruList cached_;
};

}  // namespace peregrine::engine
