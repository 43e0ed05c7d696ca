#include "tensor/q4_k.h"

#include <algorithm>
#include <span>

#include "tensor/k_fit.h"
#include "tensor/k_scales.h"

namespace peregrine::tensor {

void dequantize_row(const BlockQ4_K* src, float* dst, std::size_t n) noexcept {
  for (const BlockQ4_K* block = src; block != src + n / 256; ++block) {
    const KScales scales = unpack_k_scales(block->scales);
    const float d = block->d.value();
    const float dmin = block->dmin.value();
    for (std::size_t g = 0; g < 8; ++g) {
      const float step = d * static_cast<float>(scales.scale[g]);
      const float min = dmin * static_cast<float>(scales.min[g]);
      const std::uint8_t* q = block->q + 32 * (g / 2);
      const unsigned shift = 4 * (g % 2);
      for (std::size_t i = 0; i < 32; ++i) *dst++ = step * static_cast<float>((q[i] >> shift) & 15) - min;
    }
  }
}

void quantize_row(const float* src, BlockQ4_K* dst, std::size_t n) noexcept {
  for (std::size_t b = 0; b < n / 256; ++b) {
    const KBlockFit fit = fit_k_block(std::span<const float, 256>(src + 256 * b, 256), 15);
    dst[b].d = StoredF16::from_bits(fit.d_bits);
    dst[b].dmin = StoredF16::from_bits(fit.dmin_bits);
    std::ranges::copy(fit.packed_scales, dst[b].scales);
    for (std::size_t i = 0; i < 128; ++i) {
      const std::uint8_t* pair = fit.level + 64 * (i / 32) + i % 32;
      dst[b].q[i] = static_cast<std::uint8_t>(pair[0] | (pair[32] << 4));
    }
  }
}

}  // namespace peregrine::tensor
