// Root mean square normalisation over sixteen-lane vectors. Contract: rms_norm.h.
#pragma once

#include <cmath>
#include <cstddef>

#include "kernels/rms_norm/rms_norm.h"

PEREGRINE_SIMD_BEGIN

inline void rms_norm(const float* x, const float* weight, float eps, float* y, std::size_t n) noexcept {
  F32x16 squares = f32_zero();
  std::size_t i = 0;
  for (; i + kLanes <= n; i += kLanes) {
    const F32x16 v = f32_load(x + i);
    squares = mul_add(v, v, squares);
  }
  const F32x16 rest = f32_load_part(x + i, n - i, f32_zero());
  squares = mul_add(rest, rest, squares);
  const float mean = sum(squares) / static_cast<float>(n);
  const F32x16 factor = f32_set(1.0F / std::sqrt(mean + eps));

  const F32x16 ones = f32_set(1.0F);
  for (i = 0; i + kLanes <= n; i += kLanes) {
    const F32x16 scaled = f32_load(x + i) * factor;
    f32_store(y + i, weight != nullptr ? scaled * f32_load(weight + i) : scaled);
  }
  const F32x16 last_weight = weight != nullptr ? f32_load_part(weight + i, n - i, ones) : ones;
  f32_store_part(y + i, n - i, rest * factor * last_weight);
}

PEREGRINE_SIMD_END
