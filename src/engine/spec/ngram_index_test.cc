#include "engine/spec/ngram_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/rng.h"

namespace peregrine::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(NgramIndex, GuessesWhatFollowedTheLastThree) {
  NgramIndex index;
  std::vector<TokenId> draft;
  const std::vector<TokenId> tokens = {1, 2, 3, 4, 5, 6, 7, 2, 3, 4};
  index.guess(tokens, 3, draft);
  EXPECT_THAT(draft, ElementsAre(5, 6, 7));
  index.guess(tokens, 1, draft);
  EXPECT_THAT(draft, ElementsAre(5));
}

TEST(NgramIndex, TheLatestOccurrenceCounts) {
  NgramIndex index;
  std::vector<TokenId> draft;
  index.guess(std::vector<TokenId>{1, 2, 3, 8, 1, 2, 3, 9, 1, 2, 3}, 2, draft);
  EXPECT_THAT(draft, ElementsAre(9, 1));
}

TEST(NgramIndex, APeriodGoesOn) {
  NgramIndex index;
  std::vector<TokenId> draft;
  index.guess(std::vector<TokenId>{7, 1, 2, 1, 2, 1}, 5, draft);
  EXPECT_THAT(draft, ElementsAre(2, 1, 2, 1, 2));
  NgramIndex other;
  other.guess(std::vector<TokenId>{4, 4, 4, 4}, 3, draft);
  EXPECT_THAT(draft, ElementsAre(4, 4, 4));
}

TEST(NgramIndex, NothingSeenNothingGuessed) {
  NgramIndex index;
  std::vector<TokenId> draft = {1};
  index.guess(std::vector<TokenId>{1, 2, 3}, 4, draft);
  EXPECT_THAT(draft, IsEmpty());
  index.guess(std::vector<TokenId>{1, 2, 3, 4, 5}, 4, draft);
  EXPECT_THAT(draft, IsEmpty());
  index.guess(std::vector<TokenId>{}, 4, draft);
  EXPECT_THAT(draft, IsEmpty());
}

// Token by token or all at once, and as a plain search backwards would have it.
TEST(NgramIndex, AgreesWithASearch) {
  base::Rng rng(5);
  std::vector<TokenId> tokens;
  NgramIndex growing;
  std::vector<TokenId> draft;
  for (int step = 0; step < 3000; ++step) {
    tokens.push_back(static_cast<TokenId>(rng.next() % 6) * 174762);
    if (rng.next() % 3 == 0) continue;
    growing.guess(tokens, 4, draft);
    std::vector<TokenId> expected;
    for (std::size_t at = tokens.size(); tokens.size() >= 3 && at-- > 3 && expected.empty();) {
      const bool same =
          std::equal(tokens.end() - 3, tokens.end(), tokens.begin() + static_cast<long>(at) - 3);
      for (std::size_t i = at; same && expected.size() < 4; ++i) {
        expected.push_back(i < tokens.size() ? tokens[i] : expected[i - tokens.size()]);
      }
    }
    ASSERT_EQ(draft, expected) << "after " << tokens.size();
  }
}

}  // namespace
}  // namespace peregrine::engine
