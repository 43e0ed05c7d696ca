// Packed weights to sixty-four bytes in the order of their elements, in AVX-512. Documented in
// unpack_scalar.h.
#pragma once

#include <cstdint>

#include "kernels/simd/avx512.h"

PEREGRINE_SIMD_BEGIN

PEREGRINE_ALWAYS_INLINE __m512i join(__m256i low, __m256i high) {
  return _mm512_inserti64x4(_mm512_castsi256_si512(low), high, 1);
}
PEREGRINE_ALWAYS_INLINE __m256i load_256(const void* p) {
  return _mm256_loadu_si256(static_cast<const __m256i*>(p));
}
// The 32 bytes at p twice over, as 64-bit words shifted right by `low` in the first half and `high` in the
// second.
PEREGRINE_ALWAYS_INLINE __m512i twice_shifted(const void* p, int low, int high) {
  const __m512i both = _mm512_broadcast_i64x4(load_256(p));
  return _mm512_srlv_epi64(both, _mm512_set_epi64(high, high, high, high, low, low, low, low));
}

PEREGRINE_ALWAYS_INLINE I8x64 unpack_bytes(const void* first, const void* second) {
  return {join(load_256(first), second != nullptr ? load_256(second) : _mm256_setzero_si256())};
}

PEREGRINE_ALWAYS_INLINE I8x64 unpack_nibbles_less_8(const std::uint8_t* first, const std::uint8_t* second) {
  const __m128i a = _mm_loadu_si128(reinterpret_cast<const __m128i*>(first));
  const __m128i eights = _mm_set1_epi8(static_cast<char>(0x88));
  const __m128i b = second != nullptr ? _mm_loadu_si128(reinterpret_cast<const __m128i*>(second)) : eights;
  // Quarters a, a, b, b; the second and fourth shifted to their high halves.
  const __m512i spread = _mm512_permutexvar_epi64(_mm512_set_epi64(3, 2, 3, 2, 1, 0, 1, 0),
                                                  _mm512_castsi256_si512(_mm256_set_m128i(b, a)));
  const __m512i shifted = _mm512_srlv_epi64(spread, _mm512_set_epi64(4, 4, 0, 0, 4, 4, 0, 0));
  const __m512i levels = _mm512_and_si512(shifted, _mm512_set1_epi8(15));
  return {_mm512_sub_epi8(levels, _mm512_set1_epi8(8))};
}

PEREGRINE_ALWAYS_INLINE I8x64 unpack_nibbles(const std::uint8_t* q) {
  return {_mm512_and_si512(twice_shifted(q, 0, 4), _mm512_set1_epi8(15))};
}

PEREGRINE_ALWAYS_INLINE I8x64 unpack_five_bits(const std::uint8_t* q, const std::uint8_t* qh, int chunk) {
  const __m512i nibbles = unpack_nibbles(q).v;
  const __m512i top = _mm512_broadcast_i64x4(load_256(qh));
  const __m512i bit = join(_mm256_set1_epi8(static_cast<char>(1 << (2 * chunk))),
                           _mm256_set1_epi8(static_cast<char>(2 << (2 * chunk))));
  return {_mm512_mask_add_epi8(nibbles, _mm512_test_epi8_mask(top, bit), nibbles, _mm512_set1_epi8(16))};
}

template <bool upper>
PEREGRINE_ALWAYS_INLINE I8x64 unpack_six_bits(const std::uint8_t* ql, const std::uint8_t* qh) {
  const __m512i packed = _mm512_loadu_si512(ql);
  const __m512i low = upper ? _mm512_srli_epi16(packed, 4) : packed;
  // Bits 2 r, 2 r + 1 of a byte move to bits 4, 5; what crosses from a neighbouring byte is masked off.
  const __m512i top = upper ? twice_shifted(qh, 0, 2) : _mm512_slli_epi16(twice_shifted(qh, 0, 2), 4);
  const __m512i high = _mm512_and_si512(top, _mm512_set1_epi8(0x30));
  constexpr int kSelectOrThird = 0xEA;  // (a & b) | c
  return {_mm512_ternarylogic_epi64(low, _mm512_set1_epi8(15), high, kSelectOrThird)};
}

PEREGRINE_SIMD_END
