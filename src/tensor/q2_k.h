// Q2_K: blocks of 256 two-bit values in sixteen groups of 16; w = d * scale[g] * q - dmin * min[g].
// 2.625 bits per weight. The low half of byte g of `scales` is the scale of group g, the high half its min.
// Each half of 128 elements is four runs of 32: bits 2 r, 2 r + 1 of its 32 bytes of `q` are run r. Layout as
// in GGUF (ggml's block_q2_K).
#pragma once

#include <cstddef>
#include <cstdint>

#include "tensor/half.h"

namespace peregrine::tensor {

struct BlockQ2_K {
  static constexpr std::size_t kElements = 256;
  std::uint8_t scales[16];
  std::uint8_t q[64];
  StoredF16 d;
  StoredF16 dmin;
};
static_assert(sizeof(BlockQ2_K) == 84 && alignof(BlockQ2_K) == 1);

// `n` is a multiple of 256.
void dequantize_row(const BlockQ2_K* src, float* dst, std::size_t n) noexcept;
// Scale and min of each group by a least-squares search, then the best of the four-bit neighbours of both.
// `src` is finite.
void quantize_row(const float* src, BlockQ2_K* dst, std::size_t n) noexcept;

}  // namespace peregrine::tensor
