// Plain element types in memory, as sixteen floats.
#pragma once

#include <cstddef>

PEREGRINE_SIMD_BEGIN

struct ElementsF32 {
  static constexpr std::size_t kBytes = 4;
  static PEREGRINE_ALWAYS_INLINE F32x16 load(const std::byte* p) { return f32_load(p); }
  static PEREGRINE_ALWAYS_INLINE F32x16 load_part(const std::byte* p, std::size_t n) {
    return f32_load_part(p, n, f32_zero());
  }
};

struct ElementsF16 {
  static constexpr std::size_t kBytes = 2;
  static PEREGRINE_ALWAYS_INLINE F32x16 load(const std::byte* p) { return f16_load(p); }
  static PEREGRINE_ALWAYS_INLINE F32x16 load_part(const std::byte* p, std::size_t n) {
    return f16_load_part(p, n);
  }
};

struct ElementsBF16 {
  static constexpr std::size_t kBytes = 2;
  static PEREGRINE_ALWAYS_INLINE F32x16 load(const std::byte* p) { return bf16_load(p); }
  static PEREGRINE_ALWAYS_INLINE F32x16 load_part(const std::byte* p, std::size_t n) {
    return bf16_load_part(p, n);
  }
};

PEREGRINE_SIMD_END
