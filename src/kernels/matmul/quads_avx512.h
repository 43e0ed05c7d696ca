// Sums of products of bytes, four to a lane, in AVX-512 VNNI. Documented in quads_scalar.h.
#pragma once

#include "kernels/simd/avx512.h"

PEREGRINE_SIMD_BEGIN

// With twelve totals and twelve sums in registers, a weight vector is used six times and an activation twice.
inline constexpr int kStrips = 2;
inline constexpr int kTileRows = 6;
inline constexpr int kSignedBias = 128;  // the instruction takes one signed and one unsigned operand

PEREGRINE_ALWAYS_INLINE I32x16 bias_signed(I32x16 w) {
  return w ^ i32_set(static_cast<std::int32_t>(0x80808080U));
}

struct QuadSum {
  __m512i v;
};
template <int kBits>
inline constexpr int kQuadsPerSum = 8;

PEREGRINE_ALWAYS_INLINE QuadSum quad_zero() {
  return {_mm512_setzero_si512()};
}
template <int kBits>
PEREGRINE_ALWAYS_INLINE QuadSum add_quads(QuadSum sum, I32x16 w, I32x16 a) {
  return {_mm512_dpbusd_epi32(sum.v, w.v, a.v)};
}
PEREGRINE_ALWAYS_INLINE I32x16 add_sum(I32x16 total, QuadSum sum) {
  return total + I32x16{sum.v};
}
PEREGRINE_ALWAYS_INLINE I32x16 sum_factor(I32x16 factor) {
  return factor;
}
PEREGRINE_ALWAYS_INLINE I32x16 add_scaled(I32x16 total, QuadSum sum, I32x16 factor) {
  return total + I32x16{sum.v} * factor;
}
PEREGRINE_ALWAYS_INLINE I32x16 add_pairs(I32x16 total, I32x16 w, I32x16 a) {
  return {_mm512_dpwssd_epi32(total.v, w.v, a.v)};
}

PEREGRINE_SIMD_END
