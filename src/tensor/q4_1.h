// Q4_1: blocks of 32 four-bit values with a scale and an offset; w = d * q + m. 5 bits per weight.
// Levels lie as packed_levels.h says. Layout as in GGUF (ggml's block_q4_1).
#pragma once

#include <cstddef>
#include <cstdint>

#include "tensor/half.h"

namespace peregrine::tensor {

struct BlockQ4_1 {
  static constexpr std::size_t kElements = 32;
  StoredF16 d;
  StoredF16 m;
  std::uint8_t q[16];
};
static_assert(sizeof(BlockQ4_1) == 20 && alignof(BlockQ4_1) == 1);

// `n` is a multiple of 32.
void dequantize_row(const BlockQ4_1* src, float* dst, std::size_t n) noexcept;
// Scale and offset by a least-squares search. `src` is finite.
void quantize_row(const float* src, BlockQ4_1* dst, std::size_t n) noexcept;

}  // namespace peregrine::tensor
