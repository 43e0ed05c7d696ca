#include "service/catalogue/rate_meter.h"

#include <gtest/gtest.h>

namespace peregrine::service {
namespace {

using std::chrono::milliseconds;

TEST(PullDisplay, RateOfTheLastSeconds) {
  RateMeter meter;
  RateMeter::Clock::time_point now{};
  EXPECT_EQ(meter.bytes_per_second(), 0);
  // 10 MB/s for ten seconds, then 1 MB/s: what was before the window is forgotten.
  std::uint64_t done = 0;
  for (int i = 0; i < 100; ++i) meter.add(done += 1'000'000, now += milliseconds(100));
  EXPECT_NEAR(meter.bytes_per_second(), 10e6, 1e5);
  for (int i = 0; i < 60; ++i) meter.add(done += 100'000, now += milliseconds(100));
  EXPECT_NEAR(meter.bytes_per_second(), 1e6, 1e5);
  meter.add(0, now += milliseconds(100));
  EXPECT_EQ(meter.bytes_per_second(), 0) << "starting over";
}

}  // namespace
}  // namespace peregrine::service
