#include "tensor/q4_1.h"

#include <span>

#include "tensor/k_fit.h"
#include "tensor/packed_levels.h"

namespace peregrine::tensor {

void dequantize_row(const BlockQ4_1* src, float* dst, std::size_t n) noexcept {
  for (const BlockQ4_1* block = src; block != src + n / 32; ++block) {
    const float d = block->d.value();
    const float m = block->m.value();
    for (std::size_t i = 0; i < 32; ++i) *dst++ = d * static_cast<float>(packed_level(block->q, i)) + m;
  }
}

void quantize_row(const float* src, BlockQ4_1* dst, std::size_t n) noexcept {
  for (std::size_t b = 0; b < n / 32; ++b) {
    const OffsetBlockFit fit = fit_offset_block(std::span<const float, 32>(src + 32 * b, 32), 15);
    dst[b].d = fit.d;
    dst[b].m = fit.m;
    pack_levels(fit.level, dst[b].q);
  }
}

}  // namespace peregrine::tensor
