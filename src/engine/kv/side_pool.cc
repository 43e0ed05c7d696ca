#include "engine/kv/side_pool.h"

#include <cassert>

namespace peregrine::engine {

SidePool::SidePool(const backend::View& view, std::uint32_t n_blocks, std::uint32_t n_primaries)
    : view_(view), blocks_(n_blocks), companions_(n_primaries, kNoBlock) {
  free_.reserve(n_blocks);
  for (BlockId block = n_blocks; block-- > 0;) free_.push_back(block);
}

BlockId SidePool::allocate() {
  BlockId block = kNoBlock;
  if (!free_.empty()) {
    block = free_.back();
    free_.pop_back();
  } else if (oldest_cached_ != kNoBlock) {
    block = oldest_cached_;
    remove_cached(block);
    companions_[blocks_[block].primary] = kNoBlock;
    blocks_[block].primary = kNoBlock;
  } else {
    return kNoBlock;
  }
  blocks_[block].references = 1;
  return block;
}

void SidePool::retain(BlockId block) {
  if (blocks_[block].references++ == 0) remove_cached(block);
}

void SidePool::release(BlockId block) {
  assert(blocks_[block].references > 0);
  if (--blocks_[block].references > 0) return;
  if (blocks_[block].primary != kNoBlock) {
    push_cached(block);
  } else {
    free_.push_back(block);
  }
}

BlockId SidePool::publish(BlockId primary, BlockId block) {
  const BlockId twin = companions_[primary];
  if (twin == block) return block;
  if (twin == kNoBlock) {
    assert(blocks_[block].primary == kNoBlock);
    companions_[primary] = block;
    blocks_[block].primary = primary;
    return block;
  }
  retain(twin);
  release(block);
  return twin;
}

void SidePool::forget(BlockId primary) {
  const BlockId block = companions_[primary];
  if (block == kNoBlock) return;
  companions_[primary] = kNoBlock;
  blocks_[block].primary = kNoBlock;
  if (blocks_[block].references > 0) return;
  remove_cached(block);
  free_.push_back(block);
}

void SidePool::push_cached(BlockId block) {
  blocks_[block].older = newest_cached_;
  blocks_[block].newer = kNoBlock;
  (newest_cached_ == kNoBlock ? oldest_cached_ : blocks_[newest_cached_].newer) = block;
  newest_cached_ = block;
  ++n_cached_;
}

void SidePool::remove_cached(BlockId block) {
  Block& entry = blocks_[block];
  (entry.older == kNoBlock ? oldest_cached_ : blocks_[entry.older].newer) = entry.newer;
  (entry.newer == kNoBlock ? newest_cached_ : blocks_[entry.newer].older) = entry.older;
  entry.older = kNoBlock;
  entry.newer = kNoBlock;
  --n_cached_;
}

std::uint32_t max_blocks_in_view(const backend::View& view, std::uint32_t step_tokens,
                                 std::uint32_t block_tokens) {
  // A run of n tokens touches at most this many blocks, wherever it begins.
  return (view.size + step_tokens + block_tokens - 2) / block_tokens + 1;
}

}  // namespace peregrine::engine
