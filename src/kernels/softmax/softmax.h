// Softmax of one row: p = exp(x - max x) / sum exp(x - max x), the sum in a fixed order.
//
// A row of -infinity only, or with a NaN, gives NaN. The variants agree bit for bit.
#pragma once

#include <cstddef>

namespace peregrine::kernels {

// n >= 1 values; p may be x.
using SoftmaxFn = void (*)(const float* x, float* p, std::size_t n) noexcept;

}  // namespace peregrine::kernels
