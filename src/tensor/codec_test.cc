#include "tensor/codec.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <random>
#include <span>
#include <vector>

#include "tensor/half.h"
#include "tensor/k_scales.h"

namespace peregrine::tensor {
namespace {

using Bytes = std::vector<std::byte>;

constexpr std::array kFloatTypes = {DType::kF32,  DType::kF16,  DType::kBF16, DType::kQ8_0,
                                    DType::kQ4_0, DType::kQ4_K, DType::kQ5_K, DType::kQ6_K};

std::vector<float> normal_values(std::size_t n, unsigned seed, float scale = 1.0F, float mean = 0.0F) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal(mean, scale);
  std::vector<float> values(n);
  for (float& value : values) value = normal(random);
  return values;
}

std::vector<float> round_trip(DType type, std::span<const float> values) {
  Bytes bytes(*row_bytes(type, values.size()));
  EXPECT_TRUE(quantize_row(type, values.data(), bytes.data(), values.size()));
  std::vector<float> out(values.size());
  dequantize_row(type, bytes.data(), out.data(), out.size());
  return out;
}

// Sets bits [first, first + count) of a little-endian bit string.
void put_bits(std::span<std::byte> bytes, std::size_t first, std::size_t count, unsigned value) {
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t bit = first + i;
    if (((value >> i) & 1U) != 0) bytes[bit / 8] |= std::byte{1} << (bit % 8);
  }
}

void put_half(std::span<std::byte> bytes, std::size_t offset, std::uint16_t half) {
  put_bits(bytes, 8 * offset, 16, half);
}

// A block written bit by bit from the published layout, beside the values that it stands for. `pick` draws
// the fields.
struct Expected {
  Bytes bytes;
  std::vector<float> values;
};

template <class Pick>
Expected build_affine_block(bool five_bits, Pick pick) {  // Q4_K, Q5_K
  Expected out{Bytes(five_bits ? 176 : 144), {}};
  const std::uint16_t d = f32_to_f16(static_cast<float>(pick(1000)) / 1024.0F);
  const std::uint16_t dmin = f32_to_f16(static_cast<float>(pick(1000)) / 512.0F);
  put_half(out.bytes, 0, d);
  put_half(out.bytes, 2, dmin);
  const std::size_t low_offset = five_bits ? 48 : 16;
  for (std::size_t g = 0; g < 8; ++g) {
    const unsigned scale = pick(64);
    const unsigned min = pick(64);
    if (g < 4) {
      put_bits(out.bytes, 8 * (4 + g), 6, scale);
      put_bits(out.bytes, 8 * (8 + g), 6, min);
    } else {
      put_bits(out.bytes, 8 * (8 + g), 4, scale & 15U);
      put_bits(out.bytes, 8 * (8 + g) + 4, 4, min & 15U);
      put_bits(out.bytes, 8 * g + 6, 2, scale >> 4);
      put_bits(out.bytes, 8 * (4 + g) + 6, 2, min >> 4);
    }
    for (std::size_t i = 0; i < 32; ++i) {
      const unsigned q = pick(five_bits ? 32 : 16);
      put_bits(out.bytes, 8 * (low_offset + 32 * (g / 2) + i) + 4 * (g % 2), 4, q & 15U);
      if (five_bits) put_bits(out.bytes, 8 * (16 + i) + g, 1, q >> 4);
      const float step = f16_to_f32(d) * static_cast<float>(scale);
      out.values.push_back(step * static_cast<float>(q) - f16_to_f32(dmin) * static_cast<float>(min));
    }
  }
  return out;
}

template <class Pick>
Expected build_q6_k_block(Pick pick) {
  Expected out{Bytes(210), {}};
  const std::uint16_t d = f32_to_f16(static_cast<float>(pick(2000)) / 1024.0F - 1.0F);
  put_half(out.bytes, 208, d);
  int scale = 0;
  for (std::size_t i = 0; i < 256; ++i) {
    if (i % 16 == 0) {
      scale = static_cast<int>(pick(256)) - 128;
      put_bits(out.bytes, 8 * (192 + i / 16), 8, static_cast<unsigned>(scale) & 255U);
    }
    const unsigned q = pick(64);
    const std::size_t half = i / 128;
    const std::size_t run = i % 128 / 32;
    put_bits(out.bytes, 8 * (64 * half + 32 * (run % 2) + i % 32) + 4 * (run / 2), 4, q & 15U);
    put_bits(out.bytes, 8 * (128 + 32 * half + i % 32) + 2 * run, 2, q >> 4);
    out.values.push_back(f16_to_f32(d) * static_cast<float>(scale) *
                         static_cast<float>(static_cast<int>(q) - 32));
  }
  return out;
}

template <class Pick>
Expected build_q4_0_block(Pick pick) {
  Expected out{Bytes(18), std::vector<float>(32)};
  const std::uint16_t d = f32_to_f16(static_cast<float>(pick(2000)) / 1024.0F - 1.0F);
  put_half(out.bytes, 0, d);
  for (std::size_t i = 0; i < 32; ++i) {
    const unsigned q = pick(16);
    put_bits(out.bytes, 8 * (2 + i % 16) + 4 * (i / 16), 4, q);
    out.values[i] = f16_to_f32(d) * static_cast<float>(static_cast<int>(q) - 8);
  }
  return out;
}

template <class Pick>
Expected build_q8_0_block(Pick pick) {
  Expected out{Bytes(34), std::vector<float>(32)};
  const std::uint16_t d = f32_to_f16(static_cast<float>(pick(2000)) / 1024.0F - 1.0F);
  put_half(out.bytes, 0, d);
  for (std::size_t i = 0; i < 32; ++i) {
    const int q = static_cast<int>(pick(256)) - 128;
    put_bits(out.bytes, 8 * (2 + i), 8, static_cast<unsigned>(q) & 255U);
    out.values[i] = f16_to_f32(d) * static_cast<float>(q);
  }
  return out;
}

TEST(Codec, DecodesBlocksWrittenBitByBit) {
  std::mt19937 random(7);
  const auto pick = [&random](unsigned limit) { return static_cast<unsigned>(random() % limit); };
  for (int repeat = 0; repeat < 50; ++repeat) {
    const std::array<std::pair<DType, Expected>, 5> cases = {{
        {DType::kQ4_K, build_affine_block(false, pick)},
        {DType::kQ5_K, build_affine_block(true, pick)},
        {DType::kQ6_K, build_q6_k_block(pick)},
        {DType::kQ4_0, build_q4_0_block(pick)},
        {DType::kQ8_0, build_q8_0_block(pick)},
    }};
    for (const auto& [type, expected] : cases) {
      std::vector<float> actual(expected.values.size());
      dequantize_row(type, expected.bytes.data(), actual.data(), actual.size());
      ASSERT_EQ(actual, expected.values) << traits(type).name;
    }
  }
}

TEST(Codec, KScalesPackAndUnpack) {
  for (unsigned v = 0; v < 64; ++v) {
    KScales in{};
    for (unsigned i = 0; i < 8; ++i) {
      in.scale[i] = static_cast<std::uint8_t>((v + 9 * i) % 64);
      in.min[i] = static_cast<std::uint8_t>((5 * v + 23 * i) % 64);
    }
    std::uint8_t packed[12];
    pack_k_scales(in, packed);
    const KScales out = unpack_k_scales(packed);
    EXPECT_TRUE(std::ranges::equal(in.scale, out.scale));
    EXPECT_TRUE(std::ranges::equal(in.min, out.min));
  }
}

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

TEST(Codec, MoreBitsGiveLessError) {
  const std::vector<float> in = normal_values(16384, 5);
  double previous = 1e9;
  for (const DType type :
       {DType::kQ4_0, DType::kQ4_K, DType::kQ5_K, DType::kQ6_K, DType::kQ8_0, DType::kF32}) {
    const std::vector<float> out = round_trip(type, in);
    double squares = 0.0;
    for (std::size_t i = 0; i < in.size(); ++i) squares += std::pow(static_cast<double>(in[i]) - out[i], 2);
    EXPECT_LT(squares, previous) << traits(type).name;
    previous = squares;
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
    for (const DType type : kFloatTypes) {
      const std::vector<float> out = round_trip(type, row);
      for (std::size_t i = 0; i < row.size(); ++i) {
        ASSERT_TRUE(std::isfinite(out[i])) << traits(type).name;
        // Never off by more than a 4-bit step and the floor that a half scale sets.
        ASSERT_LE(std::fabs(out[i] - row[i]), std::fabs(largest) / 7.0F + 32 * 0x1p-24F)
            << traits(type).name << " " << row[i];
      }
    }
  }
}

TEST(Codec, RowsBeyondAHalfScaleSaturate) {
  const std::vector<float> row(256, 1e9F);
  for (const DType type : {DType::kQ8_0, DType::kQ4_0, DType::kQ4_K, DType::kQ5_K, DType::kQ6_K}) {
    for (const float value : round_trip(type, row)) EXPECT_TRUE(std::isfinite(value)) << traits(type).name;
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
  for (const DType type : kFloatTypes) {
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
