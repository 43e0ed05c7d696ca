// The eight six-bit (scale, min) pairs of a Q4_K or Q5_K block, packed into twelve bytes.
//
// Bytes 0..3 hold scales 0..3 in their low six bits, bytes 4..7 mins 0..3. Bytes 8..11 hold the low four bits
// of scales 4..7 (low half) and mins 4..7 (high half); their top two bits sit in the top two bits of bytes
// 0..3 (scales) and 4..7 (mins). As in GGUF (ggml's get_scale_min_k4).
#pragma once

#include <cstddef>
#include <cstdint>

namespace peregrine::tensor {

struct KScales {
  std::uint8_t scale[8];  // each below 64
  std::uint8_t min[8];    // each below 64
};

constexpr KScales unpack_k_scales(const std::uint8_t (&packed)[12]) noexcept {
  KScales out{};
  for (std::size_t i = 0; i < 4; ++i) {
    const unsigned low = packed[i];
    const unsigned mid = packed[i + 4];
    const unsigned high = packed[i + 8];
    out.scale[i] = static_cast<std::uint8_t>(low & 63U);
    out.min[i] = static_cast<std::uint8_t>(mid & 63U);
    out.scale[i + 4] = static_cast<std::uint8_t>((high & 15U) | ((low >> 6) << 4));
    out.min[i + 4] = static_cast<std::uint8_t>((high >> 4) | ((mid >> 6) << 4));
  }
  return out;
}

constexpr void pack_k_scales(const KScales& in, std::uint8_t (&packed)[12]) noexcept {
  for (std::size_t i = 0; i < 4; ++i) {
    packed[i] = static_cast<std::uint8_t>(in.scale[i] | ((in.scale[i + 4] >> 4) << 6));
    packed[i + 4] = static_cast<std::uint8_t>(in.min[i] | ((in.min[i + 4] >> 4) << 6));
    packed[i + 8] = static_cast<std::uint8_t>((in.scale[i + 4] & 15U) | ((in.min[i + 4] & 15U) << 4));
  }
}

}  // namespace peregrine::tensor
