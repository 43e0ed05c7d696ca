// Sums of products of bytes, four to a lane, in AVX2. Documented in quads_scalar.h.
//
// Products are added in pairs of sixteen bits as long as these cannot overflow, then widened.
#pragma once

#include "kernels/simd/avx2.h"

PEREGRINE_SIMD_BEGIN

inline constexpr int kStrips = 1;
inline constexpr int kTileRows = 2;
inline constexpr int kSignedBias = 0;

PEREGRINE_ALWAYS_INLINE I32x16 bias_signed(I32x16 w) {
  return w;
}

struct QuadSum {
  __m256i low, high;  // sixteen bits: two to a lane
};
// Largest sum of two products: 2 * 127 * (2^kBits - 1), or 2 * 127 * 128 for signed weights; it must stay
// below 2^15.
template <int kBits>
inline constexpr int kQuadsPerSum = kBits <= 4   ? 8
                                    : kBits == 5 ? 4
                                    : kBits == 6 ? 2
                                                 : 1;

PEREGRINE_ALWAYS_INLINE QuadSum quad_zero() {
  return {_mm256_setzero_si256(), _mm256_setzero_si256()};
}
template <int kBits>
PEREGRINE_ALWAYS_INLINE __m256i pair_products(__m256i w, __m256i a) {
  if constexpr (kBits == 8) return _mm256_maddubs_epi16(_mm256_abs_epi8(w), _mm256_sign_epi8(a, w));
  return _mm256_maddubs_epi16(w, a);
}
template <int kBits>
PEREGRINE_ALWAYS_INLINE QuadSum add_quads(QuadSum sum, I32x16 w, I32x16 a) {
  return {_mm256_add_epi16(sum.low, pair_products<kBits>(w.low, a.low)),
          _mm256_add_epi16(sum.high, pair_products<kBits>(w.high, a.high))};
}
PEREGRINE_ALWAYS_INLINE I32x16 add_scaled(I32x16 total, QuadSum sum, I32x16 factor) {
  return total + I32x16{_mm256_madd_epi16(sum.low, factor.low), _mm256_madd_epi16(sum.high, factor.high)};
}
PEREGRINE_ALWAYS_INLINE I32x16 add_sum(I32x16 total, QuadSum sum) {
  return add_scaled(total, sum, i32_set(0x00010001));
}
// In both halves of a lane.
PEREGRINE_ALWAYS_INLINE I32x16 sum_factor(I32x16 factor) {
  return (factor & i32_set(0xFFFF)) | shift_left(factor, 16);
}
PEREGRINE_ALWAYS_INLINE I32x16 add_pairs(I32x16 total, I32x16 w, I32x16 a) {
  return total + I32x16{_mm256_madd_epi16(w.low, a.low), _mm256_madd_epi16(w.high, a.high)};
}

PEREGRINE_SIMD_END
