// Half-precision numbers as models store them: IEEE 754 binary16 (F16) and bfloat16 (BF16).
//
// Conversions to float are exact. Conversions from float round to nearest, ties to even; too large becomes
// infinity, NaN stays a (quiet) NaN with the top of its payload. Bit for bit what the F16C instructions give.
#pragma once

#include <bit>
#include <cstdint>

namespace peregrine::tensor {

constexpr float f16_to_f32(std::uint16_t half) noexcept {
  const std::uint32_t sign = (half & 0x8000U) << 16;
  const std::uint32_t exponent = (half >> 10) & 0x1FU;
  const std::uint32_t mantissa = half & 0x3FFU;
  if (exponent == 0) {  // zero or subnormal: the product is exact
    const float magnitude = static_cast<float>(mantissa) * 0x1p-24F;
    return std::bit_cast<float>(std::bit_cast<std::uint32_t>(magnitude) | sign);
  }
  if (exponent == 0x1F) {
    const std::uint32_t quiet = mantissa != 0 ? 0x400000U : 0U;
    return std::bit_cast<float>(sign | 0x7F800000U | quiet | (mantissa << 13));
  }
  return std::bit_cast<float>(sign | ((exponent + 112U) << 23) | (mantissa << 13));
}

constexpr std::uint16_t f32_to_f16(float value) noexcept {
  constexpr std::uint32_t kOverflow = 0x47800000U;   // 65536, the first power of two out of range
  constexpr std::uint32_t kMinNormal = 0x38800000U;  // 2^-14
  const std::uint32_t bits = std::bit_cast<std::uint32_t>(value);
  const std::uint32_t sign = (bits >> 16) & 0x8000U;
  const std::uint32_t magnitude = bits & 0x7FFFFFFFU;
  std::uint32_t half = 0;
  if (magnitude > 0x7F800000U) {
    half = 0x7E00U | ((magnitude >> 13) & 0x3FFU);
  } else if (magnitude >= kOverflow) {
    half = 0x7C00U;
  } else if (magnitude >= kMinNormal) {
    const std::uint32_t odd = (magnitude >> 13) & 1U;
    half = (magnitude - (112U << 23) + 0xFFFU + odd) >> 13;  // a carry moves into the exponent, rightly
  } else {
    // Adding 1/2 puts the unit in the last place at 2^-24, the spacing of subnormal halves.
    const float shifted = std::bit_cast<float>(magnitude) + 0.5F;
    half = std::bit_cast<std::uint32_t>(shifted) - 0x3F000000U;
  }
  return static_cast<std::uint16_t>(sign | half);
}

constexpr float bf16_to_f32(std::uint16_t brain) noexcept {
  return std::bit_cast<float>(static_cast<std::uint32_t>(brain) << 16);
}

constexpr std::uint16_t f32_to_bf16(float value) noexcept {
  const std::uint32_t bits = std::bit_cast<std::uint32_t>(value);
  if ((bits & 0x7FFFFFFFU) > 0x7F800000U) return static_cast<std::uint16_t>((bits >> 16) | 0x40U);
  return static_cast<std::uint16_t>((bits + 0x7FFFU + ((bits >> 16) & 1U)) >> 16);
}

// A half inside a block: two little-endian bytes, so that blocks need no alignment.
struct StoredF16 {
  std::uint8_t bytes[2];

  constexpr std::uint16_t bits() const noexcept {
    return static_cast<std::uint16_t>(bytes[0] | (static_cast<unsigned>(bytes[1]) << 8));
  }
  constexpr float value() const noexcept { return f16_to_f32(bits()); }

  static constexpr StoredF16 from_bits(std::uint16_t bits) noexcept {
    return {{static_cast<std::uint8_t>(bits & 0xFFU), static_cast<std::uint8_t>(bits >> 8)}};
  }
  // The nearest finite half: a block's scale must never be infinite for finite weights.
  static constexpr StoredF16 from_finite(float value) noexcept {
    constexpr float kMax = 65504.0F;
    return from_bits(f32_to_f16(value > kMax ? kMax : value < -kMax ? -kMax : value));
  }
};
static_assert(sizeof(StoredF16) == 2 && alignof(StoredF16) == 1);

}  // namespace peregrine::tensor
