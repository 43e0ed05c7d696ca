#include "tensor/half.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace peregrine::tensor {
namespace {

// The definition of binary16, by arithmetic instead of bits.
double f16_by_definition(std::uint16_t half) {
  const double sign = (half & 0x8000) != 0 ? -1.0 : 1.0;
  const int exponent = (half >> 10) & 0x1F;
  const int mantissa = half & 0x3FF;
  if (exponent == 0x1F) return mantissa == 0 ? sign * INFINITY : NAN;
  if (exponent == 0) return sign * std::ldexp(mantissa, -24);
  return sign * std::ldexp(1024 + mantissa, exponent - 25);
}

TEST(Half, EveryF16HasItsDefinedValueAndRoundTrips) {
  for (std::uint32_t bits = 0; bits <= 0xFFFF; ++bits) {
    const auto half = static_cast<std::uint16_t>(bits);
    const float value = f16_to_f32(half);
    const double expected = f16_by_definition(half);
    if (std::isnan(expected)) {
      ASSERT_TRUE(std::isnan(value)) << bits;
      ASSERT_EQ(f32_to_f16(value), half | 0x200) << bits;
    } else {
      ASSERT_EQ(static_cast<double>(value), expected) << bits;
      ASSERT_EQ(std::signbit(value), (half & 0x8000) != 0) << bits;
      ASSERT_EQ(f32_to_f16(value), half) << bits;
    }
  }
}

TEST(Half, F16RoundsToNearestAndTiesToEven) {
  for (std::uint16_t half = 0; half < 0x7BFF; ++half) {
    const float low = f16_to_f32(half);
    const float high = f16_to_f32(static_cast<std::uint16_t>(half + 1));
    const float middle = low + (high - low) / 2;  // exact: one more bit than a half
    const auto even = static_cast<std::uint16_t>(half % 2 == 0 ? half : half + 1);
    ASSERT_EQ(f32_to_f16(middle), even) << half;
    ASSERT_EQ(f32_to_f16(-middle), even | 0x8000) << half;
    ASSERT_EQ(f32_to_f16(std::nextafter(middle, 0.0F)), half) << half;
    ASSERT_EQ(f32_to_f16(std::nextafter(middle, INFINITY)), half + 1) << half;
  }
}

TEST(Half, F16Overflow) {
  EXPECT_EQ(f32_to_f16(65504.0F), 0x7BFF);
  EXPECT_EQ(f32_to_f16(std::nextafter(65520.0F, 0.0F)), 0x7BFF);
  EXPECT_EQ(f32_to_f16(65520.0F), 0x7C00);
  EXPECT_EQ(f32_to_f16(std::numeric_limits<float>::max()), 0x7C00);
  EXPECT_EQ(f32_to_f16(-INFINITY), 0xFC00);
  EXPECT_EQ(f32_to_f16(std::numeric_limits<float>::denorm_min()), 0);
  EXPECT_EQ(StoredF16::from_finite(1e9F).value(), 65504.0F);
  EXPECT_EQ(StoredF16::from_finite(-1e9F).value(), -65504.0F);
}

TEST(Half, Bf16TruncatesExactlyAndRoundsToEven) {
  for (std::uint32_t bits = 0; bits <= 0xFFFF; ++bits) {
    const auto brain = static_cast<std::uint16_t>(bits);
    const float value = bf16_to_f32(brain);
    ASSERT_EQ(std::bit_cast<std::uint32_t>(value), bits << 16);
    if (std::isnan(value)) {
      ASSERT_TRUE(std::isnan(bf16_to_f32(f32_to_bf16(value)))) << bits;
      continue;
    }
    ASSERT_EQ(f32_to_bf16(value), brain);
    if (std::isinf(value)) continue;
    const auto below = std::bit_cast<float>((bits << 16) | 0x7FFFU);
    const auto tie = std::bit_cast<float>((bits << 16) | 0x8000U);
    const auto above = std::bit_cast<float>((bits << 16) | 0x8001U);
    ASSERT_EQ(f32_to_bf16(below), brain);
    ASSERT_EQ(f32_to_bf16(tie), brain + brain % 2);
    ASSERT_EQ(f32_to_bf16(above), brain + 1);
  }
}

}  // namespace
}  // namespace peregrine::tensor
