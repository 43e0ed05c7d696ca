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

// A worker whose core was taken away: it holds a part for longer than all the others take together.
class StalledPool {
 public:
  explicit StalledPool(std::chrono::milliseconds rest)
      : pool_(2, {.spin = std::chrono::microseconds(20),
                  .stall = std::chrono::microseconds(1),
                  .window = std::chrono::milliseconds(4),
                  .rest = rest,
                  .longest_rest = rest}) {}

  // Runs loops until the worker has taken a part in one of them, and keeps it there until the caller is out
  // of work and sleeps.
  void stall() {
    for (bool stalled = false; !stalled;) {
      pool_.run(2, [&](std::size_t) {
        if (std::this_thread::get_id() != caller_) {
          std::this_thread::sleep_for(std::chrono::milliseconds(5));
          stalled = true;
        } else {
          std::this_thread::sleep_for(std::chrono::milliseconds(1));  // leaves the other part to the worker
        }
      });
    }
  }
  // Whether the worker takes part in one of many loops that leave it every opportunity.
  bool worker_takes_part() {
    std::atomic<bool> took{false};
    for (int i = 0; i < 20; ++i) {
      pool_.run(2, [&](std::size_t) {
        if (std::this_thread::get_id() != caller_) {
          took = true;
        } else {
          std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
      });
    }
    return took;
  }

 private:
  std::thread::id caller_ = std::this_thread::get_id();
  ThreadPool pool_;
};

TEST(ThreadPool, AWorkerThatWasWaitedForRests) {
  StalledPool pool(std::chrono::hours(1));
  ASSERT_TRUE(pool.worker_takes_part());
  pool.stall();
  EXPECT_FALSE(pool.worker_takes_part());
}

TEST(ThreadPool, AWorkerComesBackFromItsRest) {
  StalledPool pool(std::chrono::milliseconds(1));
  pool.stall();
  EXPECT_TRUE(pool.worker_takes_part());
}

TEST(ThreadPool, StopsWhileIdle) {
  for (int i = 0; i < 50; ++i) ThreadPool pool(3);
}

}  // namespace
}  // namespace peregrine::base
