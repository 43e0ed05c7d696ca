#include "tensor/q8_0.h"

#include <algorithm>
#include <cmath>

namespace peregrine::tensor {

void dequantize_row(const BlockQ8_0* src, float* dst, std::size_t n) noexcept {
  for (const BlockQ8_0* block = src; block != src + n / 32; ++block) {
    const float d = block->d.value();
    for (const std::int8_t q : block->q) *dst++ = d * static_cast<float>(q);
  }
}

void quantize_row(const float* src, BlockQ8_0* dst, std::size_t n) noexcept {
  for (std::size_t b = 0; b < n / 32; ++b) {
    const float* x = src + 32 * b;
    float largest = 0.0F;
    for (std::size_t i = 0; i < 32; ++i) largest = std::max(largest, std::fabs(x[i]));
    dst[b].d = StoredF16::from_finite(largest / 127.0F);
    const float d = dst[b].d.value();
    for (std::size_t i = 0; i < 32; ++i) {
      const float q = d > 0.0F ? std::nearbyint(x[i] / d) : 0.0F;
      dst[b].q[i] = static_cast<std::int8_t>(std::clamp(q, -127.0F, 127.0F));
    }
  }
}

}  // namespace peregrine::tensor
