// Quantisation of activation rows, written once over sixteen-lane vectors. Contract: quantize_activations.h.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "kernels/quantize_activations/quantize_activations.h"

PEREGRINE_SIMD_BEGIN

// Quantises `kBlock` values to bytes at `q`; returns the scale.
template <std::size_t kBlock>
PEREGRINE_ALWAYS_INLINE float quantize_block(const float* src, std::byte* q) {
  constexpr std::int32_t kInfinityBits = 0x7F800000;
  constexpr std::int32_t kSmallestBits = 0x03800000;  // 2^-120: 127 / max|x| stays finite
  I32x16 bits = magnitude_bits(f32_load(src));
  for (std::size_t i = kLanes; i < kBlock; i += kLanes) bits = max(bits, magnitude_bits(f32_load(src + i)));
  const std::int32_t largest_bits = largest(bits);
  const float largest_magnitude = std::bit_cast<float>(largest_bits);
  if (largest_bits >= kInfinityBits || largest_bits < kSmallestBits) {
    std::memset(q, 0, kBlock);
    return largest_bits >= kInfinityBits ? largest_magnitude : 0.0F;
  }
  const F32x16 inverse = f32_set(127.0F / largest_magnitude);
  for (std::size_t i = 0; i < kBlock; i += kLanes)
    store_bytes(q + i, to_nearest_i32(f32_load(src + i) * inverse));
  return largest_magnitude / 127.0F;
}

// Zeros from `used` to `end`.
inline void clear_padding(std::byte* row, std::size_t used, std::size_t end) {
  std::memset(row + used, 0, end - used);
}

template <bool with_sums>
inline void quantize_blocks_of_32(const float* src, std::byte* dst, std::size_t k) noexcept {
  const std::size_t scales = q8_scales_offset(k);
  const std::size_t sums = q8x32_sums_offset(k);
  const std::size_t floats = k / 32 * sizeof(float);  // bytes of either section in use
  for (std::size_t b = 0; b < k / 32; ++b) {
    const float scale = quantize_block<32>(src + 32 * b, dst + 32 * b);
    std::memcpy(dst + scales + sizeof(float) * b, &scale, sizeof(float));
    if constexpr (with_sums) {
      int total = 0;
      for (std::size_t i = 0; i < 32; ++i) total += static_cast<std::int8_t>(dst[32 * b + i]);
      const float sum = scale * static_cast<float>(total);
      std::memcpy(dst + sums + sizeof(float) * b, &sum, sizeof(float));
    }
  }
  clear_padding(dst, k, scales);
  clear_padding(dst, scales + floats, sums);
  if constexpr (with_sums) {
    clear_padding(dst, sums + floats, activation_row_bytes(ActivationFormat::kQ8x32Sums, k));
  }
}

inline void quantize_q8x32(const float* src, std::byte* dst, std::size_t k) noexcept {
  quantize_blocks_of_32<false>(src, dst, k);
}
inline void quantize_q8x32_sums(const float* src, std::byte* dst, std::size_t k) noexcept {
  quantize_blocks_of_32<true>(src, dst, k);
}

inline void quantize_q8x256(const float* src, std::byte* dst, std::size_t k) noexcept {
  const std::size_t scales = q8_scales_offset(k);
  const std::size_t sums = q8x256_sums_offset(k);
  for (std::size_t b = 0; b < k / 256; ++b) {
    const float scale = quantize_block<256>(src + 256 * b, dst + 256 * b);
    std::memcpy(dst + scales + sizeof(float) * b, &scale, sizeof(float));
    std::int16_t group_sums[16];
    for (std::size_t g = 0; g < 16; ++g) {
      int total = 0;
      for (std::size_t i = 0; i < 16; ++i) total += static_cast<std::int8_t>(dst[256 * b + 16 * g + i]);
      group_sums[g] = static_cast<std::int16_t>(total);
    }
    std::memcpy(dst + sums + sizeof(group_sums) * b, group_sums, sizeof(group_sums));
  }
  clear_padding(dst, scales + k / 256 * sizeof(float), sums);
  clear_padding(dst, sums + k / 16 * sizeof(std::int16_t),
                activation_row_bytes(ActivationFormat::kQ8x256, k));
}

PEREGRINE_SIMD_END
