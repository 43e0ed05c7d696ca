#include "engine/kv/side_pool.h"

#include <gtest/gtest.h>

#include <numeric>
#include <vector>

#include "engine/kv/block_table.h"

namespace peregrine::engine {
namespace {

using backend::View;

std::vector<TokenId> tokens_from(TokenId first, std::size_t n) {
  std::vector<TokenId> tokens(n);
  std::iota(tokens.begin(), tokens.end(), first);
  return tokens;
}

// Blocks of 4 tokens; a window of 6 tokens in a side group of 6 blocks.
class SidePoolTest : public testing::Test {
 protected:
  SidePoolTest() : pool_(16, 4, true) { pool_.add_side({View::Kind::kWindow, 6}, 6); }
  const SidePool& side() const { return pool_.sides().front(); }

  // A table that has computed `tokens` in steps of one block.
  BlockTable computed(const std::vector<TokenId>& tokens) {
    BlockTable table(pool_);
    std::uint32_t done = table.adopt(tokens, 100) * 4;
    while (done < tokens.size()) {
      EXPECT_TRUE(table.extend(1));
      done = std::min<std::uint32_t>(done + 4, static_cast<std::uint32_t>(tokens.size()));
      table.publish(std::span(tokens).first(done));
      table.release_unseen(done);
    }
    return table;
  }

  BlockPool pool_;
};

TEST_F(SidePoolTest, BlocksBehindTheWindowAreGivenBack) {
  const BlockTable table = computed(tokens_from(0, 24));
  // Token 24 sees from 19 on: block 4 on.
  EXPECT_EQ(table.side_blocks(0).size(), 6U);
  for (std::size_t i = 0; i < 6; ++i) EXPECT_EQ(table.side_blocks(0)[i] == kNoBlock, i < 4) << i;
  EXPECT_EQ(side().used(), 2U);
  EXPECT_EQ(side().cached(), 4U) << "companions of published primaries";
}

TEST_F(SidePoolTest, AnAdoptedPrefixTakesOnlyWhatIsInView) {
  const BlockTable first = computed(tokens_from(0, 16));
  BlockTable second(pool_);
  EXPECT_EQ(second.adopt(tokens_from(0, 17), 100), 4U);
  // Token 16 sees from 11 on: block 2 on.
  EXPECT_EQ(second.side_blocks(0)[1], kNoBlock);
  EXPECT_EQ(second.side_blocks(0)[2], side().companion(second.blocks()[2]));
  EXPECT_EQ(second.side_blocks(0)[3], first.side_blocks(0)[3]);
}

TEST_F(SidePoolTest, AMissingCompanionShortensThePrefix) {
  {
    const BlockTable first = computed(tokens_from(0, 24));
  }
  ASSERT_EQ(BlockTable::probe(pool_, tokens_from(0, 25)).blocks, 6U);
  // Another sequence takes two of the side group's blocks: the least recently used, of blocks 0 and 1.
  const BlockTable other = computed(tokens_from(100, 8));
  EXPECT_EQ(side().companion(0), kNoBlock);
  EXPECT_EQ(BlockTable::probe(pool_, tokens_from(0, 25)).blocks, 6U)
      << "blocks 4 and 5 are all that is in view";
  EXPECT_EQ(BlockTable::probe(pool_, tokens_from(0, 9)).blocks, 0U) << "token 8 would see block 1";
}

TEST_F(SidePoolTest, AnEvictedPrimaryFreesItsCompanion) {
  {
    const BlockTable first = computed(tokens_from(0, 24));
  }
  EXPECT_EQ(side().cached(), 6U);
  BlockTable large(pool_);
  // Ten blocks were free; two more take primaries from the cache.
  for (int i = 0; i < 12; ++i) {
    ASSERT_TRUE(large.extend(1));
    large.release_unseen(static_cast<std::uint32_t>(large.size() * 4));
  }
  EXPECT_EQ(side().used() + side().cached() <= side().total(), true);
  large.clear();
  EXPECT_EQ(side().used(), 0U);
}

TEST_F(SidePoolTest, TwinsShareOneCompanion) {
  const std::vector<TokenId> tokens = tokens_from(0, 8);
  BlockTable a(pool_);
  BlockTable b(pool_);
  ASSERT_TRUE(a.extend(2) && b.extend(2));
  a.publish(tokens);
  b.publish(tokens);
  EXPECT_EQ(a.blocks()[0], b.blocks()[0]);
  EXPECT_EQ(a.side_blocks(0)[0], b.side_blocks(0)[0]);
  EXPECT_EQ(side().used(), 2U);
  a.clear();
  EXPECT_EQ(side().used(), 2U);
  b.clear();
  EXPECT_EQ(side().used(), 0U);
  EXPECT_EQ(side().cached(), 2U);
}

TEST(SidePoolBounds, ARunTouchesAtMostSoManyBlocks) {
  for (const std::uint32_t window : {1U, 6U, 16U, 100U}) {
    for (const std::uint32_t step : {1U, 7U, 64U}) {
      std::uint32_t worst = 0;
      for (std::uint32_t next = 0; next < 300; ++next) {
        const View view{View::Kind::kWindow, window};
        const std::uint32_t first = view.first_visible(next) / 16;
        worst = std::max(worst, (next + step - 1) / 16 - first + 1);
      }
      EXPECT_GE(max_blocks_in_view({View::Kind::kWindow, window}, step, 16), worst) << window << " " << step;
    }
  }
}

}  // namespace
}  // namespace peregrine::engine
