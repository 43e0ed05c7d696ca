// Random use of one pool by many tables, against a simple model that knows what was written to each block.
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <list>
#include <optional>
#include <vector>

#include "base/rng.h"
#include "engine/kv/block_table.h"

namespace peregrine::engine {
namespace {

constexpr std::uint32_t kBlockTokens = 3;
constexpr std::uint32_t kBlocks = 24;
constexpr int kOperations = 4000;

std::uint64_t collide(std::uint64_t, std::span<const TokenId> tokens) {
  return static_cast<std::uint64_t>(tokens[0]) & 1U;
}

struct ModelSequence {
  explicit ModelSequence(BlockPool& pool) : table(pool) {}
  BlockTable table;
  std::vector<TokenId> tokens;  // all computed
};

class Model {
 public:
  Model(std::uint64_t seed, PrefixHash hash)
      : rng_(seed), pool_(kBlocks, kBlockTokens, true, hash), written_(kBlocks) {}

  void run() {
    for (int i = 0; i < kOperations && !testing::Test::HasFatalFailure(); ++i) {
      switch (rng_.next() % 4) {
        case 0:
          start();
          break;
        case 1:
        case 2:
          append();
          break;
        default:
          finish();
          break;
      }
      check();
    }
    while (!sequences_.empty()) finish();
    check();
    EXPECT_EQ(pool_.used(), 0U);
    EXPECT_EQ(pool_.available(), kBlocks);
    EXPECT_GT(hits_, 0);
    EXPECT_GT(evictions_, 0);
  }

 private:
  // Few distinct tokens, so that prefixes are met again.
  TokenId token() { return static_cast<TokenId>(rng_.next() % 2); }

  void start() {
    if (sequences_.size() >= 6) return;
    ModelSequence& sequence = sequences_.emplace_back(pool_);
    std::vector<TokenId> tokens;
    for (std::uint64_t n = 1 + rng_.next() % 14; n > 0; --n) tokens.push_back(token());
    const PrefixHit hit = BlockTable::probe(pool_, tokens);
    const std::uint32_t available = pool_.available();
    ASSERT_EQ(sequence.table.adopt(tokens, kBlocks), hit.blocks);
    ASSERT_EQ(available - pool_.available(), hit.unreferenced);
    ASSERT_LT(hit.blocks * kBlockTokens, tokens.size());
    forget_used();
    for (std::uint32_t i = 0; i < hit.blocks; ++i) {
      const auto end = tokens.begin() + static_cast<std::ptrdiff_t>((i + 1) * kBlockTokens);
      ASSERT_EQ(written_[sequence.table.blocks()[i]], std::vector<TokenId>(tokens.begin(), end))
          << "the cache gave another prefix";
      ++hits_;
    }
    sequence.tokens.assign(tokens.begin(),
                           tokens.begin() + static_cast<std::ptrdiff_t>(hit.blocks * kBlockTokens));
  }

  void append() {
    if (sequences_.empty()) return;
    ModelSequence& sequence = pick();
    for (std::uint64_t n = 1 + rng_.next() % 5; n > 0; --n) {
      if (sequence.tokens.size() == std::size_t{sequence.table.size()} * kBlockTokens && !extend(sequence))
        return;
      sequence.tokens.push_back(token());
      const BlockId block = sequence.table.blocks()[(sequence.tokens.size() - 1) / kBlockTokens];
      ASSERT_EQ(pool_.references(block), 1U) << "somebody else may read what we write";
      ASSERT_FALSE(pool_.index().contains(block));
      written_[block] = sequence.tokens;
    }
    if (rng_.next() % 2 == 0) {
      sequence.table.publish(sequence.tokens);
      forget_used();  // a cached twin may have replaced one of ours
    }
  }

  bool extend(ModelSequence& sequence) {
    const bool evicts = pool_.available() == pool_.cached();
    const std::optional<BlockId> victim =
        evicts && !lru_.empty() ? std::optional(lru_.front()) : std::nullopt;
    const bool extended = sequence.table.extend(1);
    EXPECT_EQ(extended, !evicts || victim.has_value());
    if (extended && victim) {
      EXPECT_EQ(sequence.table.blocks().back(), *victim) << "not the least recently used";
      lru_.pop_front();
      ++evictions_;
    }
    return extended;
  }

  void finish() {
    if (sequences_.empty()) return;
    ModelSequence& sequence = pick();
    const std::vector<BlockId> blocks(sequence.table.blocks().begin(), sequence.table.blocks().end());
    const std::uint32_t available = pool_.available();
    const std::uint32_t private_blocks = sequence.table.private_blocks();
    sequences_.remove_if([&](const ModelSequence& s) { return &s == &sequence; });
    ASSERT_EQ(pool_.available(), available + private_blocks);
    for (auto block = blocks.rbegin(); block != blocks.rend(); ++block) {
      if (pool_.references(*block) == 0 && pool_.index().contains(*block)) lru_.push_back(*block);
    }
  }

  void forget_used() {
    std::erase_if(lru_, [&](BlockId block) { return pool_.references(block) > 0; });
  }

  ModelSequence& pick() {
    return *std::next(sequences_.begin(), static_cast<std::ptrdiff_t>(rng_.next() % sequences_.size()));
  }

  void check() {
    std::vector<std::uint32_t> holders(kBlocks, 0);
    for (const ModelSequence& sequence : sequences_) {
      std::uint32_t before = ~0U;
      for (const BlockId block : sequence.table.blocks()) {
        ++holders[block];
        ASSERT_LE(pool_.references(block), before) << "references rise along a table";
        before = pool_.references(block);
      }
    }
    std::uint32_t used = 0;
    std::uint32_t cached = 0;
    for (BlockId block = 0; block < kBlocks; ++block) {
      ASSERT_EQ(pool_.references(block), holders[block]);
      const bool indexed = pool_.index().contains(block);
      used += holders[block] > 0 ? 1 : 0;
      cached += holders[block] == 0 && indexed ? 1 : 0;
      if (indexed && pool_.index().parent(block) != kNoBlock) {
        ASSERT_TRUE(pool_.index().contains(pool_.index().parent(block))) << "a prefix without its beginning";
      }
    }
    ASSERT_EQ(pool_.used(), used);
    ASSERT_EQ(pool_.cached(), cached);
    ASSERT_EQ(lru_.size(), cached);
    ASSERT_EQ(pool_.available() + used, kBlocks);
  }

  base::Rng rng_;
  BlockPool pool_;
  std::vector<std::vector<TokenId>> written_;  // by block: the sequence's tokens up to the last one in it
  std::list<ModelSequence> sequences_;
  std::deque<BlockId> lru_;  // cached blocks, least recently used first
  int hits_ = 0;
  int evictions_ = 0;
};

TEST(BlockPoolProperty, NothingLeaksAndNoPrefixIsEverWrong) {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    SCOPED_TRACE(seed);
    Model(seed, hash_prefix).run();
  }
}

TEST(BlockPoolProperty, HoldsWhenAlmostAllHashesCollide) {
  Model(99, collide).run();
}

}  // namespace
}  // namespace peregrine::engine
