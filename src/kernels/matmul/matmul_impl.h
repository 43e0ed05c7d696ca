// The loops around every matmul kernel: strips of outputs, passes of rows, chunks of k.
//
// A `Product` decodes a chunk of a strip once to a form in the first-level cache (Product::Chunk);
// Product::Multiply multiplies it with R activation rows at a time, kStrips strips side by side, adding to
// sums that wait in memory between chunks. What it computes for a row depends neither on R nor on the strip
// beside it, which is all that the contract of matmul.h needs.
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

// Asks memory for weights while others are multiplied: a single row's arithmetic is too little, and comes in
// too long pieces, for the hardware's own prefetcher to keep memory busy.
class Prefetch {
 public:
  Prefetch() = default;
  // `bytes` from `from`, which may lie past the end of the weights, in `steps` steps.
  Prefetch(const std::byte* from, std::size_t bytes, std::size_t steps)
      : next_(from), end_(from + bytes), step_((bytes / steps + kLine - 1) / kLine * kLine) {}

  PEREGRINE_ALWAYS_INLINE void step() {
    const std::byte* until = std::min(next_ + step_, end_);
    for (; next_ < until; next_ += kLine) __builtin_prefetch(next_);
  }

 private:
  static constexpr std::size_t kLine = 64;
  const std::byte* next_ = nullptr;
  const std::byte* end_ = nullptr;
  std::size_t step_ = 0;
};

// Which part of k a chunk is, and of what.
struct ChunkRange {
  std::size_t k;      // of the whole row
  std::size_t first;  // a multiple of Product::kChunk
  std::size_t count;  // at most Product::kChunk
};

// How far ahead weights are asked for, in whole chunks: about what measures best.
inline constexpr std::size_t kPrefetchBytes = 8192;

// In steps while as many rows are multiplied; with fewer, strip by strip before each is decoded.
inline constexpr std::size_t kSpreadRows = 4;

// What is asked for with the chunk `range` of the strips from `strip` on.
template <class Product>
PEREGRINE_ALWAYS_INLINE Prefetch prefetch_of(const MatmulTile& t, std::size_t strip, const ChunkRange& range,
                                             std::size_t steps) {
  constexpr std::size_t kStripChunk = Product::kChunkBlocks * Product::kBlockBytes * kStripRows;
  constexpr std::size_t kPanelChunk = kPanelStrips * kStripChunk;
  constexpr std::size_t kAhead = (kPrefetchBytes + kPanelChunk - 1) / kPanelChunk * kPanelChunk;
  const std::byte* panel = t.weights + strip / kPanelStrips * kPanelRows * t.weight_row_bytes;
  const std::byte* share =
      panel + range.first / Product::kChunk * kPanelChunk + strip % kPanelStrips * kStripChunk;
  return {share + kAhead, kStrips * kStripChunk, steps};
}

template <class Product, int R>
PEREGRINE_ALWAYS_INLINE void multiply_rows(const typename Product::Chunk* chunks, const MatmulTile& t,
                                           std::size_t row, const ChunkRange& range, Prefetch prefetch,
                                           RowSums* sums) {
  Rows<R> rows;
  PEREGRINE_UNROLL
  for (std::size_t r = 0; r < R; ++r) rows[r] = t.activations + (row + r) * t.activation_row_stride;
  Product::Multiply::template multiply<R>(chunks, rows, range, prefetch, sums);
}

template <class Product>
void multiply_pass(const typename Product::Chunk* chunks, const MatmulTile& t, std::size_t first_row,
                   std::size_t n_rows, const ChunkRange& range, Prefetch prefetch, RowSums* sums) noexcept {
  std::size_t r = 0;
  const auto multiply = [&]<int R>() PEREGRINE_INLINE_LAMBDA {
    for (; r + R <= n_rows; r += R) {
      multiply_rows<Product, R>(chunks, t, first_row + r, range, prefetch, sums + r);
      prefetch = {};  // the first rows have asked for everything
    }
  };
  multiply.template operator()<kTileRows>();
  if constexpr (kTileRows > 4) multiply.template operator()<4>();
  if constexpr (kTileRows > 2) multiply.template operator()<2>();
  if constexpr (kTileRows > 1) multiply.template operator()<1>();
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
        const bool spread = n_rows >= kSpreadRows;
        Prefetch prefetch = prefetch_of<Product>(t, strip, range, spread ? Product::kSteps : kStrips);
        for (std::size_t s = 0; s < kStrips; ++s) {
          if (!spread) prefetch.step();
          // Beyond the last strip, the last one once more: its sums are not stored.
          Product::decode(t, std::min(strip + s, last_strip), range, chunks[s]);
        }
        multiply_pass<Product>(chunks, t, row, n_rows, range, prefetch, sums);
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
