#include "app/pull_display.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace peregrine::app {
namespace {

using hub::Stage;
using service::PullProgress;
using std::chrono::milliseconds;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

PullProgress halfway() {
  PullProgress progress;
  progress.stage = Stage::kDownloading;
  progress.file = "m.gguf";
  progress.file_number = 1;
  progress.file_count = 1;
  progress.done = 6'000'000'000;
  progress.total = 12'000'000'000;
  return progress;
}

TEST(PullDisplay, Bytes) {
  EXPECT_EQ(shown_bytes(0), "0 B");
  EXPECT_EQ(shown_bytes(999), "999 B");
  EXPECT_EQ(shown_bytes(1000), "1.0 kB");
  EXPECT_EQ(shown_bytes(999'960), "1.0 MB");
  EXPECT_EQ(shown_bytes(12'109'566'624), "12.1 GB");
  EXPECT_EQ(shown_bytes(5e15), "5000.0 TB");
}

TEST(PullDisplay, Lines) {
  EXPECT_EQ(progress_line(halfway(), 50e6), "m.gguf:  50.0 % of 12.0 GB, 50.0 MB/s, 2:00 left");
  EXPECT_EQ(progress_line(halfway(), 0), "m.gguf:  50.0 % of 12.0 GB");
  EXPECT_THAT(progress_line(halfway(), 1), HasSubstr("99:59:59 left"));
  PullProgress shards = halfway();
  shards.file_number = 2;
  shards.file_count = 3;
  shards.stage = Stage::kChecking;
  EXPECT_EQ(progress_line(shards, 1e9), "checking m.gguf (2 of 3):  50.0 % of 12.0 GB, 1.0 GB/s");
  PullProgress waiting;
  waiting.stage = Stage::kWaiting;
  waiting.note = "HTTP 500";
  EXPECT_EQ(progress_line(waiting, 0), "trying again soon: HTTP 500");
}

TEST(PullDisplay, BarsFitTheTerminal) {
  EXPECT_THAT(progress_bar(halfway(), 50e6, 200),
              AllOf(StartsWith("[############............] "), HasSubstr("2:00 left"), HasSubstr("m.gguf")));
  for (const std::size_t width : {0U, 1U, 10U, 40U, 79U}) {
    EXPECT_LE(progress_bar(halfway(), 50e6, width).size(), width);
  }
  PullProgress done = halfway();
  done.done = done.total;
  EXPECT_THAT(progress_bar(done, 0, 80), StartsWith("[########################] "));
  EXPECT_EQ(progress_bar({}, 0, 80), "asking what there is");
}

}  // namespace
}  // namespace peregrine::app
