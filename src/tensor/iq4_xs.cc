#include "tensor/iq4_xs.h"

#include <array>
#include <span>

#include "tensor/iq4_codebook.h"
#include "tensor/k_fit.h"
#include "tensor/packed_levels.h"

namespace peregrine::tensor {
namespace {

int scale_of(const BlockIQ4_XS& block, std::size_t g) noexcept {
  const int low = (block.scales_l[g / 2] >> (4 * (g % 2))) & 15;
  const int high = (block.scales_h[g / 4] >> (2 * (g % 4))) & 3;
  return (low | (high << 4)) - 32;
}

// Into zeros; `scale` in -32..31.
void put_scale(BlockIQ4_XS& block, std::size_t g, int scale) noexcept {
  const int biased = scale + 32;
  block.scales_l[g / 2] |= static_cast<std::uint8_t>((biased & 15) << (4 * (g % 2)));
  block.scales_h[g / 4] |= static_cast<std::uint8_t>((biased >> 4) << (2 * (g % 4)));
}

}  // namespace

void dequantize_row(const BlockIQ4_XS* src, float* dst, std::size_t n) noexcept {
  for (const BlockIQ4_XS* block = src; block != src + n / 256; ++block) {
    const float d = block->d.value();
    for (std::size_t g = 0; g < 8; ++g) {
      const float step = d * static_cast<float>(scale_of(*block, g));
      for (std::size_t i = 0; i < 32; ++i) {
        const auto index = static_cast<std::size_t>(packed_level(block->q + 16 * g, i));
        *dst++ = step * static_cast<float>(kIq4Codebook[index]);
      }
    }
  }
}

void quantize_row(const float* src, BlockIQ4_XS* dst, std::size_t n) noexcept {
  for (std::size_t b = 0; b < n / 256; ++b) {
    const std::span<const float, 256> x(src + 256 * b, 256);
    BlockIQ4_XS& block = dst[b];
    std::array<float, 8> group_scale;
    for (std::size_t g = 0; g < 8; ++g) group_scale[g] = fit_iq4(x.subspan(32 * g, 32));
    std::array<std::int8_t, 8> scale;
    block = {};
    block.d = fit_scales(group_scale, 32, scale);
    const float d = block.d.value();
    for (std::size_t g = 0; g < 8; ++g) {
      put_scale(block, g, scale[g]);
      const float step = d * static_cast<float>(scale[g]);
      Levels32 index;
      for (std::size_t i = 0; i < 32; ++i) {
        index[i] = nearest_iq4(step != 0.0F ? x[32 * g + i] / step : 0.0F);
      }
      pack_levels(index, block.q + 16 * g);
    }
  }
}

}  // namespace peregrine::tensor
