// Q3_K: blocks of 256 three-bit values in sixteen groups of 16; w = d * (scale[g] - 32) * (q - 4).
// 3.4375 bits per weight. The low two bits lie as in Q2_K; bit r of hmask[i] is the third bit of element i of
// run r, the block being eight runs of 32. Scales have six bits: the low four of scales 0..7 are the low
// halves of bytes 0..7 of `scales`, those of scales 8..15 the high halves; the top two of scale g are bits
// 2 (g / 4), 2 (g / 4) + 1 of byte 8 + g % 4. Layout as in GGUF (ggml's block_q3_K).
#pragma once

#include <cstddef>
#include <cstdint>

#include "tensor/half.h"

namespace peregrine::tensor {

struct BlockQ3_K {
  static constexpr std::size_t kElements = 256;
  std::uint8_t hmask[32];
  std::uint8_t q[64];
  std::uint8_t scales[12];
  StoredF16 d;
};
static_assert(sizeof(BlockQ3_K) == 110 && alignof(BlockQ3_K) == 1);

// `n` is a multiple of 256.
void dequantize_row(const BlockQ3_K* src, float* dst, std::size_t n) noexcept;
// Scale of each group by a least-squares search. `src` is finite.
void quantize_row(const float* src, BlockQ3_K* dst, std::size_t n) noexcept;

}  // namespace peregrine::tensor
