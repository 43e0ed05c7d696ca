// Rows of any element type to and from float. Scalar and exact to the format's definition: the reference for
// every kernel, and fast enough for embedding rows and for exporting models.
#pragma once

#include <cstddef>

#include "tensor/dtype.h"

namespace peregrine::tensor {

// Writes the `n` values of a row of `type` to `dst`; `n` fills whole blocks (see row_bytes). Any alignment of
// `src`. Integers and F64 convert by value.
void dequantize_row(DType type, const std::byte* src, float* dst, std::size_t n) noexcept;

// The reverse, for F32, F16, BF16 and the quantised types. False, with nothing written, for the others.
// `src` is finite.
[[nodiscard]] bool quantize_row(DType type, const float* src, std::byte* dst, std::size_t n) noexcept;

}  // namespace peregrine::tensor
