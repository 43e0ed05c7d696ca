// exp() of sixteen lanes within 1.5 units in the last place.
//
// exp(x) = 2^n exp(r) with n = round(x / ln 2) and |r| <= ln 2 / 2; exp(r) by its Taylor polynomial of degree
// 7, whose truncation error r^8 / 8! is below 0.09 units. Outside the range of floats the result is 0 or
// infinity.
#pragma once

PEREGRINE_SIMD_BEGIN

PEREGRINE_ALWAYS_INLINE F32x16 exp(F32x16 x) {
  // Bounds beyond which the result is 0 and infinity; the order of operands lets NaN through.
  x = max(f32_set(-104.0F), min(f32_set(89.0F), x));
  const F32x16 round_shift = f32_set(0x1.8p23F);
  const F32x16 n = mul_add(x, f32_set(0x1.715476p0F), round_shift) - round_shift;
  const F32x16 high = neg_mul_add(n, f32_set(0x1.62e43p-1F), x);    // ln 2, upper part: exact product
  const F32x16 r = neg_mul_add(n, f32_set(-0x1.05c61p-29F), high);  // ln 2, the rest
  F32x16 p = f32_set(1.0F / 5040.0F);
  p = mul_add(p, r, f32_set(1.0F / 720.0F));
  p = mul_add(p, r, f32_set(1.0F / 120.0F));
  p = mul_add(p, r, f32_set(1.0F / 24.0F));
  p = mul_add(p, r, f32_set(1.0F / 6.0F));
  p = mul_add(p, r, f32_set(0.5F));
  p = mul_add(p, r, f32_set(1.0F));
  p = mul_add(p, r, f32_set(1.0F));
  return mul_power_of_two(p, n);
}

// cap * tanh(x / cap), by tanh(y) = 1 - 2 / (exp(2 y) + 1): within 2^-22 of cap.
PEREGRINE_ALWAYS_INLINE F32x16 softcap_of(F32x16 x, float cap) {
  const F32x16 e = exp(x * f32_set(2.0F / cap));
  return f32_set(cap) * (f32_set(1.0F) - f32_set(2.0F) / (e + f32_set(1.0F)));
}

PEREGRINE_SIMD_END
