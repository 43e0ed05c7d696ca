// Q6_K: blocks of 256 six-bit values in sixteen groups of 16; w = d * scale[g] * (q - 32). 6.5625 bits per
// weight. Each half of 128 elements is four runs of 32. Its 64 bytes of `ql` hold the low four bits of runs 0
// and 1 in their low halves and of runs 2 and 3 in their high halves; bits 2 r, 2 r + 1 of its 32 bytes of
// `qh` are the top bits of run r. Layout as in GGUF (ggml's block_q6_K).
#pragma once

#include <cstddef>
#include <cstdint>

#include "tensor/half.h"

namespace peregrine::tensor {

struct BlockQ6_K {
  static constexpr std::size_t kElements = 256;
  std::uint8_t ql[128];
  std::uint8_t qh[64];
  std::int8_t scales[16];
  StoredF16 d;
};
static_assert(sizeof(BlockQ6_K) == 210 && alignof(BlockQ6_K) == 1);

// `n` is a multiple of 256.
void dequantize_row(const BlockQ6_K* src, float* dst, std::size_t n) noexcept;
// Scale of each group by a least-squares search. `src` is finite.
void quantize_row(const float* src, BlockQ6_K* dst, std::size_t n) noexcept;

}  // namespace peregrine::tensor
