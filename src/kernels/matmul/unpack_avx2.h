// Packed weights to sixty-four bytes in the order of their elements, and their products, in AVX2. Documented
// in unpack_scalar.h.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>

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

PEREGRINE_ALWAYS_INLINE __m256i unpack_sixteen(const std::uint8_t* q) {
  const __m128i packed = load_128(q);
  return low_nibbles(_mm256_set_m128i(_mm_srli_epi16(packed, 4), packed));
}
PEREGRINE_ALWAYS_INLINE I8x64 unpack_nibble_pairs(const std::uint8_t* first, const std::uint8_t* second) {
  return {unpack_sixteen(first), second != nullptr ? unpack_sixteen(second) : _mm256_setzero_si256()};
}

// Sixteen in the bytes i whose bit i is set.
PEREGRINE_ALWAYS_INLINE __m256i sixteen_where_set(const std::uint8_t* high) {
  std::int32_t bits;
  std::memcpy(&bits, high, sizeof(bits));
  const __m256i source = _mm256_setr_epi64x(0, 0x0101010101010101, 0x0202020202020202, 0x0303030303030303);
  const __m256i spread = _mm256_shuffle_epi8(_mm256_set1_epi32(bits), source);
  const __m256i bit = _mm256_set1_epi64x(static_cast<long long>(0x8040201008040201U));
  const __m256i set = _mm256_cmpeq_epi8(_mm256_and_si256(spread, bit), bit);
  return _mm256_and_si256(set, _mm256_set1_epi8(16));
}
PEREGRINE_ALWAYS_INLINE I8x64 unpack_five_bit_pairs(const std::uint8_t* first, const std::uint8_t* first_high,
                                                    const std::uint8_t* second,
                                                    const std::uint8_t* second_high) {
  const I8x64 nibbles = unpack_nibble_pairs(first, second);
  return {
      _mm256_or_si256(nibbles.low, sixteen_where_set(first_high)),
      second_high != nullptr ? _mm256_or_si256(nibbles.high, sixteen_where_set(second_high)) : nibbles.high};
}

PEREGRINE_ALWAYS_INLINE I8x64 less(I8x64 w, int offset) {
  const __m256i all = _mm256_set1_epi8(static_cast<char>(offset));
  return {_mm256_sub_epi8(w.low, all), _mm256_sub_epi8(w.high, all)};
}

PEREGRINE_ALWAYS_INLINE I8x64 look_up(I8x64 index, const std::array<std::int8_t, 16>& codebook) {
  const __m256i table = _mm256_broadcastsi128_si256(load_128(codebook.data()));
  return {_mm256_shuffle_epi8(table, index.low), _mm256_shuffle_epi8(table, index.high)};
}

PEREGRINE_ALWAYS_INLINE I8x64 unpack_nibbles(const std::uint8_t* q) {
  const __m256i packed = load_256(q);
  return {low_nibbles(packed), high_nibbles(packed)};
}

// `value` in the bytes of `top` that have the bit `bit`.
PEREGRINE_ALWAYS_INLINE __m256i where_bit(__m256i top, int bit, int value) {
  const __m256i mask = _mm256_set1_epi8(static_cast<char>(1 << bit));
  const __m256i set = _mm256_cmpeq_epi8(_mm256_and_si256(top, mask), mask);
  return _mm256_and_si256(set, _mm256_set1_epi8(static_cast<char>(value)));
}

PEREGRINE_ALWAYS_INLINE I8x64 unpack_five_bits(const std::uint8_t* q, const std::uint8_t* qh, int chunk) {
  const I8x64 nibbles = unpack_nibbles(q);
  const __m256i top = load_256(qh);
  return {_mm256_or_si256(nibbles.low, where_bit(top, 2 * chunk, 16)),
          _mm256_or_si256(nibbles.high, where_bit(top, 2 * chunk + 1, 16))};
}

template <bool upper>
PEREGRINE_ALWAYS_INLINE I8x64 unpack_two_bits(const std::uint8_t* q) {
  const __m256i packed = load_256(q);
  const __m256i mask = _mm256_set1_epi8(3);
  return {_mm256_and_si256(upper ? _mm256_srli_epi16(packed, 4) : packed, mask),
          _mm256_and_si256(_mm256_srli_epi16(packed, upper ? 6 : 2), mask)};
}

template <bool upper>
PEREGRINE_ALWAYS_INLINE I8x64 unpack_three_bits(const std::uint8_t* q, const std::uint8_t* hmask, int chunk) {
  const I8x64 low = unpack_two_bits<upper>(q);
  const __m256i top = load_256(hmask);
  return {_mm256_or_si256(low.low, where_bit(top, 2 * chunk, 4)),
          _mm256_or_si256(low.high, where_bit(top, 2 * chunk + 1, 4))};
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

PEREGRINE_ALWAYS_INLINE I16x16 i16_from_words(std::uint64_t low, std::uint64_t high) {
  return {_mm256_cvtepu8_epi16(_mm_set_epi64x(static_cast<long long>(high), static_cast<long long>(low)))};
}
PEREGRINE_ALWAYS_INLINE I16x16 less(I16x16 a, int offset) {
  return {_mm256_sub_epi16(a.v, _mm256_set1_epi16(static_cast<short>(offset)))};
}
PEREGRINE_ALWAYS_INLINE I16x16 times_4(I16x16 a) {
  return {_mm256_slli_epi16(a.v, 2)};
}

struct UnsignedBytes {
  I8x64 v;
};
PEREGRINE_ALWAYS_INLINE I32x16 dot_quads(const UnsignedBytes& w, I8x64 a) {
  return {dot_quads(w.v.low, a.low), dot_quads(w.v.high, a.high)};
}
PEREGRINE_ALWAYS_INLINE I32x16 add_scaled_quads(I32x16 total, const SignedBytes& w, I8x64 a, I16x32 scale) {
  const I8x64 signed_a = {_mm256_sign_epi8(a.low, w.sign.low), _mm256_sign_epi8(a.high, w.sign.high)};
  return add_scaled_quads(total, w.magnitude, signed_a, scale);
}

PEREGRINE_SIMD_END
