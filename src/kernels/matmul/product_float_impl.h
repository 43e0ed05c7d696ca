// Products of plain weights (F32, F16, BF16) with float activations: a chunk's products are added up in the
// order of k, then the chunk's sum to the row's.
#pragma once

#include <cstddef>

#include "kernels/matmul/matmul_impl.h"
#include "kernels/simd/elements_impl.h"

PEREGRINE_SIMD_BEGIN

struct DecodedFloats {
  alignas(64) float v[kChunk][kPanelRows];
};

struct MultiplyFloat {
  template <int R>
  static PEREGRINE_ALWAYS_INLINE void multiply(const DecodedFloats* chunks, const Rows<R>& rows,
                                               const ChunkRange& range, RowSums* out) {
    F32x16 sum[R][kPanels];
    PEREGRINE_UNROLL
    for (int r = 0; r < R; ++r) {
      PEREGRINE_UNROLL
      for (int p = 0; p < kPanels; ++p) sum[r][p] = f32_zero();
    }
    for (std::size_t i = 0; i < range.count; ++i) {
      F32x16 w[kPanels];
      PEREGRINE_UNROLL
      for (int p = 0; p < kPanels; ++p) w[p] = f32_load(chunks[p].v[i]);
      PEREGRINE_UNROLL
      for (int r = 0; r < R; ++r) {
        const F32x16 a = f32_broadcast(rows[r] + (range.first + i) * sizeof(float));
        PEREGRINE_UNROLL
        for (int p = 0; p < kPanels; ++p) sum[r][p] = mul_add(w[p], a, sum[r][p]);
      }
    }
    PEREGRINE_UNROLL
    for (int r = 0; r < R; ++r) {
      PEREGRINE_UNROLL
      for (int p = 0; p < kPanels; ++p) {
        float* to = out[r].v + static_cast<std::size_t>(p) * kPanelRows;
        f32_store(to, f32_load(to) + sum[r][p]);
      }
    }
  }
};

template <class Elements>
struct ProductFloat {
  using Chunk = DecodedFloats;

  static PEREGRINE_ALWAYS_INLINE void decode(const std::byte* panel, const ChunkRange& range, Chunk& chunk) {
    constexpr std::size_t kBytes = kPanelRows * Elements::kBytes;
    const std::byte* from = panel + range.first * kBytes;
    for (std::size_t i = 0; i < range.count; ++i) {
      prefetch_weights(from + i * kBytes);
      f32_store(chunk.v[i], Elements::load(from + i * kBytes));
    }
  }
  template <int R>
  static PEREGRINE_ALWAYS_INLINE void multiply(const Chunk* chunks, const Rows<R>& rows,
                                               const ChunkRange& range, RowSums* out) {
    MultiplyFloat::multiply<R>(chunks, rows, range, out);
  }
};

PEREGRINE_SIMD_END
