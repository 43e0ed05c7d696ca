#include "engine/kv/block_table.h"

#include <algorithm>
#include <cassert>

namespace peregrine::engine {
namespace {

// Whole blocks that a cached prefix of `tokens` may have.
std::uint32_t adoptable_blocks(std::span<const TokenId> tokens, std::uint32_t block_tokens) {
  return tokens.empty() ? 0 : static_cast<std::uint32_t>((tokens.size() - 1) / block_tokens);
}

// The cached blocks that `tokens` begin with, at most n.
std::vector<BlockId> cached_chain(const BlockPool& pool, std::uint64_t kind, std::span<const TokenId> tokens,
                                  std::uint32_t n) {
  std::vector<BlockId> chain;
  for (BlockId parent = kNoBlock; chain.size() < n; chain.push_back(parent)) {
    const std::size_t first = chain.size() * pool.block_tokens();
    parent = pool.index().find(kind, parent, tokens.subspan(first, pool.block_tokens()));
    if (parent == kNoBlock) break;
  }
  return chain;
}

// Where a group's view begins for the first token after `blocks` blocks, in whole blocks.
std::uint32_t first_block_in_view(const backend::View& view, std::uint32_t next, std::uint32_t block_tokens) {
  return view.first_visible(next) / block_tokens;
}

}  // namespace

std::uint32_t BlockTable::usable(const BlockPool& pool, std::span<const BlockId> chain) {
  auto n = static_cast<std::uint32_t>(chain.size());
  for (bool settled = false; !settled && n > 0;) {
    settled = true;
    for (const SidePool& side : pool.sides()) {
      const std::uint32_t first =
          first_block_in_view(side.view(), n * pool.block_tokens(), pool.block_tokens());
      // From the end: a missing block bounds the prefix whose view would not reach it.
      for (std::uint32_t i = n; i-- > first;) {
        if (side.companion(chain[i]) != kNoBlock) continue;
        n = i;
        settled = false;
        break;
      }
    }
  }
  return n;
}

PrefixHit BlockTable::probe(const BlockPool& pool, std::span<const TokenId> tokens, std::uint64_t kind) {
  PrefixHit hit;
  if (!pool.keeps_prefixes()) return hit;
  const std::vector<BlockId> chain =
      cached_chain(pool, kind, tokens, adoptable_blocks(tokens, pool.block_tokens()));
  hit.blocks = usable(pool, chain);
  for (std::uint32_t i = 0; i < hit.blocks; ++i) {
    if (pool.references(chain[i]) == 0) ++hit.unreferenced;
  }
  return hit;
}

std::uint32_t BlockTable::adopt(std::span<const TokenId> tokens, std::uint32_t max_blocks) {
  assert(blocks_.empty());
  if (!pool_->keeps_prefixes()) return 0;
  const std::uint32_t n = std::min(max_blocks, adoptable_blocks(tokens, pool_->block_tokens()));
  blocks_ = cached_chain(*pool_, kind_, tokens, n);
  blocks_.resize(usable(*pool_, blocks_));
  published_ = size();
  for (const BlockId block : blocks_) pool_->retain(block);
  for (std::size_t g = 0; g < sides_.size(); ++g) {
    SidePool& pool = pool_->sides_[g];
    Side& side = sides_[g];
    side.released = first_block_in_view(pool.view(), size() * pool_->block_tokens(), pool_->block_tokens());
    side.blocks.assign(size(), kNoBlock);
    for (std::uint32_t i = side.released; i < size(); ++i) {
      side.blocks[i] = pool.companion(blocks_[i]);
      pool.retain(side.blocks[i]);
    }
  }
  return published_;
}

bool BlockTable::extend(std::uint32_t n) {
  if (n > pool_->available()) return false;
  for (std::uint32_t i = 0; i < n; ++i) blocks_.push_back(pool_->allocate());
  for (std::size_t g = 0; g < sides_.size(); ++g) {
    for (std::uint32_t i = 0; i < n; ++i) {
      const BlockId block = pool_->sides_[g].allocate();
      assert(block != kNoBlock);  // see SidePool's invariant
      sides_[g].blocks.push_back(block);
    }
  }
  return true;
}

void BlockTable::publish(std::span<const TokenId> computed) {
  if (!pool_->keeps_prefixes()) return;
  const std::size_t full = std::min(computed.size() / pool_->block_tokens(), blocks_.size());
  for (; published_ < full; ++published_) {
    const BlockId parent = published_ == 0 ? kNoBlock : blocks_[published_ - 1];
    const std::size_t first = std::size_t{published_} * pool_->block_tokens();
    const BlockId block =
        pool_->publish(blocks_[published_], kind_, parent, computed.subspan(first, pool_->block_tokens()));
    blocks_[published_] = block;
    for (std::size_t g = 0; g < sides_.size(); ++g) {
      BlockId& own = sides_[g].blocks[published_];
      if (own != kNoBlock) own = pool_->sides_[g].publish(block, own);
    }
  }
}

void BlockTable::release_unseen(std::uint32_t next) {
  for (std::size_t g = 0; g < sides_.size(); ++g) {
    Side& side = sides_[g];
    const std::uint32_t first =
        std::min(size(), first_block_in_view(pool_->sides_[g].view(), next, pool_->block_tokens()));
    for (; side.released < first; ++side.released) {
      pool_->sides_[g].release(std::exchange(side.blocks[side.released], kNoBlock));
    }
  }
}

void BlockTable::clear() {
  for (std::size_t g = 0; g < sides_.size(); ++g) {
    for (const BlockId block : sides_[g].blocks) {
      if (block != kNoBlock) pool_->sides_[g].release(block);
    }
    sides_[g].blocks.clear();
    sides_[g].released = 0;
  }
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
