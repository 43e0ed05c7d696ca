// Q5_K: blocks of 256 five-bit values in eight groups of 32; w = d * scale[g] * q - dmin * min[g].
// 5.5 bits per weight. The low four bits lie as in Q4_K; bit g of qh[i] is the fifth bit of element i of
// group g. Layout as in GGUF (ggml's block_q5_K).
#pragma once

#include <cstddef>
#include <cstdint>

#include "tensor/half.h"

namespace peregrine::tensor {

struct BlockQ5_K {
  static constexpr std::size_t kElements = 256;
  StoredF16 d;
  StoredF16 dmin;
  std::uint8_t scales[12];  // see k_scales.h
  std::uint8_t qh[32];
  std::uint8_t q[128];
};
static_assert(sizeof(BlockQ5_K) == 176 && alignof(BlockQ5_K) == 1);

// `n` is a multiple of 256.
void dequantize_row(const BlockQ5_K* src, float* dst, std::size_t n) noexcept;
// Scale and min of each group by a least-squares search. `src` is finite.
void quantize_row(const float* src, BlockQ5_K* dst, std::size_t n) noexcept;

}  // namespace peregrine::tensor
