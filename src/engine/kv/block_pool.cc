#include "engine/kv/block_pool.h"

#include <cassert>

namespace peregrine::engine {

BlockPool::BlockPool(std::uint32_t n_blocks, std::uint32_t block_tokens, bool keep_prefixes, PrefixHash hash)
    : block_tokens_(block_tokens),
      keep_prefixes_(keep_prefixes),
      references_(n_blocks),
      index_(keep_prefixes ? n_blocks : 0, block_tokens, hash),
      cached_(n_blocks) {
  free_.reserve(n_blocks);
  // Handed out from the back: low numbers first.
  for (BlockId block = n_blocks; block-- > 0;) free_.push_back(block);
}

void BlockPool::add_side(const backend::View& view, std::uint32_t n_blocks) {
  assert(free_.size() == references_.size());
  sides_.emplace_back(view, n_blocks, total());
}

BlockId BlockPool::allocate() {
  BlockId block = kNoBlock;
  if (!free_.empty()) {
    block = free_.back();
    free_.pop_back();
  } else if (cached_.oldest() != kNoBlock) {
    block = cached_.oldest();
    cached_.remove(block);
    index_.erase(block);
    for (SidePool& side : sides_) side.forget(block);
  } else {
    return kNoBlock;
  }
  references_[block] = 1;
  return block;
}

void BlockPool::retain(BlockId block) {
  if (references_[block]++ == 0) cached_.remove(block);
}

void BlockPool::release(BlockId block) {
  assert(references_[block] > 0);
  if (--references_[block] > 0) return;
  if (keep_prefixes_ && index_.contains(block)) {
    cached_.push(block);
  } else {
    free_.push_back(block);
  }
}

BlockId BlockPool::publish(BlockId block, std::uint64_t kind, BlockId parent,
                           std::span<const TokenId> tokens) {
  assert(keep_prefixes_ && references_[block] == 1);
  const BlockId twin = index_.find(kind, parent, tokens);
  if (twin == kNoBlock) {
    index_.insert(block, kind, parent, tokens);
    return block;
  }
  retain(twin);
  release(block);
  return twin;
}

}  // namespace peregrine::engine
