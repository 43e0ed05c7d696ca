// Every format of the list, every rate and layout, against sox's own resampling of the same sentence.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <iterator>
#include <numbers>
#include <string>
#include <vector>

#include "sound/decode/testing/fixtures.h"

namespace peregrine::sound {
namespace {

using namespace testing;

constexpr int kMaxLag = 600;
constexpr double kGainTolerance = 0.06;  // LAME makes everything 5 % softer

struct FormatCase {
  const char* file;
  double min_snr_db;
  int max_lag;      // of either sign, in samples
  int max_missing;  // samples at the end
  int max_extra;    // samples at the end
  double gain = 1;  // of the mix
};

void PrintTo(const FormatCase& format, std::ostream* out) {
  *out << format.file;
}

class FormatTest : public ::testing::TestWithParam<FormatCase> {};

TEST_P(FormatTest, SoundsLikeTheSentence) {
  PEREGRINE_NEED_FIXTURES();
  const FormatCase& format = GetParam();
  const std::vector<float> expected = read_floats(fixture_path("reference.f32"));
  const auto heard = hear(open_fixture(format.file));
  ASSERT_TRUE(heard) << heard.error().text();
  const Likeness likeness = compare(*heard, expected, kMaxLag);
  const int difference = static_cast<int>(heard->size()) - static_cast<int>(expected.size());
  EXPECT_LE(std::abs(likeness.lag), format.max_lag);
  EXPECT_GE(likeness.snr_db, format.min_snr_db);
  EXPECT_NEAR(likeness.gain, format.gain, kGainTolerance * format.gain);
  EXPECT_GE(difference, -format.max_missing);
  EXPECT_LE(difference, format.max_extra);
}

// Streams without a header have no place to say what the encoder put in front; their lag is a fraction, which
// costs likeness.
constexpr FormatCase kFormats[] = {
    // As uploaded: flac, mp3, mp4, mpeg, mpga, m4a, ogg, opus, wav, webm.
    {"speech.flac", 36, 0, 1, 1},
    {"speech.mp3", 20, 0, 1, 1},
    {"speech.mp4", 20, 0, 1, 400},
    {"speech.mpeg", 11, 200, 1, 600},
    {"speech.mpga", 20, 0, 1, 1},
    {"speech.m4a", 20, 0, 1, 400},
    {"speech.ogg", 15, 0, 1, 1},
    {"speech.opus", 12, 0, 1, 1},
    {"speech.wav", 36, 0, 1, 1},
    {"speech.webm", 12, 0, 1, 400},
    // Their relatives.
    {"fragmented.m4a", 11, 400, 1, 800},
    {"alac.m4a", 36, 0, 1, 1},
    {"speech.aac", 11, 400, 1, 800},
    {"speech.mp2", 11, 200, 1, 600},
    {"ac3.mpeg", 20, 200, 1, 800},
    {"speech.ts", 11, 400, 1, 800},
    {"flac.ogg", 36, 0, 1, 1},
    {"vorbis.webm", 15, 0, 1, 400},
    {"speech.mkv", 36, 0, 1, 1},
    {"pcm_u8.wav", 20, 0, 1, 1},
    {"pcm_s24le.wav", 36, 0, 1, 1},
    {"pcm_s32le.wav", 36, 0, 1, 1},
    {"pcm_f32le.wav", 36, 0, 1, 1},
    {"pcm_f64le.wav", 36, 0, 1, 1},
    {"pcm_alaw.wav", 20, 0, 1, 1},
    {"pcm_mulaw.wav", 20, 0, 1, 1},
    {"adpcm_ms.wav", 15, 0, 1, 800},
    {"adpcm_ima_wav.wav", 15, 0, 1, 800},
    // With pictures, moving and still; the first of two tracks.
    {"video.mp4", 20, 0, 1, 800},
    {"video.webm", 12, 0, 1, 400},
    {"video.mpeg", 11, 200, 1, 800},
    {"cover.mp3", 20, 0, 1, 1},
    {"two_tracks.m4a", 20, 0, 1, 400},
    // Rates.
    {"r8000.flac", 15, 0, 2, 2},
    {"r11025.flac", 18, 0, 2, 2},
    {"r22050.flac", 36, 0, 1, 1},
    {"r44100.flac", 36, 0, 1, 1},
    {"r48000.wav", 36, 0, 1, 1},
    {"r96000.flac", 36, 0, 1, 1},
    // Channels: what is common to all keeps its loudness, what only one has is as loud as its share.
    {"stereo.wav", 36, 0, 1, 1},
    {"left.wav", 36, 0, 1, 1, 0.5},
    {"centre.wav", 36, 0, 1, 1, 1 / (1 + std::numbers::sqrt2 + 1)},
    {"ten_channels.wav", 36, 0, 1, 1},
};

INSTANTIATE_TEST_SUITE_P(Formats, FormatTest, ::testing::ValuesIn(kFormats),
                         [](const auto& test) { return test_name(test.param.file); });

}  // namespace
}  // namespace peregrine::sound
