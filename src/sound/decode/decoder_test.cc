#include "sound/decode/decoder.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "sound/decode/sanitized.h"
#include "sound/decode/testing/fixtures.h"

namespace peregrine::sound {
namespace {

using namespace testing;
using namespace std::chrono_literals;
using ::testing::HasSubstr;

const std::vector<std::uint8_t> kAnything{1, 2, 3, 4};

DecodeOptions misbehaving(const std::string& how) {
  DecodeOptions options = test_options({"--misbehave", how});
  options.stall_timeout = 3600s;
  return options;
}

int open_descriptors() {
  int count = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) ++count;
  return count;
}

TEST(OpenAudio, SixteenKilohertzComesOutBitByBit) {
  PEREGRINE_NEED_FIXTURES();
  const auto heard = hear(open_fixture("r16000.wav"));
  ASSERT_TRUE(heard) << heard.error().text();
  EXPECT_EQ(*heard, read_floats(fixture_path("r16000.f32")));
}

TEST(OpenAudio, TheSameFileGivesTheSameSamples) {
  PEREGRINE_NEED_FIXTURES();
  for (const char* name : {"speech.mp3", "speech.opus"}) {
    const auto first = hear(open_fixture(name));
    const auto second = hear(open_fixture(name));
    const auto here = decode_here(read_bytes(fixture_path(name)));
    ASSERT_TRUE(first && second && here);
    EXPECT_EQ(*first, *second);
    EXPECT_EQ(*first, *here);
  }
}

TEST(OpenAudio, TakesTheFileOverAndLeavesNothingOpen) {
  PEREGRINE_NEED_FIXTURES();
  const int before = open_descriptors();
  {
    const int file = open_fixture("speech.flac");
    auto source = open_audio(file, test_options());
    ASSERT_TRUE(source);
    std::vector<float> some(100);
    ASSERT_TRUE((*source)->read(some));
    EXPECT_EQ(::fcntl(file, F_GETFD), -1);
  }
  for (const int bad : {-1, memory_file({}), ::open("/", O_RDONLY | O_CLOEXEC)})
    EXPECT_FALSE(open_audio(bad, test_options()));
  DecodeOptions no_helper;
  no_helper.command = {"/does/not/exist"};
  EXPECT_FALSE(open_audio(memory_file(kAnything), no_helper));
  EXPECT_EQ(open_descriptors(), before);
}

TEST(OpenAudio, IsReadOnAnotherThreadThanItWasOpenedOn) {
  PEREGRINE_NEED_FIXTURES();
  Result<std::unique_ptr<AudioSource>> source = fail(ErrorCode::kInternal, "not opened");
  std::thread([&] { source = open_audio(open_fixture("speech.flac"), test_options()); }).join();
  ASSERT_TRUE(source);
  const auto heard = hear_all(**source);
  ASSERT_TRUE(heard) << heard.error().text();
  EXPECT_GT(heard->size(), 0U);
}

TEST(OpenAudio, TheFilesPositionDoesNotMatter) {
  PEREGRINE_NEED_FIXTURES();
  const int file = open_fixture("speech.flac");
  ::lseek(file, 1000, SEEK_SET);
  const auto heard = hear(file);
  ASSERT_TRUE(heard) << heard.error().text();
  EXPECT_EQ(heard->size(), read_floats(fixture_path("reference.f32")).size());
}

TEST(OpenAudio, LimitsAreErrorsThatNameThem) {
  PEREGRINE_NEED_FIXTURES();
  DecodeOptions large = test_options();
  large.max_file_bytes = 1000;
  const auto too_large = hear(open_fixture("speech.wav"), large);
  ASSERT_FALSE(too_large);
  EXPECT_EQ(too_large.error().code, ErrorCode::kResourceExhausted);
  EXPECT_THAT(too_large.error().message, HasSubstr("1000"));

  DecodeOptions brief = test_options();
  brief.max_duration = 2s;
  const auto too_long = hear(open_fixture("speech.wav"), brief);
  ASSERT_FALSE(too_long);
  EXPECT_EQ(too_long.error().code, ErrorCode::kInvalidArgument);
  EXPECT_THAT(too_long.error().message, HasSubstr("longer than the limit of 2 seconds"));

  const auto too_short = hear(open_fixture("blink.wav"));
  ASSERT_FALSE(too_short);
  EXPECT_EQ(too_short.error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(too_short.error().message, "Audio file is too short. Minimum audio length is 0.01 seconds.");

  DecodeOptions any = test_options();
  any.min_duration = 0ms;
  EXPECT_TRUE(hear(open_fixture("blink.wav"), any));
}

TEST(OpenAudio, ErrorsStay) {
  auto source = open_audio(memory_file(kAnything), test_options());
  ASSERT_TRUE(source);
  std::vector<float> some(10);
  const auto first = (*source)->read(some);
  const auto second = (*source)->read(some);
  ASSERT_FALSE(first);
  ASSERT_FALSE(second);
  EXPECT_EQ(first.error().message, second.error().message);
}

struct Misdeed {
  const char* how;
  ErrorCode code;
  const char* message;
};

TEST(OpenAudio, AHelperThatFailsIsTheFilesFault) {
  constexpr Misdeed kMisdeeds[] = {
      {"exit-unheard", ErrorCode::kIo, "exit status 7"},
      {"die-unheard", ErrorCode::kIo, "signal 9"},
      {"hang-without-pipe", ErrorCode::kInvalidArgument, "the decoder failed on it"},
      {"crash", ErrorCode::kInvalidArgument, "the decoder failed on it"},
      {"take-too-long", ErrorCode::kInvalidArgument, "it takes too long"},
      {"stop", ErrorCode::kInvalidArgument, "the decoder failed on it"},
      {"no-hello", ErrorCode::kInvalidArgument, "could not be decoded"},
      {"two-hellos", ErrorCode::kInvalidArgument, "could not be decoded"},
      {"garbage", ErrorCode::kInvalidArgument, "could not be decoded"},
      {"huge-frame", ErrorCode::kInvalidArgument, "could not be decoded"},
      {"half-sample", ErrorCode::kInvalidArgument, "could not be decoded"},
      {"no-samples", ErrorCode::kInvalidArgument, "could not be decoded"},
      {"endless", ErrorCode::kInvalidArgument, "longer than the limit"},
      {"rude-error", ErrorCode::kInvalidArgument, "[2Jbad\xEF\xBF\xBDnews{}%s"},
      {"long-error", ErrorCode::kInvalidArgument, "could not be decoded"},
  };
  for (const Misdeed& misdeed : kMisdeeds) {
    DecodeOptions options = misbehaving(misdeed.how);
    options.max_duration = 600s;
    const auto heard = hear(memory_file(kAnything), options);
    ASSERT_FALSE(heard) << misdeed.how;
    EXPECT_EQ(heard.error().code, misdeed.code) << misdeed.how;
    EXPECT_THAT(heard.error().message, HasSubstr(misdeed.message)) << misdeed.how;
  }
}

TEST(OpenAudio, AHelperThatHangsRunsIntoTheTimeout) {
  for (const char* how : {"hang-unheard", "hang", "hang-after-sound", "trickle", "dribble"}) {
    DecodeOptions options = misbehaving(how);
    options.stall_timeout = 0s;
    // Time enough to be greeted where that matters for what is tested.
    if (std::string(how) == "hang-after-sound" || std::string(how) == "dribble") options.stall_timeout = 1s;
    const auto heard = hear(memory_file(kAnything), options);
    ASSERT_FALSE(heard) << how;
    EXPECT_EQ(heard.error().code, ErrorCode::kInvalidArgument) << how;
    EXPECT_THAT(heard.error().message, HasSubstr("takes too long")) << how;
  }
}

TEST(OpenAudio, SamplesAreNumbersBetweenMinusOneAndOne) {
  const auto heard = hear(memory_file(kAnything), misbehaving("no-numbers"));
  ASSERT_TRUE(heard) << heard.error().text();
  ASSERT_GE(heard->size(), 5U);
  EXPECT_EQ(std::vector<float>(heard->begin(), heard->begin() + 5),
            (std::vector<float>{0.0F, 1.0F, -1.0F, 0.5F, 0.0F}));
}

TEST(OpenAudio, CancelEndsAReadThatWaits) {
  for (const char* how : {"hang-unheard", "hang", "hang-after-sound"}) {
    auto source = open_audio(memory_file(kAnything), misbehaving(how));
    ASSERT_TRUE(source);
    // Whichever comes first, the read ends; if it did not, it would wait an hour.
    std::thread canceller([&] { (*source)->cancel(); });
    std::vector<float> all(1'000'000);
    const auto read = (*source)->read(all);
    canceller.join();
    ASSERT_FALSE(read) << how;
    EXPECT_EQ(read.error().code, ErrorCode::kCancelled) << how;
    (*source)->cancel();
    const auto again = (*source)->read(all);
    ASSERT_FALSE(again) << how;
    EXPECT_EQ(again.error().code, ErrorCode::kCancelled) << how;
  }
}

TEST(OpenAudio, CancelGoesBeforeWhatIsThere) {
  PEREGRINE_NEED_FIXTURES();
  auto source = open_audio(open_fixture("speech.flac"), test_options());
  ASSERT_TRUE(source);
  std::vector<float> some(10);
  ASSERT_TRUE((*source)->read(some));
  (*source)->cancel();
  const auto read = (*source)->read(some);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::kCancelled);
}

long peak_kilobytes(int who) {
  struct rusage usage{};
  EXPECT_EQ(::getrusage(who, &usage), 0);
  return usage.ru_maxrss;
}

TEST(OpenAudio, ThreeHoursPassInBoundedMemory) {
  PEREGRINE_NEED_FIXTURES();
  constexpr long kMaxHelperKilobytes = 200L << 10;
  constexpr long kMaxGrowthKilobytes = 8L << 10;
  auto source = open_audio(open_fixture("three_hours.flac"), test_options());
  ASSERT_TRUE(source);
  std::vector<float> piece(kSampleRate);
  ASSERT_TRUE((*source)->read(piece));
  const long before = peak_kilobytes(RUSAGE_SELF);
  std::uint64_t heard = piece.size();
  for (;;) {
    const auto got = (*source)->read(piece);
    ASSERT_TRUE(got) << got.error().text();
    heard += *got;
    if (*got < piece.size()) break;
  }
  EXPECT_EQ(heard, 3ULL * 3600 * kSampleRate);
  if (kSanitized) return;
  EXPECT_LT(peak_kilobytes(RUSAGE_SELF) - before, kMaxGrowthKilobytes);
  EXPECT_LT(peak_kilobytes(RUSAGE_CHILDREN), kMaxHelperKilobytes);
}

TEST(OpenAudio, ADayInAFewBytesEndsAtTheLimit) {
  PEREGRINE_NEED_FIXTURES();
  DecodeOptions options = test_options();
  options.max_duration = 3600s;
  auto source = open_audio(open_fixture("day_of_silence.flac"), options);
  ASSERT_TRUE(source);
  std::vector<float> piece(kSampleRate);
  std::uint64_t heard = 0;
  for (;;) {
    const auto got = (*source)->read(piece);
    if (!got) {
      EXPECT_THAT(got.error().message, HasSubstr("longer than the limit of 3600 seconds"));
      break;
    }
    heard += *got;
    ASSERT_LE(heard, 3600ULL * kSampleRate);
  }
}

}  // namespace
}  // namespace peregrine::sound
