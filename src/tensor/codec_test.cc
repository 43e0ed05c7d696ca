#include "tensor/codec.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "tensor/half.h"
#include "tensor/test_support.h"

namespace peregrine::tensor {
namespace {

TEST(Codec, Q8_0IsWithinHalfAStep) {
  for (const float scale : {1e-6F, 1.0F, 3e4F}) {
    const std::vector<float> in = normal_values(4096, 1, scale);
    const std::vector<float> out = round_trip(DType::kQ8_0, in);
    for (std::size_t b = 0; b < in.size(); b += 32) {
      float largest = 0.0F;
      for (std::size_t i = b; i < b + 32; ++i) largest = std::max(largest, std::fabs(in[i]));
      // The scale is a half, so the step may exceed largest / 127 by its rounding (2^-11, or 2^-25 absolute).
      const float step = largest / 127.0F * (1.0F + 0x1p-11F) + 0x1p-25F;
      for (std::size_t i = b; i < b + 32; ++i)
        EXPECT_LE(std::fabs(in[i] - out[i]), 0.501F * step + 127 * 0x1p-25F);
    }
  }
}

TEST(Codec, Q16_0IsWithinHalfAStep) {
  for (const float scale : {1e-30F, 1e-6F, 1.0F, 1e30F}) {
    const std::vector<float> in = normal_values(4096, 1, scale);
    const std::vector<float> out = round_trip(DType::kQ16_0, in);
    for (std::size_t b = 0; b < in.size(); b += 32) {
      float largest = 0.0F;
      for (std::size_t i = b; i < b + 32; ++i) largest = std::max(largest, std::fabs(in[i]));
      for (std::size_t i = b; i < b + 32; ++i)
        EXPECT_LE(std::fabs(in[i] - out[i]), 0.501F * largest / 8191.0F);
    }
  }
}

TEST(Codec, Q4_0IsWithinAStepAndHalfAStepInside) {
  const std::vector<float> in = normal_values(4096, 2);
  const std::vector<float> out = round_trip(DType::kQ4_0, in);
  for (std::size_t b = 0; b < in.size(); b += 32) {
    float largest = 0.0F;
    for (std::size_t i = b; i < b + 32; ++i) {
      if (std::fabs(in[i]) > std::fabs(largest)) largest = in[i];
    }
    const float step = std::fabs(largest) / 8.0F;
    for (std::size_t i = b; i < b + 32; ++i) {
      // Levels reach 7 steps on the side away from the largest element, so up to one step is cut there.
      const bool cut = in[i] / largest < -7.0F / 8.0F;
      EXPECT_LE(std::fabs(in[i] - out[i]), (cut ? 1.0F : 0.5F) * step * 1.01F);
    }
  }
}

struct StepCase {
  DType type;
  float levels;  // steps that span a group
};

// Root mean square error of a group against its ideal step (its range over the levels). Uniform rounding
// gives step / sqrt(12) = 0.29; the rounded scales and mins add up to 1/2 of 1/63 of the block's largest
// range and min.
TEST(Codec, KFormatsStayNearTheIdealStep) {
  for (const StepCase c : {StepCase{DType::kQ4_K, 15}, StepCase{DType::kQ5_K, 31}}) {
    for (const float mean : {0.0F, -2.0F, 0.5F}) {
      const std::vector<float> in = normal_values(8192, 3, 1.0F, mean);
      const std::vector<float> out = round_trip(c.type, in);
      for (std::size_t b = 0; b < in.size(); b += 256) {
        float largest_range = 0.0F;
        float largest_min = 0.0F;
        double squares = 0.0;
        for (std::size_t g = b; g < b + 256; g += 32) {
          const auto [low, high] = std::minmax_element(in.begin() + static_cast<std::ptrdiff_t>(g),
                                                       in.begin() + static_cast<std::ptrdiff_t>(g + 32));
          largest_min = std::max(largest_min, -*low);
          largest_range = std::max(largest_range, *high - std::min(0.0F, *low));
        }
        for (std::size_t i = b; i < b + 256; ++i) squares += std::pow(static_cast<double>(in[i]) - out[i], 2);
        const double bound = largest_range / c.levels * 0.3 + largest_range / 126.0 + largest_min / 126.0;
        EXPECT_LE(std::sqrt(squares / 256.0), bound) << traits(c.type).name;
      }
    }
  }
}

TEST(Codec, Q6_KStaysNearTheIdealStep) {
  const std::vector<float> in = normal_values(8192, 4);
  const std::vector<float> out = round_trip(DType::kQ6_K, in);
  for (std::size_t b = 0; b < in.size(); b += 256) {
    float largest = 0.0F;
    double squares = 0.0;
    for (std::size_t i = b; i < b + 256; ++i) {
      largest = std::max(largest, std::fabs(in[i]));
      squares += std::pow(static_cast<double>(in[i]) - out[i], 2);
    }
    // Half a level of rounding, and half of 1/128 in the scale of the block's largest group.
    EXPECT_LE(std::sqrt(squares / 256.0), largest / 32.0 * 0.3 + largest / 256.0);
  }
}

double squared_error(std::span<const float> a, std::span<const float> b) {
  double total = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) total += std::pow(static_cast<double>(a[i]) - b[i], 2);
  return total;
}

// Squared error of rounding each of `levels` + 1 evenly spaced values, the first and last being the extremes
// of a group (`symmetric`: plus and minus its largest magnitude), in double precision.
double plain_rounding_error(std::span<const float> x, std::size_t group, double levels, bool symmetric) {
  double total = 0.0;
  for (std::size_t g = 0; g < x.size(); g += group) {
    const auto [low, high] = std::ranges::minmax(x.subspan(g, group));
    const double largest = std::max(-low, high);
    const double first = symmetric ? -largest : low;
    const double step = (symmetric ? 2.0 * largest : static_cast<double>(high) - low) / levels;
    for (const float value : x.subspan(g, group)) {
      total += std::pow(first + step * std::nearbyint((value - first) / step) - value, 2);
    }
  }
  return total;
}

struct PlainRounding {
  DType type;
  std::size_t group;
  double levels;
  bool symmetric;
  double share;  // of plain rounding's error that is allowed
};

// The search for scales must gain more than their storage in few bits loses.
TEST(Codec, EncodersBeatPlainRounding) {
  for (const PlainRounding c : {
           PlainRounding{DType::kQ4_1, 32, 15, false, 0.95},
           PlainRounding{DType::kQ5_1, 32, 31, false, 0.98},
           PlainRounding{DType::kQ5_0, 32, 31, true, 0.90},
           PlainRounding{DType::kIQ4_NL, 32, 15, true, 0.70},
           PlainRounding{DType::kIQ4_XS, 32, 15, true, 0.70},
           PlainRounding{DType::kQ3_K, 16, 7, true, 0.75},
           PlainRounding{DType::kQ2_K, 16, 3, false, 0.85},
       }) {
    const std::vector<float> in = normal_values(16384, 8);
    EXPECT_LE(squared_error(in, round_trip(c.type, in)),
              c.share * plain_rounding_error(in, c.group, c.levels, c.symmetric))
        << traits(c.type).name;
  }
}

TEST(Codec, OffsetFormatsFollowTheOffset) {
  for (const float mean : {-1000.0F, -3.0F, 0.25F, 40.0F}) {
    const std::vector<float> in = normal_values(8192, 9, 1.0F, mean);
    for (const auto& [type, levels] : {std::pair{DType::kQ4_1, 15.0}, std::pair{DType::kQ5_1, 31.0}}) {
      const std::vector<float> out = round_trip(type, in);
      for (std::size_t b = 0; b < in.size(); b += 32) {
        const auto x = std::span(in).subspan(b, 32);
        const auto [low, high] = std::ranges::minmax(x);
        const double step = (static_cast<double>(high) - low) / levels;
        // Half a step, and the rounding of the two halves: at the offset, and at `levels` steps.
        const double allowed =
            0.5 * step + std::fabs(low) * 0x1p-11 + (static_cast<double>(high) - low) * 0x1p-11;
        EXPECT_LE(std::sqrt(squared_error(x, std::span(out).subspan(b, 32)) / 32.0), allowed)
            << traits(type).name << " " << mean;
      }
    }
  }
}

// Against every scale of a dense grid, both signs: the search must come near the best of them.
TEST(Codec, ScaleSearchIsNearTheBest) {
  constexpr std::array<float, 16> kIq4 = {-127, -104, -83, -65, -49, -35, -22, -10,
                                          1,    13,   25,  38,  53,  69,  89,  113};
  std::vector<float> five_bits(32);
  for (std::size_t i = 0; i < 32; ++i) five_bits[i] = static_cast<float>(i) - 16.0F;
  const std::vector<float> in = normal_values(64 * 32, 10);
  for (const auto& [type, levels] : {std::pair{DType::kQ5_0, std::span<const float>(five_bits)},
                                     std::pair{DType::kIQ4_NL, std::span<const float>(kIq4)}}) {
    double total = 0.0;
    for (std::size_t b = 0; b < in.size(); b += 32) {
      const auto x = std::span(in).subspan(b, 32);
      float largest = 0.0F;
      for (const float value : x) largest = std::max(largest, std::fabs(value));
      double best = std::numeric_limits<double>::infinity();
      for (int i = -600; i <= 600; ++i) {
        if (std::abs(i) < 300) continue;
        const float scale = largest / -levels.front() * 500.0F / static_cast<float>(i);
        double error = 0.0;
        for (const float value : x) {
          float nearest = std::numeric_limits<float>::infinity();
          for (const float level : levels) nearest = std::min(nearest, std::fabs(scale * level - value));
          error += static_cast<double>(nearest) * nearest;
        }
        best = std::min(best, error);
      }
      total += best;
    }
    EXPECT_LE(squared_error(in, round_trip(type, in)), 1.05 * total) << traits(type).name;
  }
}

TEST(Codec, MxfpTakesTheBestPowerOfTwo) {
  constexpr std::array<double, 8> kValues = {0, 0.5, 1, 1.5, 2, 3, 4, 6};
  for (const float scale : {1e-36F, 1e-3F, 1.0F, 1e30F}) {
    const std::vector<float> in = normal_values(256 * 32, 11, scale);
    const std::vector<float> out = round_trip(DType::kMXFP4, in);
    for (std::size_t b = 0; b < in.size(); b += 32) {
      const auto x = std::span(in).subspan(b, 32);
      double best = std::numeric_limits<double>::infinity();
      for (int e = 0; e < 255; ++e) {
        double error = 0.0;
        for (const float value : x) {
          double nearest = std::numeric_limits<double>::infinity();
          for (const double v : kValues)
            nearest = std::min(nearest, std::fabs(std::ldexp(v, e - 127) - std::fabs(value)));
          error += nearest * nearest;
        }
        best = std::min(best, error);
      }
      EXPECT_LE(squared_error(x, std::span(out).subspan(b, 32)), best * (1.0 + 1e-6)) << scale;
    }
  }
}

TEST(Codec, MoreBitsGiveLessError) {
  const std::vector<float> in = normal_values(16384, 5);
  const std::vector<std::vector<DType>> chains = {
      {DType::kQ2_K, DType::kQ3_K, DType::kQ4_K, DType::kQ5_K, DType::kQ6_K, DType::kQ8_0, DType::kF32},
      {DType::kQ3_K, DType::kQ4_0, DType::kQ4_1, DType::kQ5_0, DType::kQ5_1, DType::kQ6_K},
      {DType::kQ3_K, DType::kMXFP4, DType::kQ4_0, DType::kIQ4_XS, DType::kIQ4_NL, DType::kQ5_0},
  };
  for (const std::vector<DType>& chain : chains) {
    double previous = std::numeric_limits<double>::infinity();
    for (const DType type : chain) {
      const double error = squared_error(in, round_trip(type, in));
      EXPECT_LT(error, previous) << traits(type).name;
      previous = error;
    }
  }
}

TEST(Codec, ExtremeRowsStayFinite) {
  std::vector<std::vector<float>> rows;
  for (const float value : {0.0F, 1.0F, -1.0F, 1e-45F, -1e-40F, 1e-20F, 6e4F, -6e4F})
    rows.emplace_back(256, value);
  rows.emplace_back(256, 0.0F);
  rows.back()[77] = 3.0F;
  rows.emplace_back(256, -0.0F);
  rows.back()[255] = -3.0F;
  for (const std::vector<float>& row : rows) {
    const float largest = *std::max_element(row.begin(), row.end(),
                                            [](float a, float b) { return std::fabs(a) < std::fabs(b); });
    for (const DType type : float_types()) {
      const std::vector<float> out = round_trip(type, row);
      for (std::size_t i = 0; i < row.size(); ++i) {
        ASSERT_TRUE(std::isfinite(out[i])) << traits(type).name;
        // Never off by more than the widest step near the largest and the floor that a half scale sets.
        const float step = std::fabs(largest) / (type == DType::kMXFP4 ? 5.0F : 7.0F);
        ASSERT_LE(std::fabs(out[i] - row[i]), step + 32 * 0x1p-24F) << traits(type).name << " " << row[i];
      }
    }
  }
}

TEST(Codec, RowsBeyondAHalfScaleSaturate) {
  constexpr float kMax = std::numeric_limits<float>::max();
  std::vector<std::vector<float>> rows = {std::vector<float>(256, 1e9F), std::vector<float>(256, kMax),
                                          std::vector<float>(256, -kMax), std::vector<float>(256, kMax)};
  for (std::size_t i = 0; i < 256; i += 3) rows.back()[i] = -kMax;
  for (const std::vector<float>& row : rows) {
    for (const DType type : kBlockTypes) {
      for (const float value : round_trip(type, row)) {
        EXPECT_TRUE(std::isfinite(value)) << traits(type).name;
      }
    }
  }
}

TEST(Codec, PlainTypesConvertByValue) {
  const std::array<std::int16_t, 4> shorts = {-32768, -1, 0, 32767};
  const std::array<std::int64_t, 2> longs = {-5, 1LL << 40};
  const std::array<double, 2> doubles = {0.1, -2.5};
  std::array<float, 4> out{};
  dequantize_row(DType::kI16, reinterpret_cast<const std::byte*>(shorts.data()), out.data(), 4);
  EXPECT_EQ(out, (std::array<float, 4>{-32768, -1, 0, 32767}));
  dequantize_row(DType::kI64, reinterpret_cast<const std::byte*>(longs.data()), out.data(), 2);
  EXPECT_EQ(out[1], 0x1p40F);
  dequantize_row(DType::kF64, reinterpret_cast<const std::byte*>(doubles.data()), out.data(), 2);
  EXPECT_EQ(out[0], 0.1F);
  std::byte sink{};
  EXPECT_FALSE(quantize_row(DType::kI8, out.data(), &sink, 1));
}

TEST(Codec, AnyAlignment) {
  const std::vector<float> in = normal_values(512, 6);
  for (const DType type : float_types()) {
    const std::size_t size = *row_bytes(type, in.size());
    Bytes bytes(size + 1);
    ASSERT_TRUE(quantize_row(type, in.data(), bytes.data() + 1, in.size()));
    std::vector<float> out(in.size());
    dequantize_row(type, bytes.data() + 1, out.data(), out.size());
    EXPECT_EQ(out, round_trip(type, in)) << traits(type).name;
  }
}

}  // namespace
}  // namespace peregrine::tensor
