// Q4_K: blocks of 256 four-bit values in eight groups of 32; w = d * scale[g] * q - dmin * min[g].
// 4.5 bits per weight. Bytes 32 p .. 32 p + 31 of `q` hold group 2 p in their low halves and group 2 p + 1 in
// their high halves. Layout as in GGUF (ggml's block_q4_K).
#pragma once

#include <cstddef>
#include <cstdint>

#include "tensor/half.h"

namespace peregrine::tensor {

struct BlockQ4_K {
  static constexpr std::size_t kElements = 256;
  StoredF16 d;
  StoredF16 dmin;
  std::uint8_t scales[12];  // see k_scales.h
  std::uint8_t q[128];
};
static_assert(sizeof(BlockQ4_K) == 144 && alignof(BlockQ4_K) == 1);

// `n` is a multiple of 256.
void dequantize_row(const BlockQ4_K* src, float* dst, std::size_t n) noexcept;
// Scale and min of each group by a least-squares search. `src` is finite.
void quantize_row(const float* src, BlockQ4_K* dst, std::size_t n) noexcept;

}  // namespace peregrine::tensor
