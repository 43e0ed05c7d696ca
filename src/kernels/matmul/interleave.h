// The layout in which matmul kernels read weights: panels of neighbouring rows that alternate word by word.
//
// Sixteen rows are a strip: each word of the file's block becomes the sixteen rows' words, in the order of
// the rows, so that one vector holds the same elements of sixteen outputs. Words are four bytes, but two for
// F16 and BF16 (elements and scales) and one for MXFP4's scale; the field at byte f of a block starts at byte
// 16 f of the strip's block. Two strips are a panel and alternate block by block, so that a kernel that
// multiplies both reads one stream. A panel takes the bytes of its rows; where a matrix ends within one, the
// rows that are missing are zeros.
#pragma once

#include <cstddef>
#include <cstdint>

#include "tensor/dtype.h"

namespace peregrine::kernels {

inline constexpr std::size_t kStripRows = 16;
inline constexpr std::size_t kPanelStrips = 2;
inline constexpr std::size_t kPanelRows = kPanelStrips * kStripRows;

constexpr std::uint64_t panels_of(std::uint64_t n_rows) noexcept {
  return n_rows / kPanelRows + (n_rows % kPanelRows != 0 ? 1 : 0);
}

// Bytes of `n_rows` rows of `row_bytes` each as panels.
constexpr std::uint64_t panel_bytes(std::uint64_t n_rows, std::uint64_t row_bytes) noexcept {
  return panels_of(n_rows) * kPanelRows * row_bytes;
}

// Where block `block` of strip `strip` (counted from the first panel) starts, in bytes from the first panel.
constexpr std::size_t strip_offset(std::size_t strip, std::size_t row_bytes, std::size_t block,
                                   std::size_t block_bytes) noexcept {
  return strip / kPanelStrips * kPanelRows * row_bytes +
         (block * kPanelStrips + strip % kPanelStrips) * kStripRows * block_bytes;
}

// Writes the panel of the `n_rows` rows (1..kPanelRows) at `rows`, each whole blocks of `type` in `row_bytes`
// bytes. Panel and rows do not overlap; any alignment.
void interleave_rows(tensor::DType type, const std::byte* rows, std::size_t row_bytes, std::size_t n_rows,
                     std::byte* panel) noexcept;

// Blocks `first` .. `first + n_blocks - 1` of row `row` of a matrix of panels, as the file had them.
void extract_blocks(tensor::DType type, const std::byte* panels, std::size_t row_bytes, std::size_t row,
                    std::size_t first, std::size_t n_blocks, std::byte* out) noexcept;

}  // namespace peregrine::kernels
