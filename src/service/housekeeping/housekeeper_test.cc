#include "service/housekeeping/housekeeper.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

namespace peregrine::service {
namespace {

constexpr std::int64_t kBegin = 1'800'000'000;

TEST(Housekeeper, HasATurnAtOnceAndEveryHour) {
  std::int64_t now = kBegin;
  std::vector<std::int64_t> turns;
  Housekeeper house([&now] { return now; }, {{"turns", [&turns](std::int64_t at) {
                                                turns.push_back(at);
                                                return Status();
                                              }}});
  EXPECT_TRUE(house.work_if_due());
  EXPECT_FALSE(house.work_if_due());
  now += 3599;
  EXPECT_FALSE(house.work_if_due());
  now += 1;
  EXPECT_TRUE(house.work_if_due());
  now += 86'400;  // the machine slept: one turn, not twenty-four
  EXPECT_TRUE(house.work_if_due());
  EXPECT_FALSE(house.work_if_due());
  EXPECT_EQ(turns, (std::vector{kBegin, kBegin + 3600, kBegin + 3600 + 86'400}));
}

TEST(Housekeeper, DoesNotWaitForAClockThatWasSetBack) {
  std::int64_t now = kBegin;
  Housekeeper house([&now] { return now; }, {});
  ASSERT_TRUE(house.work_if_due());
  now -= 10 * 86'400;
  EXPECT_TRUE(house.work_if_due());
  EXPECT_FALSE(house.work_if_due());
}

TEST(Housekeeper, GoesOnAfterATaskThatFails) {
  std::string done;
  std::int64_t now = kBegin;
  Housekeeper house([&now] { return now; }, {{"bad",
                                              [&done](std::int64_t) {
                                                done += "b";
                                                return Status(fail(ErrorCode::kIo, "no"));
                                              }},
                                             {"good", [&done](std::int64_t) {
                                                done += "g";
                                                return Status();
                                              }}});
  ASSERT_TRUE(house.work_if_due());
  EXPECT_EQ(done, "bg");
  now += 3600;
  ASSERT_TRUE(house.work_if_due());
  EXPECT_EQ(done, "bgbg");
}

// The thread by itself: the first turn, and the next one when the clock has moved by an hour.
TEST(Housekeeper, WorksOnItsOwnThread) {
  std::atomic<std::int64_t> now = kBegin;
  std::mutex mutex;
  std::condition_variable changed;
  int turns = 0;
  const auto wait_for = [&](int wanted) {
    std::unique_lock lock(mutex);
    return changed.wait_for(lock, std::chrono::seconds(20), [&] { return turns >= wanted; });
  };
  Housekeeper house([&now] { return now.load(); }, {{"count", [&](std::int64_t) {
                                                       const std::lock_guard lock(mutex);
                                                       ++turns;
                                                       changed.notify_all();
                                                       return Status();
                                                     }}});
  house.start();
  ASSERT_TRUE(wait_for(1));
  now += 3600;
  house.nudge();
  EXPECT_TRUE(wait_for(2));
  house.stop();
  EXPECT_EQ(turns, 2);
}

}  // namespace
}  // namespace peregrine::service
