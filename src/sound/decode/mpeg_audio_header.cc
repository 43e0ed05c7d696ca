#include "sound/decode/mpeg_audio_header.h"

#include <array>

namespace peregrine::sound {
namespace {

constexpr std::size_t kMpegHeaderBytes = 4;
constexpr std::size_t kAdtsHeaderBytes = 7;
constexpr unsigned kAdtsSamplingRates = 13;

// kbit/s by [table][index - 1]; index 0 is the free format, 15 is forbidden.
constexpr std::array<std::array<std::uint16_t, 14>, 5> kBitRates{{
    {32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},  // MPEG 1, layer 1
    {32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},     // MPEG 1, layer 2
    {32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},      // MPEG 1, layer 3
    {32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},     // MPEG 2 and 2.5, layer 1
    {8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},          // MPEG 2 and 2.5, layers 2 and 3
}};
constexpr std::array<unsigned, 3> kMpeg1Rates{44100, 48000, 32000};

std::optional<StreamFrame> parse_mpeg(std::span<const std::uint8_t> bytes) {
  const unsigned version = (bytes[1] >> 3) & 3U;  // 0: 2.5, 2: 2, 3: 1
  const unsigned layer = 4 - ((bytes[1] >> 1) & 3U);
  const unsigned bit_rate_index = bytes[2] >> 4;
  const unsigned rate_index = (bytes[2] >> 2) & 3U;
  const unsigned padding = (bytes[2] >> 1) & 1U;
  if (version == 1 || layer == 4 || bit_rate_index == 0 || bit_rate_index == 15 || rate_index == 3)
    return std::nullopt;
  const bool mpeg1 = version == 3;
  const unsigned divisor = mpeg1 ? 1 : version == 2 ? 2 : 4;
  const unsigned rate = kMpeg1Rates[rate_index] / divisor;
  const std::size_t table = mpeg1 ? layer - 1 : layer == 1 ? 3 : 4;
  const unsigned bits_per_second = kBitRates[table][bit_rate_index - 1] * 1000U;
  StreamFrame frame;
  frame.kind = static_cast<std::uint8_t>(version << 4 | layer << 2 | rate_index);
  if (layer == 1) {
    frame.bytes = (12U * bits_per_second / rate + padding) * 4;
  } else {
    frame.bytes = (layer == 3 && !mpeg1 ? 72U : 144U) * bits_per_second / rate + padding;
  }
  return frame;
}

std::optional<StreamFrame> parse_adts(std::span<const std::uint8_t> bytes) {
  if (bytes.size() < kAdtsHeaderBytes) return std::nullopt;
  const unsigned rate_index = (bytes[2] >> 2) & 15U;
  StreamFrame frame;
  frame.adts = true;
  frame.kind = static_cast<std::uint8_t>(rate_index);
  frame.bytes = (bytes[3] & 3U) << 11 | unsigned{bytes[4]} << 3 | bytes[5] >> 5;
  if (rate_index >= kAdtsSamplingRates || frame.bytes < kAdtsHeaderBytes) return std::nullopt;
  return frame;
}

}  // namespace

std::optional<StreamFrame> parse_stream_frame(std::span<const std::uint8_t> bytes) {
  if (bytes.size() < kMpegHeaderBytes || bytes[0] != 0xFF || (bytes[1] & 0xE0) != 0xE0) return std::nullopt;
  const bool adts = (bytes[1] & 0xF6) == 0xF0;  // where MPEG audio has its layer, ADTS has zeros
  return adts ? parse_adts(bytes) : parse_mpeg(bytes);
}

}  // namespace peregrine::sound
