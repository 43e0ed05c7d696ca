#include "engine/kv/side_pool.h"

#include <cassert>

namespace peregrine::engine {

SidePool::SidePool(const backend::View& view, std::uint32_t n_blocks, std::uint32_t n_primaries)
    : view_(view), blocks_(n_blocks), companions_(n_primaries, kNoBlock), cached_(n_blocks) {
  free_.reserve(n_blocks);
  for (BlockId block = n_blocks; block-- > 0;) free_.push_back(block);
}

BlockId SidePool::allocate() {
  BlockId block = kNoBlock;
  if (!free_.empty()) {
    block = free_.back();
    free_.pop_back();
  } else if (cached_.oldest() != kNoBlock) {
    block = cached_.oldest();
    cached_.remove(block);
    companions_[blocks_[block].primary] = kNoBlock;
    blocks_[block].primary = kNoBlock;
  } else {
    return kNoBlock;
  }
  blocks_[block].references = 1;
  return block;
}

void SidePool::retain(BlockId block) {
  if (blocks_[block].references++ == 0) cached_.remove(block);
}

void SidePool::release(BlockId block) {
  assert(blocks_[block].references > 0);
  if (--blocks_[block].references > 0) return;
  if (blocks_[block].primary != kNoBlock) {
    cached_.push(block);
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
  cached_.remove(block);
  free_.push_back(block);
}

std::uint32_t max_blocks_in_view(const backend::View& view, std::uint32_t step_tokens,
                                 std::uint32_t block_tokens) {
  // A run of n tokens touches at most this many blocks, wherever it begins.
  return (view.size + step_tokens + block_tokens - 2) / block_tokens + 1;
}

}  // namespace peregrine::engine
