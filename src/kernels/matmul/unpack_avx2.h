// Packed weights to sixty-four bytes in the order of their elements, in AVX2. Documented in unpack_scalar.h.
#pragma once

#include <cstdint>

#include "kernels/simd/avx2.h"

PEREGRINE_SIMD_BEGIN

PEREGRINE_ALWAYS_INLINE __m256i low_nibbles(__m256i x) {
  return _mm256_and_si256(x, _mm256_set1_epi8(15));
}
PEREGRINE_ALWAYS_INLINE __m256i high_nibbles(__m256i x) {
  return low_nibbles(_mm256_srli_epi16(x, 4));
}

PEREGRINE_ALWAYS_INLINE I8x64 unpack_bytes(const void* first, const void* second) {
  return {load_256(first), second != nullptr ? load_256(second) : _mm256_setzero_si256()};
}

PEREGRINE_ALWAYS_INLINE __m256i unpack_sixteen_less_8(const std::uint8_t* q) {
  const __m128i packed = load_128(q);
  const __m256i both = _mm256_set_m128i(_mm_srli_epi16(packed, 4), packed);
  return _mm256_sub_epi8(low_nibbles(both), _mm256_set1_epi8(8));
}
PEREGRINE_ALWAYS_INLINE I8x64 unpack_nibbles_less_8(const std::uint8_t* first, const std::uint8_t* second) {
  return {unpack_sixteen_less_8(first),
          second != nullptr ? unpack_sixteen_less_8(second) : _mm256_setzero_si256()};
}

PEREGRINE_ALWAYS_INLINE I8x64 unpack_nibbles(const std::uint8_t* q) {
  const __m256i packed = load_256(q);
  return {low_nibbles(packed), high_nibbles(packed)};
}

PEREGRINE_ALWAYS_INLINE I8x64 unpack_five_bits(const std::uint8_t* q, const std::uint8_t* qh, int chunk) {
  const I8x64 nibbles = unpack_nibbles(q);
  const __m256i top = load_256(qh);
  const __m256i sixteen = _mm256_set1_epi8(16);
  const __m256i first = _mm256_set1_epi8(static_cast<char>(1 << (2 * chunk)));
  const __m256i second = _mm256_set1_epi8(static_cast<char>(2 << (2 * chunk)));
  const __m256i in_first = _mm256_cmpeq_epi8(_mm256_and_si256(top, first), first);
  const __m256i in_second = _mm256_cmpeq_epi8(_mm256_and_si256(top, second), second);
  return {_mm256_or_si256(nibbles.low, _mm256_and_si256(in_first, sixteen)),
          _mm256_or_si256(nibbles.high, _mm256_and_si256(in_second, sixteen))};
}

template <bool upper>
PEREGRINE_ALWAYS_INLINE I8x64 unpack_six_bits(const std::uint8_t* ql, const std::uint8_t* qh) {
  const __m256i top = load_256(qh);
  const __m256i mask = _mm256_set1_epi8(0x30);
  // Bits 2 r, 2 r + 1 of a byte move to bits 4, 5; what crosses from a neighbouring byte is masked off.
  const __m256i first = _mm256_and_si256(upper ? top : _mm256_slli_epi16(top, 4), mask);
  const __m256i second =
      _mm256_and_si256(upper ? _mm256_srli_epi16(top, 2) : _mm256_slli_epi16(top, 2), mask);
  const __m256i low = load_256(ql);
  const __m256i high = load_256(ql + 32);
  return {_mm256_or_si256(upper ? high_nibbles(low) : low_nibbles(low), first),
          _mm256_or_si256(upper ? high_nibbles(high) : low_nibbles(high), second)};
}

PEREGRINE_SIMD_END
