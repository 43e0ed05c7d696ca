#include "tensor/q16_0.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace peregrine::tensor {

void dequantize_row(const BlockQ16_0* src, float* dst, std::size_t n) noexcept {
  for (const BlockQ16_0* block = src; block != src + n / 32; ++block) {
    float d;
    std::array<std::int16_t, 32> q;
    std::memcpy(&d, block->d.data(), sizeof(d));
    std::memcpy(q.data(), block->q.data(), sizeof(q));
    for (const std::int16_t level : q) *dst++ = d * static_cast<float>(level);
  }
}

void quantize_row(const float* src, BlockQ16_0* dst, std::size_t n) noexcept {
  constexpr auto kLevels = static_cast<float>(BlockQ16_0::kLevels);
  for (std::size_t b = 0; b < n / 32; ++b) {
    const float* x = src + 32 * b;
    float largest = 0.0F;
    for (std::size_t i = 0; i < 32; ++i) largest = std::max(largest, std::fabs(x[i]));
    // So that the largest level is finite as well.
    const float d = largest < 0x1p-110F ? 0.0F : std::min(largest, 0x1p127F) / kLevels;
    std::array<std::int16_t, 32> q = {};
    for (std::size_t i = 0; i < 32 && d > 0.0F; ++i)
      q[i] = static_cast<std::int16_t>(std::clamp(std::nearbyint(x[i] / d), -kLevels, kLevels));
    std::memcpy(dst[b].d.data(), &d, sizeof(d));
    std::memcpy(dst[b].q.data(), q.data(), sizeof(q));
  }
}

}  // namespace peregrine::tensor
