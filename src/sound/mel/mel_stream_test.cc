// Against LogMel on each window alone, bit by bit.
#include "sound/mel/mel_stream.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "sound/testing/sounds.h"

namespace peregrine::sound {
namespace {

constexpr std::uint32_t kMels = 80;
constexpr std::uint32_t kFrames = 100;
constexpr std::size_t kWindowSamples = std::size_t{kFrames} * kMelHop;

LogMel some_mel() {
  return LogMel::create(kMels, slaney_mel_filters(kMels)).value();
}

// The window from `start` on, of what there is of `sound` so far.
void expect_window(MelStream& stream, std::span<const float> sound, std::uint64_t start) {
  const std::size_t n = std::min(kWindowSamples, sound.size() - static_cast<std::size_t>(start));
  std::vector<float> got(std::size_t{kMels} * kFrames, -9.0F);
  stream.window(n, kFrames, got);
  LogMel alone = some_mel();
  std::vector<float> expected(got.size());
  alone.compute(sound.subspan(static_cast<std::size_t>(start), n), kFrames, expected);
  ASSERT_EQ(got, expected) << "from sample " << start;
}

TEST(MelStream, GivesTheSpectrogramOfEachWindowAlone) {
  const std::vector<float> sound = testing::white_noise(9.3, 0.2F, 5);
  std::mt19937 random(3);
  for (int round = 0; round < 20; ++round) {
    MelStream stream(some_mel(), 3 * kWindowSamples);
    std::size_t pushed = 0;
    const auto push = [&](std::size_t n) {
      n = std::min({n, sound.size() - pushed, 3 * kWindowSamples - stream.size()});
      stream.push(std::span(sound).subspan(pushed, n));
      pushed += n;
    };
    while (stream.begin() + kWindowSamples < sound.size()) {
      while (stream.size() < kWindowSamples && pushed < sound.size()) push(1 + random() % 3000);
      if (random() % 2 == 0) push(random() % 20000);
      ASSERT_NO_FATAL_FAILURE(expect_window(stream, std::span(sound).first(pushed), stream.begin()));
      // As windows follow each other, by 20 ms; sometimes beyond what came in, or between frames.
      const std::uint64_t next = stream.begin() + (1 + random() % 60) * 2 * kMelHop;
      stream.forget(random() % 8 == 0 ? next + 77 : next);
    }
    push(sound.size());
    expect_window(stream, std::span(sound).first(pushed), stream.begin());
  }
}

TEST(MelStream, WindowsOfLittleSoundAreFilledWithSilence) {
  for (const std::size_t length : {0U, 1U, 199U, 200U, 520U, 1600U}) {
    const std::vector<float> sound = testing::white_noise(0.2, 0.2F, 7);
    MelStream stream(some_mel(), kWindowSamples);
    stream.push(std::span(sound).first(length));
    expect_window(stream, std::span(sound).first(length), 0);
  }
}

TEST(MelStream, ForgetsOnlyWhatLiesBefore) {
  MelStream stream(some_mel(), 4000);
  stream.push(std::vector<float>(3000, 0.1F));
  stream.forget(1000);
  EXPECT_EQ(stream.begin(), 1000U);
  EXPECT_EQ(stream.size(), 2000U);
  stream.forget(500);
  EXPECT_EQ(stream.begin(), 1000U);
  stream.forget(5000);
  EXPECT_EQ(stream.begin(), 3000U);
  EXPECT_EQ(stream.size(), 0U);
}

}  // namespace
}  // namespace peregrine::sound
