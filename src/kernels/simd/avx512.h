// Sixteen-lane vectors in AVX-512 registers. The vocabulary is documented in simd/scalar.h.
#pragma once

// GCC 12 builds "undefined" vectors from themselves and then warns of it (PR 105593).
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wuninitialized"
#endif
#include <immintrin.h>
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "kernels/simd/region.h"
#include "tensor/half.h"

#define PEREGRINE_SIMD_BEGIN                                                           \
  PEREGRINE_TARGET_PUSH("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni,avx2,fma,f16c") \
  namespace peregrine::kernels::avx512 {
#define PEREGRINE_SIMD_END \
  }                        \
  PEREGRINE_TARGET_POP

PEREGRINE_SIMD_BEGIN

inline constexpr std::size_t kLanes = 16;
inline constexpr int kAttentionHeads = 4;
inline constexpr int kAttentionChunks = 4;

struct F32x16 {
  __m512 v;
};
struct I32x16 {
  __m512i v;
};
PEREGRINE_ALWAYS_INLINE __mmask16 first_lanes(std::size_t n) {
  return static_cast<__mmask16>((1U << n) - 1U);
}

PEREGRINE_ALWAYS_INLINE I32x16 i32_set(std::int32_t x) {
  return {_mm512_set1_epi32(x)};
}
PEREGRINE_ALWAYS_INLINE I32x16 i32_broadcast(const std::byte* p) {
  std::int32_t x;
  std::memcpy(&x, p, sizeof(x));
  return i32_set(x);
}

PEREGRINE_ALWAYS_INLINE F32x16 f32_zero() {
  return {_mm512_setzero_ps()};
}
PEREGRINE_ALWAYS_INLINE F32x16 f32_set(float x) {
  return {_mm512_set1_ps(x)};
}
PEREGRINE_ALWAYS_INLINE F32x16 f32_load(const void* p) {
  return {_mm512_loadu_ps(p)};
}
PEREGRINE_ALWAYS_INLINE F32x16 f32_load_part(const void* p, std::size_t n, F32x16 rest) {
  return {_mm512_mask_loadu_ps(rest.v, first_lanes(n), p)};
}
PEREGRINE_ALWAYS_INLINE void f32_store(float* p, F32x16 x) {
  _mm512_storeu_ps(p, x.v);
}
PEREGRINE_ALWAYS_INLINE void f32_store_part(float* p, std::size_t n, F32x16 x) {
  _mm512_mask_storeu_ps(p, first_lanes(n), x.v);
}

PEREGRINE_ALWAYS_INLINE F32x16 operator+(F32x16 a, F32x16 b) {
  return {_mm512_add_ps(a.v, b.v)};
}
PEREGRINE_ALWAYS_INLINE F32x16 operator-(F32x16 a, F32x16 b) {
  return {_mm512_sub_ps(a.v, b.v)};
}
PEREGRINE_ALWAYS_INLINE F32x16 operator*(F32x16 a, F32x16 b) {
  return {_mm512_mul_ps(a.v, b.v)};
}
PEREGRINE_ALWAYS_INLINE F32x16 operator/(F32x16 a, F32x16 b) {
  return {_mm512_div_ps(a.v, b.v)};
}
PEREGRINE_ALWAYS_INLINE F32x16 mul_add(F32x16 a, F32x16 b, F32x16 c) {
  return {_mm512_fmadd_ps(a.v, b.v, c.v)};
}
PEREGRINE_ALWAYS_INLINE F32x16 neg_mul_add(F32x16 a, F32x16 b, F32x16 c) {
  return {_mm512_fnmadd_ps(a.v, b.v, c.v)};
}
PEREGRINE_ALWAYS_INLINE F32x16 mul_sub(F32x16 a, F32x16 b, F32x16 c) {
  return {_mm512_fmsub_ps(a.v, b.v, c.v)};
}
PEREGRINE_ALWAYS_INLINE F32x16 mul_sub_add(F32x16 a, F32x16 b, F32x16 c) {
  return {_mm512_fmaddsub_ps(a.v, b.v, c.v)};
}
PEREGRINE_ALWAYS_INLINE F32x16 max(F32x16 a, F32x16 b) {
  return {_mm512_max_ps(a.v, b.v)};
}
PEREGRINE_ALWAYS_INLINE F32x16 min(F32x16 a, F32x16 b) {
  return {_mm512_min_ps(a.v, b.v)};
}

PEREGRINE_ALWAYS_INLINE float sum(F32x16 x) {
  const __m256 eight = _mm256_add_ps(_mm512_castps512_ps256(x.v), _mm512_extractf32x8_ps(x.v, 1));
  const __m128 four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
  const __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
  return _mm_cvtss_f32(_mm_add_ss(two, _mm_movehdup_ps(two)));
}
PEREGRINE_ALWAYS_INLINE float largest(F32x16 x) {
  const __m256 eight = _mm256_max_ps(_mm512_castps512_ps256(x.v), _mm512_extractf32x8_ps(x.v, 1));
  const __m128 four = _mm_max_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
  const __m128 two = _mm_max_ps(four, _mm_movehl_ps(four, four));
  return _mm_cvtss_f32(_mm_max_ss(two, _mm_movehdup_ps(two)));
}

PEREGRINE_ALWAYS_INLINE F32x16 mul_power_of_two(F32x16 x, F32x16 n) {
  return {_mm512_scalef_ps(x.v, n.v)};
}
PEREGRINE_ALWAYS_INLINE F32x16 swap_pairs(F32x16 x) {
  return {_mm512_permute_ps(x.v, 0xB1)};
}
PEREGRINE_ALWAYS_INLINE F32x16 f32_load_twice(const float* p) {
  const __m512i index = _mm512_set_epi32(7, 7, 6, 6, 5, 5, 4, 4, 3, 3, 2, 2, 1, 1, 0, 0);
  return {_mm512_permutexvar_ps(index, _mm512_castps256_ps512(_mm256_loadu_ps(p)))};
}
PEREGRINE_ALWAYS_INLINE F32x16 f32_broadcast(const std::byte* p) {
  return {_mm512_castsi512_ps(i32_broadcast(p).v)};
}

PEREGRINE_ALWAYS_INLINE F32x16 f16_load(const std::byte* p) {
  return {_mm512_cvtph_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(p)))};
}
PEREGRINE_ALWAYS_INLINE F32x16 f16_load_part(const std::byte* p, std::size_t n) {
  return {_mm512_cvtph_ps(_mm256_maskz_loadu_epi16(first_lanes(n), p))};
}
PEREGRINE_ALWAYS_INLINE F32x16 bf16_load(const std::byte* p) {
  const __m256i halves = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
  return {_mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(halves), 16))};
}
PEREGRINE_ALWAYS_INLINE F32x16 bf16_load_part(const std::byte* p, std::size_t n) {
  const __m256i halves = _mm256_maskz_loadu_epi16(first_lanes(n), p);
  return {_mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(halves), 16))};
}
PEREGRINE_ALWAYS_INLINE void f16_store(std::uint16_t* p, F32x16 x) {
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(p), _mm512_cvtps_ph(x.v, _MM_FROUND_TO_NEAREST_INT));
}
PEREGRINE_ALWAYS_INLINE float f16_value(tensor::StoredF16 half) {
  return _cvtsh_ss(half.bits());
}

PEREGRINE_ALWAYS_INLINE I32x16 i32_zero() {
  return {_mm512_setzero_si512()};
}
PEREGRINE_ALWAYS_INLINE I32x16 operator+(I32x16 a, I32x16 b) {
  return {_mm512_add_epi32(a.v, b.v)};
}
PEREGRINE_ALWAYS_INLINE I32x16 operator-(I32x16 a, I32x16 b) {
  return {_mm512_sub_epi32(a.v, b.v)};
}
PEREGRINE_ALWAYS_INLINE I32x16 operator*(I32x16 a, I32x16 b) {
  return {_mm512_mullo_epi32(a.v, b.v)};
}
PEREGRINE_ALWAYS_INLINE I32x16 operator&(I32x16 a, I32x16 b) {
  return {_mm512_and_si512(a.v, b.v)};
}
PEREGRINE_ALWAYS_INLINE I32x16 operator|(I32x16 a, I32x16 b) {
  return {_mm512_or_si512(a.v, b.v)};
}
PEREGRINE_ALWAYS_INLINE I32x16 operator^(I32x16 a, I32x16 b) {
  return {_mm512_xor_si512(a.v, b.v)};
}
PEREGRINE_ALWAYS_INLINE I32x16 shift_left(I32x16 a, int n) {
  return {_mm512_slli_epi32(a.v, static_cast<unsigned>(n))};
}
PEREGRINE_ALWAYS_INLINE I32x16 shift_right(I32x16 a, int n) {
  return {_mm512_srli_epi32(a.v, static_cast<unsigned>(n))};
}
PEREGRINE_ALWAYS_INLINE I32x16 shift_right_signed(I32x16 a, int n) {
  return {_mm512_srai_epi32(a.v, static_cast<unsigned>(n))};
}
PEREGRINE_ALWAYS_INLINE I32x16 i32_load(const std::byte* p) {
  return {_mm512_loadu_si512(p)};
}
PEREGRINE_ALWAYS_INLINE void i32_store(std::byte* p, I32x16 x) {
  _mm512_storeu_si512(p, x.v);
}
PEREGRINE_ALWAYS_INLINE I32x16 i32_from_bytes(const std::byte* p) {
  return {_mm512_cvtepu8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)))};
}
PEREGRINE_ALWAYS_INLINE I32x16 i32_from_halves(const std::byte* p) {
  return {_mm512_cvtepu16_epi32(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(p)))};
}
PEREGRINE_ALWAYS_INLINE I32x16 look_up(I32x16 index, const std::array<std::int8_t, 16>& table) {
  const __m128i entries = _mm_loadu_si128(reinterpret_cast<const __m128i*>(table.data()));
  return {_mm512_shuffle_epi8(_mm512_broadcast_i32x4(entries), index.v)};
}
PEREGRINE_ALWAYS_INLINE F32x16 as_f32(I32x16 bits) {
  return {_mm512_castsi512_ps(bits.v)};
}
PEREGRINE_ALWAYS_INLINE F32x16 to_f32(I32x16 a) {
  return {_mm512_cvtepi32_ps(a.v)};
}
PEREGRINE_ALWAYS_INLINE I32x16 to_nearest_i32(F32x16 x) {
  return {_mm512_cvtps_epi32(x.v)};
}
PEREGRINE_ALWAYS_INLINE I32x16 magnitude_bits(F32x16 x) {
  return {_mm512_and_si512(_mm512_castps_si512(x.v), _mm512_set1_epi32(0x7FFFFFFF))};
}
PEREGRINE_ALWAYS_INLINE I32x16 max(I32x16 a, I32x16 b) {
  return {_mm512_max_epi32(a.v, b.v)};
}
PEREGRINE_ALWAYS_INLINE std::int32_t largest(I32x16 a) {
  return _mm512_reduce_max_epi32(a.v);
}
PEREGRINE_ALWAYS_INLINE std::int32_t sum(I32x16 a) {
  return _mm512_reduce_add_epi32(a.v);
}
PEREGRINE_ALWAYS_INLINE void store_bytes(std::byte* p, I32x16 a) {
  _mm_storeu_si128(reinterpret_cast<__m128i*>(p), _mm512_cvtepi32_epi8(a.v));
}
PEREGRINE_ALWAYS_INLINE void store_halves(std::byte* p, I32x16 a) {
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(p), _mm512_cvtepi32_epi16(a.v));
}

PEREGRINE_ALWAYS_INLINE F32x16 f32_from_bytes(const std::byte* p) {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
  return {_mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(bytes))};
}
PEREGRINE_ALWAYS_INLINE F32x16 zip_low(F32x16 a, F32x16 b) {
  const __m512i index = _mm512_setr_epi32(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  return {_mm512_permutex2var_ps(a.v, index, b.v)};
}
PEREGRINE_ALWAYS_INLINE F32x16 zip_high(F32x16 a, F32x16 b) {
  const __m512i index = _mm512_setr_epi32(8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  return {_mm512_permutex2var_ps(a.v, index, b.v)};
}

PEREGRINE_SIMD_END
