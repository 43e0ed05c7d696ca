// The layout in which matmul kernels read weights: panels of sixteen neighbouring rows, word by word.
//
// A panel holds its rows block by block. Each word of the file's block becomes the sixteen rows' words, in
// the order of the rows, so that one vector holds the same elements of sixteen outputs. Words are four bytes,
// but two for F16 and BF16 (elements and scales) and one for MXFP4's scale. The field at byte f of a block
// thus starts at byte 16 f of the panel's block, and a panel takes the bytes of sixteen rows; where a matrix
// ends within a panel, the rows that are missing are zeros.
#pragma once

#include <cstddef>
#include <cstdint>

#include "tensor/dtype.h"

namespace peregrine::kernels {

inline constexpr std::size_t kPanelRows = 16;

constexpr std::uint64_t panels_of(std::uint64_t n_rows) noexcept {
  return n_rows / kPanelRows + (n_rows % kPanelRows != 0 ? 1 : 0);
}

// Bytes of `n_rows` rows of `row_bytes` each as panels.
constexpr std::uint64_t panel_bytes(std::uint64_t n_rows, std::uint64_t row_bytes) noexcept {
  return panels_of(n_rows) * kPanelRows * row_bytes;
}

// Writes the panel of the `n_rows` rows (1..16) at `rows`, each whole blocks of `type` in `row_bytes` bytes.
// Panel and rows do not overlap; any alignment.
void interleave_rows(tensor::DType type, const std::byte* rows, std::size_t row_bytes, std::size_t n_rows,
                     std::byte* panel) noexcept;

// Row `row` (0..15) of a panel as the file had it.
void extract_row(tensor::DType type, const std::byte* panel, std::size_t row_bytes, std::size_t row,
                 std::byte* out) noexcept;

}  // namespace peregrine::kernels
