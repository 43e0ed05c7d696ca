// IQ4_NL: blocks of 32 four-bit indices into a codebook, with one scale; w = d * codebook[q]. 4.5 bits per
// weight. Indices lie as packed_levels.h says. Layout as in GGUF (ggml's block_iq4_nl).
#pragma once

#include <cstddef>
#include <cstdint>

#include "tensor/half.h"

namespace peregrine::tensor {

struct BlockIQ4_NL {
  static constexpr std::size_t kElements = 32;
  StoredF16 d;
  std::uint8_t q[16];
};
static_assert(sizeof(BlockIQ4_NL) == 18 && alignof(BlockIQ4_NL) == 1);

// `n` is a multiple of 32.
void dequantize_row(const BlockIQ4_NL* src, float* dst, std::size_t n) noexcept;
// Scale by a least-squares search. `src` is finite.
void quantize_row(const float* src, BlockIQ4_NL* dst, std::size_t n) noexcept;

}  // namespace peregrine::tensor
