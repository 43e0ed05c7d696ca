// A tile of y = x W^T: out[r][o] = dot(activation row r, weight row o) over k elements.
//
// Weights are panels of interleaved rows (interleave.h). Each (r, o) result is the same sequence of roundings
// whatever n_rows, first_out and n_out are, so a caller may cut the product along both as it likes and a
// row's values never depend on the rows beside it. The variants agree bit for bit as well: a lane of a vector
// holds one output, so that every sum runs over k in order.
#pragma once

#include <cstddef>

#include "tensor/dtype.h"

namespace peregrine::kernels {

struct MatmulTile {
  const std::byte* weights = nullptr;  // panels of a DType; any alignment, 64 is fastest
  std::size_t weight_row_bytes = 0;    // a panel takes sixteen times as many
  std::size_t first_out = 0;           // the tile's outputs are first_out .. first_out + n_out - 1
  std::size_t n_out = 0;               // >= 1
  const std::byte* activations =
      nullptr;  // n_rows rows in activation_format(DType); 4-byte aligned, 64 is fastest
  std::size_t activation_row_stride = 0;  // bytes, a multiple of 4
  std::size_t n_rows = 0;                 // >= 1
  std::size_t k = 0;                      // elements per row: whole blocks of the DType
  float* out = nullptr;                   // out[r * out_row_stride + o - first_out]
  std::size_t out_row_stride = 0;         // floats
};

using MatmulTileFn = void (*)(const MatmulTile& tile) noexcept;

// DTypes 0..kMatmulTypes - 1, all that weights are stored in, have a matmul kernel.
inline constexpr std::size_t kMatmulTypes = static_cast<std::size_t>(tensor::DType::kQ16_0) + 1;

}  // namespace peregrine::kernels
