// Q8_0: blocks of 32 signed bytes with one scale; w = d * q. 8.5 bits per weight.
// Layout as in GGUF (ggml's block_q8_0).
#pragma once

#include <cstddef>
#include <cstdint>

#include "tensor/half.h"

namespace peregrine::tensor {

struct BlockQ8_0 {
  static constexpr std::size_t kElements = 32;
  StoredF16 d;
  std::int8_t q[32];
};
static_assert(sizeof(BlockQ8_0) == 34 && alignof(BlockQ8_0) == 1);

// `n` is a multiple of 32.
void dequantize_row(const BlockQ8_0* src, float* dst, std::size_t n) noexcept;
// Nearest representable value of each element, for the scale max|x| / 127. `src` is finite.
void quantize_row(const float* src, BlockQ8_0* dst, std::size_t n) noexcept;

}  // namespace peregrine::tensor
