// IQ4_XS: blocks of 256 four-bit indices into a codebook in eight groups of 32;
// w = d * (scale[g] - 32) * codebook[q]. 4.25 bits per weight. Each group's indices lie as packed_levels.h
// says. Scales have six bits: the low four of scale g are half g % 2 of scales_l[g / 2], the top two are bits
// 2 g, 2 g + 1 of the little-endian word `scales_h`. Layout as in GGUF (ggml's block_iq4_xs).
#pragma once

#include <cstddef>
#include <cstdint>

#include "tensor/half.h"

namespace peregrine::tensor {

struct BlockIQ4_XS {
  static constexpr std::size_t kElements = 256;
  StoredF16 d;
  std::uint8_t scales_h[2];
  std::uint8_t scales_l[4];
  std::uint8_t q[128];
};
static_assert(sizeof(BlockIQ4_XS) == 136 && alignof(BlockIQ4_XS) == 1);

// `n` is a multiple of 256.
void dequantize_row(const BlockIQ4_XS* src, float* dst, std::size_t n) noexcept;
// Scale of each group by a least-squares search. `src` is finite.
void quantize_row(const float* src, BlockIQ4_XS* dst, std::size_t n) noexcept;

}  // namespace peregrine::tensor
