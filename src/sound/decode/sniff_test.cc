#include "sound/decode/sniff.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/rng.h"
#include "sound/decode/mpeg_audio_header.h"
#include "sound/decode/testing/fixtures.h"

namespace peregrine::sound {
namespace {

using namespace testing;
using namespace std::string_view_literals;
using Bytes = std::vector<std::uint8_t>;

Bytes bytes_of(std::string_view text) {
  return {text.begin(), text.end()};
}

std::optional<Container> sniffed(const Bytes& bytes) {
  return sniff(MemoryBytes(bytes));
}

TEST(Sniff, TellsEveryContainerWhateverTheName) {
  PEREGRINE_NEED_FIXTURES();
  struct Case {
    const char* file;
    Container container;
  };
  constexpr Case kCases[] = {
      {"speech.flac", Container::kFlac},        {"speech.mp3", Container::kMp3},
      {"whole.mp3", Container::kMp3},           {"cover.mp3", Container::kMp3},
      {"speech.mp2", Container::kMp3},          {"speech.aac", Container::kAac},
      {"speech.m4a", Container::kMov},          {"fragmented.m4a", Container::kMov},
      {"video.mp4", Container::kMov},           {"speech.ogg", Container::kOgg},
      {"speech.opus", Container::kOgg},         {"speech.wav", Container::kWav},
      {"speech.webm", Container::kMatroska},    {"speech.mkv", Container::kMatroska},
      {"speech.mpeg", Container::kMpegProgram}, {"video.mpeg", Container::kMpegProgram},
      {"speech.ts", Container::kMpegTransport},
  };
  for (const Case& c : kCases) EXPECT_EQ(sniffed(read_bytes(fixture_path(c.file))), c.container) << c.file;
}

TEST(Sniff, PassesOverTagsAndRubbishInFrontOfAStream) {
  PEREGRINE_NEED_FIXTURES();
  // Two ID3v2 tags of 300,000 bytes, sizes in seven bits a byte; then rubbish.
  Bytes tagged;
  for (int tag = 0; tag < 2; ++tag) {
    const Bytes header = bytes_of("ID3\x04\x00\x00\x00\x12\x27\x60"sv);
    tagged.insert(tagged.end(), header.begin(), header.end());
    tagged.insert(tagged.end(), 300'000, 0xFF);
  }
  Bytes flac = tagged;
  const Bytes flac_file = read_bytes(fixture_path("speech.flac"));
  flac.insert(flac.end(), flac_file.begin(), flac_file.end());
  EXPECT_EQ(sniffed(flac), Container::kFlac);
  tagged.insert(tagged.end(), 5000, 'x');
  const Bytes stream = read_bytes(fixture_path("whole.mp3"));
  tagged.insert(tagged.end(), stream.begin(), stream.end());
  EXPECT_EQ(sniffed(tagged), Container::kMp3);
}

TEST(Sniff, TakesNothingElseForSound) {
  const std::string_view kOthers[] = {
      "",
      "R",
      "RIFF\0\0\0\0AVI LIST"sv,
      "RIFF",
      "\x89PNG\r\n\x1A\n\0\0\0\rIHDR"sv,
      "PK\x03\x04",
      "%PDF-1.7",
      "<!doctype html><html></html>",
      "#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1/a.ts\n",
      "ffconcat version 1.0\nfile '/etc/passwd'\n",
      "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\nm=audio 5004 RTP/AVP 0\r\n",
      "<?xml version=\"1.0\"?><MPD></MPD>",
      "\x30\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9\x00\xAA\x00\x62\xCE\x6C"sv,
      "FORM\0\0\0\0AIFFCOMM"sv,
      "#!AMR\n",
      "ID3\x04\x00\x00\x7F\x7F\x7F\x7F"sv,
      "ID3\x04\x00\x00\xFF\xFF\xFF\xFF"sv,
  };
  for (const std::string_view other : kOthers) EXPECT_EQ(sniffed(bytes_of(other)), std::nullopt) << other;
}

TEST(Sniff, TakesNoiseForNoise) {
  // 64 KB of random bytes hold hundreds of headers, but none that leads to two more of its kind.
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    base::Rng rng(seed);
    Bytes noise(200'000);
    for (std::uint8_t& byte : noise) byte = static_cast<std::uint8_t>(rng.next());
    EXPECT_EQ(sniffed(noise), std::nullopt) << seed;
  }
}

TEST(MpegAudioHeader, KnowsTheLengthOfAFrame) {
  struct Case {
    std::uint8_t header[7];
    std::size_t bytes;  // 0: none
  };
  // By hand from the tables of the standards.
  constexpr Case kCases[] = {
      {{0xFF, 0xFB, 0x90, 0x00}, 417},                    // MPEG 1 layer 3, 128 kbit/s, 44.1 kHz
      {{0xFF, 0xFB, 0x92, 0x00}, 418},                    // the same with padding
      {{0xFF, 0xFB, 0xE4, 0x00}, 960},                    // 320 kbit/s, 48 kHz
      {{0xFF, 0xF3, 0x80, 0x00}, 208},                    // MPEG 2 layer 3, 64 kbit/s, 22.05 kHz
      {{0xFF, 0xE3, 0x40, 0x00}, 208},                    // MPEG 2.5 layer 3, 32 kbit/s, 11.025 kHz
      {{0xFF, 0xFD, 0xA4, 0x00}, 576},                    // MPEG 1 layer 2, 192 kbit/s, 48 kHz
      {{0xFF, 0xFF, 0x14, 0x00}, 32},                     // MPEG 1 layer 1, 32 kbit/s, 48 kHz
      {{0xFF, 0xFB, 0x00, 0x00}, 0},                      // free format
      {{0xFF, 0xFB, 0xF0, 0x00}, 0},                      // forbidden bit rate
      {{0xFF, 0xFB, 0x9C, 0x00}, 0},                      // forbidden sampling rate
      {{0xFF, 0xEB, 0x90, 0x00}, 0},                      // forbidden version
      {{0xFE, 0xFB, 0x90, 0x00}, 0},                      // no sync word
      {{0xFF, 0xF1, 0x50, 0x80, 0x2E, 0x7F, 0xFC}, 371},  // ADTS, 44.1 kHz
      {{0xFF, 0xF1, 0x50, 0x80, 0x00, 0x7F, 0xFC}, 0},    // shorter than its header
      {{0xFF, 0xF1, 0x74, 0x80, 0x2E, 0x7F, 0xFC}, 0},    // reserved sampling rate
  };
  for (const Case& c : kCases) {
    const auto frame = parse_stream_frame(c.header);
    EXPECT_EQ(frame ? frame->bytes : 0, c.bytes) << std::hex << +c.header[1] << " " << +c.header[2];
  }
  EXPECT_FALSE(parse_stream_frame({}));
  EXPECT_FALSE(parse_stream_frame(std::span(kCases[0].header).first(3)));
  EXPECT_FALSE(parse_stream_frame(std::span(kCases[12].header).first(6)));
}

}  // namespace
}  // namespace peregrine::sound
