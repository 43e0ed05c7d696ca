// Layer normalisation over sixteen-lane vectors. Contract: layer_norm.h.
#pragma once

#include <cmath>
#include <cstddef>

#include "kernels/layer_norm/layer_norm.h"

PEREGRINE_SIMD_BEGIN

inline void layer_norm(const float* x, const float* weight, const float* bias, float eps, float* y,
                       std::size_t n) noexcept {
  F32x16 total = f32_zero();
  std::size_t i = 0;
  for (; i + kLanes <= n; i += kLanes) total = total + f32_load(x + i);
  const float mean = sum(total + f32_load_part(x + i, n - i, f32_zero())) / static_cast<float>(n);

  const F32x16 means = f32_set(mean);
  F32x16 squares = f32_zero();
  for (i = 0; i + kLanes <= n; i += kLanes) {
    const F32x16 d = f32_load(x + i) - means;
    squares = mul_add(d, d, squares);
  }
  const F32x16 rest = f32_load_part(x + i, n - i, means) - means;
  squares = mul_add(rest, rest, squares);
  const float variance = sum(squares) / static_cast<float>(n);
  const F32x16 factor = f32_set(1.0F / std::sqrt(variance + eps));

  for (i = 0; i + kLanes <= n; i += kLanes) {
    const F32x16 scaled = (f32_load(x + i) - means) * factor;
    const F32x16 shift = bias != nullptr ? f32_load(bias + i) : f32_zero();
    f32_store(y + i, mul_add(scaled, f32_load(weight + i), shift));
  }
  const F32x16 last_shift = bias != nullptr ? f32_load_part(bias + i, n - i, f32_zero()) : f32_zero();
  const F32x16 last_weight = f32_load_part(weight + i, n - i, f32_zero());
  f32_store_part(y + i, n - i, mul_add(rest * factor, last_weight, last_shift));
}

PEREGRINE_SIMD_END
