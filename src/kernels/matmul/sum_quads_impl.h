// The innermost loop of quantised products: sums of products of bytes, for R rows and kStrips strips.
#pragma once

#include <cstddef>

#include "kernels/matmul/matmul_impl.h"

PEREGRINE_SIMD_BEGIN

template <int R>
using QuadSums = QuadSum[R][kStrips];

// Sets sum[r][s] to the products of quads `first` .. `first + kRun - 1` of a chunk, whose activations begin
// at `offset` in a row. kRun is at most what a QuadSum takes; `Decoded` has the chunk's bytes as `weights`.
template <int kBits, std::size_t kRun, int R, class Decoded>
PEREGRINE_ALWAYS_INLINE void sum_quads(const Decoded* strips, const Rows<R>& rows, std::size_t offset,
                                       std::size_t first, QuadSums<R>& sum) {
  PEREGRINE_UNROLL
  for (int r = 0; r < R; ++r) {
    PEREGRINE_UNROLL
    for (int s = 0; s < kStrips; ++s) sum[r][s] = quad_zero();
  }
  PEREGRINE_UNROLL
  for (std::size_t quad = first; quad < first + kRun; ++quad) {
    I32x16 w[kStrips];
    PEREGRINE_UNROLL
    for (int s = 0; s < kStrips; ++s) w[s] = i32_load(strips[s].weights[quad].bytes);
    PEREGRINE_UNROLL
    for (int r = 0; r < R; ++r) {
      const I32x16 a = i32_broadcast(rows[r] + offset + 4 * quad);
      PEREGRINE_UNROLL
      for (int s = 0; s < kStrips; ++s) sum[r][s] = add_quads<kBits>(sum[r][s], w[s], a);
    }
  }
}

PEREGRINE_SIMD_END
