// Elementwise operations over sixteen-lane vectors. Contract: elementwise.h.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "kernels/elementwise/elementwise.h"
#include "kernels/simd/elements_impl.h"
#include "kernels/simd/exp_impl.h"

PEREGRINE_SIMD_BEGIN

struct AddOp {
  static PEREGRINE_ALWAYS_INLINE F32x16 apply(F32x16 a, F32x16 b) { return a + b; }
};

struct SiluMulOp {
  static PEREGRINE_ALWAYS_INLINE F32x16 apply(F32x16 gate, F32x16 up) {
    return gate / (f32_set(1.0F) + exp(f32_zero() - gate)) * up;
  }
};

// gelu(x) = x / (1 + exp(-2 u)), u = sqrt(2 / pi) (x + 0.044715 x^3): the tanh form without its cancellation.
PEREGRINE_ALWAYS_INLINE F32x16 gelu_of(F32x16 x) {
  const F32x16 cubic = mul_add(x * x, f32_set(0.044715F), f32_set(1.0F)) * x;
  return x / (f32_set(1.0F) + exp(cubic * f32_set(-1.59576912F)));
}

struct GeluMulOp {
  static PEREGRINE_ALWAYS_INLINE F32x16 apply(F32x16 gate, F32x16 up) { return gelu_of(gate) * up; }
};

struct ClampedSwigluOp {
  static PEREGRINE_ALWAYS_INLINE F32x16 apply(F32x16 gate, F32x16 up) {
    const F32x16 limit = f32_set(kSwigluLimit);
    const F32x16 g = min(gate, limit);
    const F32x16 u = max(f32_zero() - limit, min(up, limit));
    return g / (f32_set(1.0F) + exp(g * f32_set(-kSwigluAlpha))) * (u + f32_set(1.0F));
  }
};

template <class Op>
void map_pairs(const float* a, const float* b, float* out, std::size_t n) noexcept {
  std::size_t i = 0;
  for (; i + kLanes <= n; i += kLanes) f32_store(out + i, Op::apply(f32_load(a + i), f32_load(b + i)));
  const F32x16 last_a = f32_load_part(a + i, n - i, f32_zero());
  const F32x16 last_b = f32_load_part(b + i, n - i, f32_zero());
  f32_store_part(out + i, n - i, Op::apply(last_a, last_b));
}

inline void scale(const float* x, float factor, float* out, std::size_t n) noexcept {
  const F32x16 factors = f32_set(factor);
  std::size_t i = 0;
  for (; i + kLanes <= n; i += kLanes) f32_store(out + i, f32_load(x + i) * factors);
  f32_store_part(out + i, n - i, f32_load_part(x + i, n - i, f32_zero()) * factors);
}

inline void gelu(const float* x, float* out, std::size_t n) noexcept {
  std::size_t i = 0;
  for (; i + kLanes <= n; i += kLanes) f32_store(out + i, gelu_of(f32_load(x + i)));
  f32_store_part(out + i, n - i, gelu_of(f32_load_part(x + i, n - i, f32_zero())));
}

inline void softcap(const float* x, float cap, float* out, std::size_t n) noexcept {
  std::size_t i = 0;
  for (; i + kLanes <= n; i += kLanes) f32_store(out + i, softcap_of(f32_load(x + i), cap));
  f32_store_part(out + i, n - i, softcap_of(f32_load_part(x + i, n - i, f32_zero()), cap));
}

inline void exp_row(const float* x, float* out, std::size_t n) noexcept {
  std::size_t i = 0;
  for (; i + kLanes <= n; i += kLanes) f32_store(out + i, exp(f32_load(x + i)));
  f32_store_part(out + i, n - i, exp(f32_load_part(x + i, n - i, f32_zero())));
}

inline void f32_to_f16(const float* x, std::uint16_t* out, std::size_t n) noexcept {
  std::size_t i = 0;
  for (; i + kLanes <= n; i += kLanes) f16_store(out + i, f32_load(x + i));
  std::uint16_t last[kLanes];
  f16_store(last, f32_load_part(x + i, n - i, f32_zero()));
  std::copy_n(last, n - i, out + i);
}

inline void f16_to_f32(const std::uint16_t* x, float* out, std::size_t n) noexcept {
  const auto* bytes = reinterpret_cast<const std::byte*>(x);
  std::size_t i = 0;
  for (; i + kLanes <= n; i += kLanes)
    f32_store(out + i, ElementsF16::load(bytes + i * sizeof(std::uint16_t)));
  f32_store_part(out + i, n - i, ElementsF16::load_part(bytes + i * sizeof(std::uint16_t), n - i));
}

PEREGRINE_SIMD_END
