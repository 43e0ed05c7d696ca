#include "sound/vad/segmenter.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "sound/vad/frame.h"

namespace peregrine::sound {
namespace {

// Frames that are passed on, as '#', for probabilities in tenths; touching ranges are told apart by nobody.
std::string passed(const std::string& tenths, const VadOptions& options) {
  SpeechSegmenter segmenter(options);
  std::string out(tenths.size(), '.');
  std::uint64_t last = 0;
  for (std::size_t i = 0; i < tenths.size(); ++i) {
    const std::uint64_t decided = segmenter.decided();
    const auto range = segmenter.push(static_cast<float>(tenths[i] - '0') / 10.0F);
    if (!range) continue;
    EXPECT_LT(range->begin, range->end);
    EXPECT_GE(range->begin, last);
    EXPECT_GE(range->begin, decided);
    EXPECT_LE(range->end, (i + 1) * kVadHop);
    last = range->end;
    for (std::uint64_t sample = range->begin; sample < range->end; sample += kVadHop)
      out[sample / kVadHop] = '#';
  }
  return out;
}

TEST(SpeechSegmenter, TimingRules) {
  // Speech from 3 frames on, pauses below 5 are speech, 2 frames of padding.
  const VadOptions options{
      .min_speech_seconds = 0.03F, .min_silence_seconds = 0.05F, .padding_seconds = 0.02F};
  struct Case {
    const char* what;
    const char* tenths;
    const char* expected;
  };
  constexpr Case kCases[] = {
      {"nothing", "", ""},
      {"silence", "000000000", "........."},
      {"a burst too short", "000099000000", "............"},
      {"a burst just long enough", "000099900000000", "..#######......"},
      {"padding at the beginning", "0999000000000", "######......."},
      {"at the very beginning", "999000000000", "#####......."},
      {"to the very end", "00000009999", ".....######"},
      {"hysteresis: on at 5, off below 4", "000004443500000000000", "....................."},
      {"goes on at 4", "000005440000000000", "...#######........"},
      {"does not begin at 4", "0000044444440000", "................"},
      {"a short pause is speech", "000999000099900000000", ".##############......"},
      {"its padding ends in a long pause", "0009990000000099900000000", ".#######....#######......"},
      {"pause of just the length", "0009990000099900000000", ".#######.#######......"},
      {"what pads touches", "000999000099000000000", ".#######............."},
      {"a burst too short bridges no pause", "00099900009900099900000", ".#######.....#######..."},
      {"a burst too short at the end", "0009990000000099", ".#######........"},
  };
  for (const Case& c : kCases) EXPECT_EQ(passed(c.tenths, options), c.expected) << c.what;
}

TEST(SpeechSegmenter, PaddingBeyondThePauseLeavesNoGap) {
  const VadOptions options{
      .min_speech_seconds = 0.01F, .min_silence_seconds = 0.02F, .padding_seconds = 0.05F};
  EXPECT_EQ(passed("000000009000000009000000000", options), "...####################....");
  EXPECT_EQ(passed("000000009000000000000900000", options), "...###########..###########");
}

TEST(SpeechSegmenter, ThresholdsAtTheEdges) {
  EXPECT_EQ(passed("000000", {.threshold = 0.0F, .min_speech_seconds = 0.0F}), "######");
  EXPECT_EQ(passed("999999", {.threshold = 1.1F, .min_speech_seconds = 0.0F}), "......");
  const float nan = std::nanf("");
  EXPECT_EQ(passed("999999", {.threshold = nan}), "......");
  EXPECT_EQ(passed("090", {.min_speech_seconds = nan, .min_silence_seconds = -1.0F, .padding_seconds = nan}),
            ".#.");
}

// Whatever comes, what may still be asked for stays near the present.
TEST(SpeechSegmenter, UndecidedIsBounded) {
  std::mt19937 random(5);
  for (int run = 0; run < 50; ++run) {
    const VadOptions options{.min_speech_seconds = static_cast<float>(random() % 30) / 100.0F,
                             .min_silence_seconds = static_cast<float>(random() % 80) / 100.0F,
                             .padding_seconds = static_cast<float>(random() % 50) / 100.0F};
    SpeechSegmenter segmenter(options);
    const double bound =
        options.min_speech_seconds + options.min_silence_seconds + options.padding_seconds + 0.02;
    const unsigned often = 1 + random() % 60;
    std::uint64_t decided = 0;
    for (std::uint64_t frame = 1; frame <= 2000; ++frame) {
      segmenter.push(random() % often == 0 ? 0.0F : 1.0F);
      ASSERT_GE(segmenter.decided(), decided);
      decided = segmenter.decided();
      ASSERT_LE(static_cast<double>(frame * kVadHop - decided), bound * kSampleRate);
    }
  }
}

}  // namespace
}  // namespace peregrine::sound
