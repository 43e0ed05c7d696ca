// Dot products of weights in blocks of 32 (Q8_0, Q4_0, Q4_1, Q5_0, Q5_1, IQ4_NL, MXFP4) with Q8x32
// activations.
//
// Two blocks make one step: block 2 i in lanes 0..7, block 2 i + 1 in lanes 8..15, each lane the exact
// integer sum of four neighbouring products; then acc += integer * (weight scale * activation scale). Offsets
// come last, sixteen blocks at a time: acc += offset * activation sum, block 16 i + l in lane l.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/matmul/matmul_impl.h"
#include "kernels/quantize_activations/quantize_activations.h"
#include "tensor/iq4_codebook.h"
#include "tensor/iq4_nl.h"
#include "tensor/mxfp4.h"
#include "tensor/q4_0.h"
#include "tensor/q4_1.h"
#include "tensor/q5_0.h"
#include "tensor/q5_1.h"
#include "tensor/q8_0.h"

PEREGRINE_SIMD_BEGIN

// Each kind of block: unpack() gives the weights of two blocks in units of their scales, ready for dot_quads
// (`second` may be null); scale() is the float that a block's units stand for.
struct WeightsQ8_0 {
  using Block = tensor::BlockQ8_0;
  static PEREGRINE_ALWAYS_INLINE SignedBytes unpack(const Block* first, const Block* second) {
    return split_signs(unpack_bytes(first->q, second != nullptr ? second->q : nullptr));
  }
  static PEREGRINE_ALWAYS_INLINE float scale(const Block* block) { return f16_value(block->d); }
};

template <class Block>
PEREGRINE_ALWAYS_INLINE I8x64 unpack_nibbles_of(const Block* first, const Block* second) {
  return unpack_nibble_pairs(first->q, second != nullptr ? second->q : nullptr);
}

template <class Block>
PEREGRINE_ALWAYS_INLINE I8x64 unpack_five_bits_of(const Block* first, const Block* second) {
  const bool both = second != nullptr;
  return unpack_five_bit_pairs(first->q, first->qh, both ? second->q : nullptr, both ? second->qh : nullptr);
}

struct WeightsQ4_0 {
  using Block = tensor::BlockQ4_0;
  static PEREGRINE_ALWAYS_INLINE SignedBytes unpack(const Block* first, const Block* second) {
    return split_signs(less(unpack_nibbles_of(first, second), 8));
  }
  static PEREGRINE_ALWAYS_INLINE float scale(const Block* block) { return f16_value(block->d); }
};

struct WeightsQ4_1 {
  using Block = tensor::BlockQ4_1;
  static PEREGRINE_ALWAYS_INLINE UnsignedBytes unpack(const Block* first, const Block* second) {
    return {unpack_nibbles_of(first, second)};
  }
  static PEREGRINE_ALWAYS_INLINE float scale(const Block* block) { return f16_value(block->d); }
};

struct WeightsQ5_0 {
  using Block = tensor::BlockQ5_0;
  static PEREGRINE_ALWAYS_INLINE SignedBytes unpack(const Block* first, const Block* second) {
    return split_signs(less(unpack_five_bits_of(first, second), 16));
  }
  static PEREGRINE_ALWAYS_INLINE float scale(const Block* block) { return f16_value(block->d); }
};

struct WeightsQ5_1 {
  using Block = tensor::BlockQ5_1;
  static PEREGRINE_ALWAYS_INLINE UnsignedBytes unpack(const Block* first, const Block* second) {
    return {unpack_five_bits_of(first, second)};
  }
  static PEREGRINE_ALWAYS_INLINE float scale(const Block* block) { return f16_value(block->d); }
};

struct WeightsIQ4_NL {
  using Block = tensor::BlockIQ4_NL;
  static PEREGRINE_ALWAYS_INLINE SignedBytes unpack(const Block* first, const Block* second) {
    return split_signs(look_up(unpack_nibbles_of(first, second), tensor::kIq4Codebook));
  }
  static PEREGRINE_ALWAYS_INLINE float scale(const Block* block) { return f16_value(block->d); }
};

struct WeightsMXFP4 {
  using Block = tensor::BlockMXFP4;
  static PEREGRINE_ALWAYS_INLINE SignedBytes unpack(const Block* first, const Block* second) {
    return split_signs(look_up(unpack_nibbles_of(first, second), tensor::kMxfp4Doubled));
  }
  static PEREGRINE_ALWAYS_INLINE float scale(const Block* block) {
    return tensor::mxfp4_half_scale(block->e);
  }
};

template <class Weights>
struct DotQ8x32 {
  static constexpr int kMaxRows = kMaxRowsInt8;
  using Block = typename Weights::Block;

  // `step` counts pairs of blocks; `second` is null where a row ends on an odd block, whose other half then
  // contributes zeros.
  template <int R>
  static PEREGRINE_ALWAYS_INLINE void add_step(const Block* first, const Block* second, const Rows<R>& rows,
                                               std::size_t step, std::size_t scales, F32x16 (&acc)[R]) {
    prefetch_weights<R>(first);
    const auto q = Weights::unpack(first, second);
    const F32x16 d = f32_set_halves(Weights::scale(first), second != nullptr ? Weights::scale(second) : 0.0F);
    PEREGRINE_UNROLL
    for (int r = 0; r < R; ++r) {
      const auto* scale = reinterpret_cast<const float*>(rows[r] + scales) + 2 * step;
      const F32x16 both = d * f32_set_halves(scale[0], scale[1]);
      acc[r] = mul_add(to_f32(dot_quads(q, i8_load(rows[r] + 64 * step))), both, acc[r]);
    }
  }

  // The offsets of the first sixteen of `n` blocks, zeros where there are fewer. Put together in registers: a
  // wide load after many small stores would wait for all of them.
  static PEREGRINE_ALWAYS_INLINE F32x16 load_offsets(const Block* blocks, std::size_t n) {
    const auto offset = [blocks](std::size_t i) {
      return std::uint64_t{blocks[i].m.bits()} << (16 * (i % 4));
    };
    std::uint64_t words[4] = {};
    if (n >= kLanes) {
      PEREGRINE_UNROLL
      for (std::size_t i = 0; i < 4; ++i) {
        words[i] = offset(4 * i) | offset(4 * i + 1) | offset(4 * i + 2) | offset(4 * i + 3);
      }
    } else {
      for (std::size_t i = 0; i < n; ++i) words[i / 4] |= offset(i);
    }
    return f16_load(reinterpret_cast<const std::byte*>(words));
  }

  // The sums are padded with zeros to sixteen as well.
  template <int R>
  static PEREGRINE_ALWAYS_INLINE void add_offsets(const Block* blocks, const Rows<R>& rows, std::size_t k,
                                                  F32x16 (&acc)[R]) {
    const std::size_t sums = q8x32_sums_offset(k);
    for (std::size_t b = 0; b < k / 32; b += kLanes) {
      const F32x16 m = load_offsets(blocks + b, k / 32 - b);
      PEREGRINE_UNROLL
      for (int r = 0; r < R; ++r) acc[r] = mul_add(m, f32_load(rows[r] + sums + b * sizeof(float)), acc[r]);
    }
  }

  template <int R>
  static void run(const std::byte* weights, const Rows<R>& rows, std::size_t k, float* out,
                  std::size_t out_stride) noexcept {
    const auto* blocks = reinterpret_cast<const Block*>(weights);
    const std::size_t scales = q8_scales_offset(k);
    const std::size_t steps = k / 64;
    F32x16 acc[R];
    PEREGRINE_UNROLL
    for (int r = 0; r < R; ++r) acc[r] = f32_zero();
    for (std::size_t s = 0; s < steps; ++s)
      add_step<R>(blocks + 2 * s, blocks + 2 * s + 1, rows, s, scales, acc);
    if (k % 64 != 0) add_step<R>(blocks + 2 * steps, nullptr, rows, steps, scales, acc);
    if constexpr (requires(Block block) { block.m; }) add_offsets<R>(blocks, rows, k, acc);
    PEREGRINE_UNROLL
    for (int r = 0; r < R; ++r) out[static_cast<std::size_t>(r) * out_stride] = sum(acc[r]);
  }
};

PEREGRINE_SIMD_END
