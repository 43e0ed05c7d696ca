// Packed weights to sixty-four bytes in the order of their elements, and their products, in AVX-512.
// Documented in unpack_scalar.h.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>

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

PEREGRINE_ALWAYS_INLINE I8x64 unpack_nibble_pairs(const std::uint8_t* first, const std::uint8_t* second) {
  const __m128i a = _mm_loadu_si128(reinterpret_cast<const __m128i*>(first));
  const __m128i b =
      second != nullptr ? _mm_loadu_si128(reinterpret_cast<const __m128i*>(second)) : _mm_setzero_si128();
  // Quarters a, a, b, b; the second and fourth shifted to their high halves.
  const __m512i spread = _mm512_permutexvar_epi64(_mm512_set_epi64(3, 2, 3, 2, 1, 0, 1, 0),
                                                  _mm512_castsi256_si512(_mm256_set_m128i(b, a)));
  const __m512i shifted = _mm512_srlv_epi64(spread, _mm512_set_epi64(4, 4, 0, 0, 4, 4, 0, 0));
  return {_mm512_and_si512(shifted, _mm512_set1_epi8(15))};
}

PEREGRINE_ALWAYS_INLINE std::uint64_t load_word(const std::uint8_t* p) {
  std::uint32_t word;
  std::memcpy(&word, p, sizeof(word));
  return word;
}
PEREGRINE_ALWAYS_INLINE I8x64 unpack_five_bit_pairs(const std::uint8_t* first, const std::uint8_t* first_high,
                                                    const std::uint8_t* second,
                                                    const std::uint8_t* second_high) {
  const __m512i nibbles = unpack_nibble_pairs(first, second).v;
  const std::uint64_t high = second_high != nullptr ? load_word(second_high) : 0;
  const auto set = static_cast<__mmask64>(load_word(first_high) | (high << 32));
  return {_mm512_mask_add_epi8(nibbles, set, nibbles, _mm512_set1_epi8(16))};
}

PEREGRINE_ALWAYS_INLINE I8x64 less(I8x64 w, int offset) {
  return {_mm512_sub_epi8(w.v, _mm512_set1_epi8(static_cast<char>(offset)))};
}

PEREGRINE_ALWAYS_INLINE I8x64 look_up(I8x64 index, const std::array<std::int8_t, 16>& codebook) {
  const __m128i table = _mm_loadu_si128(reinterpret_cast<const __m128i*>(codebook.data()));
  return {_mm512_shuffle_epi8(_mm512_broadcast_i32x4(table), index.v)};
}

PEREGRINE_ALWAYS_INLINE I8x64 unpack_nibbles(const std::uint8_t* q) {
  return {_mm512_and_si512(twice_shifted(q, 0, 4), _mm512_set1_epi8(15))};
}

// `low` plus `value` where bit 2 chunk (first half) or 2 chunk + 1 (second half) of the 32 bytes at p is set.
PEREGRINE_ALWAYS_INLINE I8x64 add_where_bit(__m512i low, const std::uint8_t* p, int chunk, int value) {
  const __m512i top = _mm512_broadcast_i64x4(load_256(p));
  const __m512i bit = join(_mm256_set1_epi8(static_cast<char>(1 << (2 * chunk))),
                           _mm256_set1_epi8(static_cast<char>(2 << (2 * chunk))));
  const __m512i more = _mm512_set1_epi8(static_cast<char>(value));
  return {_mm512_mask_add_epi8(low, _mm512_test_epi8_mask(top, bit), low, more)};
}

PEREGRINE_ALWAYS_INLINE I8x64 unpack_five_bits(const std::uint8_t* q, const std::uint8_t* qh, int chunk) {
  return add_where_bit(unpack_nibbles(q).v, qh, chunk, 16);
}

template <bool upper>
PEREGRINE_ALWAYS_INLINE I8x64 unpack_two_bits(const std::uint8_t* q) {
  return {_mm512_and_si512(twice_shifted(q, upper ? 4 : 0, upper ? 6 : 2), _mm512_set1_epi8(3))};
}

template <bool upper>
PEREGRINE_ALWAYS_INLINE I8x64 unpack_three_bits(const std::uint8_t* q, const std::uint8_t* hmask, int chunk) {
  return add_where_bit(unpack_two_bits<upper>(q).v, hmask, chunk, 4);
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
  return {_mm512_dpbusd_epi32(_mm512_setzero_si512(), w.v.v, a.v)};
}
PEREGRINE_ALWAYS_INLINE I32x16 add_scaled_quads(I32x16 total, const SignedBytes& w, I8x64 a, I16x32 scale) {
  const __m512i signed_a = _mm512_mask_sub_epi8(a.v, w.negative, _mm512_setzero_si512(), a.v);
  return add_scaled_quads(total, I8x64{w.magnitude}, I8x64{signed_a}, scale);
}

PEREGRINE_SIMD_END
