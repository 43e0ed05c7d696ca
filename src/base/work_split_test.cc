#include "base/work_split.h"

#include <gtest/gtest.h>

#include <thread>

namespace peregrine::base {
namespace {

TEST(WorkSplit, ALaneAloneTakesItsOwnInOrderThenEverybodysRest) {
  WorkSplit split(3);
  split.reset(30, 3);
  std::vector<bool> seen(30);
  std::size_t n = 0;
  for (std::size_t item; split.next(1, item); ++n) {
    if (n < 10) {
      EXPECT_EQ(item, 10 + n);
    }
    ASSERT_FALSE(seen[item]);
    seen[item] = true;
  }
  EXPECT_EQ(n, 30U);
}

TEST(WorkSplit, HalfOfARunIsStolenAndLeavesTheFront) {
  WorkSplit split(2);
  split.reset(16, 2);
  std::size_t item = 0;
  for (int i = 0; i < 8; ++i) ASSERT_TRUE(split.next(1, item));
  ASSERT_TRUE(split.next(1, item));
  EXPECT_EQ(item, 4U);
  ASSERT_TRUE(split.next(0, item));
  EXPECT_EQ(item, 0U);
}

TEST(WorkSplit, EveryItemOnceWhoeverIsQuick) {
  constexpr std::size_t kLanes = 4;
  WorkSplit split(kLanes);
  for (const std::size_t items : {0U, 1U, 3U, 4U, 5U, 1000U, 20000U}) {
    std::vector<std::atomic<int>> times(items);
    split.reset(items, kLanes);
    std::vector<std::thread> threads;
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      threads.emplace_back([&, lane] {
        for (std::size_t item; split.next(lane, item);) ++times[item];
      });
    }
    for (std::thread& thread : threads) thread.join();
    for (std::size_t i = 0; i < items; ++i) ASSERT_EQ(times[i], 1) << i << " of " << items;
  }
}

}  // namespace
}  // namespace peregrine::base
