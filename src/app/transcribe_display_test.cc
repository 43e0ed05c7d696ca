#include "app/transcribe_display.h"

#include <gtest/gtest.h>

namespace peregrine::app {
namespace {

TEST(TranscribeDisplay, DurationsAreReadAsClocks) {
  EXPECT_EQ(shown_duration(0), "0:00");
  EXPECT_EQ(shown_duration(59.6), "1:00");
  EXPECT_EQ(shown_duration(123.2), "2:03");
  EXPECT_EQ(shown_duration(3723), "1:02:03");
  EXPECT_EQ(shown_duration(-1), "0:00");
  EXPECT_EQ(shown_duration(1e12), "99:59:59");
}

TEST(TranscribeDisplay, TheBarFollowsTheSound) {
  EXPECT_EQ(transcribe_bar({.seconds = 30, .total = 120, .done = 0, .files = 2}, 3, 200),
            "[######..................] 0:30 of 2:00, 10.0 times real time, 0 of 2 files");
  EXPECT_EQ(transcribe_bar({.seconds = 30, .total = 0, .done = 1, .files = 2}, 0, 200),
            "0:30 of sound, 0.0 times real time, 1 of 2 files");
  // What was heard may be more than what was found by decoding, by what a damaged file has.
  EXPECT_EQ(transcribe_bar({.seconds = 130, .total = 120, .done = 1, .files = 1}, 13, 40),
            "[########################] 2:10 of 2:00,");
}

TEST(TranscribeDisplay, TheEndTellsTheFactor) {
  EXPECT_EQ(shown_total({.seconds = 60, .total = 0, .done = 1, .files = 1}, 6),
            "1 file, 1:00 of sound in 6.0 s: 10.0 times real time (factor 0.100)");
  EXPECT_EQ(shown_total({.seconds = 0, .total = 0, .done = 0, .files = 2}, 1),
            "2 files, 0:00 of sound in 1.0 s");
}

}  // namespace
}  // namespace peregrine::app
