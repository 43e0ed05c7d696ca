// Products of weights in blocks of 32 (Q8_0, Q4_0, Q4_1, Q5_0, Q5_1, IQ4_NL, MXFP4) with Q8x32 activations.
//
// The products of a block are added up exactly, and what a format subtracts from every weight is taken off
// through the sum of the activations; then sum += integer * (weight scale * activation scale), and for
// formats with a minimum sum += minimum * (activation scale * activation sum), block after block.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/matmul/decode_q8x32_impl.h"
#include "kernels/matmul/matmul_impl.h"
#include "kernels/matmul/sum_quads_impl.h"
#include "kernels/quantize_activations/quantize_activations.h"

PEREGRINE_SIMD_BEGIN

// Shared by all formats with the same offset, so that there are few of these to compile.
template <int kBits, int kOffset, bool kMinimum>
struct MultiplyQ8x32 {
  static constexpr std::size_t kQuads = 8;  // vectors of weights of a block
  static constexpr std::size_t kRun = std::min<std::size_t>(kQuads, kQuadsPerSum<kBits>);

  // The exact sums of a block's products.
  template <int R>
  static PEREGRINE_ALWAYS_INLINE void add_block(const DecodedQ8x32* blocks, const Rows<R>& rows,
                                                std::size_t offset, std::size_t b,
                                                I32x16 (&total)[R][kStrips]) {
    PEREGRINE_UNROLL
    for (int r = 0; r < R; ++r) {
      PEREGRINE_UNROLL
      for (int p = 0; p < kStrips; ++p) total[r][p] = i32_zero();
    }
    PEREGRINE_UNROLL
    for (std::size_t run = 0; run < kQuads; run += kRun) {
      QuadSums<R> sum;
      sum_quads<kBits, kRun, R>(blocks, rows, offset, kQuads * b + run, sum);
      PEREGRINE_UNROLL
      for (int r = 0; r < R; ++r) {
        PEREGRINE_UNROLL
        for (int p = 0; p < kStrips; ++p) total[r][p] = add_sum(total[r][p], sum[r][p]);
      }
    }
  }

  template <int R>
  static PEREGRINE_ALWAYS_INLINE void multiply(const DecodedQ8x32* blocks, const Rows<R>& rows,
                                               const ChunkRange& range, Prefetch prefetch, RowSums* out) {
    F32x16 acc[R][kStrips];
    PEREGRINE_UNROLL
    for (int r = 0; r < R; ++r) {
      PEREGRINE_UNROLL
      for (int p = 0; p < kStrips; ++p)
        acc[r][p] = f32_load(out[r].v + static_cast<std::size_t>(p) * kStripRows);
    }
    const std::size_t scales = q8_scales_offset(range.k) + range.first / 32 * sizeof(float);
    const std::size_t sums = q8x32_sums_offset(range.k) + range.first / 32 * sizeof(std::int32_t);
    PEREGRINE_NO_UNROLL
    for (std::size_t b = 0; b < range.count / 32; ++b) {
      prefetch.step();
      I32x16 total[R][kStrips];
      add_block<R>(blocks, rows, range.first, b, total);
      PEREGRINE_UNROLL
      for (int r = 0; r < R; ++r) {
        const F32x16 scale = f32_broadcast(rows[r] + scales + 4 * b);
        const I32x16 sum = i32_broadcast(rows[r] + sums + 4 * b);
        PEREGRINE_UNROLL
        for (int p = 0; p < kStrips; ++p) {
          if constexpr (kOffset != 0) total[r][p] = total[r][p] - sum * i32_set(kOffset);
          acc[r][p] = mul_add(to_f32(total[r][p]), f32_load(blocks[p].d[b]) * scale, acc[r][p]);
          if constexpr (kMinimum)
            acc[r][p] = mul_add(f32_load(blocks[p].m[b]), scale * to_f32(sum), acc[r][p]);
        }
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

template <class Format>
struct ProductQ8x32 {
  using Chunk = DecodedQ8x32;
  using Multiply = MultiplyQ8x32<Format::kBits, Format::kOffset, Format::kMinimum>;
  static constexpr std::size_t kBlockBytes = sizeof(typename Format::Block);
  static constexpr std::size_t kChunk = 256;
  static constexpr std::size_t kChunkBlocks = kChunk / 32;
  static constexpr std::size_t kSteps = kChunkBlocks;

  static PEREGRINE_ALWAYS_INLINE void decode(const MatmulTile& t, std::size_t strip, const ChunkRange& range,
                                             Chunk& chunk) {
    const std::byte* block =
        t.weights + strip_offset(strip, t.weight_row_bytes, range.first / 32, kBlockBytes);
    PEREGRINE_NO_UNROLL
    for (std::size_t b = 0; b < range.count / 32; ++b)
      Format::decode(block + b * kPanelRows * kBlockBytes, b, chunk);
  }
};

PEREGRINE_SIMD_END
