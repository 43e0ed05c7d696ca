// Q16_0: blocks of 32 signed words with one scale; w = d * q, |q| <= 8191. 17 bits per weight.
//
// Of weights in memory only, no file has it: floats for integer kernels. Fourteen bits are what sums of 32
// products of such words leave in 32 bits, and finer than F16 is in a block of like magnitudes.
#pragma once

#include <array>
#include <cstddef>

namespace peregrine::tensor {

struct BlockQ16_0 {
  static constexpr std::size_t kElements = 32;
  static constexpr int kLevels = 8191;
  std::array<std::byte, 4> d;   // F32
  std::array<std::byte, 64> q;  // I16
};
static_assert(sizeof(BlockQ16_0) == 68 && alignof(BlockQ16_0) == 1);

// `n` is a multiple of 32.
void dequantize_row(const BlockQ16_0* src, float* dst, std::size_t n) noexcept;
// Nearest representable value of each element, for the scale max|x| / 8191; zeros for a block below 2^-110,
// and 2^127 for what is beyond it. `src` is finite.
void quantize_row(const float* src, BlockQ16_0* dst, std::size_t n) noexcept;

}  // namespace peregrine::tensor
