// Fitting a line of few levels to a group of weights: the search behind most formats' encoders.
//
// Each fit tries a handful of scales around the one that spans the group's range, solves least squares for
// the levels that scale gives, and keeps the pair with the smallest squared error.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "tensor/half.h"
#include "tensor/packed_levels.h"

namespace peregrine::tensor {

// x ~ scale * q - min with q in 0..max_level; scale >= 0, and min >= 0 where the format stores no sign.
struct AffineFit {
  float scale = 0.0F;
  float min = 0.0F;
};
enum class MinSign : std::uint8_t { kNonNegative, kAny };
AffineFit fit_affine(std::span<const float> x, int max_level, MinSign sign) noexcept;

// x ~ scale * q with q in -levels..levels - 1. The scale may be negative.
float fit_symmetric(std::span<const float> x, int levels) noexcept;

// Signed scales of groups as whole multiples, in -levels..levels - 1, of the F16 scale that is returned.
StoredF16 fit_scales(std::span<const float> scales, int levels, std::span<std::int8_t> multiples) noexcept;

// One block of 32: x ~ d * level + m with level in 0..max_level.
struct OffsetBlockFit {
  StoredF16 d = {};
  StoredF16 m = {};
  Levels32 level = {};
};
OffsetBlockFit fit_offset_block(std::span<const float, 32> x, int max_level) noexcept;

// Eight groups of 32: scales and mins rounded to six bits, with the two block scales they are multiples of.
struct KBlockFit {
  std::uint16_t d_bits = 0;     // F16
  std::uint16_t dmin_bits = 0;  // F16
  std::uint8_t packed_scales[12] = {};
  std::uint8_t level[256] = {};  // in 0..max_level
};
KBlockFit fit_k_block(std::span<const float, 256> x, int max_level) noexcept;

}  // namespace peregrine::tensor
