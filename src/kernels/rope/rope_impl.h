// Rotary position embedding over sixteen-lane vectors. Contract: rope.h.
//
// Both orders compute fma(a, c, -(b s)) and fma(b, c, a s), so they and every tail give the same bits.
#pragma once

#include <cmath>
#include <cstddef>

#include "kernels/rope/rope.h"

PEREGRINE_SIMD_BEGIN

PEREGRINE_ALWAYS_INLINE void rotate_pair(float& a, float& b, float cosine, float sine) {
  const float turned = std::fma(a, cosine, -(b * sine));
  b = std::fma(b, cosine, a * sine);
  a = turned;
}

inline void rope_norm(float* x, std::size_t n_heads, std::size_t head_dim, std::size_t rot_dim,
                      const float* cosines, const float* sines) noexcept {
  for (std::size_t h = 0; h < n_heads; ++h, x += head_dim) {
    std::size_t i = 0;  // of an element; its pair is i / 2
    for (; i + kLanes <= rot_dim; i += kLanes) {
      const F32x16 v = f32_load(x + i);
      const F32x16 cross = swap_pairs(v) * f32_load_twice(sines + i / 2);
      f32_store(x + i, mul_sub_add(v, f32_load_twice(cosines + i / 2), cross));
    }
    for (; i < rot_dim; i += 2) rotate_pair(x[i], x[i + 1], cosines[i / 2], sines[i / 2]);
  }
}

inline void rope_neox(float* x, std::size_t n_heads, std::size_t head_dim, std::size_t rot_dim,
                      const float* cosines, const float* sines) noexcept {
  const std::size_t pairs = rot_dim / 2;
  for (std::size_t h = 0; h < n_heads; ++h, x += head_dim) {
    std::size_t i = 0;
    for (; i + kLanes <= pairs; i += kLanes) {
      const F32x16 a = f32_load(x + i);
      const F32x16 b = f32_load(x + pairs + i);
      const F32x16 cosine = f32_load(cosines + i);
      const F32x16 sine = f32_load(sines + i);
      f32_store(x + i, mul_sub(a, cosine, b * sine));
      f32_store(x + pairs + i, mul_add(b, cosine, a * sine));
    }
    for (; i < pairs; ++i) rotate_pair(x[i], x[pairs + i], cosines[i], sines[i]);
  }
}

PEREGRINE_SIMD_END
