// Sixteen-lane vectors in plain C++: the definition that the AVX2 and AVX-512 headers follow bit for bit.
//
// Kernels are written once over this vocabulary and compiled once per instruction set: a file isa/X.cc
// includes simd/X.h and then the *_impl.h files, which open PEREGRINE_SIMD_BEGIN (target region and
// namespace). Every operation rounds as IEEE 754 says; a multiply-add rounds once.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "kernels/simd/region.h"
#include "tensor/half.h"

#define PEREGRINE_SIMD_BEGIN namespace peregrine::kernels::scalar {
#define PEREGRINE_SIMD_END }

PEREGRINE_SIMD_BEGIN

inline constexpr std::size_t kLanes = 16;
inline constexpr int kMaxRowsFloat = 2;     // rows of a matmul tile whose sums fit in registers
inline constexpr int kMaxRowsInt8 = 2;      // the same for quantised activations
inline constexpr int kAttentionHeads = 1;   // query heads that share one reading of a key or value
inline constexpr int kAttentionChunks = 1;  // vectors of values that are summed side by side

struct F32x16 {
  float v[16];
};
struct I32x16 {
  std::int32_t v[16];
};
struct I16x16 {
  std::int16_t v[16];
};
struct I16x32 {
  std::int16_t v[32];
};
struct I8x64 {  // signed or unsigned, as the operation says
  std::uint8_t v[64];
};
struct SignedBytes {  // signed weights, prepared for dot_quads
  std::int8_t v[64];
};

inline F32x16 f32_set(float x) {
  F32x16 out;
  for (float& lane : out.v) lane = x;
  return out;
}
inline F32x16 f32_zero() {
  return f32_set(0.0F);
}
// Any alignment.
inline F32x16 f32_load(const void* p) {
  F32x16 out;
  std::memcpy(out.v, p, sizeof(out.v));
  return out;
}
// The first n <= 16 lanes from memory, the others from `rest`.
inline F32x16 f32_load_part(const void* p, std::size_t n, F32x16 rest) {
  std::memcpy(rest.v, p, n * sizeof(float));
  return rest;
}
inline void f32_store(float* p, const F32x16& x) {
  std::memcpy(p, x.v, sizeof(x.v));
}
inline void f32_store_part(float* p, std::size_t n, const F32x16& x) {
  std::memcpy(p, x.v, n * sizeof(float));
}

inline F32x16 operator+(F32x16 a, const F32x16& b) {
  for (std::size_t i = 0; i < kLanes; ++i) a.v[i] += b.v[i];
  return a;
}
inline F32x16 operator-(F32x16 a, const F32x16& b) {
  for (std::size_t i = 0; i < kLanes; ++i) a.v[i] -= b.v[i];
  return a;
}
inline F32x16 operator*(F32x16 a, const F32x16& b) {
  for (std::size_t i = 0; i < kLanes; ++i) a.v[i] *= b.v[i];
  return a;
}
inline F32x16 operator/(F32x16 a, const F32x16& b) {
  for (std::size_t i = 0; i < kLanes; ++i) a.v[i] /= b.v[i];
  return a;
}
// a b + c
inline F32x16 mul_add(const F32x16& a, const F32x16& b, F32x16 c) {
  for (std::size_t i = 0; i < kLanes; ++i) c.v[i] = std::fma(a.v[i], b.v[i], c.v[i]);
  return c;
}
// c - a b
inline F32x16 neg_mul_add(const F32x16& a, const F32x16& b, F32x16 c) {
  for (std::size_t i = 0; i < kLanes; ++i) c.v[i] = std::fma(-a.v[i], b.v[i], c.v[i]);
  return c;
}
// a b - c
inline F32x16 mul_sub(const F32x16& a, const F32x16& b, F32x16 c) {
  for (std::size_t i = 0; i < kLanes; ++i) c.v[i] = std::fma(a.v[i], b.v[i], -c.v[i]);
  return c;
}
// a b - c in even lanes, a b + c in odd ones
inline F32x16 mul_sub_add(const F32x16& a, const F32x16& b, F32x16 c) {
  for (std::size_t i = 0; i < kLanes; ++i) c.v[i] = std::fma(a.v[i], b.v[i], i % 2 == 0 ? -c.v[i] : c.v[i]);
  return c;
}
// The second operand where either is NaN or both are equal.
inline F32x16 max(F32x16 a, const F32x16& b) {
  for (std::size_t i = 0; i < kLanes; ++i) a.v[i] = a.v[i] > b.v[i] ? a.v[i] : b.v[i];
  return a;
}
inline F32x16 min(F32x16 a, const F32x16& b) {
  for (std::size_t i = 0; i < kLanes; ++i) a.v[i] = a.v[i] < b.v[i] ? a.v[i] : b.v[i];
  return a;
}

// Folds lanes i and i + 8, then i and i + 4, 2, 1.
inline float sum(F32x16 x) {
  for (std::size_t half = 8; half > 0; half /= 2) {
    for (std::size_t i = 0; i < half; ++i) x.v[i] += x.v[i + half];
  }
  return x.v[0];
}
inline float largest(F32x16 x) {
  for (std::size_t half = 8; half > 0; half /= 2) {
    for (std::size_t i = 0; i < half; ++i) x.v[i] = x.v[i] > x.v[i + half] ? x.v[i] : x.v[i + half];
  }
  return x.v[0];
}

// x 2^n, rounded once, for normal x and whole n in -150..128. x NaN gives NaN.
inline F32x16 mul_power_of_two(F32x16 x, const F32x16& n) {
  for (std::size_t i = 0; i < kLanes; ++i) {
    const int whole = n.v[i] >= -150.0F && n.v[i] <= 128.0F ? static_cast<int>(n.v[i]) : 0;
    const int first = whole >> 1;
    const auto power = [](int e) { return std::bit_cast<float>(static_cast<std::uint32_t>(e + 127) << 23); };
    x.v[i] = x.v[i] * power(first) * power(whole - first);
  }
  return x;
}
// Lanes 1, 0, 3, 2, ...
inline F32x16 swap_pairs(F32x16 x) {
  for (std::size_t i = 0; i < kLanes; i += 2) std::swap(x.v[i], x.v[i + 1]);
  return x;
}
// Eight floats, each in two neighbouring lanes.
inline F32x16 f32_load_twice(const float* p) {
  F32x16 out;
  for (std::size_t i = 0; i < kLanes; ++i) out.v[i] = p[i / 2];
  return out;
}
// `low` in lanes 0..7, `high` in lanes 8..15.
inline F32x16 f32_set_halves(float low, float high) {
  F32x16 out;
  for (std::size_t i = 0; i < kLanes; ++i) out.v[i] = i < 8 ? low : high;
  return out;
}

inline F32x16 f16_load_part(const std::byte* p, std::size_t n) {
  F32x16 out = f32_zero();
  for (std::size_t i = 0; i < n; ++i) {
    std::uint16_t half;
    std::memcpy(&half, p + 2 * i, 2);
    out.v[i] = tensor::f16_to_f32(half);
  }
  return out;
}
inline F32x16 f16_load(const std::byte* p) {
  return f16_load_part(p, kLanes);
}
inline F32x16 bf16_load_part(const std::byte* p, std::size_t n) {
  F32x16 out = f32_zero();
  for (std::size_t i = 0; i < n; ++i) {
    std::uint16_t half;
    std::memcpy(&half, p + 2 * i, 2);
    out.v[i] = tensor::bf16_to_f32(half);
  }
  return out;
}
inline F32x16 bf16_load(const std::byte* p) {
  return bf16_load_part(p, kLanes);
}
inline void f16_store(std::uint16_t* p, const F32x16& x) {
  for (std::size_t i = 0; i < kLanes; ++i) p[i] = tensor::f32_to_f16(x.v[i]);
}
inline float f16_value(tensor::StoredF16 half) {
  return half.value();
}

inline I32x16 i32_zero() {
  return {};
}
inline I32x16 operator+(I32x16 a, const I32x16& b) {
  for (std::size_t i = 0; i < kLanes; ++i) a.v[i] += b.v[i];
  return a;
}
inline I32x16 operator-(I32x16 a, const I32x16& b) {
  for (std::size_t i = 0; i < kLanes; ++i) a.v[i] -= b.v[i];
  return a;
}
inline I32x16 times_32(I32x16 a) {
  for (std::int32_t& lane : a.v) lane *= 32;
  return a;
}
inline F32x16 to_f32(const I32x16& a) {
  F32x16 out;
  for (std::size_t i = 0; i < kLanes; ++i) out.v[i] = static_cast<float>(a.v[i]);
  return out;
}
// Ties to even; |x| < 2^22.
inline I32x16 to_nearest_i32(const F32x16& x) {
  constexpr float kShift = 0x1.8p23F;  // its unit in the last place is 1
  I32x16 out;
  for (std::size_t i = 0; i < kLanes; ++i) out.v[i] = static_cast<std::int32_t>((x.v[i] + kShift) - kShift);
  return out;
}
// The bits of |x| as an integer: ordered as |x| is, with infinity and then NaN on top.
inline I32x16 magnitude_bits(const F32x16& x) {
  I32x16 out;
  for (std::size_t i = 0; i < kLanes; ++i) {
    out.v[i] = static_cast<std::int32_t>(std::bit_cast<std::uint32_t>(x.v[i]) & 0x7FFFFFFFU);
  }
  return out;
}
inline I32x16 max(I32x16 a, const I32x16& b) {
  for (std::size_t i = 0; i < kLanes; ++i) a.v[i] = std::max(a.v[i], b.v[i]);
  return a;
}
inline std::int32_t largest(const I32x16& a) {
  return *std::max_element(a.v, a.v + kLanes);
}
inline std::int32_t sum(const I32x16& a) {
  std::int32_t total = 0;
  for (const std::int32_t lane : a.v) total += lane;
  return total;
}
// Sixteen lanes in -128..127 as bytes.
inline void store_bytes(std::byte* p, const I32x16& a) {
  for (std::size_t i = 0; i < kLanes; ++i) p[i] = static_cast<std::byte>(a.v[i]);
}

// Byte 2 chunk of eight unsigned bytes in lanes 0..15, byte 2 chunk + 1 in lanes 16..31.
inline I16x32 spread_8(std::uint64_t bytes, int chunk) {
  I16x32 out;
  for (std::size_t i = 0; i < 32; ++i) {
    const std::size_t index = 2 * static_cast<std::size_t>(chunk) + i / 16;
    out.v[i] = static_cast<std::int16_t>((bytes >> (8 * index)) & 0xFFU);
  }
  return out;
}
// Values 4 chunk .. 4 chunk + 3 of sixteen, each in eight neighbouring lanes.
inline I16x32 spread_16(const I16x16& values, int chunk) {
  I16x32 out;
  for (std::size_t i = 0; i < 32; ++i) out.v[i] = values.v[4 * static_cast<std::size_t>(chunk) + i / 8];
  return out;
}

inline I16x16 i16_load(const std::byte* p) {
  I16x16 out;
  std::memcpy(out.v, p, sizeof(out.v));
  return out;
}
inline I16x16 i16_from_bytes(const std::int8_t* p) {
  I16x16 out;
  std::copy_n(p, kLanes, out.v);
  return out;
}
// Eight unsigned bytes, each in two neighbouring lanes.
inline I16x16 i16_twice_each(std::uint64_t bytes) {
  I16x16 out;
  for (std::size_t i = 0; i < kLanes; ++i)
    out.v[i] = static_cast<std::int16_t>((bytes >> (8 * (i / 2))) & 0xFFU);
  return out;
}
// Products of neighbours added up in lanes 0..7; zero in lanes 8..15.
inline I32x16 dot_pairs(const I16x16& a, const I16x16& b) {
  I32x16 out{};
  for (std::size_t i = 0; i < kLanes; ++i) out.v[i / 2] += a.v[i] * b.v[i];
  return out;
}

inline I8x64 i8_load(const std::byte* p) {
  I8x64 out;
  std::memcpy(out.v, p, sizeof(out.v));
  return out;
}
inline SignedBytes split_signs(const I8x64& w) {
  SignedBytes out;
  std::memcpy(out.v, w.v, sizeof(out.v));
  return out;
}
// Lane i adds up the four products of bytes 4 i .. 4 i + 3; `a` is signed, in -127..127.
inline I32x16 dot_quads(const SignedBytes& w, const I8x64& a) {
  I32x16 out{};
  for (std::size_t i = 0; i < 64; ++i) out.v[i / 4] += w.v[i] * static_cast<std::int8_t>(a.v[i]);
  return out;
}
// The same for unsigned weights up to 63, each product times the scale of its pair, added to `total`.
inline I32x16 add_scaled_quads(I32x16 total, const I8x64& w, const I8x64& a, const I16x32& scale) {
  for (std::size_t i = 0; i < 64; ++i) {
    total.v[i / 4] += w.v[i] * static_cast<std::int8_t>(a.v[i]) * scale.v[i / 2];
  }
  return total;
}

PEREGRINE_SIMD_END
