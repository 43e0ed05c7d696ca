// Products of weights in blocks of 256 (Q2_K to Q6_K, IQ4_XS) with Q8x256 activations.
//
// Within a block everything is exact integer arithmetic: the products of each group of 16 or 32 elements are
// added up and multiplied by the group's scale, and what a format subtracts from every weight (its mins, or
// an offset such as 32) is taken off through the sums of the activations. A block then adds one rounded term
// (two for formats with mins).
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/matmul/decode_q8x256_impl.h"
#include "kernels/matmul/matmul_impl.h"
#include "kernels/matmul/sum_quads_impl.h"
#include "kernels/quantize_activations/quantize_activations.h"

PEREGRINE_SIMD_BEGIN

// Shared by all formats with the same groups, so that there are few of these to compile.
template <int kBits, std::size_t kGroup, Taken kTaken>
struct MultiplyQ8x256 {
  static constexpr std::size_t kGroups = kBlockQ8x256 / kGroup;
  static constexpr std::size_t kQuads = kGroup / 4;  // vectors of weights of a group
  static constexpr std::size_t kRun = std::min<std::size_t>(kQuads, kQuadsPerSum<kBits>);

  // total[r][p] += scale * sum of the group's products.
  template <int R>
  static PEREGRINE_ALWAYS_INLINE void add_group(const DecodedQ8x256* blocks, const Rows<R>& rows,
                                                std::size_t offset, std::size_t group,
                                                I32x16 (&total)[R][kStrips]) {
    PEREGRINE_UNROLL
    for (std::size_t run = 0; run < kQuads; run += kRun) {
      QuadSums<R> sum;
      sum_quads<kBits, kRun, R>(blocks, rows, offset, group * kQuads + run, sum);
      PEREGRINE_UNROLL
      for (int p = 0; p < kStrips; ++p) {
        const I32x16 scale = i32_load(blocks[p].scales[group].bytes);
        PEREGRINE_UNROLL
        for (int r = 0; r < R; ++r) total[r][p] = add_scaled(total[r][p], sum[r][p], scale);
      }
    }
  }

  // The block's term: what was taken from the weights comes off, the rest is scaled and added to the sum.
  static PEREGRINE_ALWAYS_INLINE void finish(const DecodedQ8x256& block, const std::byte* sums, F32x16 scale,
                                             I32x16 total, float* out) {
    const F32x16 d = f32_load(block.d);
    F32x16 value;
    if constexpr (kTaken == Taken::kNone) {
      value = to_f32(total) * d;
    } else {
      I32x16 taken = i32_zero();
      PEREGRINE_UNROLL
      for (std::size_t g = 0; g < kGroups; g += 2) {
        taken = add_pairs(taken, i32_load(block.taken[g / 2].bytes), i32_broadcast(sums + 2 * g));
      }
      if constexpr (kTaken == Taken::kMins) {
        value = neg_mul_add(to_f32(taken), f32_load(block.dmin), to_f32(total) * d);
      } else {
        value = to_f32(total - taken) * d;
      }
    }
    f32_store(out, mul_add(value, scale, f32_load(out)));
  }

  template <int R>
  static PEREGRINE_ALWAYS_INLINE void multiply(const DecodedQ8x256* blocks, const Rows<R>& rows,
                                               const ChunkRange& range, Prefetch prefetch, RowSums* out) {
    I32x16 total[R][kStrips];
    PEREGRINE_UNROLL
    for (int r = 0; r < R; ++r) {
      PEREGRINE_UNROLL
      for (int p = 0; p < kStrips; ++p) total[r][p] = i32_zero();
    }
    PEREGRINE_NO_UNROLL
    for (std::size_t group = 0; group < kGroups; ++group) {
      prefetch.step();
      add_group<R>(blocks, rows, range.first, group, total);
    }
    const std::size_t block = range.first / kBlockQ8x256;
    const std::size_t scales = q8_scales_offset(range.k) + sizeof(float) * block;
    const std::size_t sums = kGroup == 32 ? q8x256_sums_32_offset(range.k) : q8x256_sums_16_offset(range.k);
    PEREGRINE_UNROLL
    for (int r = 0; r < R; ++r) {
      const F32x16 scale = f32_set(*reinterpret_cast<const float*>(rows[r] + scales));
      PEREGRINE_UNROLL
      for (int p = 0; p < kStrips; ++p) {
        finish(blocks[p], rows[r] + sums + 2 * kGroups * block, scale, total[r][p],
               out[r].v + static_cast<std::size_t>(p) * kStripRows);
      }
    }
  }
};

template <class Format>
struct ProductQ8x256 {
  using Chunk = DecodedQ8x256;
  using Multiply = MultiplyQ8x256<Format::kBits, Format::kGroup, Format::kTaken>;
  static constexpr std::size_t kBlockBytes = sizeof(typename Format::Block);
  static constexpr std::size_t kChunk = kBlockQ8x256;
  static constexpr std::size_t kChunkBlocks = 1;
  static constexpr std::size_t kSteps = Multiply::kGroups;

  static PEREGRINE_ALWAYS_INLINE void decode(const MatmulTile& t, std::size_t strip, const ChunkRange& range,
                                             Chunk& chunk) {
    Format::decode(t.weights + strip_offset(strip, t.weight_row_bytes, range.first / kChunk, kBlockBytes),
                   chunk);
  }
};

PEREGRINE_SIMD_END
