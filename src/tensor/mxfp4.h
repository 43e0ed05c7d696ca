// MXFP4: blocks of 32 four-bit floats (E2M1) that share a power of two (E8M0); w = 2^(e - 127) * value[q].
// 4.25 bits per weight. Values 0, 0.5, 1, 1.5, 2, 3, 4, 6 and, with the top bit of q, their negatives. Codes
// lie as packed_levels.h says. The Open Compute Project's Microscaling Formats 1.0; layout as in GGUF (ggml's
// block_mxfp4).
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace peregrine::tensor {

struct BlockMXFP4 {
  static constexpr std::size_t kElements = 32;
  std::uint8_t e;
  std::uint8_t q[16];
};
static_assert(sizeof(BlockMXFP4) == 17 && alignof(BlockMXFP4) == 1);

// Twice each value, so that they are whole; the scale to go with them is halved.
inline constexpr std::array<std::int8_t, 16> kMxfp4Doubled = {0, 1,  2,  3,  4,  6,  8,  12,
                                                              0, -1, -2, -3, -4, -6, -8, -12};

// 2^(e - 128), exactly (subnormal for e < 2); NaN for e = 255, as the specification has it.
constexpr float mxfp4_half_scale(std::uint8_t e) noexcept {
  if (e == 255) return std::numeric_limits<float>::quiet_NaN();
  const std::uint32_t bits = e < 2 ? 0x200000U << e : (e - 1U) << 23;
  return std::bit_cast<float>(bits);
}

// `n` is a multiple of 32.
void dequantize_row(const BlockMXFP4* src, float* dst, std::size_t n) noexcept;
// The nearest values for the power of two, of the three around the largest element's, that gives the least
// squared error. `src` is finite.
void quantize_row(const float* src, BlockMXFP4* dst, std::size_t n) noexcept;

}  // namespace peregrine::tensor
