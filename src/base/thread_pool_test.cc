#include "base/thread_pool.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>
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

TEST(ThreadPool, CallersTakeTurns) {
  ThreadPool pool(3);
  std::atomic<int> inside{0};
  std::atomic<bool> mixed{false};
  std::vector<std::atomic<std::size_t>> sums(4);
  std::vector<std::thread> callers;
  for (int caller = 0; caller < 4; ++caller) {
    callers.emplace_back([&, caller] {
      for (int round = 0; round < 200; ++round) {
        pool.run(16, [&](std::size_t i) {
          // Bodies of one caller's loop never meet those of another's.
          const int before = inside.fetch_add(1 << (8 * caller));
          if ((before & ~(0xff << (8 * caller))) != 0) mixed = true;
          sums[static_cast<std::size_t>(caller)] += i;
          inside.fetch_sub(1 << (8 * caller));
        });
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_FALSE(mixed);
  for (const auto& sum : sums) EXPECT_EQ(sum, 200U * 120U);
}

// A pool whose worker keeps a part for long again and again, as one does whose core somebody else uses, until
// it is left to rest.
class StalledPool {
 public:
  explicit StalledPool(std::chrono::milliseconds rest)
      : pool_(2, {.spin = std::chrono::microseconds(20),
                  .stall = std::chrono::microseconds(1),
                  .window = std::chrono::milliseconds(4),
                  .rest = rest,
                  .longest_rest = rest}) {
    while (pool_.resting() == 0) {
      pool_.run(2, [&](std::size_t) {
        const auto end = Clock::now() + std::chrono::milliseconds(5);
        while (!is_caller() && Clock::now() < end) {
        }
      });
    }
  }

  // Whether the worker took a part of a loop.
  bool worker_takes_part() {
    std::atomic<bool> took{false};
    pool_.run(2, [&](std::size_t) {
      if (!is_caller()) took = true;
      std::this_thread::yield();
    });
    return took;
  }
  unsigned resting() const { return pool_.resting(); }

 private:
  using Clock = std::chrono::steady_clock;
  bool is_caller() const { return std::this_thread::get_id() == caller_; }

  std::thread::id caller_ = std::this_thread::get_id();
  ThreadPool pool_;
};

TEST(ThreadPool, AWorkerThatIsWaitedForAgainAndAgainRests) {
  StalledPool pool(std::chrono::hours(1));
  for (int i = 0; i < 1000; ++i) ASSERT_FALSE(pool.worker_takes_part());
  EXPECT_EQ(pool.resting(), 1U);
}

TEST(ThreadPool, AWorkerComesBackFromItsRest) {
  StalledPool pool(std::chrono::milliseconds(1));
  // Sooner or later, or this does not end.
  while (!pool.worker_takes_part()) {
  }
}

TEST(ThreadPool, StopsWhileIdle) {
  for (int i = 0; i < 50; ++i) ThreadPool pool(3);
}

}  // namespace
}  // namespace peregrine::base
