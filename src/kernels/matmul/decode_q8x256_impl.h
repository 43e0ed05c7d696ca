// Strips of weights in blocks of 256 (Q2_K to Q6_K, IQ4_XS) to bytes, scales of groups, and what a format
// takes from every weight of a group.
//
// A lane is one of the strip's sixteen rows throughout, so unpacking works on whole words: four elements of
// every row at once.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "kernels/matmul/interleave.h"
#include "tensor/iq4_codebook.h"
#include "tensor/iq4_xs.h"
#include "tensor/q2_k.h"
#include "tensor/q3_k.h"
#include "tensor/q4_k.h"
#include "tensor/q5_k.h"
#include "tensor/q6_k.h"

PEREGRINE_SIMD_BEGIN

inline constexpr std::size_t kBlockQ8x256 = 256;

struct alignas(64) Vector64 {
  std::byte bytes[64];
};

struct DecodedQ8x256 {
  Vector64 weights[64];  // elements 4 i .. 4 i + 3 of each row
  Vector64 scales[16];   // sum_factor of each group's scale
  Vector64 taken[8];     // of groups 2 i and 2 i + 1, in the halves of a lane
  alignas(64) float d[16];
  alignas(64) float dmin[16];
};

// What a format subtracts from the weights of a group, in units of `d` or of `dmin`.
enum class Taken { kNone, kOffsets, kMins };

// Of signed weights; only their bias is taken.
inline constexpr Taken kTakenFromSigned = kSignedBias == 0 ? Taken::kNone : Taken::kOffsets;

template <int kShift>
PEREGRINE_ALWAYS_INLINE I32x16 bits_of(I32x16 words, std::uint32_t mask) {
  return shift_right(words, kShift) & i32_set(static_cast<std::int32_t>(mask * 0x01010101U));
}
// Byte i of each lane.
PEREGRINE_ALWAYS_INLINE I32x16 byte_of(I32x16 words, std::size_t i) {
  return shift_right(words, static_cast<int>(8 * i)) & i32_set(0xFF);
}
PEREGRINE_ALWAYS_INLINE I32x16 signed_byte_of(I32x16 words, std::size_t i) {
  return shift_right_signed(shift_left(words, static_cast<int>(24 - 8 * i)), 24);
}
// Two values of sixteen bits to the halves of each lane.
PEREGRINE_ALWAYS_INLINE I32x16 halves(I32x16 low, I32x16 high) {
  return (low & i32_set(0xFFFF)) | shift_left(high, 16);
}

PEREGRINE_ALWAYS_INLINE void store(Vector64& to, I32x16 x) {
  i32_store(to.bytes, x);
}

// The field that starts at `offset` in the file's block.
PEREGRINE_ALWAYS_INLINE const std::byte* field(const std::byte* block, std::size_t offset) {
  return block + kStripRows * offset;
}
PEREGRINE_ALWAYS_INLINE I32x16 word_of(const std::byte* words, std::size_t i) {
  return i32_load(words + 64 * i);
}

// The sixteen rows' halves of the field at `offset`.
PEREGRINE_ALWAYS_INLINE void decode_halves(const std::byte* block, std::size_t offset, float* to) {
  f32_store(to, f16_load(field(block, offset)));
}

// Eight scales and mins of six bits: see tensor/k_scales.h.
PEREGRINE_ALWAYS_INLINE void decode_k_scales(const std::byte* packed, DecodedQ8x256& out) {
  const I32x16 low = word_of(packed, 0);
  const I32x16 mid = word_of(packed, 1);
  const I32x16 high = word_of(packed, 2);
  const I32x16 scales[2] = {bits_of<0>(low, 0x3F), bits_of<0>(high, 0x0F) | bits_of<2>(low, 0x30)};
  const I32x16 mins[2] = {bits_of<0>(mid, 0x3F), bits_of<4>(high, 0x0F) | bits_of<2>(mid, 0x30)};
  PEREGRINE_UNROLL
  for (std::size_t g = 0; g < 8; ++g) store(out.scales[g], sum_factor(byte_of(scales[g / 4], g % 4)));
  PEREGRINE_UNROLL
  for (std::size_t g = 0; g < 8; g += 2) {
    store(out.taken[g / 2], halves(byte_of(mins[g / 4], g % 4), byte_of(mins[g / 4], g % 4 + 1)));
  }
}

// What Q4_K and Q5_K begin with.
template <class Block>
PEREGRINE_ALWAYS_INLINE void decode_k_header(const std::byte* block, DecodedQ8x256& out) {
  decode_halves(block, offsetof(Block, d), out.d);
  decode_halves(block, offsetof(Block, dmin), out.dmin);
  decode_k_scales(field(block, offsetof(Block, scales)), out);
}

struct FormatQ4_K {
  using Block = tensor::BlockQ4_K;
  static constexpr int kBits = 4;
  static constexpr std::size_t kGroup = 32;
  static constexpr Taken kTaken = Taken::kMins;

  static PEREGRINE_ALWAYS_INLINE void decode(const std::byte* block, DecodedQ8x256& out) {
    decode_k_header<Block>(block, out);
    const std::byte* q = field(block, offsetof(Block, q));
    PEREGRINE_NO_UNROLL
    for (std::size_t i = 0; i < 32; i += 8) {
      PEREGRINE_UNROLL
      for (std::size_t j = 0; j < 8; ++j) {
        const I32x16 words = word_of(q, i + j);
        store(out.weights[2 * i + j], bits_of<0>(words, 15));
        store(out.weights[2 * i + 8 + j], bits_of<4>(words, 15));
      }
    }
  }
};

struct FormatQ5_K {
  using Block = tensor::BlockQ5_K;
  static constexpr int kBits = 5;
  static constexpr std::size_t kGroup = 32;
  static constexpr Taken kTaken = Taken::kMins;

  static PEREGRINE_ALWAYS_INLINE void decode(const std::byte* block, DecodedQ8x256& out) {
    decode_k_header<Block>(block, out);
    const std::byte* q = field(block, offsetof(Block, q));
    const std::byte* qh = field(block, offsetof(Block, qh));
    PEREGRINE_NO_UNROLL
    for (std::size_t j = 0; j < 8; ++j) {
      I32x16 top = word_of(qh, j);
      PEREGRINE_UNROLL
      for (std::size_t i = 0; i < 4; ++i) {
        const I32x16 words = word_of(q, 8 * i + j);
        store(out.weights[16 * i + j], bits_of<0>(words, 15) | shift_left(bits_of<0>(top, 1), 4));
        store(out.weights[16 * i + 8 + j], bits_of<4>(words, 15) | shift_left(bits_of<1>(top, 1), 4));
        top = shift_right(top, 2);
      }
    }
  }
};

// Scales of sixteen groups, from four words of four signed bytes, and `offset` times each as taken.
template <int kOffset>
PEREGRINE_ALWAYS_INLINE void store_offset_scales(const I32x16 (&words)[4], DecodedQ8x256& out) {
  PEREGRINE_UNROLL
  for (std::size_t g = 0; g < 16; g += 2) {
    const I32x16 first = signed_byte_of(words[g / 4], g % 4);
    const I32x16 second = signed_byte_of(words[g / 4], g % 4 + 1);
    store(out.scales[g], sum_factor(first));
    store(out.scales[g + 1], sum_factor(second));
    store(out.taken[g / 2], halves(first * i32_set(kOffset), second * i32_set(kOffset)));
  }
}

struct FormatQ6_K {
  using Block = tensor::BlockQ6_K;
  static constexpr int kBits = 6;
  static constexpr std::size_t kGroup = 16;
  static constexpr Taken kTaken = Taken::kOffsets;

  static PEREGRINE_ALWAYS_INLINE void decode(const std::byte* block, DecodedQ8x256& out) {
    decode_halves(block, offsetof(Block, d), out.d);
    const std::byte* scales = field(block, offsetof(Block, scales));
    const I32x16 words[4] = {word_of(scales, 0), word_of(scales, 1), word_of(scales, 2), word_of(scales, 3)};
    store_offset_scales<32>(words, out);
    PEREGRINE_NO_UNROLL
    for (std::size_t half = 0; half < 2; ++half) {
      const std::byte* ql = field(block, offsetof(Block, ql)) + 64 * 16 * half;
      const std::byte* qh = field(block, offsetof(Block, qh)) + 64 * 8 * half;
      Vector64* to = out.weights + 32 * half;
      PEREGRINE_UNROLL
      for (std::size_t j = 0; j < 8; ++j) {
        const I32x16 first = word_of(ql, j);
        const I32x16 second = word_of(ql, 8 + j);
        const I32x16 top = word_of(qh, j);
        store(to[j], bits_of<0>(first, 15) | shift_left(bits_of<0>(top, 3), 4));
        store(to[8 + j], bits_of<0>(second, 15) | shift_left(bits_of<2>(top, 3), 4));
        store(to[16 + j], bits_of<4>(first, 15) | bits_of<0>(top, 0x30));
        store(to[24 + j], bits_of<4>(second, 15) | bits_of<2>(top, 0x30));
      }
    }
  }
};

// Two bits of each element; run r of 32 elements in half h has bits 2 r, 2 r + 1 of the half's 32 bytes.
struct FormatQ2_K {
  using Block = tensor::BlockQ2_K;
  static constexpr int kBits = 2;
  static constexpr std::size_t kGroup = 16;
  static constexpr Taken kTaken = Taken::kMins;

  static PEREGRINE_ALWAYS_INLINE void decode(const std::byte* block, DecodedQ8x256& out) {
    decode_halves(block, offsetof(Block, d), out.d);
    decode_halves(block, offsetof(Block, dmin), out.dmin);
    const std::byte* scales = field(block, offsetof(Block, scales));
    PEREGRINE_UNROLL
    for (std::size_t g = 0; g < 16; g += 2) {
      const I32x16 words = word_of(scales, g / 4);
      const I32x16 low = bits_of<0>(words, 15);
      const I32x16 high = bits_of<4>(words, 15);
      store(out.scales[g], sum_factor(byte_of(low, g % 4)));
      store(out.scales[g + 1], sum_factor(byte_of(low, g % 4 + 1)));
      store(out.taken[g / 2], halves(byte_of(high, g % 4), byte_of(high, g % 4 + 1)));
    }
    const std::byte* q = field(block, offsetof(Block, q));
    PEREGRINE_NO_UNROLL
    for (std::size_t i = 0; i < 16; ++i) {
      const I32x16 words = word_of(q, i);
      Vector64* to = out.weights + i / 8 * 32 + i % 8;
      store(to[0], bits_of<0>(words, 3));
      store(to[8], bits_of<2>(words, 3));
      store(to[16], bits_of<4>(words, 3));
      store(to[24], bits_of<6>(words, 3));
    }
  }
};

// Six bits to a byte each, less 32: the highest bit upside down and continued to the sign.
PEREGRINE_ALWAYS_INLINE I32x16 signed_scales(I32x16 six_bits) {
  const I32x16 flipped = six_bits ^ i32_set(0x20202020);
  const I32x16 sign = flipped & i32_set(0x20202020);
  return flipped | shift_left(sign, 1) | shift_left(sign, 2);
}

// As Q2_K, with a third bit: bit 4 h + r of the mask's 32 bytes.
struct FormatQ3_K {
  using Block = tensor::BlockQ3_K;
  static constexpr int kBits = 3;
  static constexpr std::size_t kGroup = 16;
  static constexpr Taken kTaken = Taken::kOffsets;

  static PEREGRINE_ALWAYS_INLINE void decode(const std::byte* block, DecodedQ8x256& out) {
    decode_halves(block, offsetof(Block, d), out.d);
    const std::byte* scales = field(block, offsetof(Block, scales));
    const I32x16 low = word_of(scales, 0);
    const I32x16 high = word_of(scales, 1);
    const I32x16 top = word_of(scales, 2);
    const I32x16 words[4] = {signed_scales(bits_of<0>(low, 15) | shift_left(bits_of<0>(top, 3), 4)),
                             signed_scales(bits_of<0>(high, 15) | shift_left(bits_of<2>(top, 3), 4)),
                             signed_scales(bits_of<4>(low, 15) | bits_of<0>(top, 0x30)),
                             signed_scales(bits_of<4>(high, 15) | bits_of<2>(top, 0x30))};
    store_offset_scales<4>(words, out);
    const std::byte* q = field(block, offsetof(Block, q));
    const std::byte* mask = field(block, offsetof(Block, hmask));
    PEREGRINE_NO_UNROLL
    for (std::size_t j = 0; j < 8; ++j) {
      I32x16 third = word_of(mask, j);
      PEREGRINE_UNROLL
      for (std::size_t half = 0; half < 2; ++half) {
        const I32x16 pairs = word_of(q, 8 * half + j);
        Vector64* to = out.weights + 32 * half + j;
        store(to[0], bits_of<0>(pairs, 3) | shift_left(bits_of<0>(third, 1), 2));
        store(to[8], bits_of<2>(pairs, 3) | shift_left(bits_of<1>(third, 1), 2));
        store(to[16], bits_of<4>(pairs, 3) | bits_of<0>(third, 4));
        store(to[24], bits_of<6>(pairs, 3) | bits_of<1>(third, 4));
        third = shift_right(third, 4);
      }
    }
  }
};

// Four bits and two of a group's scale, which is 32 less.
PEREGRINE_ALWAYS_INLINE I32x16 iq4_xs_scale(I32x16 low, I32x16 high, std::size_t g) {
  const I32x16 four = shift_right(low, static_cast<int>(4 * g)) & i32_set(15);
  const I32x16 two = shift_right(high, static_cast<int>(2 * g)) & i32_set(3);
  return (four | shift_left(two, 4)) - i32_set(32);
}

struct FormatIQ4_XS {
  using Block = tensor::BlockIQ4_XS;
  static constexpr int kBits = 8;
  static constexpr std::size_t kGroup = 32;
  static constexpr Taken kTaken = kTakenFromSigned;

  static PEREGRINE_ALWAYS_INLINE void decode(const std::byte* block, DecodedQ8x256& out) {
    decode_halves(block, offsetof(Block, d), out.d);
    const I32x16 low = word_of(field(block, offsetof(Block, scales_l)), 0);
    const I32x16 high = i32_from_halves(field(block, offsetof(Block, scales_h)));
    PEREGRINE_UNROLL
    for (std::size_t g = 0; g < 8; g += 2) {
      const I32x16 first = iq4_xs_scale(low, high, g);
      const I32x16 second = iq4_xs_scale(low, high, g + 1);
      store(out.scales[g], sum_factor(first));
      store(out.scales[g + 1], sum_factor(second));
      store(out.taken[g / 2], halves(first * i32_set(kSignedBias), second * i32_set(kSignedBias)));
    }
    const std::byte* q = field(block, offsetof(Block, q));
    PEREGRINE_NO_UNROLL
    for (std::size_t g = 0; g < 8; ++g) {
      PEREGRINE_UNROLL
      for (std::size_t j = 0; j < 4; ++j) {
        const I32x16 words = word_of(q, 4 * g + j);
        store(out.weights[8 * g + j], bias_signed(look_up(bits_of<0>(words, 15), tensor::kIq4Codebook)));
        store(out.weights[8 * g + 4 + j], bias_signed(look_up(bits_of<4>(words, 15), tensor::kIq4Codebook)));
      }
    }
  }
};

PEREGRINE_SIMD_END
