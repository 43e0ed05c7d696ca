// Thirty-two levels of four or five bits, as the formats with blocks of 32 pack them.
//
// Byte i of `q` holds the low four bits of level i in its low half and those of level i + 16 in its high
// half. The fifth bit of level i is bit i of `qh`, read as a little-endian word. As in GGUF (ggml's q4_0 to
// q5_1, iq4_nl and mxfp4).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace peregrine::tensor {

using Levels32 = std::array<std::uint8_t, 32>;

constexpr int packed_level(const std::uint8_t* q, std::size_t i) noexcept {
  return (q[i % 16] >> (4 * (i / 16))) & 15;
}

constexpr int packed_level(const std::uint8_t* q, const std::uint8_t* qh, std::size_t i) noexcept {
  return packed_level(q, i) | (((qh[i / 8] >> (i % 8)) & 1) << 4);
}

// Writes the low four bits of each level.
constexpr void pack_levels(const Levels32& level, std::uint8_t* q) noexcept {
  for (std::size_t i = 0; i < 16; ++i) {
    q[i] = static_cast<std::uint8_t>((level[i] & 15) | ((level[i + 16] & 15) << 4));
  }
}

constexpr void pack_levels(const Levels32& level, std::uint8_t* q, std::uint8_t* qh) noexcept {
  pack_levels(level, q);
  for (std::size_t byte = 0; byte < 4; ++byte) {
    unsigned bits = 0;
    for (std::size_t i = 0; i < 8; ++i) bits |= (static_cast<unsigned>(level[8 * byte + i]) >> 4) << i;
    qh[byte] = static_cast<std::uint8_t>(bits);
  }
}

}  // namespace peregrine::tensor
