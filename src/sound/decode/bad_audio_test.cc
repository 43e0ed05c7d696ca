// Files that lie, that are damaged and that end too early.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "sound/decode/decode_audio.h"
#include "sound/decode/testing/fixtures.h"

namespace peregrine::sound {
namespace {

using namespace testing;
using Bytes = std::vector<std::uint8_t>;
using ::testing::HasSubstr;

struct WavHeader {
  const char* what;
  std::uint16_t format;
  std::uint16_t channels;
  std::uint32_t rate;
  std::uint16_t block;
  std::uint16_t bits;
  std::uint32_t data_bytes;
  const char* expected;  // part of the message; null: it is heard
};

template <class T>
void append(Bytes& bytes, T value) {
  const std::size_t before = bytes.size();
  bytes.resize(before + sizeof(T));
  std::memcpy(bytes.data() + before, &value, sizeof(T));
}

Bytes wav(const WavHeader& header) {
  constexpr std::size_t kDataBytes = 64000;
  Bytes bytes{'R', 'I', 'F', 'F', 0xFF, 0xFF, 0xFF, 0x7F, 'W', 'A', 'V', 'E', 'f', 'm', 't', ' '};
  append(bytes, std::uint32_t{16});
  append(bytes, header.format);
  append(bytes, header.channels);
  append(bytes, header.rate);
  append(bytes, header.rate * header.block);
  append(bytes, header.block);
  append(bytes, header.bits);
  for (const char c : {'d', 'a', 't', 'a'}) bytes.push_back(static_cast<std::uint8_t>(c));
  append(bytes, header.data_bytes);
  for (std::size_t i = 0; i < kDataBytes; ++i) bytes.push_back(static_cast<std::uint8_t>(i * 7));
  return bytes;
}

TEST(BadAudio, WavHeadersThatLie) {
  constexpr WavHeader kHeaders[] = {
      {"honest", 1, 1, 16000, 2, 16, 64000, nullptr},
      {"more data than there is", 1, 1, 16000, 2, 16, 0xFFFFFFFF, nullptr},
      {"a data chunk of no size", 1, 1, 16000, 2, 16, 0, nullptr},
      {"1 Hz", 1, 1, 1, 2, 16, 64000, "sampling rate of 1 Hz"},
      {"999 Hz", 1, 1, 999, 2, 16, 64000, "sampling rate of 999 Hz"},
      {"1000 Hz", 1, 1, 1000, 2, 16, 64000, nullptr},
      {"768 kHz", 1, 1, 768000, 2, 16, 64000, nullptr},
      {"an odd rate", 1, 1, 767999, 2, 16, 64000, nullptr},
      {"2 GHz", 1, 1, 2'000'000'000, 2, 16, 64000, "sampling rate of 2000000000 Hz"},
      {"0 Hz", 1, 1, 0, 2, 16, 64000, "could not be decoded"},
      {"4 GHz", 1, 1, 0xFFFFFFFF, 2, 16, 64000, "could not be decoded"},
      {"64 channels", 1, 64, 16000, 128, 16, 64000, nullptr},
      {"65 channels", 1, 65, 16000, 130, 16, 64000, "65 channels"},
      {"65535 channels", 1, 65535, 16000, 65535, 16, 64000, "65535 channels"},
      {"no channels", 1, 0, 16000, 2, 16, 64000, "could not be decoded"},
      {"0 bits", 1, 1, 16000, 2, 0, 64000, "not supported"},
      {"77 bits", 1, 1, 16000, 2, 77, 64000, "not supported"},
      {"blocks of nothing", 1, 1, 16000, 0, 16, 64000, nullptr},
      {"blocks of 65535", 1, 1, 16000, 65535, 16, 64000, nullptr},
      {"an unknown codec", 0x7777, 1, 16000, 2, 16, 64000, "not supported"},
      {"a codec that is not on the list", 0x31, 1, 8000, 65, 0, 64000,
       "coded as gsm_ms, which is not supported"},
  };
  for (const WavHeader& header : kHeaders) {
    const auto heard = decode_here(wav(header));
    if (header.expected == nullptr) {
      EXPECT_TRUE(heard) << header.what << ": " << heard.error().message;
    } else {
      ASSERT_FALSE(heard) << header.what;
      EXPECT_EQ(heard.error().code, ErrorCode::kInvalidArgument) << header.what;
      EXPECT_THAT(heard.error().message, HasSubstr(header.expected)) << header.what;
    }
  }
}

TEST(BadAudio, WhatIsWrongIsSaid) {
  PEREGRINE_NEED_FIXTURES();
  struct Case {
    const char* file;
    const char* message;
  };
  constexpr Case kCases[] = {
      {"silent_film.mp4", "the file has no audio track"},
      {"speech.wma", "none of the supported sound formats"},
      {"wma.mkv", "the sound is coded as wmav2, which is not supported"},
      {"reference.f32", "none of the supported sound formats"},
  };
  for (const Case& c : kCases) {
    const auto heard = hear(open_fixture(c.file));
    ASSERT_FALSE(heard) << c.file;
    EXPECT_EQ(heard.error().code, ErrorCode::kInvalidArgument);
    EXPECT_THAT(heard.error().message, HasSubstr(c.message));
  }
}

struct ShortFile {
  const char* name;
  std::size_t first_heard;  // of 48 cuts, the first of which all that follow are heard
};

// Headers come first, the index of MP4 last; in so short an Ogg file all sound is on one page.
constexpr ShortFile kShortFiles[] = {
    {"short.wav", 2},  {"short.flac", 33}, {"short.mp3", 24},  {"short.aac", 24},  {"short.m4a", 48},
    {"short.ogg", 48}, {"short.opus", 48}, {"short.webm", 24}, {"short.mpeg", 24}, {"short.ts", 24},
};

TEST(BadAudio, FilesThatEndTooEarlyAreHeardAsFarAsTheyGo) {
  PEREGRINE_NEED_FIXTURES();
  constexpr std::size_t kCuts = 48;
  // What a decoder or a filter holds back, or makes up, around the cut.
  constexpr std::size_t kEdge = 4096;
  for (const auto& [name, first_heard] : kShortFiles) {
    const Bytes whole = read_bytes(fixture_path(name));
    const auto all = decode_here(whole);
    ASSERT_TRUE(all) << name;
    for (std::size_t i = 0; i < kCuts; ++i) {
      const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(whole.size() * i / kCuts));
      const auto heard = decode_here(cut);
      if (!heard) {
        EXPECT_EQ(heard.error().code, ErrorCode::kInvalidArgument) << name << " " << i;
        EXPECT_LT(i, first_heard) << name;
        continue;
      }
      EXPECT_LE(heard->size(), all->size() + kEdge) << name << " " << i;
      const std::size_t sure = heard->size() > kEdge ? heard->size() - kEdge : 0;
      EXPECT_TRUE(
          std::equal(heard->begin(), heard->begin() + static_cast<std::ptrdiff_t>(sure), all->begin()))
          << name << " " << i;
    }
  }
}

TEST(BadAudio, NoChangeOfAHeaderDoesHarm) {
  PEREGRINE_NEED_FIXTURES();
  constexpr std::size_t kMaxSamples = 60ULL * kSampleRate;
  prepare_ffmpeg();
  for (const ShortFile& file : kShortFiles) {
    const std::string_view name = file.name;
    const Bytes whole = read_bytes(fixture_path(file.name));
    // The index of an MP4 file lies at its end.
    const std::size_t begin = name == "short.m4a" ? whole.size() - 800 : 0;
    for (std::size_t i = begin; i < std::min<std::size_t>(whole.size(), begin + 800);
         i += i - begin < 64 ? 1 : 5) {
      for (const std::uint8_t value : {0x00, 0x7F, 0xFF}) {
        Bytes changed = whole;
        changed[i] = value;
        VectorSink sink(kMaxSamples);
        const Status decoded = decode_audio(MemoryBytes(changed), sink);
        if (decoded) continue;
        EXPECT_NE(decoded.error().code, ErrorCode::kInternal) << name << " " << i;
        EXPECT_FALSE(decoded.error().message.empty());
      }
    }
  }
}

TEST(BadAudio, DamageInTheMiddleCostsOnlyWhatIsDamaged) {
  PEREGRINE_NEED_FIXTURES();
  for (const char* name : {"speech.flac", "speech.mp3", "speech.ogg", "speech.ts"}) {
    Bytes bytes = read_bytes(fixture_path(name));
    const auto whole = decode_here(bytes);
    ASSERT_TRUE(whole) << name;
    std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(bytes.size() / 2), 2000, std::uint8_t{0x55});
    const auto heard = decode_here(bytes);
    ASSERT_TRUE(heard) << name << ": " << heard.error().message;
    EXPECT_GT(heard->size(), whole->size() * 8 / 10) << name;
    EXPECT_LE(heard->size(), whole->size() + kSampleRate / 10) << name;
  }
}

// Two files one after the other are one sound, whatever their rates and layouts.
TEST(BadAudio, FormatsThatChangeInTheMiddleAreFollowed) {
  PEREGRINE_NEED_FIXTURES();
  const std::vector<float> sentence = read_floats(fixture_path("reference.f32"));
  for (const char* name : {"changing.mp3", "chained.ogg"}) {
    const auto heard = hear(open_fixture(name));
    ASSERT_TRUE(heard) << name << ": " << heard.error().message;
    ASSERT_NEAR(static_cast<double>(heard->size()), 2.0 * static_cast<double>(sentence.size()), 3000) << name;
    const std::size_t half = heard->size() / 2;
    constexpr int kMaxLag = 1500;
    for (const std::size_t begin : {std::size_t{0}, half}) {
      const std::vector<float> part(heard->begin() + static_cast<std::ptrdiff_t>(begin), heard->end());
      const Likeness likeness = compare(part, sentence, kMaxLag);
      EXPECT_GT(likeness.correlation, 0.98) << name << " from " << begin;
      EXPECT_NEAR(likeness.gain, 1.0, 0.06) << name << " from " << begin;
    }
  }
}

}  // namespace
}  // namespace peregrine::sound
