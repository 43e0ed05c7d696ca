// Packed weights to sixty-four bytes in the order of their elements, and their products, in plain C++: the
// definition that unpack_avx2.h and unpack_avx512.h follow.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "kernels/simd/scalar.h"

PEREGRINE_SIMD_BEGIN

// 32 bytes from each of two places; the second may be null for zeros.
inline I8x64 unpack_bytes(const void* first, const void* second) {
  I8x64 out{};
  std::memcpy(out.v, first, 32);
  if (second != nullptr) std::memcpy(out.v + 32, second, 32);
  return out;
}

// The low halves of sixteen bytes, then their high halves, from each of two places (the second may be null
// for zeros).
inline I8x64 unpack_nibble_pairs(const std::uint8_t* first, const std::uint8_t* second) {
  I8x64 out{};
  for (std::size_t i = 0; i < 16; ++i) {
    out.v[i] = first[i] & 15;
    out.v[i + 16] = first[i] >> 4;
    if (second == nullptr) continue;
    out.v[i + 32] = second[i] & 15;
    out.v[i + 48] = second[i] >> 4;
  }
  return out;
}

// The same with a fifth bit: bit i of a little-endian word beside each sixteen bytes.
inline I8x64 unpack_five_bit_pairs(const std::uint8_t* first, const std::uint8_t* first_high,
                                   const std::uint8_t* second, const std::uint8_t* second_high) {
  I8x64 out = unpack_nibble_pairs(first, second);
  for (std::size_t i = 0; i < 64; ++i) {
    const std::uint8_t* high = i < 32 ? first_high : second_high;
    if (high == nullptr) continue;
    out.v[i] = static_cast<std::uint8_t>(out.v[i] | (((high[i % 32 / 8] >> (i % 8)) & 1) << 4));
  }
  return out;
}

// Each byte less `offset`.
inline I8x64 less(I8x64 w, int offset) {
  for (std::uint8_t& byte : w.v) byte = static_cast<std::uint8_t>(byte - offset);
  return w;
}

// The entries of `codebook` that bytes in 0..15 mean.
inline I8x64 look_up(const I8x64& index, const std::array<std::int8_t, 16>& codebook) {
  I8x64 out;
  for (std::size_t i = 0; i < 64; ++i) out.v[i] = static_cast<std::uint8_t>(codebook[index.v[i]]);
  return out;
}

// The low halves of 32 bytes, then their high halves.
inline I8x64 unpack_nibbles(const std::uint8_t* q) {
  I8x64 out;
  for (std::size_t i = 0; i < 32; ++i) {
    out.v[i] = q[i] & 15;
    out.v[i + 32] = q[i] >> 4;
  }
  return out;
}

// The same with a fifth bit: bit 2 chunk of qh[i] for the low halves, bit 2 chunk + 1 for the high halves.
inline I8x64 unpack_five_bits(const std::uint8_t* q, const std::uint8_t* qh, int chunk) {
  I8x64 out = unpack_nibbles(q);
  for (std::size_t i = 0; i < 64; ++i) {
    const unsigned bit = static_cast<unsigned>(2 * chunk) + static_cast<unsigned>(i / 32);
    out.v[i] = static_cast<std::uint8_t>(out.v[i] | (((qh[i % 32] >> bit) & 1) << 4));
  }
  return out;
}

// Runs 0 and 1 (`upper` false) or 2 and 3 of half a Q2_K block, as 0..3.
template <bool upper>
inline I8x64 unpack_two_bits(const std::uint8_t* q) {
  I8x64 out;
  for (std::size_t i = 0; i < 64; ++i) {
    out.v[i] = (q[i % 32] >> ((upper ? 4U : 0U) + 2U * static_cast<unsigned>(i / 32))) & 3;
  }
  return out;
}

// The same with a third bit: bit 2 chunk of hmask[i] for the first 32 bytes, bit 2 chunk + 1 for the others.
template <bool upper>
inline I8x64 unpack_three_bits(const std::uint8_t* q, const std::uint8_t* hmask, int chunk) {
  I8x64 out = unpack_two_bits<upper>(q);
  for (std::size_t i = 0; i < 64; ++i) {
    const unsigned bit = static_cast<unsigned>(2 * chunk) + static_cast<unsigned>(i / 32);
    out.v[i] = static_cast<std::uint8_t>(out.v[i] | (((hmask[i % 32] >> bit) & 1) << 2));
  }
  return out;
}

// Runs 0 and 1 (`upper` false) or 2 and 3 of half a Q6_K block, as 0..63.
template <bool upper>
inline I8x64 unpack_six_bits(const std::uint8_t* ql, const std::uint8_t* qh) {
  I8x64 out;
  for (std::size_t i = 0; i < 64; ++i) {
    const unsigned bit = (upper ? 4U : 0U) + 2U * static_cast<unsigned>(i / 32);
    const int low = upper ? ql[i] >> 4 : ql[i] & 15;
    out.v[i] = static_cast<std::uint8_t>(low | (((qh[i % 32] >> bit) & 3) << 4));
  }
  return out;
}

// Sixteen unsigned bytes, the first eight in `low`.
inline I16x16 i16_from_words(std::uint64_t low, std::uint64_t high) {
  I16x16 out;
  for (std::size_t i = 0; i < kLanes; ++i) {
    out.v[i] = static_cast<std::int16_t>(((i < 8 ? low : high) >> (8 * (i % 8))) & 0xFFU);
  }
  return out;
}
inline I16x16 less(I16x16 a, int offset) {
  for (std::int16_t& lane : a.v) lane = static_cast<std::int16_t>(lane - offset);
  return a;
}
inline I16x16 times_4(I16x16 a) {
  for (std::int16_t& lane : a.v) lane = static_cast<std::int16_t>(lane * 4);
  return a;
}

// Unsigned weights up to 128, which need no preparation for dot_quads.
struct UnsignedBytes {
  I8x64 v;
};
inline I32x16 dot_quads(const UnsignedBytes& w, const I8x64& a) {
  I32x16 out{};
  for (std::size_t i = 0; i < 64; ++i) out.v[i / 4] += w.v.v[i] * static_cast<std::int8_t>(a.v[i]);
  return out;
}
// The products of signed weights, each times the scale of its pair, added to `total`.
inline I32x16 add_scaled_quads(I32x16 total, const SignedBytes& w, const I8x64& a, const I16x32& scale) {
  for (std::size_t i = 0; i < 64; ++i) {
    total.v[i / 4] += w.v[i] * static_cast<std::int8_t>(a.v[i]) * scale.v[i / 2];
  }
  return total;
}

PEREGRINE_SIMD_END
