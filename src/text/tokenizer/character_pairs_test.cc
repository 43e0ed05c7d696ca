#include "text/tokenizer/character_pairs.h"

#include <gtest/gtest.h>

namespace peregrine::text {
namespace {

TEST(CharacterPairs, HoldsNeighboursInOrder) {
  CharacterPairs pairs;
  for (const char* piece : {"", "a", "abc", "▁the", "é\u4e2d", "é\u4e2d!"}) pairs.add(piece);
  pairs.finish();
  EXPECT_TRUE(pairs.contains('a', 'b'));
  EXPECT_TRUE(pairs.contains('b', 'c'));
  EXPECT_TRUE(pairs.contains(U'▁', 't'));
  EXPECT_TRUE(pairs.contains(U'é', U'\u4e2d'));
  EXPECT_TRUE(pairs.contains(U'\u4e2d', '!'));
  EXPECT_FALSE(pairs.contains('b', 'a'));
  EXPECT_FALSE(pairs.contains('a', 'c'));
  EXPECT_FALSE(pairs.contains('a', 'a'));
  EXPECT_FALSE(pairs.contains('t', U'▁'));
  EXPECT_FALSE(pairs.contains('!', U'\u4e2d'));
  EXPECT_FALSE(pairs.contains(0, 0));
}

}  // namespace
}  // namespace peregrine::text
