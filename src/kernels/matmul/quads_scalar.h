// Sums of products of bytes, four to a lane, in plain C++: the definition that quads_avx2.h and
// quads_avx512.h follow.
//
// A lane of `w` holds four weights of one output, a lane of `a` the four activations that they meet (the same
// in all lanes). Weights are unsigned and below 2^kBits, or, with kBits = 8, signed and stored plus
// kSignedBias; sums are of the stored bytes. All sums are exact.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/simd/scalar.h"

PEREGRINE_SIMD_BEGIN

inline constexpr int kStrips = 1;    // strips that a tile multiplies side by side
inline constexpr int kTileRows = 1;  // and activation rows
inline constexpr int kSignedBias = 0;

// Signed bytes as they are stored for kBits = 8.
inline I32x16 bias_signed(const I32x16& w) {
  return w;
}

struct QuadSum {
  I32x16 v;
};
// Additions that a QuadSum takes.
template <int kBits>
inline constexpr int kQuadsPerSum = 8;

inline QuadSum quad_zero() {
  return {i32_zero()};
}
template <int kBits>
inline QuadSum add_quads(QuadSum sum, const I32x16& w, const I32x16& a) {
  for (std::size_t i = 0; i < kLanes; ++i) {
    for (std::uint32_t shift = 0; shift < 32; shift += 8) {
      const std::uint32_t byte = (static_cast<std::uint32_t>(w.v[i]) >> shift) & 0xFFU;
      const int weight = kBits == 8 ? static_cast<std::int8_t>(byte) : static_cast<int>(byte);
      const auto activation = static_cast<std::int8_t>(static_cast<std::uint32_t>(a.v[i]) >> shift);
      sum.v.v[i] += weight * activation;
    }
  }
  return sum;
}
// total + sum
inline I32x16 add_sum(const I32x16& total, const QuadSum& sum) {
  return total + sum.v;
}
// A factor of sums, in -128..127, as add_scaled takes it.
inline I32x16 sum_factor(const I32x16& factor) {
  return factor;
}
// total + factor sum
inline I32x16 add_scaled(const I32x16& total, const QuadSum& sum, const I32x16& factor) {
  return total + factor * sum.v;
}
// total + the products of the two signed halves of each lane.
inline I32x16 add_pairs(I32x16 total, const I32x16& w, const I32x16& a) {
  for (std::size_t i = 0; i < kLanes; ++i) {
    for (std::uint32_t shift = 0; shift < 32; shift += 16) {
      total.v[i] += static_cast<std::int16_t>(static_cast<std::uint32_t>(w.v[i]) >> shift) *
                    static_cast<std::int16_t>(static_cast<std::uint32_t>(a.v[i]) >> shift);
    }
  }
  return total;
}

PEREGRINE_SIMD_END
