// Q4_0: blocks of 32 four-bit values with one scale; w = d * (q - 8). 4.5 bits per weight.
// Byte i holds element i in its low half and element i + 16 in its high half.
// Layout as in GGUF (ggml's block_q4_0).
#pragma once

#include <cstddef>
#include <cstdint>

#include "tensor/half.h"

namespace peregrine::tensor {

struct BlockQ4_0 {
  static constexpr std::size_t kElements = 32;
  StoredF16 d;
  std::uint8_t q[16];
};
static_assert(sizeof(BlockQ4_0) == 18 && alignof(BlockQ4_0) == 1);

// `n` is a multiple of 32.
void dequantize_row(const BlockQ4_0* src, float* dst, std::size_t n) noexcept;
// The element of largest magnitude maps to q = 0 (that is -8 d); the others to the nearest q. `src` is
// finite.
void quantize_row(const float* src, BlockQ4_0* dst, std::size_t n) noexcept;

}  // namespace peregrine::tensor
