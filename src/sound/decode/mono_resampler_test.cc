#include "sound/decode/mono_resampler.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <numbers>
#include <vector>

#include "sound/audio_source.h"
#include "sound/decode/testing/fixtures.h"

extern "C" {
#include <libavutil/channel_layout.h>
}

namespace peregrine::sound {
namespace {

using testing::VectorSink;

// A frame of interleaved F32 in which channel c is the constant levels[c].
AvHandle<AVFrame> constant(const std::vector<float>& levels, std::uint64_t mask, int rate, int n_samples) {
  AvHandle<AVFrame> frame(av_frame_alloc());
  frame->format = AV_SAMPLE_FMT_FLT;
  frame->sample_rate = rate;
  frame->nb_samples = n_samples;
  const int channels = static_cast<int>(levels.size());
  if (mask != 0) {
    EXPECT_EQ(av_channel_layout_from_mask(&frame->ch_layout, mask), 0);
  } else {
    frame->ch_layout.order = AV_CHANNEL_ORDER_UNSPEC;
    frame->ch_layout.nb_channels = channels;
  }
  EXPECT_EQ(av_frame_get_buffer(frame.get(), 0), 0);
  auto* samples = reinterpret_cast<float*>(frame->extended_data[0]);
  for (int i = 0; i < n_samples; ++i)
    std::memcpy(samples + static_cast<std::ptrdiff_t>(i) * channels, levels.data(),
                levels.size() * sizeof(float));
  return frame;
}

// The level in the middle of the mix.
float mixed(const std::vector<float>& levels, std::uint64_t mask) {
  VectorSink sink;
  MonoResampler resampler(sink);
  EXPECT_TRUE(resampler.push(*constant(levels, mask, 16000, 4000)));
  EXPECT_TRUE(resampler.flush());
  EXPECT_EQ(sink.samples.size(), 4000U);
  return sink.samples.at(2000);
}

TEST(MonoResampler, MixesEveryLayoutWithoutClipping) {
  constexpr float kHalf = std::numbers::sqrt2_v<float> / 2;
  constexpr float kNear = 1e-5F;
  EXPECT_NEAR(mixed({0.5F}, AV_CH_LAYOUT_MONO), 0.5F, kNear);
  EXPECT_NEAR(mixed({1, 1}, AV_CH_LAYOUT_STEREO), 1, kNear);
  EXPECT_NEAR(mixed({1, 0}, AV_CH_LAYOUT_STEREO), 0.5F, kNear);
  EXPECT_NEAR(mixed({1, -1}, AV_CH_LAYOUT_STEREO), 0, kNear);
  EXPECT_NEAR(mixed({1, 0}, 0), 0.5F, kNear);
  // Front pair, centre, subwoofer, back pair (ITU-R BS.775): the subwoofer is left out.
  const float sum = 2 * kHalf + 1 + 2 * 0.5F;
  EXPECT_NEAR(mixed({1, 1, 1, 1, 1, 1}, AV_CH_LAYOUT_5POINT1), 1, kNear);
  EXPECT_NEAR(mixed({1, 0, 0, 0, 0, 0}, AV_CH_LAYOUT_5POINT1), kHalf / sum, kNear);
  EXPECT_NEAR(mixed({0, 0, 1, 0, 0, 0}, AV_CH_LAYOUT_5POINT1), 1 / sum, kNear);
  EXPECT_NEAR(mixed({0, 0, 0, 1, 0, 0}, AV_CH_LAYOUT_5POINT1), 0, kNear);
  EXPECT_NEAR(mixed({0, 0, 0, 0, 1, 0}, AV_CH_LAYOUT_5POINT1), 0.5F / sum, kNear);
  // What nobody has a name for: all alike.
  EXPECT_NEAR(mixed({1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 0), 1.0F / 11, kNear);
  EXPECT_NEAR(mixed(std::vector<float>(kMaxChannels, 0.25F), 0), 0.25F, kNear);
  // A lone channel is heard, whatever it is called.
  EXPECT_NEAR(mixed({0.5F}, AV_CH_LOW_FREQUENCY), 0.5F, kNear);
  EXPECT_NEAR(mixed({0.5F}, AV_CH_TOP_BACK_LEFT), 0.5F, kNear);
}

TEST(MonoResampler, KeepsTheClockThroughChangesOfRate) {
  VectorSink sink;
  MonoResampler resampler(sink);
  // A quarter of a second of each.
  for (const int rate : {8000, 44100, 96000, 11025, 16000, 48000})
    ASSERT_TRUE(resampler.push(*constant({0.5F}, AV_CH_LAYOUT_MONO, rate, rate / 4)));
  ASSERT_TRUE(resampler.flush());
  EXPECT_NEAR(static_cast<double>(sink.samples.size()), 6 * 4000.0, 6);
  EXPECT_EQ(resampler.produced(), sink.samples.size());
}

TEST(MonoResampler, DoesNotCareHowSoundIsCutIntoFrames) {
  constexpr int kRate = 44100;
  std::vector<std::vector<float>> heard;
  for (const int step : {44100, 4410, 63, 1}) {
    VectorSink sink;
    MonoResampler resampler(sink);
    for (int begin = 0; begin < kRate; begin += step) {
      auto frame = constant({0}, AV_CH_LAYOUT_MONO, kRate, step);
      auto* samples = reinterpret_cast<float*>(frame->extended_data[0]);
      for (int i = 0; i < step; ++i) samples[i] = std::sin(static_cast<float>(begin + i) * 0.05F);
      ASSERT_TRUE(resampler.push(*frame));
    }
    ASSERT_TRUE(resampler.flush());
    heard.push_back(sink.samples);
  }
  for (const auto& other : heard) EXPECT_EQ(other, heard[0]);
  ASSERT_EQ(heard[0].size(), 16000U);
  // Sample i is the tone at time i / 16000: no delay of the filter's remains.
  for (std::size_t i = 1000; i < 15000; ++i)
    ASSERT_NEAR(heard[0][i], std::sin(static_cast<double>(i) * 0.05 * kRate / 16000), 1e-3) << i;
}

TEST(MonoResampler, RefusesWhatIsNoSound) {
  VectorSink sink;
  MonoResampler resampler(sink);
  for (const int rate : {-1, 0, 1, kMinInputRate - 1, kMaxInputRate + 1}) {
    const Status pushed = resampler.push(*constant({0}, AV_CH_LAYOUT_MONO, rate, 10));
    ASSERT_FALSE(pushed) << rate;
    EXPECT_EQ(pushed.error().code, ErrorCode::kInvalidArgument);
  }
  EXPECT_FALSE(resampler.push(*constant(std::vector<float>(kMaxChannels + 1), 0, 16000, 10)));
  EXPECT_TRUE(sink.samples.empty());
}

TEST(MonoResampler, EndsASoundThatKeepsChanging) {
  VectorSink sink;
  MonoResampler resampler(sink);
  const auto one = constant({0}, AV_CH_LAYOUT_MONO, 16000, 1);
  const auto other = constant({0}, AV_CH_LAYOUT_MONO, 8000, 1);
  int changes = 0;
  while (resampler.push(changes % 2 == 0 ? *one : *other)) ASSERT_LE(++changes, kMaxFormatChanges);
  EXPECT_EQ(changes, kMaxFormatChanges);
}

TEST(MonoResampler, StopsWhenTheSinkHasEnough) {
  VectorSink sink(100);
  MonoResampler resampler(sink);
  const Status pushed = resampler.push(*constant({0}, AV_CH_LAYOUT_MONO, 16000, 100'000));
  ASSERT_FALSE(pushed);
  EXPECT_EQ(pushed.error().code, ErrorCode::kCancelled);
  EXPECT_LT(sink.samples.size(), 2000U);
}

}  // namespace
}  // namespace peregrine::sound
