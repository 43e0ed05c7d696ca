#include "tensor/iq4_nl.h"

#include <span>

#include "tensor/iq4_codebook.h"
#include "tensor/packed_levels.h"

namespace peregrine::tensor {

void dequantize_row(const BlockIQ4_NL* src, float* dst, std::size_t n) noexcept {
  for (const BlockIQ4_NL* block = src; block != src + n / 32; ++block) {
    const float d = block->d.value();
    for (std::size_t i = 0; i < 32; ++i) {
      const auto index = static_cast<std::size_t>(packed_level(block->q, i));
      *dst++ = d * static_cast<float>(kIq4Codebook[index]);
    }
  }
}

void quantize_row(const float* src, BlockIQ4_NL* dst, std::size_t n) noexcept {
  for (std::size_t b = 0; b < n / 32; ++b) {
    const std::span<const float> x(src + 32 * b, 32);
    dst[b].d = StoredF16::from_finite(fit_iq4(x));
    const float d = dst[b].d.value();
    Levels32 index;
    for (std::size_t i = 0; i < 32; ++i) index[i] = nearest_iq4(d != 0.0F ? x[i] / d : 0.0F);
    pack_levels(index, dst[b].q);
  }
}

}  // namespace peregrine::tensor
