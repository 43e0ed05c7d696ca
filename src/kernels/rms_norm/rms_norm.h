// Root mean square normalisation (Zhang and Sennrich 2019): y = x / sqrt(mean(x^2) + eps) * weight.
//
// The sum has a fixed order; the variants agree bit for bit.
#pragma once

#include <cstddef>

namespace peregrine::kernels {

// One row of n >= 1 values. `weight` may be null (no scaling); y may be x.
using RmsNormFn = void (*)(const float* x, const float* weight, float eps, float* y, std::size_t n) noexcept;

}  // namespace peregrine::kernels
