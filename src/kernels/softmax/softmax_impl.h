// Softmax over sixteen-lane vectors. Contract: softmax.h.
#pragma once

#include <cstddef>
#include <limits>

#include "kernels/simd/exp_impl.h"
#include "kernels/softmax/softmax.h"

PEREGRINE_SIMD_BEGIN

inline float largest_of(const float* x, std::size_t n) {
  F32x16 top = f32_set(-std::numeric_limits<float>::infinity());
  std::size_t i = 0;
  for (; i + kLanes <= n; i += kLanes) top = max(f32_load(x + i), top);
  return largest(max(f32_load_part(x + i, n - i, top), top));
}

// Writes exp(x - shift) to p and returns the sum: lanes first, then folded.
inline float exponentials(const float* x, float* p, std::size_t n, float shift) {
  const F32x16 offset = f32_set(shift);
  F32x16 total = f32_zero();
  std::size_t i = 0;
  for (; i + kLanes <= n; i += kLanes) {
    const F32x16 e = exp(f32_load(x + i) - offset);
    f32_store(p + i, e);
    total = total + e;
  }
  const F32x16 nothing = f32_set(-std::numeric_limits<float>::infinity());
  const F32x16 e = exp(f32_load_part(x + i, n - i, nothing) - offset);
  f32_store_part(p + i, n - i, e);
  return sum(total + e);
}

inline void softmax(const float* x, float* p, std::size_t n) noexcept {
  const F32x16 total = f32_set(exponentials(x, p, n, largest_of(x, n)));
  std::size_t i = 0;
  for (; i + kLanes <= n; i += kLanes) f32_store(p + i, f32_load(p + i) / total);
  f32_store_part(p + i, n - i, f32_load_part(p + i, n - i, f32_zero()) / total);
}

PEREGRINE_SIMD_END
