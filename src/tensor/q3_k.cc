#include "tensor/q3_k.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "tensor/k_fit.h"

namespace peregrine::tensor {
namespace {

int scale_of(const BlockQ3_K& block, std::size_t g) noexcept {
  const int low = (block.scales[g % 8] >> (4 * (g / 8))) & 15;
  const int high = (block.scales[8 + g % 4] >> (2 * (g / 4))) & 3;
  return (low | (high << 4)) - 32;
}

// Into zeros; `scale` in -32..31.
void put_scale(BlockQ3_K& block, std::size_t g, int scale) noexcept {
  const int biased = scale + 32;
  block.scales[g % 8] |= static_cast<std::uint8_t>((biased & 15) << (4 * (g / 8)));
  block.scales[8 + g % 4] |= static_cast<std::uint8_t>((biased >> 4) << (2 * (g / 4)));
}

}  // namespace

void dequantize_row(const BlockQ3_K* src, float* dst, std::size_t n) noexcept {
  for (const BlockQ3_K* block = src; block != src + n / 256; ++block) {
    const float d = block->d.value();
    for (std::size_t i = 0; i < 256; ++i) {
      const float step = d * static_cast<float>(scale_of(*block, i / 16));
      const int low = (block->q[32 * (i / 128) + i % 32] >> (2 * (i % 128 / 32))) & 3;
      const int high = (block->hmask[i % 32] >> (i / 32)) & 1;
      *dst++ = step * static_cast<float>((low | (high << 2)) - 4);
    }
  }
}

void quantize_row(const float* src, BlockQ3_K* dst, std::size_t n) noexcept {
  for (std::size_t b = 0; b < n / 256; ++b) {
    const std::span<const float, 256> x(src + 256 * b, 256);
    BlockQ3_K& block = dst[b];
    std::array<float, 16> group_scale;
    for (std::size_t g = 0; g < 16; ++g) group_scale[g] = fit_symmetric(x.subspan(16 * g, 16), 4);
    std::array<std::int8_t, 16> scale;
    block = {};
    block.d = fit_scales(group_scale, 32, scale);
    const float d = block.d.value();
    for (std::size_t g = 0; g < 16; ++g) {
      put_scale(block, g, scale[g]);
      const float step = d * static_cast<float>(scale[g]);
      for (std::size_t i = 16 * g; i < 16 * (g + 1); ++i) {
        const float q = step != 0.0F ? std::clamp(std::nearbyint(x[i] / step), -4.0F, 3.0F) : 0.0F;
        const auto level = static_cast<unsigned>(q + 4.0F);
        block.q[32 * (i / 128) + i % 32] |= static_cast<std::uint8_t>((level & 3U) << (2 * (i % 128 / 32)));
        block.hmask[i % 32] |= static_cast<std::uint8_t>((level >> 2) << (i / 32));
      }
    }
  }
}

}  // namespace peregrine::tensor
