// Sixteen-lane vectors as pairs of AVX2 registers. The vocabulary is documented in simd/scalar.h.
#pragma once

#include <immintrin.h>

#include <array>
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
inline constexpr int kAttentionHeads = 2;
inline constexpr int kAttentionChunks = 2;

struct F32x16 {
  __m256 low, high;
};
struct I32x16 {
  __m256i low, high;
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
PEREGRINE_ALWAYS_INLINE F32x16 f32_broadcast(const std::byte* p) {
  float x;
  std::memcpy(&x, p, sizeof(x));
  return f32_set(x);
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
PEREGRINE_ALWAYS_INLINE I32x16 operator*(I32x16 a, I32x16 b) {
  return {_mm256_mullo_epi32(a.low, b.low), _mm256_mullo_epi32(a.high, b.high)};
}
PEREGRINE_ALWAYS_INLINE I32x16 operator&(I32x16 a, I32x16 b) {
  return {_mm256_and_si256(a.low, b.low), _mm256_and_si256(a.high, b.high)};
}
PEREGRINE_ALWAYS_INLINE I32x16 operator|(I32x16 a, I32x16 b) {
  return {_mm256_or_si256(a.low, b.low), _mm256_or_si256(a.high, b.high)};
}
PEREGRINE_ALWAYS_INLINE I32x16 operator^(I32x16 a, I32x16 b) {
  return {_mm256_xor_si256(a.low, b.low), _mm256_xor_si256(a.high, b.high)};
}
PEREGRINE_ALWAYS_INLINE I32x16 shift_left(I32x16 a, int n) {
  return {_mm256_slli_epi32(a.low, n), _mm256_slli_epi32(a.high, n)};
}
PEREGRINE_ALWAYS_INLINE I32x16 shift_right(I32x16 a, int n) {
  return {_mm256_srli_epi32(a.low, n), _mm256_srli_epi32(a.high, n)};
}
PEREGRINE_ALWAYS_INLINE I32x16 shift_right_signed(I32x16 a, int n) {
  return {_mm256_srai_epi32(a.low, n), _mm256_srai_epi32(a.high, n)};
}
PEREGRINE_ALWAYS_INLINE I32x16 i32_set(std::int32_t x) {
  return {_mm256_set1_epi32(x), _mm256_set1_epi32(x)};
}
PEREGRINE_ALWAYS_INLINE I32x16 i32_load(const std::byte* p) {
  return {load_256(p), load_256(p + 32)};
}
PEREGRINE_ALWAYS_INLINE void i32_store(std::byte* p, I32x16 x) {
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(p), x.low);
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(p + 32), x.high);
}
PEREGRINE_ALWAYS_INLINE I32x16 i32_broadcast(const std::byte* p) {
  std::int32_t x;
  std::memcpy(&x, p, sizeof(x));
  return i32_set(x);
}
PEREGRINE_ALWAYS_INLINE I32x16 i32_from_bytes(const std::byte* p) {
  const __m128i bytes = load_128(p);
  return {_mm256_cvtepu8_epi32(bytes), _mm256_cvtepu8_epi32(_mm_srli_si128(bytes, 8))};
}
PEREGRINE_ALWAYS_INLINE I32x16 i32_from_halves(const std::byte* p) {
  return {_mm256_cvtepu16_epi32(load_128(p)), _mm256_cvtepu16_epi32(load_128(p + 16))};
}
PEREGRINE_ALWAYS_INLINE I32x16 look_up(I32x16 index, const std::array<std::int8_t, 16>& table) {
  const __m256i entries = _mm256_broadcastsi128_si256(load_128(table.data()));
  return {_mm256_shuffle_epi8(entries, index.low), _mm256_shuffle_epi8(entries, index.high)};
}
PEREGRINE_ALWAYS_INLINE F32x16 as_f32(I32x16 bits) {
  return {_mm256_castsi256_ps(bits.low), _mm256_castsi256_ps(bits.high)};
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
PEREGRINE_ALWAYS_INLINE void store_halves(std::byte* p, I32x16 a) {
  const __m256i words = _mm256_permute4x64_epi64(_mm256_packs_epi32(a.low, a.high), 0xD8);
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(p), words);
}

PEREGRINE_ALWAYS_INLINE F32x16 f32_from_bytes(const std::byte* p) {
  const __m128i bytes = load_128(p);
  return {_mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(bytes)),
          _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(_mm_unpackhi_epi64(bytes, bytes)))};
}
PEREGRINE_ALWAYS_INLINE F32x16 zip(__m256 a, __m256 b) {
  const __m256 even = _mm256_unpacklo_ps(a, b);  // of each half: lanes 0 and 1
  const __m256 odd = _mm256_unpackhi_ps(a, b);
  return {_mm256_permute2f128_ps(even, odd, 0x20), _mm256_permute2f128_ps(even, odd, 0x31)};
}
PEREGRINE_ALWAYS_INLINE F32x16 zip_low(F32x16 a, F32x16 b) {
  return zip(a.low, b.low);
}
PEREGRINE_ALWAYS_INLINE F32x16 zip_high(F32x16 a, F32x16 b) {
  return zip(a.high, b.high);
}

PEREGRINE_SIMD_END
