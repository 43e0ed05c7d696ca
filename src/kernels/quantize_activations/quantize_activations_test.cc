#include "kernels/quantize_activations/quantize_activations.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

#include "kernels/test_support.h"

namespace peregrine::kernels {
namespace {

using Bytes = std::vector<std::byte>;

struct Format {
  ActivationFormat format;
  std::size_t block;
};
constexpr std::array kFormats = {Format{ActivationFormat::kQ8x32, 32},
                                 Format{ActivationFormat::kQ8x256, 256}};

Bytes quantize(const KernelTable& table, ActivationFormat format, const std::vector<float>& row) {
  Bytes out(activation_row_bytes(format, row.size()), std::byte{0xAA});
  table.quantize(format)(row.data(), out.data(), row.size());
  return out;
}

float scale_of(const Bytes& row, std::size_t k, std::size_t block) {
  float scale;
  std::memcpy(&scale, row.data() + q8_scales_offset(k) + block * sizeof(float), sizeof(float));
  return scale;
}

class QuantizeActivations : public IsaTest {};

TEST_P(QuantizeActivations, RoundsEachValueToTheNearestStep) {
  for (const Format& f : kFormats) {
    for (const std::size_t blocks : {1U, 2U, 3U, 7U, 16U}) {
      const std::size_t k = blocks * f.block;
      const std::vector<float> row = random_row(k, static_cast<unsigned>(k), 3.0F);
      const Bytes out = quantize(*GetParam(), f.format, row);
      for (std::size_t b = 0; b < blocks; ++b) {
        float largest = 0.0F;
        for (std::size_t i = b * f.block; i < (b + 1) * f.block; ++i)
          largest = std::max(largest, std::fabs(row[i]));
        const float scale = scale_of(out, k, b);
        EXPECT_EQ(scale, largest / 127.0F);
        for (std::size_t i = b * f.block; i < (b + 1) * f.block; ++i) {
          const auto q = static_cast<std::int8_t>(out[i]);
          EXPECT_LE(std::abs(q), 127);
          // Half a step, and the rounding of the scale and of the quotient at 127 steps.
          EXPECT_LE(std::fabs(static_cast<double>(row[i]) - static_cast<double>(scale) * q),
                    scale * (0.5 + 3 * 127 * kEpsilon));
        }
      }
    }
  }
}

TEST_P(QuantizeActivations, WordsAreTheNearestToo) {
  const std::size_t k = 224;
  for (const float magnitude : {1.0F, 1e-30F, 1e30F, std::numeric_limits<float>::max()}) {
    std::vector<float> row = random_row(k, 3);
    for (float& x : row) x = std::clamp(x / 5.0F, -1.0F, 1.0F) * magnitude;
    const Bytes out = quantize(*GetParam(), ActivationFormat::kI16x32, row);
    EXPECT_EQ(out, quantize(scalar_kernels(), ActivationFormat::kI16x32, row));
    for (std::size_t b = 0; b < k / 32; ++b) {
      float largest = 0.0F;
      for (std::size_t i = 32 * b; i < 32 * (b + 1); ++i) largest = std::max(largest, std::fabs(row[i]));
      float scale;
      std::memcpy(&scale, out.data() + i16_scales_offset(k) + b * sizeof(float), sizeof(float));
      EXPECT_EQ(scale, largest / 8191.0F);
      for (std::size_t i = 32 * b; i < 32 * (b + 1); ++i) {
        std::int16_t q;
        std::memcpy(&q, out.data() + 2 * i, sizeof(q));
        EXPECT_LE(std::abs(q), 8191);
        EXPECT_LE(std::fabs(static_cast<double>(row[i]) - static_cast<double>(scale) * q),
                  static_cast<double>(scale) * (0.5 + 3 * 8191 * kEpsilon));
      }
    }
  }
}

TEST_P(QuantizeActivations, WordsOfExtremeBlocks) {
  for (const float tiny : {0.0F, std::numeric_limits<float>::denorm_min(), 0x1.fffffep-115F}) {
    const Bytes out = quantize(*GetParam(), ActivationFormat::kI16x32, std::vector<float>(32, tiny));
    EXPECT_TRUE(std::ranges::all_of(out, [](std::byte b) { return b == std::byte{0}; })) << tiny;
  }
  for (const float bad : {std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN()}) {
    std::vector<float> row(64, 1.0F);
    row[40] = bad;
    const Bytes out = quantize(*GetParam(), ActivationFormat::kI16x32, row);
    std::array<float, 2> scales;
    std::memcpy(scales.data(), out.data() + i16_scales_offset(64), sizeof(scales));
    EXPECT_EQ(scales[0], 1.0F / 8191.0F);
    EXPECT_FALSE(std::isfinite(scales[1]));
  }
}

TEST_P(QuantizeActivations, TiesGoToEven) {
  std::vector<float> row(256, 0.0F);
  row[0] = 127.0F;  // scale 1
  for (int i = 1; i < 100; ++i) row[static_cast<std::size_t>(i)] = static_cast<float>(i) - 50.5F;
  const Bytes out = quantize(*GetParam(), ActivationFormat::kQ8x256, row);
  for (std::size_t i = 1; i < 100; ++i)
    EXPECT_EQ(static_cast<std::int8_t>(out[i]), std::nearbyint(row[i])) << row[i];
}

template <class Sum>
void expect_sums(const Bytes& row, std::size_t k, std::size_t offset, std::size_t neighbours) {
  for (std::size_t g = 0; g < k / neighbours; ++g) {
    Sum sum;
    std::memcpy(&sum, row.data() + offset + sizeof(sum) * g, sizeof(sum));
    int expected = 0;
    for (std::size_t i = neighbours * g; i < neighbours * (g + 1); ++i)
      expected += static_cast<std::int8_t>(row[i]);
    EXPECT_EQ(sum, expected) << g;
  }
}

// Random values, and among them blocks of the largest sums.
std::vector<float> row_with_extremes(std::size_t k, unsigned seed) {
  std::vector<float> row = random_row(k, seed);
  std::fill_n(row.begin() + 256, 256, 2.0F);
  std::fill_n(row.begin() + 512, 256, -2.0F);
  return row;
}

TEST_P(QuantizeActivations, SumsAddUpSixteenAndThirtyTwoNeighbours) {
  const std::size_t k = 1280;
  const Bytes out = quantize(*GetParam(), ActivationFormat::kQ8x256, row_with_extremes(k, 5));
  expect_sums<std::int16_t>(out, k, q8x256_sums_16_offset(k), 16);
  expect_sums<std::int16_t>(out, k, q8x256_sums_32_offset(k), 32);
  std::int16_t largest;
  std::memcpy(&largest, out.data() + q8x256_sums_32_offset(k) + 2 * 8, 2);
  EXPECT_EQ(largest, 32 * 127);
}

TEST_P(QuantizeActivations, SumsOfBlocksOf32) {
  const std::size_t k = 1120;
  const Bytes out = quantize(*GetParam(), ActivationFormat::kQ8x32, row_with_extremes(k, 7));
  expect_sums<std::int32_t>(out, k, q8x32_sums_offset(k), 32);
}

TEST_P(QuantizeActivations, PaddingIsZero) {
  const std::size_t k = 96;  // padded to 128 bytes of q, 3 scales of 16, 3 sums of 16
  const Bytes out = quantize(*GetParam(), ActivationFormat::kQ8x32, random_row(k, 6));
  ASSERT_EQ(out.size(), 256U);
  for (std::size_t i = k; i < 128; ++i) EXPECT_EQ(out[i], std::byte{0});
  for (std::size_t i = 128 + 12; i < 192; ++i) EXPECT_EQ(out[i], std::byte{0});
  for (std::size_t i = 192 + 12; i < 256; ++i) EXPECT_EQ(out[i], std::byte{0});
}

TEST_P(QuantizeActivations, TinyBlocksBecomeZeros) {
  for (const float tiny :
       {0.0F, -0.0F, std::numeric_limits<float>::denorm_min(), 0x1p-127F, 0x1.fffffep-121F}) {
    for (const Format& f : kFormats) {
      const Bytes out = quantize(*GetParam(), f.format, std::vector<float>(f.block, tiny));
      EXPECT_TRUE(std::ranges::all_of(out, [](std::byte b) { return b == std::byte{0}; })) << tiny;
    }
  }
  const Bytes smallest = quantize(*GetParam(), ActivationFormat::kQ8x32, std::vector<float>(32, 0x1p-120F));
  EXPECT_EQ(static_cast<int>(smallest[0]), 127);
}

TEST_P(QuantizeActivations, NonFiniteBlocksKeepItInTheirScale) {
  for (const float bad : {std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity(),
                          std::numeric_limits<float>::quiet_NaN()}) {
    for (const Format& f : kFormats) {
      std::vector<float> row = random_row(3 * f.block, 8);
      row[f.block + 17] = bad;
      const Bytes out = quantize(*GetParam(), f.format, row);
      EXPECT_TRUE(std::isfinite(scale_of(out, row.size(), 0)));
      EXPECT_FALSE(std::isfinite(scale_of(out, row.size(), 1)));
      EXPECT_EQ(std::isnan(scale_of(out, row.size(), 1)), std::isnan(bad));
      EXPECT_TRUE(std::isfinite(scale_of(out, row.size(), 2)));
    }
  }
}

TEST_P(QuantizeActivations, EveryIsaGivesTheSameBits) {
  for (const Format& f : kFormats) {
    for (const float magnitude : {1.0F, 1e-30F, 1e30F, std::numeric_limits<float>::max()}) {
      std::vector<float> row = random_row(9 * f.block, 9);
      for (float& x : row) x = std::clamp(x / 5.0F, -1.0F, 1.0F) * magnitude;
      EXPECT_EQ(quantize(*GetParam(), f.format, row), quantize(scalar_kernels(), f.format, row));
      // At an address that is aligned to floats only.
      std::vector<float> shifted(row.size() + 1);
      std::ranges::copy(row, shifted.begin() + 1);
      Bytes out(activation_row_bytes(f.format, row.size()) + 4);
      GetParam()->quantize(f.format)(shifted.data() + 1, out.data() + 4, row.size());
      out.resize(4 + activation_row_bytes(f.format, row.size()));
      EXPECT_EQ(Bytes(out.begin() + 4, out.end()), quantize(*GetParam(), f.format, row));
    }
  }
}

PEREGRINE_FOR_EACH_ISA(QuantizeActivations);

}  // namespace
}  // namespace peregrine::kernels
