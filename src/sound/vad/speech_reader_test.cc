#include "sound/vad/speech_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "sound/testing/sounds.h"
#include "sound/vad/detector.h"
#include "sound/vad/frame.h"

namespace peregrine::sound {
namespace {

using testing::Sound;
using testing::VectorSource;

struct Heard {
  Sound samples;
  std::vector<SpeechSpan> spans;
  std::uint64_t original = 0;
};

// Reads to the end, so many samples at a time as `sizes` draws.
template <class Sizes>
Heard read_all(const Sound& sound, const VadOptions& options, Sizes sizes) {
  VectorSource source(sound);
  SpeechReader reader(source, options);
  Heard heard;
  Sound piece;
  while (true) {
    piece.resize(sizes());
    const auto count = reader.read(piece);
    EXPECT_TRUE(count.has_value());
    if (!count) break;
    heard.samples.insert(heard.samples.end(), piece.begin(),
                         piece.begin() + static_cast<std::ptrdiff_t>(*count));
    if (*count < piece.size()) break;
  }
  EXPECT_EQ(reader.read(piece).value_or(1), 0U);
  heard.spans.assign(reader.spans().begin(), reader.spans().end());
  heard.original = reader.original_samples();
  return heard;
}

Heard read_all(const Sound& sound, const VadOptions& options = {}) {
  return read_all(sound, options, [] { return 4000U; });
}

// Twenty seconds with two stretches of a voice, a tone and noise.
const Sound& scene() {
  static const Sound sound = testing::mixed(
      testing::joined({testing::silence(1.3), testing::voice(3.1, 7), testing::silence(2.0),
                       testing::sine(3.0, 440, 0.2F), testing::voice(2.77, 8), testing::silence(3.0),
                       testing::white_noise(4.0, 0.05F), testing::silence(1.234)}),
      testing::white_noise(21.0, 0.0005F));
  return sound;
}

void expect_bit_exact(const Heard& heard, const Sound& sound) {
  std::uint64_t passed = 0;
  std::uint64_t original = 0;
  for (const SpeechSpan& span : heard.spans) {
    ASSERT_EQ(span.passed, passed);
    ASSERT_GT(span.samples, 0U);
    if (passed > 0) {
      ASSERT_GT(span.original, original) << "spans that touch are one";
    }
    ASSERT_LE(span.original + span.samples, sound.size());
    passed = span.passed + span.samples;
    original = span.original + span.samples;
    ASSERT_LE(passed, heard.samples.size());
    ASSERT_TRUE(std::equal(heard.samples.begin() + static_cast<std::ptrdiff_t>(span.passed),
                           heard.samples.begin() + static_cast<std::ptrdiff_t>(passed),
                           sound.begin() + static_cast<std::ptrdiff_t>(span.original)));
  }
  EXPECT_EQ(passed, heard.samples.size());
  EXPECT_EQ(heard.original, sound.size());
}

TEST(SpeechReader, SpansMapEverySampleBack) {
  const Heard heard = read_all(scene());
  EXPECT_GE(heard.spans.size(), 2U);
  EXPECT_LT(heard.samples.size(), scene().size() / 2);
  expect_bit_exact(heard, scene());
}

TEST(SpeechReader, CutsChangeNothing) {
  const Heard expected = read_all(scene());
  for (unsigned seed = 1; seed <= 6; ++seed) {
    std::mt19937 random(seed);
    const unsigned largest = 1U << (2 * seed + 4);
    const Heard heard = read_all(scene(), {}, [&] { return 1 + random() % largest; });
    EXPECT_EQ(heard.samples, expected.samples) << seed;
    EXPECT_EQ(heard.spans, expected.spans) << seed;
  }
}

TEST(SpeechReader, AnyOptionsMapBack) {
  std::mt19937 random(3);
  for (int run = 0; run < 12; ++run) {
    VadOptions options;
    options.threshold = static_cast<float>(random() % 100) / 100.0F;
    options.min_speech_seconds = static_cast<float>(random() % 100) / 200.0F;
    options.min_silence_seconds = static_cast<float>(random() % 100) / 100.0F;
    options.padding_seconds = static_cast<float>(random() % 10007) / 10007.0F;
    expect_bit_exact(read_all(scene(), options, [&] { return 1 + random() % 5000; }), scene());
  }
}

TEST(SpeechReader, OfEveryLength) {
  for (const std::size_t samples : {0U, 1U, 159U, 160U, 161U, 1599U, 1600U, 1601U, 8000U, 8321U}) {
    const Sound sound(scene().begin() + 24000,
                      scene().begin() + 24000 + static_cast<std::ptrdiff_t>(samples));
    expect_bit_exact(read_all(sound), sound);
    // Everything is speech above a threshold of nothing.
    const Heard all = read_all(sound, {.threshold = 0.0F, .min_speech_seconds = 0.0F});
    EXPECT_EQ(all.samples, sound);
  }
}

TEST(SpeechReader, PassesEverythingOnWhenDisabled) {
  for (const std::size_t size : {1000U, 4096U, 500000U}) {
    const Heard heard = read_all(scene(), {.enabled = false}, [&] { return size; });
    EXPECT_EQ(heard.samples, scene());
    ASSERT_EQ(heard.spans.size(), 1U);
    EXPECT_EQ(heard.spans[0], (SpeechSpan{0, 0, scene().size()}));
    EXPECT_EQ(heard.original, scene().size());
  }
}

// What is passed on comes within about a second and a half of it being read, pauses included.
TEST(SpeechReader, LooksAheadNoFurtherThanItMust) {
  VectorSource source(scene());
  const VadOptions options;
  SpeechReader reader(source, options);
  constexpr double kPieceSeconds = 0.1;
  const double bound = static_cast<double>(kVadLookahead + kVadHop) / kSampleRate + kPieceSeconds +
                       options.min_speech_seconds + options.min_silence_seconds + options.padding_seconds;
  std::vector<float> piece(80);
  while (true) {
    const auto count = reader.read(piece);
    ASSERT_TRUE(count.has_value());
    if (*count < piece.size()) break;
    const SpeechSpan& last = reader.spans().back();
    const std::uint64_t behind = reader.original_samples() - (last.original + last.samples);
    ASSERT_LE(static_cast<double>(behind), bound * kSampleRate);
  }
}

TEST(SpeechReader, ForgetsOnlyWhatIsBefore) {
  VectorSource source(scene());
  SpeechReader reader(source, {});
  Sound all(scene().size());
  const auto count = reader.read(all);
  ASSERT_TRUE(count.has_value());
  const std::size_t spans = reader.spans().size();
  ASSERT_GE(spans, 2U);
  const SpeechSpan second = reader.spans()[1];
  reader.forget(second.passed);
  EXPECT_EQ(reader.spans().size(), spans) << "something may end where the second begins";
  reader.forget(second.passed + 1);
  ASSERT_EQ(reader.spans().size(), spans - 1);
  EXPECT_EQ(reader.spans()[0], second);
  reader.forget(UINT64_MAX);
  EXPECT_EQ(reader.spans().size(), 1U) << "the last stays";
}

class FailingSource : public AudioSource {
 public:
  Result<std::size_t> read(std::span<float> out) override {
    if (++reads_ > 3) return fail(ErrorCode::kIo, "read " + std::to_string(reads_));
    std::fill(out.begin(), out.end(), 0.0F);
    return out.size();
  }
  void cancel() override {}

 private:
  int reads_ = 0;
};

TEST(SpeechReader, ErrorsOfTheSourceStay) {
  for (const bool enabled : {true, false}) {
    FailingSource source;
    SpeechReader reader(source, {.enabled = enabled});
    std::vector<float> out(100000);
    std::size_t passed = 0;
    Result<std::size_t> last = reader.read(out);
    while (last && passed < 10 * out.size()) {
      passed += *last;
      last = reader.read(out);
    }
    ASSERT_FALSE(last.has_value());
    EXPECT_EQ(last.error().message, "read 4");
    const auto again = reader.read(out);
    ASSERT_FALSE(again.has_value());
    EXPECT_EQ(again.error().message, "read 4") << "the source is asked no more";
  }
}

TEST(SpeechReader, CancellingTheSourceEndsIt) {
  VectorSource source(scene());
  SpeechReader reader(source, {});
  std::vector<float> out(1000);
  ASSERT_TRUE(reader.read(out).has_value());
  source.cancel();
  Result<std::size_t> result = std::size_t{0};
  for (int i = 0; i < 100 && result; ++i) result = reader.read(out);
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().code, ErrorCode::kCancelled);
}

TEST(OriginalTime, AtBordersAndBetween) {
  const std::vector<SpeechSpan> spans = {{100, 1000, 50}, {150, 2000, 10}, {160, 3000, 100}};
  struct Case {
    std::uint64_t passed;
    std::uint64_t beginning;
    std::uint64_t end;
  };
  constexpr Case kCases[] = {
      {0, 1000, 1000},  // before what is known
      {100, 1000, 1000}, {101, 1001, 1001}, {149, 1049, 1049}, {150, 2000, 1050},  {151, 2001, 2001},
      {160, 3000, 2010}, {259, 3099, 3099}, {260, 3100, 3100}, {5000, 3100, 3100},  // after it
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(original_time(spans, c.passed, false), c.beginning) << c.passed;
    EXPECT_EQ(original_time(spans, c.passed, true), c.end) << c.passed;
  }
  EXPECT_EQ(original_time({}, 0, false), 0U);
  EXPECT_EQ(original_time({}, 7, true), 7U);
}

// Against the plain definition: the sample before an end, and the one at a beginning, are where the spans
// say.
TEST(OriginalTime, IsMonotonicAndExact) {
  std::mt19937 random(9);
  for (int run = 0; run < 50; ++run) {
    std::vector<SpeechSpan> spans;
    std::vector<std::uint64_t> origin;  // of every sample passed on
    std::uint64_t original = 0;
    for (int i = 0; i < 10; ++i) {
      original += 1 + random() % 50;
      const std::uint64_t samples = 1 + random() % 30;
      spans.push_back({origin.size(), original, samples});
      for (std::uint64_t s = 0; s < samples; ++s) origin.push_back(original++);
    }
    for (std::uint64_t at = 0; at < origin.size(); ++at) {
      ASSERT_EQ(original_time(spans, at, false), origin[at]);
      ASSERT_EQ(original_time(spans, at + 1, true), origin[at] + 1);
    }
  }
}

TEST(VadFeatureStream, HasAFrameForEveryHopHoweverItIsCut) {
  for (const std::size_t samples : {0U, 1U, 160U, 161U, 5000U, 16001U}) {
    const Sound sound(scene().begin() + 20000,
                      scene().begin() + 20000 + static_cast<std::ptrdiff_t>(samples));
    std::vector<VadFeatures> whole;
    std::vector<VadFeatures> cut;
    VadFeatures features{};
    VadFeatureStream at_once;
    at_once.push(sound);
    at_once.finish();
    while (at_once.next(features)) whole.push_back(features);
    EXPECT_EQ(whole.size(), (samples + kVadHop - 1) / kVadHop);
    VadFeatureStream by_pieces;
    for (std::size_t at = 0; at < samples; at += 77) {
      by_pieces.push(std::span(sound).subspan(at, std::min<std::size_t>(77, samples - at)));
      while (by_pieces.next(features)) cut.push_back(features);
    }
    by_pieces.finish();
    while (by_pieces.next(features)) cut.push_back(features);
    EXPECT_EQ(whole, cut) << samples;
  }
}

TEST(VadFeatureStream, AnswersAfterItsLookahead) {
  VadFeatureStream stream;
  VadFeatures features{};
  stream.push(std::span(scene()).first(kVadLookahead - 1));
  EXPECT_FALSE(stream.next(features));
  stream.push(std::span(scene()).subspan(kVadLookahead - 1, 1));
  EXPECT_TRUE(stream.next(features));
  EXPECT_FALSE(stream.next(features));
}

}  // namespace
}  // namespace peregrine::sound
