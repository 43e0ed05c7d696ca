// The loops around every matmul kernel: panels of outputs, passes of rows, chunks of k.
//
// A `Product` decodes a chunk of a panel once to a form in the first-level cache (Product::Chunk), and
// multiplies it with R activation rows at a time, kPanels panels side by side, adding to sums that wait in
// memory between chunks. What it computes for a row depends neither on R nor on the panel beside it, which is
// all that the contract of matmul.h needs.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>

#include "kernels/matmul/interleave.h"
#include "kernels/matmul/matmul.h"

PEREGRINE_SIMD_BEGIN

// Elements of a row that are decoded at a time, the largest block there is.
inline constexpr std::size_t kChunk = 256;
// Rows that use a decoded chunk: their sums and their bytes of a chunk share the first-level cache with it.
inline constexpr std::size_t kPassRows = 64;

template <int R>
using Rows = std::array<const std::byte*, R>;

// A row's sums: the outputs of kPanels panels.
struct alignas(64) RowSums {
  float v[kPanels * kPanelRows];
};

// Which part of k a chunk is, and of what.
struct ChunkRange {
  std::size_t k;      // of the whole row
  std::size_t first;  // a multiple of kChunk
  std::size_t count;  // at most kChunk
};

// Asks for weights that will be decoded two chunks later or so; they may lie past the end.
PEREGRINE_ALWAYS_INLINE void prefetch_weights(const std::byte* weights) {
  __builtin_prefetch(weights + 6144);
}

template <class Product, int R>
PEREGRINE_ALWAYS_INLINE void multiply_rows(const typename Product::Chunk* chunks, const MatmulTile& t,
                                           std::size_t row, const ChunkRange& range, RowSums* sums) {
  Rows<R> rows;
  PEREGRINE_UNROLL
  for (std::size_t r = 0; r < R; ++r) rows[r] = t.activations + (row + r) * t.activation_row_stride;
  Product::template multiply<R>(chunks, rows, range, sums);
}

template <class Product>
void multiply_pass(const typename Product::Chunk* chunks, const MatmulTile& t, std::size_t first_row,
                   std::size_t n_rows, const ChunkRange& range, RowSums* sums) noexcept {
  std::size_t r = 0;
  for (; r + kTileRows <= n_rows; r += kTileRows)
    multiply_rows<Product, kTileRows>(chunks, t, first_row + r, range, sums + r);
  if constexpr (kTileRows > 4) {
    for (; r + 4 <= n_rows; r += 4) multiply_rows<Product, 4>(chunks, t, first_row + r, range, sums + r);
  }
  if constexpr (kTileRows > 2) {
    for (; r + 2 <= n_rows; r += 2) multiply_rows<Product, 2>(chunks, t, first_row + r, range, sums + r);
  }
  for (; r < n_rows; ++r) multiply_rows<Product, 1>(chunks, t, first_row + r, range, sums + r);
}

template <class Product>
void matmul_tile(const MatmulTile& t) noexcept {
  const std::size_t end = t.first_out + t.n_out;
  const std::size_t last_panel = (end - 1) / kPanelRows;
  typename Product::Chunk chunks[kPanels];
  RowSums sums[kPassRows];
  for (std::size_t panel = t.first_out / kPanelRows; panel <= last_panel; panel += kPanels) {
    for (std::size_t row = 0; row < t.n_rows; row += kPassRows) {
      const std::size_t n_rows = std::min(kPassRows, t.n_rows - row);
      std::memset(sums, 0, n_rows * sizeof(RowSums));
      for (std::size_t first = 0; first < t.k; first += kChunk) {
        const ChunkRange range{t.k, first, std::min(kChunk, t.k - first)};
        for (std::size_t p = 0; p < kPanels; ++p) {
          // Beyond the last panel, the last one once more: its sums are not stored.
          const std::size_t source = std::min(panel + p, last_panel);
          Product::decode(t.weights + source * kPanelRows * t.weight_row_bytes, range, chunks[p]);
        }
        multiply_pass<Product>(chunks, t, row, n_rows, range, sums);
      }
      const std::size_t from = std::max(panel * kPanelRows, t.first_out);
      const std::size_t to = std::min((panel + kPanels) * kPanelRows, end);
      for (std::size_t r = 0; r < n_rows; ++r) {
        std::memcpy(t.out + (row + r) * t.out_row_stride + (from - t.first_out),
                    sums[r].v + (from - panel * kPanelRows), (to - from) * sizeof(float));
      }
    }
  }
}

PEREGRINE_SIMD_END
