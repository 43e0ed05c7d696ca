#include "http/patience.h"

#include <gtest/gtest.h>

namespace peregrine::http {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t kBytes = 64 * 1024;

// A peer that moves `bytes` after each wait of `pause`: how many bytes it has moved when patience is over, or
// all of `total`.
std::uint64_t moved_of(std::uint64_t total, std::uint64_t bytes, std::chrono::milliseconds pause) {
  Patience patience(30s, kBytes);
  std::uint64_t moved = 0;
  while (moved < total) {
    patience.waited(pause);
    if (patience.left() <= 0s) break;
    patience.moved(bytes);
    moved += bytes;
  }
  return moved;
}

TEST(Patience, IsOverForWhoMovesNothing) {
  Patience patience(30s, kBytes);
  patience.waited(29'999ms);
  EXPECT_GT(patience.left(), 0s);
  patience.waited(1ms);
  EXPECT_LE(patience.left(), 0s);
}

TEST(Patience, AsksForALeastRate) {
  constexpr std::uint64_t kTotal = 100 * kBytes;
  // 2.4 KiB/s, in pieces of any size.
  EXPECT_EQ(moved_of(kTotal, 2400, 1000ms), 2400 * ((kTotal + 2399) / 2400));
  EXPECT_EQ(moved_of(kTotal, 24, 10ms), 24 * ((kTotal + 23) / 24));
  EXPECT_GE(moved_of(kTotal, kBytes, 27s), kTotal);
  // 2 KiB/s and 1 byte each time that a bare timeout would have allowed.
  EXPECT_LT(moved_of(kTotal, 2000, 1000ms), kBytes);
  EXPECT_EQ(moved_of(kTotal, 1, 29s), 1U);
  EXPECT_EQ(moved_of(kTotal, kBytes, 31s), 0U);
}

// Between two waits any time may pass: a stream whose server has little to say asks nothing of its reader.
TEST(Patience, CountsWaitsOnly) {
  Patience patience(30s, kBytes);
  for (int i = 0; i < 100'000; ++i) patience.moved(10);
  EXPECT_EQ(patience.left(), 30s);
  patience.waited(10s);
  patience.moved(10);
  EXPECT_EQ(patience.left(), 20s);
  patience.moved(kBytes);
  EXPECT_EQ(patience.left(), 30s);
}

}  // namespace
}  // namespace peregrine::http
