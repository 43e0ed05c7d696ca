// The loops around every matmul kernel: tiles of rows within blocks of outputs.
//
// A `Dot` gives, by run<R>(), the products of one weight row with R activation rows; it decodes the weight
// row once for all R. What it computes for a row does not depend on R, which is all that the contract of
// matmul.h needs.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

#include "kernels/matmul/matmul.h"

PEREGRINE_SIMD_BEGIN

// Weight rows that stay in the second-level cache while all activation rows pass by.
inline constexpr std::size_t kOutputBlock = 32;

inline constexpr int kPrefetchRows = 4;

template <int R>
using Rows = std::array<const std::byte*, R>;

// Asks for the weights that come 2 KiB later, which may lie past the end. With several rows the arithmetic
// between two cache lines is too long, and the streams too many, for the hardware's own prefetcher; with one
// row it is not.
template <int R>
PEREGRINE_ALWAYS_INLINE void prefetch_weights(const void* weights) {
  if constexpr (R >= kPrefetchRows) __builtin_prefetch(static_cast<const std::byte*>(weights) + 2048);
}

template <class Dot, int R>
void multiply_rows(const MatmulTile& t, std::size_t first_out, std::size_t last_out,
                   std::size_t first_row) noexcept {
  Rows<R> rows;
  for (std::size_t r = 0; r < R; ++r) rows[r] = t.activations + (first_row + r) * t.activation_row_stride;
  float* out = t.out + first_row * t.out_row_stride;
  for (std::size_t o = first_out; o < last_out; ++o) {
    Dot::template run<R>(t.weights + o * t.weight_row_stride, rows, t.k, out + o, t.out_row_stride);
  }
}

template <class Dot>
void matmul_tile(const MatmulTile& t) noexcept {
  for (std::size_t o = 0; o < t.n_out; o += kOutputBlock) {
    const std::size_t end = std::min(t.n_out, o + kOutputBlock);
    std::size_t row = 0;
    if constexpr (Dot::kMaxRows >= 8) {
      for (; row + 8 <= t.n_rows; row += 8) multiply_rows<Dot, 8>(t, o, end, row);
    }
    if constexpr (Dot::kMaxRows >= 4) {
      for (; row + 4 <= t.n_rows; row += 4) multiply_rows<Dot, 4>(t, o, end, row);
    }
    for (; row + 2 <= t.n_rows; row += 2) multiply_rows<Dot, 2>(t, o, end, row);
    if (row < t.n_rows) multiply_rows<Dot, 1>(t, o, end, row);
  }
}

PEREGRINE_SIMD_END
