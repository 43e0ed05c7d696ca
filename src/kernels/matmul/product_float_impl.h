// Products of plain weights (F32, F16, BF16) with float activations: a chunk's products are added up in the
// order of k, then the chunk's sum to the row's.
#pragma once

#include <cstddef>

#include "kernels/matmul/matmul_impl.h"
#include "kernels/simd/elements_impl.h"

PEREGRINE_SIMD_BEGIN

inline constexpr std::size_t kFloatChunk = 64;

struct DecodedFloats {
  alignas(64) float v[kFloatChunk][kStripRows];
};

struct MultiplyFloat {
  template <int R>
  static PEREGRINE_ALWAYS_INLINE void multiply(const DecodedFloats* chunks, const Rows<R>& rows,
                                               const ChunkRange& range, Prefetch prefetch, RowSums* out) {
    F32x16 sum[R][kStrips];
    PEREGRINE_UNROLL
    for (int r = 0; r < R; ++r) {
      PEREGRINE_UNROLL
      for (int p = 0; p < kStrips; ++p) sum[r][p] = f32_zero();
    }
    for (std::size_t i = 0; i < range.count; ++i) {
      prefetch.step();
      F32x16 w[kStrips];
      PEREGRINE_UNROLL
      for (int p = 0; p < kStrips; ++p) w[p] = f32_load(chunks[p].v[i]);
      PEREGRINE_UNROLL
      for (int r = 0; r < R; ++r) {
        const F32x16 a = f32_broadcast(rows[r] + (range.first + i) * sizeof(float));
        PEREGRINE_UNROLL
        for (int p = 0; p < kStrips; ++p) sum[r][p] = mul_add(w[p], a, sum[r][p]);
      }
    }
    PEREGRINE_UNROLL
    for (int r = 0; r < R; ++r) {
      PEREGRINE_UNROLL
      for (int p = 0; p < kStrips; ++p) {
        float* to = out[r].v + static_cast<std::size_t>(p) * kStripRows;
        f32_store(to, f32_load(to) + sum[r][p]);
      }
    }
  }
};

template <class Elements>
struct ProductFloat {
  using Chunk = DecodedFloats;
  using Multiply = MultiplyFloat;
  static constexpr std::size_t kBlockBytes = Elements::kBytes;
  static constexpr std::size_t kChunk = kFloatChunk;
  static constexpr std::size_t kChunkBlocks = kChunk;
  static constexpr std::size_t kSteps = kChunk;

  static PEREGRINE_ALWAYS_INLINE void decode(const MatmulTile& t, std::size_t strip, const ChunkRange& range,
                                             Chunk& chunk) {
    const std::byte* from = t.weights + strip_offset(strip, t.weight_row_bytes, range.first, kBlockBytes);
    for (std::size_t i = 0; i < range.count; ++i, from += kPanelRows * kBlockBytes)
      f32_store(chunk.v[i], Elements::load(from));
  }
};

PEREGRINE_SIMD_END
