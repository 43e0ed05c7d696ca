// Products of weights in words of fourteen bits (Q16_0) with activations of the same kind, I16x32.
//
// The products of a block are added up exactly; then sum += integer * (weight scale * activation scale),
// block after block. Weights are read as they lie: there is nothing to decode.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/matmul/decode_q8x256_impl.h"
#include "kernels/matmul/matmul_impl.h"
#include "kernels/quantize_activations/quantize_activations.h"
#include "tensor/q16_0.h"

PEREGRINE_SIMD_BEGIN

struct MultiplyI16x32 {
  using Block = tensor::BlockQ16_0;
  static constexpr std::size_t kPairs = 16;  // vectors of weights of a block

  // The exact sums of a block's products, of the strips' blocks at `blocks`.
  template <int R>
  static PEREGRINE_ALWAYS_INLINE void add_block(const std::byte* const (&blocks)[kStrips],
                                                const Rows<R>& rows, std::size_t offset,
                                                I32x16 (&total)[R][kStrips]) {
    PEREGRINE_UNROLL
    for (int r = 0; r < R; ++r) {
      PEREGRINE_UNROLL
      for (int p = 0; p < kStrips; ++p) total[r][p] = i32_zero();
    }
    PEREGRINE_UNROLL
    for (std::size_t j = 0; j < kPairs; ++j) {
      I32x16 w[kStrips];
      PEREGRINE_UNROLL
      for (int p = 0; p < kStrips; ++p) w[p] = word_of(field(blocks[p], offsetof(Block, q)), j);
      PEREGRINE_UNROLL
      for (int r = 0; r < R; ++r) {
        const I32x16 a = i32_broadcast(rows[r] + offset + 4 * j);
        PEREGRINE_UNROLL
        for (int p = 0; p < kStrips; ++p) total[r][p] = add_pairs(total[r][p], w[p], a);
      }
    }
  }

  template <int R>
  static PEREGRINE_ALWAYS_INLINE void multiply(const std::byte* const* strips, const Rows<R>& rows,
                                               const ChunkRange& range, Prefetch prefetch, RowSums* out) {
    F32x16 acc[R][kStrips];
    PEREGRINE_UNROLL
    for (int r = 0; r < R; ++r) {
      PEREGRINE_UNROLL
      for (int p = 0; p < kStrips; ++p)
        acc[r][p] = f32_load(out[r].v + static_cast<std::size_t>(p) * kStripRows);
    }
    const std::size_t scales = i16_scales_offset(range.k) + range.first / 32 * sizeof(float);
    PEREGRINE_NO_UNROLL
    for (std::size_t b = 0; b < range.count / 32; ++b) {
      prefetch.step();
      const std::byte* blocks[kStrips];
      PEREGRINE_UNROLL
      for (int p = 0; p < kStrips; ++p) blocks[p] = strips[p] + b * kPanelRows * sizeof(Block);
      I32x16 total[R][kStrips];
      add_block<R>(blocks, rows, sizeof(std::int16_t) * (range.first + 32 * b), total);
      PEREGRINE_UNROLL
      for (int r = 0; r < R; ++r) {
        const F32x16 scale = f32_broadcast(rows[r] + scales + sizeof(float) * b);
        PEREGRINE_UNROLL
        for (int p = 0; p < kStrips; ++p)
          acc[r][p] = mul_add(to_f32(total[r][p]), f32_load(blocks[p]) * scale, acc[r][p]);
      }
    }
    PEREGRINE_UNROLL
    for (int r = 0; r < R; ++r) {
      PEREGRINE_UNROLL
      for (int p = 0; p < kStrips; ++p)
        f32_store(out[r].v + static_cast<std::size_t>(p) * kStripRows, acc[r][p]);
    }
  }
};

struct ProductI16x32 {
  using Chunk = const std::byte*;  // the strip's blocks, in the panel
  using Multiply = MultiplyI16x32;
  static constexpr std::size_t kBlockBytes = sizeof(tensor::BlockQ16_0);
  // Both strips' weights, the activations of a pass and its sums fit the first-level cache.
  static constexpr std::size_t kChunk = 128;
  static constexpr std::size_t kChunkBlocks = kChunk / 32;
  static constexpr std::size_t kSteps = kChunkBlocks;

  static PEREGRINE_ALWAYS_INLINE void decode(const MatmulTile& t, std::size_t strip, const ChunkRange& range,
                                             Chunk& chunk) {
    chunk = t.weights + strip_offset(strip, t.weight_row_bytes, range.first / 32, kBlockBytes);
  }
};

PEREGRINE_SIMD_END
