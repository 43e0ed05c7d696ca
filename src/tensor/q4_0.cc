#include "tensor/q4_0.h"

#include <algorithm>
#include <cmath>

namespace peregrine::tensor {

void dequantize_row(const BlockQ4_0* src, float* dst, std::size_t n) noexcept {
  for (std::size_t b = 0; b < n / 32; ++b) {
    const float d = src[b].d.value();
    float* out = dst + 32 * b;
    for (std::size_t i = 0; i < 16; ++i) {
      out[i] = d * static_cast<float>((src[b].q[i] & 0xF) - 8);
      out[i + 16] = d * static_cast<float>((src[b].q[i] >> 4) - 8);
    }
  }
}

void quantize_row(const float* src, BlockQ4_0* dst, std::size_t n) noexcept {
  for (std::size_t b = 0; b < n / 32; ++b) {
    const float* x = src + 32 * b;
    float largest = 0.0F;  // with its sign: the range -8..7 is one step longer below zero
    for (std::size_t i = 0; i < 32; ++i) {
      if (std::fabs(x[i]) > std::fabs(largest)) largest = x[i];
    }
    dst[b].d = StoredF16::from_finite(largest / -8.0F);
    const float d = dst[b].d.value();
    const auto encode = [d](float value) {
      const float q = d != 0.0F ? std::nearbyint(value / d) + 8.0F : 8.0F;
      return static_cast<std::uint8_t>(std::clamp(q, 0.0F, 15.0F));
    };
    for (std::size_t i = 0; i < 16; ++i) {
      dst[b].q[i] = static_cast<std::uint8_t>(encode(x[i]) | (encode(x[i + 16]) << 4));
    }
  }
}

}  // namespace peregrine::tensor
