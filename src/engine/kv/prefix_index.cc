#include "engine/kv/prefix_index.h"

#include <algorithm>
#include <bit>
#include <cassert>

namespace peregrine::engine {
namespace {

constexpr std::uint64_t kRootHash = 0x8F3A5C1D9E6B7024ULL;

// The finaliser of SplitMix64 (Steele, Lea and Flood, 2014): every input bit reaches every output bit.
std::uint64_t mix(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

}  // namespace

std::uint64_t hash_prefix(std::uint64_t parent, std::span<const TokenId> tokens) {
  std::uint64_t hash = parent;
  for (const TokenId token : tokens) {
    hash = mix(hash + 0x9E3779B97F4A7C15ULL + static_cast<std::uint32_t>(token));
  }
  return hash;
}

PrefixIndex::PrefixIndex(std::uint32_t n_blocks, std::uint32_t block_tokens, PrefixHash hash)
    : block_tokens_(block_tokens),
      hash_(hash),
      entries_(n_blocks),
      tokens_(std::size_t{n_blocks} * block_tokens),
      buckets_(std::bit_ceil(std::max<std::size_t>(n_blocks, 1)), kNoBlock) {}

std::uint64_t PrefixIndex::chained_hash(std::uint64_t kind, BlockId parent,
                                        std::span<const TokenId> tokens) const {
  return hash_(parent == kNoBlock ? kRootHash ^ kind : entries_[parent].hash, tokens);
}

std::span<const TokenId> PrefixIndex::tokens_of(BlockId block) const {
  return std::span(tokens_).subspan(std::size_t{block} * block_tokens_, block_tokens_);
}

BlockId PrefixIndex::find(std::uint64_t kind, BlockId parent, std::span<const TokenId> tokens) const {
  assert(tokens.size() == block_tokens_);
  const std::uint64_t hash = chained_hash(kind, parent, tokens);
  for (BlockId block = buckets_[bucket_of(hash)]; block != kNoBlock; block = entries_[block].next_in_bucket) {
    const Entry& entry = entries_[block];
    if (entry.hash == hash && entry.kind == kind && entry.parent == parent &&
        std::ranges::equal(tokens_of(block), tokens)) {
      return block;
    }
  }
  return kNoBlock;
}

void PrefixIndex::insert(BlockId block, std::uint64_t kind, BlockId parent, std::span<const TokenId> tokens) {
  assert(!entries_[block].present && tokens.size() == block_tokens_);
  assert(parent == kNoBlock || (entries_[parent].present && entries_[parent].kind == kind));
  const std::uint64_t hash = chained_hash(kind, parent, tokens);
  BlockId& head = buckets_[bucket_of(hash)];
  entries_[block] = {
      .hash = hash, .kind = kind, .parent = parent, .next_in_bucket = head, .children = 0, .present = true};
  head = block;
  std::ranges::copy(tokens,
                    tokens_.begin() + static_cast<std::ptrdiff_t>(std::size_t{block} * block_tokens_));
  if (parent != kNoBlock) ++entries_[parent].children;
}

void PrefixIndex::erase(BlockId block) {
  Entry& entry = entries_[block];
  assert(entry.present && entry.children == 0);
  BlockId* link = &buckets_[bucket_of(entry.hash)];
  while (*link != block) link = &entries_[*link].next_in_bucket;
  *link = entry.next_in_bucket;
  if (entry.parent != kNoBlock) --entries_[entry.parent].children;
  entry = {};
}

}  // namespace peregrine::engine
