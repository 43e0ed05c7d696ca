#include "tensor/q6_k.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "tensor/k_fit.h"

namespace peregrine::tensor {

void dequantize_row(const BlockQ6_K* src, float* dst, std::size_t n) noexcept {
  for (const BlockQ6_K* block = src; block != src + n / 256; ++block) {
    const float d = block->d.value();
    for (std::size_t i = 0; i < 256; ++i) {
      const std::size_t half = i / 128;
      const std::size_t run = i % 128 / 32;
      const int low = (block->ql[64 * half + i % 64] >> (4 * (run / 2))) & 15;
      const int high = (block->qh[32 * half + i % 32] >> (2 * run)) & 3;
      const std::int8_t scale = block->scales[i / 16];
      const float step = d * static_cast<float>(scale);
      *dst++ = step * static_cast<float>((low | (high << 4)) - 32);
    }
  }
}

void quantize_row(const float* src, BlockQ6_K* dst, std::size_t n) noexcept {
  for (std::size_t b = 0; b < n / 256; ++b) {
    const std::span<const float, 256> x(src + 256 * b, 256);
    BlockQ6_K& block = dst[b];
    std::array<float, 16> group_scale;
    for (std::size_t g = 0; g < 16; ++g) group_scale[g] = fit_symmetric(x.subspan(16 * g, 16), 32);
    std::array<std::int8_t, 16> scale;
    block = {};
    block.d = fit_scales(group_scale, 128, scale);
    const float d = block.d.value();
    if (d == 0.0F) continue;
    std::array<std::uint8_t, 256> level;
    for (std::size_t g = 0; g < 16; ++g) {
      block.scales[g] = scale[g];
      const float step = d * static_cast<float>(scale[g]);
      for (std::size_t i = 16 * g; i < 16 * (g + 1); ++i) {
        const float q = step != 0.0F ? std::clamp(std::nearbyint(x[i] / step), -32.0F, 31.0F) : 0.0F;
        level[i] = static_cast<std::uint8_t>(q + 32.0F);
      }
    }
    for (std::size_t i = 0; i < 256; ++i) {
      const std::size_t half = i / 128;
      const std::size_t run = i % 128 / 32;
      block.ql[64 * half + i % 64] |= static_cast<std::uint8_t>((level[i] & 15) << (4 * (run / 2)));
      block.qh[32 * half + i % 32] |= static_cast<std::uint8_t>((level[i] >> 4) << (2 * run));
    }
  }
}

}  // namespace peregrine::tensor
