#include "engine/kv/block_table.h"

#include <algorithm>
#include <cassert>

namespace peregrine::engine {
namespace {

// Whole blocks that a cached prefix of `tokens` may have.
std::uint32_t adoptable_blocks(std::span<const TokenId> tokens, std::uint32_t block_tokens) {
  return tokens.empty() ? 0 : static_cast<std::uint32_t>((tokens.size() - 1) / block_tokens);
}

}  // namespace

PrefixHit BlockTable::probe(const BlockPool& pool, std::span<const TokenId> tokens) {
  PrefixHit hit;
  if (!pool.keeps_prefixes()) return hit;
  const std::uint32_t n = adoptable_blocks(tokens, pool.block_tokens());
  for (BlockId parent = kNoBlock; hit.blocks < n; ++hit.blocks) {
    const std::size_t first = std::size_t{hit.blocks} * pool.block_tokens();
    parent = pool.index().find(parent, tokens.subspan(first, pool.block_tokens()));
    if (parent == kNoBlock) break;
    if (pool.references(parent) == 0) ++hit.unreferenced;
  }
  return hit;
}

std::uint32_t BlockTable::adopt(std::span<const TokenId> tokens, std::uint32_t max_blocks) {
  assert(blocks_.empty());
  if (!pool_->keeps_prefixes()) return 0;
  const std::uint32_t n = std::min(max_blocks, adoptable_blocks(tokens, pool_->block_tokens()));
  for (BlockId parent = kNoBlock; published_ < n; ++published_) {
    const std::size_t first = std::size_t{published_} * pool_->block_tokens();
    parent = pool_->index().find(parent, tokens.subspan(first, pool_->block_tokens()));
    if (parent == kNoBlock) break;
    pool_->retain(parent);
    blocks_.push_back(parent);
  }
  return published_;
}

bool BlockTable::extend(std::uint32_t n) {
  if (n > pool_->available()) return false;
  for (std::uint32_t i = 0; i < n; ++i) blocks_.push_back(pool_->allocate());
  return true;
}

void BlockTable::publish(std::span<const TokenId> computed) {
  if (!pool_->keeps_prefixes()) return;
  const std::size_t full = std::min(computed.size() / pool_->block_tokens(), blocks_.size());
  for (; published_ < full; ++published_) {
    const BlockId parent = published_ == 0 ? kNoBlock : blocks_[published_ - 1];
    const std::size_t first = std::size_t{published_} * pool_->block_tokens();
    blocks_[published_] =
        pool_->publish(blocks_[published_], parent, computed.subspan(first, pool_->block_tokens()));
  }
}

void BlockTable::clear() {
  // Last block first: see BlockPool's invariant.
  while (!blocks_.empty()) {
    pool_->release(blocks_.back());
    blocks_.pop_back();
  }
  published_ = 0;
}

std::uint32_t BlockTable::private_blocks() const {
  const auto first_private =
      std::ranges::partition_point(blocks_, [this](BlockId block) { return pool_->references(block) > 1; });
  return static_cast<std::uint32_t>(blocks_.end() - first_private);
}

}  // namespace peregrine::engine
