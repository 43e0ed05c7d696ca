// The types of stored keys and values over sixteen-lane vectors. Layouts: kv_tile.h.
//
// A format has: kPacked, whether many queries repay unpacking it to floats; row_bytes(dim); key(tile, d,
// scale), dimension d of a key tile's sixteen tokens, with the scale that key_scale() gives for every kGroup
// dimensions; value(row, i) and value_part(row, i, n), dimensions from i on of one token in a row tile;
// store_row and store_key.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "kernels/attention/kv_tile.h"
#include "kernels/elementwise/elementwise_impl.h"
#include "kernels/simd/elements_impl.h"
#include "tensor/q8_0.h"

PEREGRINE_SIMD_BEGIN

template <class Elements>
struct KvPlain {
  static constexpr bool kPacked = false;  // converting costs no more than another pass through memory
  static constexpr std::size_t kGroup = SIZE_MAX;
  struct Scale {};

  static std::size_t row_bytes(std::size_t dim) { return dim * Elements::kBytes; }
  static PEREGRINE_ALWAYS_INLINE Scale key_scale(const std::byte*, std::size_t) { return {}; }
  static PEREGRINE_ALWAYS_INLINE F32x16 key(const std::byte* tile, std::size_t d, Scale) {
    return Elements::load(tile + d * kKvTileTokens * Elements::kBytes);
  }
  static PEREGRINE_ALWAYS_INLINE F32x16 value(const std::byte* row, std::size_t i) {
    return Elements::load(row + i * Elements::kBytes);
  }
  static PEREGRINE_ALWAYS_INLINE F32x16 value_part(const std::byte* row, std::size_t i, std::size_t n) {
    return Elements::load_part(row + i * Elements::kBytes, n);
  }
};

struct KvF32 : KvPlain<ElementsF32> {
  static void store_row(const float* row, std::size_t dim, std::size_t token, std::byte* tile) noexcept {
    std::memcpy(tile + token * row_bytes(dim), row, row_bytes(dim));
  }
  static void store_key(const float* row, std::size_t dim, std::size_t token, std::byte* tile) noexcept {
    for (std::size_t d = 0; d < dim; ++d) {
      std::memcpy(tile + (d * kKvTileTokens + token) * sizeof(float), row + d, sizeof(float));
    }
  }
};

struct KvF16 : KvPlain<ElementsF16> {
  static void store_row(const float* row, std::size_t dim, std::size_t token, std::byte* tile) noexcept {
    f32_to_f16(row, reinterpret_cast<std::uint16_t*>(tile) + token * dim, dim);
  }
  static void store_key(const float* row, std::size_t dim, std::size_t token, std::byte* tile) noexcept {
    auto* keys = reinterpret_cast<std::uint16_t*>(tile) + token;
    for (std::size_t d = 0; d < dim; d += kLanes) {
      const std::size_t n = std::min(dim - d, kLanes);
      std::uint16_t halves[kLanes];
      f32_to_f16(row + d, halves, n);
      for (std::size_t i = 0; i < n; ++i) keys[(d + i) * kKvTileTokens] = halves[i];
    }
  }
};

// Scale and bytes of a Q8_0 block. Bytes are the nearest ones for the scale as stored, which is rounded to
// F16; a scale below F16's normal range may be far too small, hence the bounds.
PEREGRINE_ALWAYS_INLINE std::uint16_t quantize_q8_0(const float* x, std::byte (&bytes)[32]) {
  const F32x16 low = f32_load(x);
  const F32x16 high = f32_load(x + kLanes);
  const auto top = std::bit_cast<float>(largest(max(magnitude_bits(low), magnitude_bits(high))));
  std::uint16_t scales[kLanes];
  f16_store(scales, f32_set(top / 127.0F));
  const float scale = f16_value(tensor::StoredF16::from_bits(scales[0]));
  const F32x16 inverse = f32_set(scale > 0.0F ? 1.0F / scale : 0.0F);
  const F32x16 most = f32_set(127.0F);
  const F32x16 least = f32_set(-127.0F);
  store_bytes(bytes, to_nearest_i32(max(least, min(low * inverse, most))));
  store_bytes(bytes + kLanes, to_nearest_i32(max(least, min(high * inverse, most))));
  return scales[0];
}

struct KvQ8 {
  static constexpr bool kPacked = true;
  static constexpr std::size_t kGroup = tensor::BlockQ8_0::kElements;
  using Scale = F32x16;

  static std::size_t row_bytes(std::size_t dim) { return dim / kGroup * sizeof(tensor::BlockQ8_0); }
  static PEREGRINE_ALWAYS_INLINE Scale key_scale(const std::byte* tile, std::size_t d) {
    return f16_load(tile + d / kGroup * kGroupBytes);
  }
  static PEREGRINE_ALWAYS_INLINE F32x16 key(const std::byte* tile, std::size_t d, Scale scale) {
    return f32_from_bytes(tile + key_offset(d)) * scale;
  }
  static PEREGRINE_ALWAYS_INLINE F32x16 value(const std::byte* row, std::size_t i) {
    const auto* block = reinterpret_cast<const tensor::BlockQ8_0*>(row) + i / kGroup;
    return f32_from_bytes(reinterpret_cast<const std::byte*>(block->q) + i % kGroup) *
           f32_set(f16_value(block->d));
  }
  // Never of a part: rows are whole blocks.
  static PEREGRINE_ALWAYS_INLINE F32x16 value_part(const std::byte* row, std::size_t i, std::size_t) {
    return value(row, i);
  }
  static void store_row(const float* row, std::size_t dim, std::size_t token, std::byte* tile) noexcept {
    std::byte* to = tile + token * row_bytes(dim);
    for (std::size_t d = 0; d < dim; d += kGroup, to += sizeof(tensor::BlockQ8_0)) {
      std::byte bytes[kGroup];
      const std::uint16_t scale = quantize_q8_0(row + d, bytes);
      std::memcpy(to, &scale, sizeof(scale));
      std::memcpy(to + sizeof(scale), bytes, sizeof(bytes));
    }
  }
  static void store_key(const float* row, std::size_t dim, std::size_t token, std::byte* tile) noexcept {
    for (std::size_t d = 0; d < dim; d += kGroup) {
      std::byte bytes[kGroup];
      const std::uint16_t scale = quantize_q8_0(row + d, bytes);
      std::memcpy(tile + d / kGroup * kGroupBytes + token * sizeof(scale), &scale, sizeof(scale));
      for (std::size_t i = 0; i < kGroup; ++i) tile[key_offset(d + i) + token] = bytes[i];
    }
  }

 private:
  static constexpr std::size_t kGroupBytes = kKvTileTokens * sizeof(tensor::BlockQ8_0);
  static PEREGRINE_ALWAYS_INLINE std::size_t key_offset(std::size_t d) {
    return d / kGroup * kGroupBytes + kKvTileTokens * (sizeof(std::uint16_t) + d % kGroup);
  }
};

PEREGRINE_SIMD_END
