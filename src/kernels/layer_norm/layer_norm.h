// Layer normalisation (Ba, Kiros and Hinton 2016): y = (x - mean(x)) / sqrt(var(x) + eps) * weight + bias.
//
// Sums have a fixed order; the variants agree bit for bit.
#pragma once

#include <cstddef>

namespace peregrine::kernels {

// One row of n >= 1 values; var is the mean of squared differences. `bias` may be null; y may be x.
using LayerNormFn = void (*)(const float* x, const float* weight, const float* bias, float eps, float* y,
                             std::size_t n) noexcept;

}  // namespace peregrine::kernels
