// Sixteen-lane vectors in plain C++: the definition that the AVX2 and AVX-512 headers follow bit for bit.
//
// Kernels are written once over this vocabulary and compiled once per instruction set: a file isa/X.cc
// includes simd/X.h and then the *_impl.h files, which open PEREGRINE_SIMD_BEGIN (target region and
// namespace). Every operation rounds as IEEE 754 says; a multiply-add rounds once.
#pragma once

#include <algorithm>
#include <array>
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
inline constexpr int kAttentionHeads = 1;   // query heads that share one reading of a key or value
inline constexpr int kAttentionChunks = 1;  // vectors of values that are summed side by side

struct F32x16 {
  float v[16];
};
struct I32x16 {
  std::int32_t v[16];
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
// The float at p, of any alignment, in every lane.
inline F32x16 f32_broadcast(const std::byte* p) {
  float x;
  std::memcpy(&x, p, sizeof(x));
  return f32_set(x);
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
// Exact, or modulo 2^32.
inline I32x16 operator*(I32x16 a, const I32x16& b) {
  for (std::size_t i = 0; i < kLanes; ++i) {
    a.v[i] =
        static_cast<std::int32_t>(static_cast<std::uint32_t>(a.v[i]) * static_cast<std::uint32_t>(b.v[i]));
  }
  return a;
}
inline I32x16 operator&(I32x16 a, const I32x16& b) {
  for (std::size_t i = 0; i < kLanes; ++i) a.v[i] &= b.v[i];
  return a;
}
inline I32x16 operator|(I32x16 a, const I32x16& b) {
  for (std::size_t i = 0; i < kLanes; ++i) a.v[i] |= b.v[i];
  return a;
}
inline I32x16 operator^(I32x16 a, const I32x16& b) {
  for (std::size_t i = 0; i < kLanes; ++i) a.v[i] ^= b.v[i];
  return a;
}
// Shifts by 0..31; to the right with zeros, or with the sign.
inline I32x16 shift_left(I32x16 a, int n) {
  for (std::int32_t& lane : a.v) lane = static_cast<std::int32_t>(static_cast<std::uint32_t>(lane) << n);
  return a;
}
inline I32x16 shift_right(I32x16 a, int n) {
  for (std::int32_t& lane : a.v) lane = static_cast<std::int32_t>(static_cast<std::uint32_t>(lane) >> n);
  return a;
}
inline I32x16 shift_right_signed(I32x16 a, int n) {
  for (std::int32_t& lane : a.v) lane >>= n;
  return a;
}
inline I32x16 i32_set(std::int32_t x) {
  I32x16 out;
  for (std::int32_t& lane : out.v) lane = x;
  return out;
}
// Any alignment.
inline I32x16 i32_load(const std::byte* p) {
  I32x16 out;
  std::memcpy(out.v, p, sizeof(out.v));
  return out;
}
inline void i32_store(std::byte* p, const I32x16& x) {
  std::memcpy(p, x.v, sizeof(x.v));
}
// The four bytes at p in every lane.
inline I32x16 i32_broadcast(const std::byte* p) {
  std::int32_t x;
  std::memcpy(&x, p, sizeof(x));
  return i32_set(x);
}
// Sixteen unsigned bytes, or halves of sixteen bits.
inline I32x16 i32_from_bytes(const std::byte* p) {
  I32x16 out;
  for (std::size_t i = 0; i < kLanes; ++i) out.v[i] = static_cast<std::uint8_t>(p[i]);
  return out;
}
inline I32x16 i32_from_halves(const std::byte* p) {
  I32x16 out;
  for (std::size_t i = 0; i < kLanes; ++i) {
    std::uint16_t half;
    std::memcpy(&half, p + 2 * i, 2);
    out.v[i] = half;
  }
  return out;
}
// The entries of `table` that the bytes of each lane, 0..15, mean.
inline I32x16 look_up(I32x16 index, const std::array<std::int8_t, 16>& table) {
  for (std::int32_t& lane : index.v) {
    std::uint32_t out = 0;
    for (std::uint32_t shift = 0; shift < 32; shift += 8) {
      const auto entry = static_cast<std::uint8_t>(table[(static_cast<std::uint32_t>(lane) >> shift) & 15U]);
      out |= static_cast<std::uint32_t>(entry) << shift;
    }
    lane = static_cast<std::int32_t>(out);
  }
  return index;
}
inline F32x16 as_f32(const I32x16& bits) {
  F32x16 out;
  std::memcpy(out.v, bits.v, sizeof(out.v));
  return out;
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
// Sixteen lanes in -32768..32767 as words.
inline void store_halves(std::byte* p, const I32x16& a) {
  for (std::size_t i = 0; i < kLanes; ++i) {
    const auto half = static_cast<std::int16_t>(a.v[i]);
    std::memcpy(p + 2 * i, &half, sizeof(half));
  }
}

// Sixteen signed bytes.
inline F32x16 f32_from_bytes(const std::byte* p) {
  F32x16 out;
  for (std::size_t i = 0; i < kLanes; ++i) out.v[i] = static_cast<float>(static_cast<std::int8_t>(p[i]));
  return out;
}
// The first (`zip_low`) or last eight lanes of both, alternating, a's first.
inline F32x16 zip_low(const F32x16& a, const F32x16& b) {
  F32x16 out;
  for (std::size_t i = 0; i < kLanes; ++i) out.v[i] = i % 2 == 0 ? a.v[i / 2] : b.v[i / 2];
  return out;
}
inline F32x16 zip_high(const F32x16& a, const F32x16& b) {
  F32x16 out;
  for (std::size_t i = 0; i < kLanes; ++i) out.v[i] = i % 2 == 0 ? a.v[8 + i / 2] : b.v[8 + i / 2];
  return out;
}

PEREGRINE_SIMD_END
