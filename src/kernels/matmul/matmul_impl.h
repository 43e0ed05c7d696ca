// The loops around every matmul kernel: strips of outputs, passes of rows, chunks of k.
//
// A `Product` decodes a chunk of a strip once to a form in the first-level cache (Product::Chunk), and
// multiplies it with R activation rows at a time, kStrips strips side by side, adding to sums that wait in
// memory between chunks. What it computes for a row depends neither on R nor on the strip beside it, which is
// all that the contract of matmul.h needs.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>

#include "kernels/matmul/interleave.h"
#include "kernels/matmul/matmul.h"

PEREGRINE_SIMD_BEGIN

// Rows that use a decoded chunk: their sums and their bytes of a chunk share the first-level cache with it.
inline constexpr std::size_t kPassRows = 64;

template <int R>
using Rows = std::array<const std::byte*, R>;

// A row's sums: the outputs of kStrips strips.
struct alignas(64) RowSums {
  float v[kStrips * kStripRows];
};

// Which part of k a chunk is, and of what.
struct ChunkRange {
  std::size_t k;      // of the whole row
  std::size_t first;  // a multiple of Product::kChunk
  std::size_t count;  // at most Product::kChunk
};

// Asks for what comes about kPrefetchBytes after the panel's present chunk, which may lie past the end: a
// single row's arithmetic is too little, and comes in too long pieces, for the hardware's own prefetcher to
// keep memory busy. Whole chunks ahead, line by line, is what measures best. Each strip asks for its
// share.
inline constexpr std::size_t kPrefetchBytes = 8192;

template <std::size_t kChunkBlocks, std::size_t kBlockBytes>
PEREGRINE_ALWAYS_INLINE void prefetch_chunk(const std::byte* first_block, std::size_t strip) {
  constexpr std::size_t kStripBlock = kStripRows * kBlockBytes;
  constexpr std::size_t kStripChunk = kChunkBlocks * kStripBlock;
  constexpr std::size_t kPanelChunk = kPanelStrips * kStripChunk;
  constexpr std::size_t kAhead = (kPrefetchBytes + kPanelChunk - 1) / kPanelChunk * kPanelChunk;
  const std::byte* share = first_block + kAhead + strip % kPanelStrips * (kStripChunk - kStripBlock);
  for (std::size_t at = 0; at < kStripChunk; at += 64) __builtin_prefetch(share + at);
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
  const std::size_t last_strip = (end - 1) / kStripRows;
  typename Product::Chunk chunks[kStrips];
  RowSums sums[kPassRows];
  for (std::size_t strip = t.first_out / kStripRows; strip <= last_strip; strip += kStrips) {
    for (std::size_t row = 0; row < t.n_rows; row += kPassRows) {
      const std::size_t n_rows = std::min(kPassRows, t.n_rows - row);
      std::memset(sums, 0, n_rows * sizeof(RowSums));
      for (std::size_t first = 0; first < t.k; first += Product::kChunk) {
        const ChunkRange range{t.k, first, std::min(Product::kChunk, t.k - first)};
        for (std::size_t s = 0; s < kStrips; ++s) {
          // Beyond the last strip, the last one once more: its sums are not stored.
          Product::decode(t, std::min(strip + s, last_strip), range, chunks[s]);
        }
        multiply_pass<Product>(chunks, t, row, n_rows, range, sums);
      }
      const std::size_t from = std::max(strip * kStripRows, t.first_out);
      const std::size_t to = std::min((strip + kStrips) * kStripRows, end);
      for (std::size_t r = 0; r < n_rows; ++r) {
        std::memcpy(t.out + (row + r) * t.out_row_stride + (from - t.first_out),
                    sums[r].v + (from - strip * kStripRows), (to - from) * sizeof(float));
      }
    }
  }
}

PEREGRINE_SIMD_END
