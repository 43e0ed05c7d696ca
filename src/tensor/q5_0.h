// Q5_0: blocks of 32 five-bit values with one scale; w = d * (q - 16). 5.5 bits per weight.
// Levels lie as packed_levels.h says. Layout as in GGUF (ggml's block_q5_0).
#pragma once

#include <cstddef>
#include <cstdint>

#include "tensor/half.h"

namespace peregrine::tensor {

struct BlockQ5_0 {
  static constexpr std::size_t kElements = 32;
  StoredF16 d;
  std::uint8_t qh[4];
  std::uint8_t q[16];
};
static_assert(sizeof(BlockQ5_0) == 22 && alignof(BlockQ5_0) == 1);

// `n` is a multiple of 32.
void dequantize_row(const BlockQ5_0* src, float* dst, std::size_t n) noexcept;
// Scale by a least-squares search. `src` is finite.
void quantize_row(const float* src, BlockQ5_0* dst, std::size_t n) noexcept;

}  // namespace peregrine::tensor
