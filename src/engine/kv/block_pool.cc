#include "engine/kv/block_pool.h"

#include <cassert>

namespace peregrine::engine {

BlockPool::BlockPool(std::uint32_t n_blocks, std::uint32_t block_tokens, bool keep_prefixes, PrefixHash hash)
    : block_tokens_(block_tokens),
      keep_prefixes_(keep_prefixes),
      blocks_(n_blocks),
      index_(keep_prefixes ? n_blocks : 0, block_tokens, hash) {
  free_.reserve(n_blocks);
  // Handed out from the back: low numbers first.
  for (BlockId block = n_blocks; block-- > 0;) free_.push_back(block);
}

void BlockPool::add_side(const backend::View& view, std::uint32_t n_blocks) {
  assert(free_.size() == blocks_.size());
  sides_.emplace_back(view, n_blocks, total());
}

BlockId BlockPool::allocate() {
  BlockId block = kNoBlock;
  if (!free_.empty()) {
    block = free_.back();
    free_.pop_back();
  } else if (oldest_cached_ != kNoBlock) {
    block = oldest_cached_;
    remove_cached(block);
    index_.erase(block);
    for (SidePool& side : sides_) side.forget(block);
  } else {
    return kNoBlock;
  }
  blocks_[block].references = 1;
  return block;
}

void BlockPool::retain(BlockId block) {
  if (blocks_[block].references++ == 0) remove_cached(block);
}

void BlockPool::release(BlockId block) {
  assert(blocks_[block].references > 0);
  if (--blocks_[block].references > 0) return;
  if (keep_prefixes_ && index_.contains(block)) {
    push_cached(block);
  } else {
    free_.push_back(block);
  }
}

BlockId BlockPool::publish(BlockId block, BlockId parent, std::span<const TokenId> tokens) {
  assert(keep_prefixes_ && blocks_[block].references == 1);
  const BlockId twin = index_.find(parent, tokens);
  if (twin == kNoBlock) {
    index_.insert(block, parent, tokens);
    return block;
  }
  retain(twin);
  release(block);
  return twin;
}

void BlockPool::push_cached(BlockId block) {
  blocks_[block].older = newest_cached_;
  blocks_[block].newer = kNoBlock;
  (newest_cached_ == kNoBlock ? oldest_cached_ : blocks_[newest_cached_].newer) = block;
  newest_cached_ = block;
  ++n_cached_;
}

void BlockPool::remove_cached(BlockId block) {
  Block& entry = blocks_[block];
  (entry.older == kNoBlock ? oldest_cached_ : blocks_[entry.older].newer) = entry.newer;
  (entry.newer == kNoBlock ? newest_cached_ : blocks_[entry.newer].older) = entry.older;
  entry.older = kNoBlock;
  entry.newer = kNoBlock;
  --n_cached_;
}

}  // namespace peregrine::engine
