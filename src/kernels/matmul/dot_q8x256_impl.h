// Dot products of weights in blocks of 256 (Q2_K to Q6_K, IQ4_XS) with Q8x256 activations.
//
// Within a block everything is exact integer arithmetic: each lane adds up its products times their group's
// scale, and what a format subtracts from every weight (its mins, 4 or 32) is taken off through the sums of
// the activations. A block then adds one rounded term per lane (two for formats with mins).
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "kernels/matmul/matmul_impl.h"
#include "kernels/quantize_activations/quantize_activations.h"
#include "tensor/iq4_codebook.h"
#include "tensor/iq4_xs.h"
#include "tensor/q2_k.h"
#include "tensor/q3_k.h"
#include "tensor/q4_k.h"
#include "tensor/q5_k.h"
#include "tensor/q6_k.h"

PEREGRINE_SIMD_BEGIN

// The eight (scale, min) pairs of k_scales.h as bytes of two words.
struct ScaleWords {
  std::uint64_t scales;
  std::uint64_t mins;
};

PEREGRINE_ALWAYS_INLINE ScaleWords unpack_scale_words(const std::uint8_t (&packed)[12]) {
  std::uint32_t low;
  std::uint32_t mid;
  std::uint32_t high;
  std::memcpy(&low, packed, 4);
  std::memcpy(&mid, packed + 4, 4);
  std::memcpy(&high, packed + 8, 4);
  const std::uint32_t scales_high = (high & 0x0F0F0F0FU) | ((low >> 2) & 0x30303030U);
  const std::uint32_t mins_high = ((high >> 4) & 0x0F0F0F0FU) | ((mid >> 2) & 0x30303030U);
  return {(low & 0x3F3F3F3FU) | (static_cast<std::uint64_t>(scales_high) << 32),
          (mid & 0x3F3F3F3FU) | (static_cast<std::uint64_t>(mins_high) << 32)};
}

// Each kind of block: chunk(c) and scale(c) are elements 64 c .. 64 c + 63 and the scale of each pair;
// finish() turns the block's integer total and the activations' sums into its rounded terms.
template <class BlockType, class Unpack>
struct AffineBlock {
  using Block = BlockType;
  const Block* block;
  ScaleWords words;
  I16x16 mins;
  F32x16 d;
  F32x16 dmin;

  explicit PEREGRINE_ALWAYS_INLINE AffineBlock(const Block* b)
      : block(b),
        words(unpack_scale_words(b->scales)),
        mins(i16_twice_each(words.mins)),
        d(f32_set(f16_value(b->d))),
        dmin(f32_set(f16_value(b->dmin))) {}
  PEREGRINE_ALWAYS_INLINE I8x64 chunk(int c) const { return Unpack::chunk(*block, c); }
  PEREGRINE_ALWAYS_INLINE I16x32 scale(int c) const { return spread_8(words.scales, c); }
  PEREGRINE_ALWAYS_INLINE F32x16 finish(I32x16 total, I16x16 sums, F32x16 activation_scale,
                                        F32x16 acc) const {
    const F32x16 value = neg_mul_add(to_f32(dot_pairs(mins, sums)), dmin, to_f32(total) * d);
    return mul_add(value, activation_scale, acc);
  }
};

struct UnpackQ4_K {
  static PEREGRINE_ALWAYS_INLINE I8x64 chunk(const tensor::BlockQ4_K& b, int c) {
    return unpack_nibbles(b.q + 32 * c);
  }
};
struct UnpackQ5_K {
  static PEREGRINE_ALWAYS_INLINE I8x64 chunk(const tensor::BlockQ5_K& b, int c) {
    return unpack_five_bits(b.q + 32 * c, b.qh, c);
  }
};

// Aliases, not derived classes: a constructor that the compiler writes would lie outside the target region.
using WeightsQ4_K = AffineBlock<tensor::BlockQ4_K, UnpackQ4_K>;
using WeightsQ5_K = AffineBlock<tensor::BlockQ5_K, UnpackQ5_K>;

struct WeightsQ6_K {
  using Block = tensor::BlockQ6_K;
  const Block* block;
  I16x16 scales;
  F32x16 d;

  explicit PEREGRINE_ALWAYS_INLINE WeightsQ6_K(const Block* b)
      : block(b), scales(i16_from_bytes(b->scales)), d(f32_set(f16_value(b->d))) {}
  PEREGRINE_ALWAYS_INLINE I8x64 chunk(int c) const {
    const std::uint8_t* ql = block->ql + 64 * (c / 2);
    const std::uint8_t* qh = block->qh + 32 * (c / 2);
    return c % 2 == 0 ? unpack_six_bits<false>(ql, qh) : unpack_six_bits<true>(ql, qh);
  }
  PEREGRINE_ALWAYS_INLINE I16x32 scale(int c) const { return spread_16(scales, c); }
  PEREGRINE_ALWAYS_INLINE F32x16 finish(I32x16 total, I16x16 sums, F32x16 activation_scale,
                                        F32x16 acc) const {
    total = total - times_32(dot_pairs(scales, sums));
    return mul_add(to_f32(total) * d, activation_scale, acc);
  }
};

struct WeightsQ2_K {
  using Block = tensor::BlockQ2_K;
  const Block* block;
  I16x16 scales;
  I16x16 mins;
  F32x16 d;
  F32x16 dmin;

  explicit PEREGRINE_ALWAYS_INLINE WeightsQ2_K(const Block* b)
      : block(b), d(f32_set(f16_value(b->d))), dmin(f32_set(f16_value(b->dmin))) {
    constexpr std::uint64_t kHalves = 0x0F0F0F0F0F0F0F0FU;
    std::uint64_t words[2];
    std::memcpy(words, b->scales, sizeof(words));
    scales = i16_from_words(words[0] & kHalves, words[1] & kHalves);
    mins = i16_from_words((words[0] >> 4) & kHalves, (words[1] >> 4) & kHalves);
  }
  PEREGRINE_ALWAYS_INLINE I8x64 chunk(int c) const {
    const std::uint8_t* q = block->q + 32 * (c / 2);
    return c % 2 == 0 ? unpack_two_bits<false>(q) : unpack_two_bits<true>(q);
  }
  PEREGRINE_ALWAYS_INLINE I16x32 scale(int c) const { return spread_16(scales, c); }
  PEREGRINE_ALWAYS_INLINE F32x16 finish(I32x16 total, I16x16 sums, F32x16 activation_scale,
                                        F32x16 acc) const {
    const F32x16 value = neg_mul_add(to_f32(dot_pairs(mins, sums)), dmin, to_f32(total) * d);
    return mul_add(value, activation_scale, acc);
  }
};

// The sixteen six-bit scales of a Q3_K block, as bytes of two words.
PEREGRINE_ALWAYS_INLINE I16x16 unpack_q3_k_scales(const std::uint8_t (&packed)[12]) {
  constexpr std::uint64_t kHalves = 0x0F0F0F0F0F0F0F0FU;
  constexpr std::uint32_t kPairs = 0x03030303U;
  std::uint64_t low;
  std::uint32_t top;
  std::memcpy(&low, packed, sizeof(low));
  std::memcpy(&top, packed + 8, sizeof(top));
  const auto high_bits = [top](int first) {
    const std::uint64_t upper = (top >> (first + 2)) & kPairs;
    return (((top >> first) & kPairs) | (upper << 32)) << 4;
  };
  return less(i16_from_words((low & kHalves) | high_bits(0), ((low >> 4) & kHalves) | high_bits(4)), 32);
}

struct WeightsQ3_K {
  using Block = tensor::BlockQ3_K;
  const Block* block;
  I16x16 scales;
  F32x16 d;

  explicit PEREGRINE_ALWAYS_INLINE WeightsQ3_K(const Block* b)
      : block(b), scales(unpack_q3_k_scales(b->scales)), d(f32_set(f16_value(b->d))) {}
  PEREGRINE_ALWAYS_INLINE I8x64 chunk(int c) const {
    const std::uint8_t* q = block->q + 32 * (c / 2);
    return c % 2 == 0 ? unpack_three_bits<false>(q, block->hmask, c)
                      : unpack_three_bits<true>(q, block->hmask, c);
  }
  PEREGRINE_ALWAYS_INLINE I16x32 scale(int c) const { return spread_16(scales, c); }
  PEREGRINE_ALWAYS_INLINE F32x16 finish(I32x16 total, I16x16 sums, F32x16 activation_scale,
                                        F32x16 acc) const {
    total = total - dot_pairs(times_4(scales), sums);
    return mul_add(to_f32(total) * d, activation_scale, acc);
  }
};

// The eight six-bit scales of an IQ4_XS block, each in two neighbouring lanes.
PEREGRINE_ALWAYS_INLINE I16x16 unpack_iq4_xs_scales(const tensor::BlockIQ4_XS& block) {
  std::uint32_t low;
  std::uint16_t high;
  std::memcpy(&low, block.scales_l, sizeof(low));
  std::memcpy(&high, block.scales_h, sizeof(high));
  // Four bits, and two, to each byte of a word: every step moves the upper half of what is still together.
  std::uint64_t fours = low;
  fours = (fours | (fours << 16)) & 0x0000FFFF0000FFFFU;
  fours = (fours | (fours << 8)) & 0x00FF00FF00FF00FFU;
  fours = (fours | (fours << 4)) & 0x0F0F0F0F0F0F0F0FU;
  std::uint64_t twos = high;
  twos = (twos | (twos << 24)) & 0x000000FF000000FFU;
  twos = (twos | (twos << 12)) & 0x000F000F000F000FU;
  twos = (twos | (twos << 6)) & 0x0303030303030303U;
  return less(i16_twice_each(fours | (twos << 4)), 32);
}

struct WeightsIQ4_XS {
  using Block = tensor::BlockIQ4_XS;
  const Block* block;
  I16x16 scales;
  F32x16 d;

  explicit PEREGRINE_ALWAYS_INLINE WeightsIQ4_XS(const Block* b)
      : block(b), scales(unpack_iq4_xs_scales(*b)), d(f32_set(f16_value(b->d))) {}
  PEREGRINE_ALWAYS_INLINE SignedBytes chunk(int c) const {
    const std::uint8_t* q = block->q + 32 * c;
    return split_signs(look_up(unpack_nibble_pairs(q, q + 16), tensor::kIq4Codebook));
  }
  PEREGRINE_ALWAYS_INLINE I16x32 scale(int c) const { return spread_16(scales, c); }
  PEREGRINE_ALWAYS_INLINE F32x16 finish(I32x16 total, I16x16 /*sums*/, F32x16 activation_scale,
                                        F32x16 acc) const {
    return mul_add(to_f32(total) * d, activation_scale, acc);
  }
};

template <class Weights>
struct DotQ8x256 {
  static constexpr int kMaxRows = kMaxRowsInt8;

  template <int R>
  static void run(const std::byte* weights, const Rows<R>& rows, std::size_t k, float* out,
                  std::size_t out_stride) noexcept {
    const auto* blocks = reinterpret_cast<const typename Weights::Block*>(weights);
    const std::size_t scales = q8_scales_offset(k);
    const std::size_t sums = q8x256_sums_offset(k);
    F32x16 acc[R];
    PEREGRINE_UNROLL
    for (int r = 0; r < R; ++r) acc[r] = f32_zero();
    for (std::size_t b = 0; b < k / 256; ++b) {
      const Weights w(blocks + b);
      I32x16 total[R];
      PEREGRINE_UNROLL
      for (int r = 0; r < R; ++r) total[r] = i32_zero();
      PEREGRINE_UNROLL
      for (int c = 0; c < 4; ++c) {
        prefetch_weights<R>(reinterpret_cast<const std::byte*>(blocks + b) + 64 * c);
        const auto q = w.chunk(c);
        const I16x32 scale = w.scale(c);
        const std::size_t offset = 256 * b + 64 * static_cast<std::size_t>(c);
        PEREGRINE_UNROLL
        for (int r = 0; r < R; ++r)
          total[r] = add_scaled_quads(total[r], q, i8_load(rows[r] + offset), scale);
      }
      PEREGRINE_UNROLL
      for (int r = 0; r < R; ++r) {
        const F32x16 scale = f32_set(*(reinterpret_cast<const float*>(rows[r] + scales) + b));
        acc[r] = w.finish(total[r], i16_load(rows[r] + sums + 32 * b), scale, acc[r]);
      }
    }
    PEREGRINE_UNROLL
    for (int r = 0; r < R; ++r) out[static_cast<std::size_t>(r) * out_stride] = sum(acc[r]);
  }
};

PEREGRINE_SIMD_END
