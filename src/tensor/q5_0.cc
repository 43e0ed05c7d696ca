#include "tensor/q5_0.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "tensor/k_fit.h"
#include "tensor/packed_levels.h"

namespace peregrine::tensor {

void dequantize_row(const BlockQ5_0* src, float* dst, std::size_t n) noexcept {
  for (const BlockQ5_0* block = src; block != src + n / 32; ++block) {
    const float d = block->d.value();
    for (std::size_t i = 0; i < 32; ++i) {
      *dst++ = d * static_cast<float>(packed_level(block->q, block->qh, i) - 16);
    }
  }
}

void quantize_row(const float* src, BlockQ5_0* dst, std::size_t n) noexcept {
  for (std::size_t b = 0; b < n / 32; ++b) {
    const std::span<const float> x(src + 32 * b, 32);
    dst[b].d = StoredF16::from_finite(fit_symmetric(x, 16));
    const float d = dst[b].d.value();
    Levels32 level;
    for (std::size_t i = 0; i < 32; ++i) {
      const float q = d != 0.0F ? std::clamp(std::nearbyint(x[i] / d), -16.0F, 15.0F) : 0.0F;
      level[i] = static_cast<std::uint8_t>(q + 16.0F);
    }
    pack_levels(level, dst[b].q, dst[b].qh);
  }
}

}  // namespace peregrine::tensor
