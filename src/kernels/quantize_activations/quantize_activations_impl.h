// Quantisation of activation rows, written once over sixteen-lane vectors. Contract: quantize_activations.h.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "kernels/quantize_activations/quantize_activations.h"

PEREGRINE_SIMD_BEGIN

// Quantises `kBlock` values to bytes at `q` and the sums of each sixteen; returns the scale.
template <std::size_t kBlock>
PEREGRINE_ALWAYS_INLINE float quantize_block(const float* src, std::byte* q,
                                             std::int32_t (&sums)[kBlock / kLanes]) {
  constexpr std::int32_t kInfinityBits = 0x7F800000;
  constexpr std::int32_t kSmallestBits = 0x03800000;  // 2^-120: 127 / max|x| stays finite
  I32x16 bits = magnitude_bits(f32_load(src));
  for (std::size_t i = kLanes; i < kBlock; i += kLanes) bits = max(bits, magnitude_bits(f32_load(src + i)));
  const std::int32_t largest_bits = largest(bits);
  const float largest_magnitude = std::bit_cast<float>(largest_bits);
  if (largest_bits >= kInfinityBits || largest_bits < kSmallestBits) {
    std::memset(q, 0, kBlock);
    std::memset(sums, 0, sizeof(sums));
    return largest_bits >= kInfinityBits ? largest_magnitude : 0.0F;
  }
  const F32x16 inverse = f32_set(127.0F / largest_magnitude);
  for (std::size_t i = 0; i < kBlock / kLanes; ++i) {
    const I32x16 values = to_nearest_i32(f32_load(src + kLanes * i) * inverse);
    store_bytes(q + kLanes * i, values);
    sums[i] = sum(values);
  }
  return largest_magnitude / 127.0F;
}

// Zeros from `used` to `end`.
inline void clear_padding(std::byte* row, std::size_t used, std::size_t end) {
  std::memset(row + used, 0, end - used);
}

inline void quantize_q8x32(const float* src, std::byte* dst, std::size_t k) noexcept {
  const std::size_t scales = q8_scales_offset(k);
  const std::size_t sums = q8x32_sums_offset(k);
  const std::size_t n_blocks = k / 32;
  for (std::size_t b = 0; b < n_blocks; ++b) {
    std::int32_t halves[2];
    const float scale = quantize_block<32>(src + 32 * b, dst + 32 * b, halves);
    const std::int32_t sum = halves[0] + halves[1];
    std::memcpy(dst + scales + sizeof(scale) * b, &scale, sizeof(scale));
    std::memcpy(dst + sums + sizeof(sum) * b, &sum, sizeof(sum));
  }
  clear_padding(dst, k, scales);
  clear_padding(dst, scales + sizeof(float) * n_blocks, sums);
  clear_padding(dst, sums + sizeof(std::int32_t) * n_blocks,
                activation_row_bytes(ActivationFormat::kQ8x32, k));
}

inline void quantize_i16x32(const float* src, std::byte* dst, std::size_t k) noexcept {
  constexpr std::int32_t kInfinityBits = 0x7F800000;
  constexpr std::int32_t kSmallestBits = 0x06800000;  // 2^-114: 8191 / max|x| stays finite
  constexpr float kLevels = 8191.0F;
  const std::size_t scales = i16_scales_offset(k);
  const std::size_t n_blocks = k / 32;
  for (std::size_t b = 0; b < n_blocks; ++b) {
    const F32x16 low = f32_load(src + 32 * b);
    const F32x16 high = f32_load(src + 32 * b + kLanes);
    const std::int32_t largest_bits = largest(max(magnitude_bits(low), magnitude_bits(high)));
    const auto largest_magnitude = std::bit_cast<float>(largest_bits);
    std::byte* q = dst + 64 * b;
    float scale = largest_magnitude / kLevels;
    if (largest_bits >= kInfinityBits || largest_bits < kSmallestBits) {
      std::memset(q, 0, 64);
      scale = largest_bits >= kInfinityBits ? largest_magnitude : 0.0F;
    } else {
      const F32x16 inverse = f32_set(kLevels / largest_magnitude);
      store_halves(q, to_nearest_i32(low * inverse));
      store_halves(q + 32, to_nearest_i32(high * inverse));
    }
    std::memcpy(dst + scales + sizeof(scale) * b, &scale, sizeof(scale));
  }
  clear_padding(dst, 2 * k, scales);
  clear_padding(dst, scales + sizeof(float) * n_blocks, activation_row_bytes(ActivationFormat::kI16x32, k));
}

inline void quantize_q8x256(const float* src, std::byte* dst, std::size_t k) noexcept {
  const std::size_t scales = q8_scales_offset(k);
  const std::size_t sums_16 = q8x256_sums_16_offset(k);
  const std::size_t sums_32 = q8x256_sums_32_offset(k);
  const std::size_t n_blocks = k / 256;
  for (std::size_t b = 0; b < n_blocks; ++b) {
    std::int32_t sums[16];
    const float scale = quantize_block<256>(src + 256 * b, dst + 256 * b, sums);
    std::memcpy(dst + scales + sizeof(scale) * b, &scale, sizeof(scale));
    std::int16_t of_16[16];
    std::int16_t of_32[8];
    for (std::size_t g = 0; g < 16; ++g) of_16[g] = static_cast<std::int16_t>(sums[g]);
    for (std::size_t g = 0; g < 8; ++g) of_32[g] = static_cast<std::int16_t>(sums[2 * g] + sums[2 * g + 1]);
    std::memcpy(dst + sums_16 + sizeof(of_16) * b, of_16, sizeof(of_16));
    std::memcpy(dst + sums_32 + sizeof(of_32) * b, of_32, sizeof(of_32));
  }
  clear_padding(dst, k, scales);
  clear_padding(dst, scales + sizeof(float) * n_blocks, sums_16);
  clear_padding(dst, sums_16 + 2 * 16 * n_blocks, sums_32);
  clear_padding(dst, sums_32 + 2 * 8 * n_blocks, activation_row_bytes(ActivationFormat::kQ8x256, k));
}

PEREGRINE_SIMD_END
