#include "engine/kv/block_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace peregrine::engine {
namespace {

constexpr std::uint32_t kTokensPerBlock = 4;

std::vector<TokenId> iota_tokens(std::size_t n, TokenId first = 0) {
  std::vector<TokenId> tokens;
  for (std::size_t i = 0; i < n; ++i) tokens.push_back(first + static_cast<TokenId>(i));
  return tokens;
}

// A sequence whose `tokens` have all been computed and published.
BlockTable computed_table(BlockPool& pool, const std::vector<TokenId>& tokens, std::uint64_t kind = 0) {
  BlockTable table(pool, kind);
  const std::uint32_t adopted = table.adopt(tokens, pool.total());
  const auto needed = static_cast<std::uint32_t>((tokens.size() + kTokensPerBlock - 1) / kTokensPerBlock);
  EXPECT_TRUE(table.extend(needed - adopted));
  table.publish(tokens);
  return table;
}

TEST(BlockTable, ReleasesWhatItHolds) {
  BlockPool pool(8, kTokensPerBlock, true);
  {
    BlockTable table(pool);
    ASSERT_TRUE(table.extend(5));
    EXPECT_EQ(pool.used(), 5U);
    EXPECT_EQ(pool.available(), 3U);
    BlockTable moved(std::move(table));
    EXPECT_EQ(moved.size(), 5U);
    EXPECT_EQ(pool.used(), 5U);
  }
  EXPECT_EQ(pool.used(), 0U);
  EXPECT_EQ(pool.cached(), 0U) << "blocks that were never published are not worth keeping";
}

TEST(BlockTable, ExtendIsAllOrNothing) {
  BlockPool pool(4, kTokensPerBlock, true);
  BlockTable table(pool);
  EXPECT_FALSE(table.extend(5));
  EXPECT_EQ(table.size(), 0U);
  EXPECT_EQ(pool.available(), 4U);
  EXPECT_TRUE(table.extend(4));
  EXPECT_FALSE(table.extend(1));
}

TEST(BlockTable, PublishesFullBlocksOnly) {
  BlockPool pool(8, kTokensPerBlock, true);
  const std::vector<TokenId> tokens = iota_tokens(11);
  {
    const BlockTable table = computed_table(pool, tokens);
  }
  EXPECT_EQ(pool.cached(), 2U);
  EXPECT_EQ(BlockTable::probe(pool, tokens).blocks, 2U);
}

TEST(BlockTable, LeavesTheLastTokenToBeComputed) {
  BlockPool pool(8, kTokensPerBlock, true);
  const std::vector<TokenId> tokens = iota_tokens(8);
  {
    const BlockTable table = computed_table(pool, tokens);
  }
  EXPECT_EQ(BlockTable::probe(pool, tokens).blocks, 1U);
  EXPECT_EQ(BlockTable::probe(pool, iota_tokens(9)).blocks, 2U);
  EXPECT_EQ(BlockTable::probe(pool, {}).blocks, 0U);
}

TEST(BlockTable, SharesAPrefixAndCountsWhatIsPrivate) {
  BlockPool pool(8, kTokensPerBlock, true);
  const BlockTable first = computed_table(pool, iota_tokens(12));
  std::vector<TokenId> tokens = iota_tokens(8);
  tokens.insert(tokens.end(), {100, 101, 102});
  EXPECT_EQ(BlockTable::probe(pool, tokens).blocks, 2U);
  EXPECT_EQ(BlockTable::probe(pool, tokens).unreferenced, 0U);
  const BlockTable second = computed_table(pool, tokens);
  EXPECT_EQ(pool.used(), 4U);
  EXPECT_EQ(second.blocks()[0], first.blocks()[0]);
  EXPECT_EQ(second.blocks()[1], first.blocks()[1]);
  EXPECT_EQ(first.private_blocks(), 1U);
  EXPECT_EQ(second.private_blocks(), 1U);
}

TEST(BlockTable, TwinsBecomeOneBlock) {
  BlockPool pool(8, kTokensPerBlock, true);
  const std::vector<TokenId> tokens = iota_tokens(8);
  BlockTable first(pool);
  BlockTable second(pool);
  ASSERT_TRUE(first.extend(2));
  ASSERT_TRUE(second.extend(2));
  first.publish(tokens);
  EXPECT_EQ(pool.used(), 4U);
  second.publish(tokens);
  EXPECT_EQ(pool.used(), 2U);
  EXPECT_EQ(second.blocks()[0], first.blocks()[0]);
  EXPECT_EQ(second.blocks()[1], first.blocks()[1]);
  first.clear();
  EXPECT_EQ(pool.used(), 2U);
}

TEST(BlockTable, SameTokensAfterAnotherPrefixAreAnotherBlock) {
  BlockPool pool(8, kTokensPerBlock, true);
  std::vector<TokenId> tokens = iota_tokens(8);
  {
    const BlockTable table = computed_table(pool, tokens);
  }
  tokens[0] = 77;  // the second block's tokens stay
  tokens.push_back(5);
  EXPECT_EQ(BlockTable::probe(pool, tokens).blocks, 0U);
  const BlockTable other = computed_table(pool, tokens);
  EXPECT_EQ(pool.used(), 3U);
  EXPECT_EQ(pool.cached(), 2U);
}

TEST(BlockTable, SharesAmongItsKindOnly) {
  BlockPool pool(16, kTokensPerBlock, true);
  const std::vector<TokenId> tokens = iota_tokens(12);
  const BlockTable plain = computed_table(pool, tokens);
  EXPECT_EQ(BlockTable::probe(pool, tokens, 7).blocks, 0U);
  const BlockTable adapted = computed_table(pool, tokens, 7);
  EXPECT_EQ(pool.used(), 6U);
  const BlockTable longer = computed_table(pool, iota_tokens(17), 7);
  EXPECT_EQ(pool.used(), 8U) << "three of five are those of `adapted`";
  EXPECT_TRUE(std::ranges::equal(longer.blocks().first(3), adapted.blocks()));
  EXPECT_EQ(BlockTable::probe(pool, iota_tokens(17), 0).blocks, 3U);
  EXPECT_EQ(BlockTable::probe(pool, iota_tokens(17), 7).blocks, 4U);
  EXPECT_EQ(BlockTable::probe(pool, iota_tokens(17), 8).blocks, 0U);
  // A table that is moved keeps its kind.
  BlockTable moved = BlockTable(pool, 7);
  BlockTable target(pool);
  target = std::move(moved);
  EXPECT_EQ(target.adopt(iota_tokens(17), 16), 4U);
}

TEST(BlockTable, EvictsTheLeastRecentlyUsedAndItsTailFirst) {
  BlockPool pool(4, kTokensPerBlock, true);
  {
    const BlockTable older = computed_table(pool, iota_tokens(8));
  }
  {
    const BlockTable newer = computed_table(pool, iota_tokens(8, 50));
  }
  EXPECT_EQ(pool.cached(), 4U);
  const std::vector<TokenId> older_probe = iota_tokens(9);
  const std::vector<TokenId> newer_probe = iota_tokens(9, 50);
  BlockTable table(pool);
  ASSERT_TRUE(table.extend(1));
  EXPECT_EQ(BlockTable::probe(pool, older_probe).blocks, 1U);
  EXPECT_EQ(BlockTable::probe(pool, newer_probe).blocks, 2U);
  ASSERT_TRUE(table.extend(1));
  EXPECT_EQ(BlockTable::probe(pool, older_probe).blocks, 0U);
  EXPECT_EQ(BlockTable::probe(pool, newer_probe).blocks, 2U);
}

TEST(BlockTable, WithoutPrefixCacheNothingIsKept) {
  BlockPool pool(4, kTokensPerBlock, false);
  {
    const BlockTable table = computed_table(pool, iota_tokens(8));
  }
  EXPECT_EQ(pool.cached(), 0U);
  EXPECT_EQ(BlockTable::probe(pool, iota_tokens(9)).blocks, 0U);
}

TEST(PrefixIndex, CollidingHashesNeverGiveAnotherPrefix) {
  BlockPool pool(16, kTokensPerBlock, true,
                 [](std::uint64_t, std::span<const TokenId>) { return std::uint64_t{7}; });
  const BlockTable a = computed_table(pool, iota_tokens(8));
  const BlockTable b = computed_table(pool, iota_tokens(8, 100));
  // b's first block, then a's second: no such prefix was computed.
  std::vector<TokenId> mixed = iota_tokens(4, 100);
  for (const TokenId token : {4, 5, 6, 7, 8}) mixed.push_back(token);
  EXPECT_EQ(BlockTable::probe(pool, mixed).blocks, 1U);
  EXPECT_EQ(BlockTable::probe(pool, iota_tokens(9)).blocks, 2U);
  EXPECT_EQ(BlockTable::probe(pool, iota_tokens(9, 100)).blocks, 2U);
  EXPECT_EQ(BlockTable::probe(pool, iota_tokens(9, 200)).blocks, 0U);
  EXPECT_EQ(BlockTable::probe(pool, iota_tokens(9), 5).blocks, 0U);
}

TEST(PrefixIndex, HashDependsOnEveryTokenAndOnTheParent) {
  const std::vector<TokenId> tokens = iota_tokens(kTokensPerBlock);
  const std::uint64_t hash = hash_prefix(1, tokens);
  EXPECT_EQ(hash, hash_prefix(1, tokens));
  EXPECT_NE(hash, hash_prefix(2, tokens));
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    std::vector<TokenId> changed = tokens;
    changed[i] ^= 1;
    EXPECT_NE(hash, hash_prefix(1, changed)) << i;
  }
  EXPECT_NE(hash, hash_prefix(1, std::vector<TokenId>{1, 0, 2, 3})) << "order matters";
}

}  // namespace
}  // namespace peregrine::engine
