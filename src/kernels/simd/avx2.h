// Sixteen-lane vectors as pairs of AVX2 registers. The vocabulary is documented in simd/scalar.h.
#pragma once

#include <immintrin.h>

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "kernels/simd/region.h"
#include "tensor/half.h"

#define PEREGRINE_SIMD_BEGIN             \
  PEREGRINE_TARGET_PUSH("avx2,fma,f16c") \
  namespace peregrine::kernels::avx2 {
#define PEREGRINE_SIMD_END \
  }                        \
  PEREGRINE_TARGET_POP

PEREGRINE_SIMD_BEGIN

inline constexpr std::size_t kLanes = 16;
inline constexpr int kMaxRowsFloat = 2;
inline constexpr int kMaxRowsInt8 = 4;
inline constexpr int kAttentionHeads = 2;
inline constexpr int kAttentionChunks = 2;

struct F32x16 {
  __m256 low, high;
};
struct I32x16 {
  __m256i low, high;
};
struct I16x16 {
  __m256i v;
};
struct I16x32 {
  __m256i low, high;
};
struct I8x64 {
  __m256i low, high;
};
struct SignedBytes {
  I8x64 magnitude;
  I8x64 sign;
};

PEREGRINE_ALWAYS_INLINE __m256i load_256(const void* p) {
  return _mm256_loadu_si256(static_cast<const __m256i*>(p));
}
PEREGRINE_ALWAYS_INLINE __m128i load_128(const void* p) {
  return _mm_loadu_si128(static_cast<const __m128i*>(p));
}
// All ones in the lanes first, first + 1, ... that are below n.
PEREGRINE_ALWAYS_INLINE __m256i lanes_below(std::size_t n, int first) {
  const __m256i lane = _mm256_add_epi32(_mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7), _mm256_set1_epi32(first));
  return _mm256_cmpgt_epi32(_mm256_set1_epi32(static_cast<int>(n)), lane);
}

PEREGRINE_ALWAYS_INLINE F32x16 f32_zero() {
  return {_mm256_setzero_ps(), _mm256_setzero_ps()};
}
PEREGRINE_ALWAYS_INLINE F32x16 f32_set(float x) {
  return {_mm256_set1_ps(x), _mm256_set1_ps(x)};
}
PEREGRINE_ALWAYS_INLINE F32x16 f32_load(const void* p) {
  const auto* lanes = static_cast<const float*>(p);
  return {_mm256_loadu_ps(lanes), _mm256_loadu_ps(lanes + 8)};
}
PEREGRINE_ALWAYS_INLINE F32x16 f32_load_part(const void* p, std::size_t n, F32x16 rest) {
  const __m256i low = lanes_below(n, 0);
  const __m256i high = lanes_below(n, 8);
  const auto* lanes = static_cast<const float*>(p);
  return {_mm256_blendv_ps(rest.low, _mm256_maskload_ps(lanes, low), _mm256_castsi256_ps(low)),
          _mm256_blendv_ps(rest.high, _mm256_maskload_ps(lanes + 8, high), _mm256_castsi256_ps(high))};
}
PEREGRINE_ALWAYS_INLINE void f32_store(float* p, F32x16 x) {
  _mm256_storeu_ps(p, x.low);
  _mm256_storeu_ps(p + 8, x.high);
}
PEREGRINE_ALWAYS_INLINE void f32_store_part(float* p, std::size_t n, F32x16 x) {
  _mm256_maskstore_ps(p, lanes_below(n, 0), x.low);
  _mm256_maskstore_ps(p + 8, lanes_below(n, 8), x.high);
}

PEREGRINE_ALWAYS_INLINE F32x16 operator+(F32x16 a, F32x16 b) {
  return {_mm256_add_ps(a.low, b.low), _mm256_add_ps(a.high, b.high)};
}
PEREGRINE_ALWAYS_INLINE F32x16 operator-(F32x16 a, F32x16 b) {
  return {_mm256_sub_ps(a.low, b.low), _mm256_sub_ps(a.high, b.high)};
}
PEREGRINE_ALWAYS_INLINE F32x16 operator*(F32x16 a, F32x16 b) {
  return {_mm256_mul_ps(a.low, b.low), _mm256_mul_ps(a.high, b.high)};
}
PEREGRINE_ALWAYS_INLINE F32x16 operator/(F32x16 a, F32x16 b) {
  return {_mm256_div_ps(a.low, b.low), _mm256_div_ps(a.high, b.high)};
}
PEREGRINE_ALWAYS_INLINE F32x16 mul_add(F32x16 a, F32x16 b, F32x16 c) {
  return {_mm256_fmadd_ps(a.low, b.low, c.low), _mm256_fmadd_ps(a.high, b.high, c.high)};
}
PEREGRINE_ALWAYS_INLINE F32x16 neg_mul_add(F32x16 a, F32x16 b, F32x16 c) {
  return {_mm256_fnmadd_ps(a.low, b.low, c.low), _mm256_fnmadd_ps(a.high, b.high, c.high)};
}
PEREGRINE_ALWAYS_INLINE F32x16 mul_sub(F32x16 a, F32x16 b, F32x16 c) {
  return {_mm256_fmsub_ps(a.low, b.low, c.low), _mm256_fmsub_ps(a.high, b.high, c.high)};
}
PEREGRINE_ALWAYS_INLINE F32x16 mul_sub_add(F32x16 a, F32x16 b, F32x16 c) {
  return {_mm256_fmaddsub_ps(a.low, b.low, c.low), _mm256_fmaddsub_ps(a.high, b.high, c.high)};
}
PEREGRINE_ALWAYS_INLINE F32x16 max(F32x16 a, F32x16 b) {
  return {_mm256_max_ps(a.low, b.low), _mm256_max_ps(a.high, b.high)};
}
PEREGRINE_ALWAYS_INLINE F32x16 min(F32x16 a, F32x16 b) {
  return {_mm256_min_ps(a.low, b.low), _mm256_min_ps(a.high, b.high)};
}

PEREGRINE_ALWAYS_INLINE float sum(F32x16 x) {
  const __m256 eight = _mm256_add_ps(x.low, x.high);
  const __m128 four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
  const __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
  return _mm_cvtss_f32(_mm_add_ss(two, _mm_movehdup_ps(two)));
}
PEREGRINE_ALWAYS_INLINE float largest(F32x16 x) {
  const __m256 eight = _mm256_max_ps(x.low, x.high);
  const __m128 four = _mm_max_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
  const __m128 two = _mm_max_ps(four, _mm_movehl_ps(four, four));
  return _mm_cvtss_f32(_mm_max_ss(two, _mm_movehdup_ps(two)));
}

// In two factors, so that neither leaves the normal range; only the second product can round.
PEREGRINE_ALWAYS_INLINE __m256 mul_power_of_two(__m256 x, __m256 n) {
  const __m256i whole = _mm256_cvtps_epi32(n);
  const __m256i first = _mm256_srai_epi32(whole, 1);
  const __m256i second = _mm256_sub_epi32(whole, first);
  const __m256i bias = _mm256_set1_epi32(127);
  const __m256 a = _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_add_epi32(first, bias), 23));
  const __m256 b = _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_add_epi32(second, bias), 23));
  return _mm256_mul_ps(_mm256_mul_ps(x, a), b);
}
PEREGRINE_ALWAYS_INLINE F32x16 mul_power_of_two(F32x16 x, F32x16 n) {
  return {mul_power_of_two(x.low, n.low), mul_power_of_two(x.high, n.high)};
}
PEREGRINE_ALWAYS_INLINE F32x16 swap_pairs(F32x16 x) {
  return {_mm256_permute_ps(x.low, 0xB1), _mm256_permute_ps(x.high, 0xB1)};
}
PEREGRINE_ALWAYS_INLINE F32x16 f32_load_twice(const float* p) {
  const __m256 eight = _mm256_loadu_ps(p);
  return {_mm256_permutevar8x32_ps(eight, _mm256_setr_epi32(0, 0, 1, 1, 2, 2, 3, 3)),
          _mm256_permutevar8x32_ps(eight, _mm256_setr_epi32(4, 4, 5, 5, 6, 6, 7, 7))};
}
PEREGRINE_ALWAYS_INLINE F32x16 f32_set_halves(float low, float high) {
  return {_mm256_set1_ps(low), _mm256_set1_ps(high)};
}

PEREGRINE_ALWAYS_INLINE F32x16 f16_load(const std::byte* p) {
  return {_mm256_cvtph_ps(load_128(p)), _mm256_cvtph_ps(load_128(p + 16))};
}
PEREGRINE_ALWAYS_INLINE F32x16 f16_load_part(const std::byte* p, std::size_t n) {
  std::byte halves[32] = {};
  std::memcpy(halves, p, 2 * n);
  return f16_load(halves);
}
PEREGRINE_ALWAYS_INLINE F32x16 bf16_load(const std::byte* p) {
  return {_mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(load_128(p)), 16)),
          _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(load_128(p + 16)), 16))};
}
PEREGRINE_ALWAYS_INLINE F32x16 bf16_load_part(const std::byte* p, std::size_t n) {
  std::byte halves[32] = {};
  std::memcpy(halves, p, 2 * n);
  return bf16_load(halves);
}
PEREGRINE_ALWAYS_INLINE void f16_store(std::uint16_t* p, F32x16 x) {
  _mm_storeu_si128(reinterpret_cast<__m128i*>(p), _mm256_cvtps_ph(x.low, _MM_FROUND_TO_NEAREST_INT));
  _mm_storeu_si128(reinterpret_cast<__m128i*>(p + 8), _mm256_cvtps_ph(x.high, _MM_FROUND_TO_NEAREST_INT));
}
PEREGRINE_ALWAYS_INLINE float f16_value(tensor::StoredF16 half) {
  return _cvtsh_ss(half.bits());
}

PEREGRINE_ALWAYS_INLINE I32x16 i32_zero() {
  return {_mm256_setzero_si256(), _mm256_setzero_si256()};
}
PEREGRINE_ALWAYS_INLINE I32x16 operator+(I32x16 a, I32x16 b) {
  return {_mm256_add_epi32(a.low, b.low), _mm256_add_epi32(a.high, b.high)};
}
PEREGRINE_ALWAYS_INLINE I32x16 operator-(I32x16 a, I32x16 b) {
  return {_mm256_sub_epi32(a.low, b.low), _mm256_sub_epi32(a.high, b.high)};
}
PEREGRINE_ALWAYS_INLINE I32x16 times_32(I32x16 a) {
  return {_mm256_slli_epi32(a.low, 5), _mm256_slli_epi32(a.high, 5)};
}
PEREGRINE_ALWAYS_INLINE F32x16 to_f32(I32x16 a) {
  return {_mm256_cvtepi32_ps(a.low), _mm256_cvtepi32_ps(a.high)};
}
PEREGRINE_ALWAYS_INLINE I32x16 to_nearest_i32(F32x16 x) {
  return {_mm256_cvtps_epi32(x.low), _mm256_cvtps_epi32(x.high)};
}
PEREGRINE_ALWAYS_INLINE I32x16 magnitude_bits(F32x16 x) {
  const __m256i mask = _mm256_set1_epi32(0x7FFFFFFF);
  return {_mm256_and_si256(_mm256_castps_si256(x.low), mask),
          _mm256_and_si256(_mm256_castps_si256(x.high), mask)};
}
PEREGRINE_ALWAYS_INLINE I32x16 max(I32x16 a, I32x16 b) {
  return {_mm256_max_epi32(a.low, b.low), _mm256_max_epi32(a.high, b.high)};
}
PEREGRINE_ALWAYS_INLINE std::int32_t largest(I32x16 a) {
  const __m256i eight = _mm256_max_epi32(a.low, a.high);
  const __m128i four = _mm_max_epi32(_mm256_castsi256_si128(eight), _mm256_extracti128_si256(eight, 1));
  const __m128i two = _mm_max_epi32(four, _mm_shuffle_epi32(four, 0x4E));
  return _mm_cvtsi128_si32(_mm_max_epi32(two, _mm_shuffle_epi32(two, 0xB1)));
}
PEREGRINE_ALWAYS_INLINE std::int32_t sum(I32x16 a) {
  const __m256i eight = _mm256_add_epi32(a.low, a.high);
  const __m128i four = _mm_add_epi32(_mm256_castsi256_si128(eight), _mm256_extracti128_si256(eight, 1));
  const __m128i two = _mm_add_epi32(four, _mm_shuffle_epi32(four, 0x4E));
  return _mm_cvtsi128_si32(_mm_add_epi32(two, _mm_shuffle_epi32(two, 0xB1)));
}
PEREGRINE_ALWAYS_INLINE void store_bytes(std::byte* p, I32x16 a) {
  const __m256i words = _mm256_permute4x64_epi64(_mm256_packs_epi32(a.low, a.high), 0xD8);
  const __m128i bytes = _mm_packs_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
  _mm_storeu_si128(reinterpret_cast<__m128i*>(p), bytes);
}

PEREGRINE_ALWAYS_INLINE I16x32 spread_8(std::uint64_t bytes, int chunk) {
  const auto pair = static_cast<std::uint32_t>(bytes >> (16 * chunk));
  return {_mm256_set1_epi16(static_cast<short>(pair & 0xFFU)),
          _mm256_set1_epi16(static_cast<short>((pair >> 8) & 0xFFU))};
}
PEREGRINE_ALWAYS_INLINE I16x32 spread_16(I16x16 values, int chunk) {
  // Four values twice over, then each doubled to eight lanes by a shuffle of bytes.
  const __m256i four = _mm256_permutevar8x32_epi32(
      values.v, _mm256_setr_epi32(2 * chunk, 2 * chunk, 2 * chunk, 2 * chunk, 2 * chunk + 1, 2 * chunk + 1,
                                  2 * chunk + 1, 2 * chunk + 1));
  const __m256i even = _mm256_shuffle_epi8(four, _mm256_set1_epi16(0x0100));
  const __m256i odd = _mm256_shuffle_epi8(four, _mm256_set1_epi16(0x0302));
  return {_mm256_permute2x128_si256(even, odd, 0x20), _mm256_permute2x128_si256(even, odd, 0x31)};
}

PEREGRINE_ALWAYS_INLINE I16x16 i16_load(const std::byte* p) {
  return {load_256(p)};
}
PEREGRINE_ALWAYS_INLINE I16x16 i16_from_bytes(const std::int8_t* p) {
  return {_mm256_cvtepi8_epi16(load_128(p))};
}
PEREGRINE_ALWAYS_INLINE I16x16 i16_twice_each(std::uint64_t bytes) {
  const __m128i eight = _mm_cvtsi64_si128(static_cast<long long>(bytes));
  return {_mm256_cvtepu8_epi16(_mm_unpacklo_epi8(eight, eight))};
}
PEREGRINE_ALWAYS_INLINE I32x16 dot_pairs(I16x16 a, I16x16 b) {
  return {_mm256_madd_epi16(a.v, b.v), _mm256_setzero_si256()};
}

PEREGRINE_ALWAYS_INLINE I8x64 i8_load(const std::byte* p) {
  return {load_256(p), load_256(p + 32)};
}
PEREGRINE_ALWAYS_INLINE SignedBytes split_signs(I8x64 w) {
  return {{_mm256_abs_epi8(w.low), _mm256_abs_epi8(w.high)}, w};
}
// The sums of two products stay within 16 bits: at most 2 * 128 * 127.
PEREGRINE_ALWAYS_INLINE __m256i dot_quads(__m256i w, __m256i a) {
  return _mm256_madd_epi16(_mm256_maddubs_epi16(w, a), _mm256_set1_epi16(1));
}
PEREGRINE_ALWAYS_INLINE I32x16 dot_quads(const SignedBytes& w, I8x64 a) {
  return {dot_quads(w.magnitude.low, _mm256_sign_epi8(a.low, w.sign.low)),
          dot_quads(w.magnitude.high, _mm256_sign_epi8(a.high, w.sign.high))};
}
PEREGRINE_ALWAYS_INLINE I32x16 add_scaled_quads(I32x16 total, I8x64 w, I8x64 a, I16x32 scale) {
  return total + I32x16{_mm256_madd_epi16(_mm256_maddubs_epi16(w.low, a.low), scale.low),
                        _mm256_madd_epi16(_mm256_maddubs_epi16(w.high, a.high), scale.high)};
}

PEREGRINE_SIMD_END
