// Fitting a line of few levels to a group of weights: the search behind the K formats' encoders.
//
// Each fit tries a handful of scales around the one that spans the group's range, solves least squares for
// the levels that scale gives, and keeps the pair with the smallest squared error.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace peregrine::tensor {

// x ~ scale * q - min with q in 0..max_level; scale >= 0, min >= 0.
struct AffineFit {
  float scale = 0.0F;
  float min = 0.0F;
};
AffineFit fit_affine(std::span<const float> x, int max_level) noexcept;

// x ~ scale * q with q in -levels..levels - 1. The scale may be negative.
float fit_symmetric(std::span<const float> x, int levels) noexcept;

// Eight groups of 32: scales and mins rounded to six bits, with the two block scales they are multiples of.
struct KBlockFit {
  std::uint16_t d_bits = 0;     // F16
  std::uint16_t dmin_bits = 0;  // F16
  std::uint8_t packed_scales[12] = {};
  std::uint8_t level[256] = {};  // in 0..max_level
};
KBlockFit fit_k_block(std::span<const float, 256> x, int max_level) noexcept;

}  // namespace peregrine::tensor
