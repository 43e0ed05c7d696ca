// Packed weights to sixty-four bytes in the order of their elements, in plain C++: the definition that
// unpack_avx2.h and unpack_avx512.h follow.
#pragma once

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

// Sixteen bytes from each of two places (the second may be null): the low halves, then the high halves,
// less 8.
inline I8x64 unpack_nibbles_less_8(const std::uint8_t* first, const std::uint8_t* second) {
  I8x64 out{};
  for (std::size_t i = 0; i < 16; ++i) {
    out.v[i] = static_cast<std::uint8_t>((first[i] & 15) - 8);
    out.v[i + 16] = static_cast<std::uint8_t>((first[i] >> 4) - 8);
    if (second == nullptr) continue;
    out.v[i + 32] = static_cast<std::uint8_t>((second[i] & 15) - 8);
    out.v[i + 48] = static_cast<std::uint8_t>((second[i] >> 4) - 8);
  }
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

PEREGRINE_SIMD_END
