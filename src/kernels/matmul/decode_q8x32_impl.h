// Strips of weights in blocks of 32 (Q8_0, Q4_0, Q4_1, Q5_0, Q5_1, IQ4_NL, MXFP4) to bytes and scales.
//
// A lane is one of the strip's sixteen rows throughout. Bytes are weights in units of their scale plus
// kOffset.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "kernels/matmul/decode_q8x256_impl.h"
#include "tensor/iq4_codebook.h"
#include "tensor/iq4_nl.h"
#include "tensor/mxfp4.h"
#include "tensor/q4_0.h"
#include "tensor/q4_1.h"
#include "tensor/q5_0.h"
#include "tensor/q5_1.h"
#include "tensor/q8_0.h"

PEREGRINE_SIMD_BEGIN

struct DecodedQ8x32 {
  Vector64 weights[64];        // elements 4 i .. 4 i + 3 of each row
  alignas(64) float d[8][16];  // by block
  alignas(64) float m[8][16];
};

// The halves of the bytes of four words: elements 0..15 are low halves, 16..31 high ones.
template <class Transform>
PEREGRINE_ALWAYS_INLINE void decode_nibbles(const std::byte* q, Vector64* to, Transform transform) {
  PEREGRINE_UNROLL
  for (std::size_t j = 0; j < 4; ++j) {
    const I32x16 words = word_of(q, j);
    store(to[j], transform(bits_of<0>(words, 15), j));
    store(to[4 + j], transform(bits_of<4>(words, 15), 4 + j));
  }
}
PEREGRINE_ALWAYS_INLINE void decode_nibbles(const std::byte* q, Vector64* to) {
  decode_nibbles(q, to, [](I32x16 nibbles, std::size_t) PEREGRINE_INLINE_LAMBDA { return nibbles; });
}
// With a fifth bit: bit i of the word `high` for element i.
PEREGRINE_ALWAYS_INLINE void decode_five_bits(const std::byte* q, const std::byte* high, Vector64* to) {
  const I32x16 bits = word_of(high, 0);
  decode_nibbles(q, to, [bits](I32x16 nibbles, std::size_t quad) PEREGRINE_INLINE_LAMBDA {
    const I32x16 four = shift_right(bits, static_cast<int>(4 * quad)) & i32_set(15);
    // The product has bit i of the four at bit 8 i, and nothing that carries into these.
    return nibbles | shift_left((four * i32_set(0x00204081)) & i32_set(0x01010101), 4);
  });
}

struct FormatQ8_0 {
  using Block = tensor::BlockQ8_0;
  static constexpr int kBits = 8;
  static constexpr int kOffset = kSignedBias;
  static constexpr bool kMinimum = false;

  static PEREGRINE_ALWAYS_INLINE void decode(const std::byte* block, std::size_t b, DecodedQ8x32& out) {
    decode_halves(block, offsetof(Block, d), out.d[b]);
    const std::byte* q = field(block, offsetof(Block, q));
    PEREGRINE_UNROLL
    for (std::size_t j = 0; j < 8; ++j) {
      store(out.weights[8 * b + j], bias_signed(word_of(q, j)));
    }
  }
};

struct FormatQ4_0 {
  using Block = tensor::BlockQ4_0;
  static constexpr int kBits = 4;
  static constexpr int kOffset = 8;
  static constexpr bool kMinimum = false;

  static PEREGRINE_ALWAYS_INLINE void decode(const std::byte* block, std::size_t b, DecodedQ8x32& out) {
    decode_halves(block, offsetof(Block, d), out.d[b]);
    decode_nibbles(field(block, offsetof(Block, q)), out.weights + 8 * b);
  }
};

struct FormatQ4_1 {
  using Block = tensor::BlockQ4_1;
  static constexpr int kBits = 4;
  static constexpr int kOffset = 0;
  static constexpr bool kMinimum = true;

  static PEREGRINE_ALWAYS_INLINE void decode(const std::byte* block, std::size_t b, DecodedQ8x32& out) {
    decode_halves(block, offsetof(Block, d), out.d[b]);
    decode_halves(block, offsetof(Block, m), out.m[b]);
    decode_nibbles(field(block, offsetof(Block, q)), out.weights + 8 * b);
  }
};

struct FormatQ5_0 {
  using Block = tensor::BlockQ5_0;
  static constexpr int kBits = 5;
  static constexpr int kOffset = 16;
  static constexpr bool kMinimum = false;

  static PEREGRINE_ALWAYS_INLINE void decode(const std::byte* block, std::size_t b, DecodedQ8x32& out) {
    decode_halves(block, offsetof(Block, d), out.d[b]);
    decode_five_bits(field(block, offsetof(Block, q)), field(block, offsetof(Block, qh)),
                     out.weights + 8 * b);
  }
};

struct FormatQ5_1 {
  using Block = tensor::BlockQ5_1;
  static constexpr int kBits = 5;
  static constexpr int kOffset = 0;
  static constexpr bool kMinimum = true;

  static PEREGRINE_ALWAYS_INLINE void decode(const std::byte* block, std::size_t b, DecodedQ8x32& out) {
    decode_halves(block, offsetof(Block, d), out.d[b]);
    decode_halves(block, offsetof(Block, m), out.m[b]);
    decode_five_bits(field(block, offsetof(Block, q)), field(block, offsetof(Block, qh)),
                     out.weights + 8 * b);
  }
};

struct FormatIQ4_NL {
  using Block = tensor::BlockIQ4_NL;
  static constexpr int kBits = 8;
  static constexpr int kOffset = kSignedBias;
  static constexpr bool kMinimum = false;

  static PEREGRINE_ALWAYS_INLINE void decode(const std::byte* block, std::size_t b, DecodedQ8x32& out) {
    decode_halves(block, offsetof(Block, d), out.d[b]);
    decode_nibbles(field(block, offsetof(Block, q)), out.weights + 8 * b,
                   [](I32x16 index, std::size_t)
                       PEREGRINE_INLINE_LAMBDA { return bias_signed(look_up(index, tensor::kIq4Codebook)); });
  }
};

// Weights are the doubled values plus twelve, so that they are not negative.
inline constexpr int kMxfp4Offset = 12;
inline constexpr std::array<std::int8_t, 16> kMxfp4Levels = [] {
  std::array<std::int8_t, 16> levels{};
  for (std::size_t i = 0; i < levels.size(); ++i)
    levels[i] = static_cast<std::int8_t>(tensor::kMxfp4Doubled[i] + kMxfp4Offset);
  return levels;
}();

// tensor::mxfp4_half_scale of each lane: 2^(e - 128), NaN for 255.
PEREGRINE_ALWAYS_INLINE F32x16 mxfp4_half_scales(I32x16 e) {
  const I32x16 normal = shift_left(e - i32_set(1), 23);
  const I32x16 subnormal = shift_left(e + i32_set(1), 21);  // less than `normal` but for e = 0 and 1
  const I32x16 reserved = shift_right(e + i32_set(1), 8);   // 1 for e = 255
  return as_f32(max(normal, subnormal) | (reserved * i32_set(0x00C00000)));
}

struct FormatMXFP4 {
  using Block = tensor::BlockMXFP4;
  static constexpr int kBits = 5;
  static constexpr int kOffset = kMxfp4Offset;
  static constexpr bool kMinimum = false;

  static PEREGRINE_ALWAYS_INLINE void decode(const std::byte* block, std::size_t b, DecodedQ8x32& out) {
    f32_store(out.d[b], mxfp4_half_scales(i32_from_bytes(field(block, offsetof(Block, e)))));
    decode_nibbles(field(block, offsetof(Block, q)), out.weights + 8 * b,
                   [](I32x16 index, std::size_t)
                       PEREGRINE_INLINE_LAMBDA { return look_up(index, kMxfp4Levels); });
  }
};

PEREGRINE_SIMD_END
