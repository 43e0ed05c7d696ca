#include "base/thread_pool.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <vector>

namespace peregrine::base {
namespace {

TEST(ThreadPool, EveryPartRunsOnceInEveryLoop) {
  for (const unsigned threads : {1U, 2U, 5U}) {
    ThreadPool pool(threads);
    EXPECT_EQ(pool.size(), threads);
    for (std::size_t parts = 0; parts < 300; ++parts) {
      std::vector<std::atomic<int>> runs(parts);
      pool.run(parts, [&](std::size_t i) { runs[i].fetch_add(1); });
      ASSERT_TRUE(std::all_of(runs.begin(), runs.end(), [](const auto& n) { return n.load() == 1; }));
    }
  }
}

TEST(ThreadPool, WritesOfTheBodyAreVisibleToTheCaller) {
  ThreadPool pool(4);
  std::vector<std::size_t> values(1000);
  for (std::size_t round = 1; round < 200; ++round) {
    pool.run(values.size(), [&](std::size_t i) { values[i] += i; });
    ASSERT_EQ(values.back(), round * (values.size() - 1));
  }
}

TEST(ThreadPool, StopsWhileIdle) {
  for (int i = 0; i < 50; ++i) ThreadPool pool(3);
}

}  // namespace
}  // namespace peregrine::base
