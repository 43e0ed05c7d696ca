// Blocks against layouts that this file states itself: written bit by bit, and computed by hand.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <random>
#include <span>
#include <utility>
#include <vector>

#include "tensor/codec.h"
#include "tensor/half.h"
#include "tensor/k_scales.h"
#include "tensor/test_support.h"

namespace peregrine::tensor {
namespace {

constexpr std::array<int, 16> kIq4Values = {-127, -104, -83, -65, -49, -35, -22, -10,
                                            1,    13,   25,  38,  53,  69,  89,  113};
constexpr std::array<float, 16> kFp4Values = {0.0F, 0.5F,  1.0F,  1.5F,  2.0F,  3.0F,  4.0F,  6.0F,
                                              0.0F, -0.5F, -1.0F, -1.5F, -2.0F, -3.0F, -4.0F, -6.0F};

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

// Sixteen groups of 16 over two-bit fields: Q2_K, Q3_K. Element i has field i % 128 / 32 of byte
// 32 (i / 128) + i % 32.
void put_two_bits(Expected& out, std::size_t offset, std::size_t i, unsigned q) {
  put_bits(out.bytes, 8 * (offset + 32 * (i / 128) + i % 32) + 2 * (i % 128 / 32), 2, q);
}

template <class Pick>
Expected build_q2_k_block(Pick pick) {
  Expected out{Bytes(84), {}};
  const std::uint16_t d = f32_to_f16(static_cast<float>(pick(1000)) / 1024.0F);
  const std::uint16_t dmin = f32_to_f16(static_cast<float>(pick(1000)) / 512.0F);
  put_half(out.bytes, 80, d);
  put_half(out.bytes, 82, dmin);
  unsigned scale = 0;
  unsigned min = 0;
  for (std::size_t i = 0; i < 256; ++i) {
    if (i % 16 == 0) {
      scale = pick(16);
      min = pick(16);
      put_bits(out.bytes, 8 * (i / 16), 4, scale);
      put_bits(out.bytes, 8 * (i / 16) + 4, 4, min);
    }
    const unsigned q = pick(4);
    put_two_bits(out, 16, i, q);
    const float step = f16_to_f32(d) * static_cast<float>(scale);
    out.values.push_back(step * static_cast<float>(q) - f16_to_f32(dmin) * static_cast<float>(min));
  }
  return out;
}

template <class Pick>
Expected build_q3_k_block(Pick pick) {
  Expected out{Bytes(110), {}};
  const std::uint16_t d = f32_to_f16(static_cast<float>(pick(2000)) / 1024.0F - 1.0F);
  put_half(out.bytes, 108, d);
  unsigned scale = 0;
  for (std::size_t i = 0; i < 256; ++i) {
    if (i % 16 == 0) {
      const std::size_t g = i / 16;
      scale = pick(64);
      put_bits(out.bytes, 8 * (96 + g % 8) + (g < 8 ? 0 : 4), 4, scale & 15U);
      put_bits(out.bytes, 8 * (104 + g % 4) + 2 * (g / 4), 2, scale >> 4);
    }
    const unsigned q = pick(8);
    put_two_bits(out, 32, i, q & 3U);
    put_bits(out.bytes, 8 * (i % 32) + i / 32, 1, q >> 2);
    const float step = f16_to_f32(d) * static_cast<float>(static_cast<int>(scale) - 32);
    out.values.push_back(step * static_cast<float>(static_cast<int>(q) - 4));
  }
  return out;
}

template <class Pick>
Expected build_iq4_xs_block(Pick pick) {
  Expected out{Bytes(136), std::vector<float>(256)};
  const std::uint16_t d = f32_to_f16(static_cast<float>(pick(2000)) / 1024.0F - 1.0F);
  put_half(out.bytes, 0, d);
  for (std::size_t g = 0; g < 8; ++g) {
    const unsigned scale = pick(64);
    put_bits(out.bytes, 8 * 2 + 2 * g, 2, scale >> 4);
    put_bits(out.bytes, 8 * 4 + 4 * g, 4, scale & 15U);
    const float step = f16_to_f32(d) * static_cast<float>(static_cast<int>(scale) - 32);
    for (std::size_t i = 0; i < 32; ++i) {
      const unsigned q = pick(16);
      put_bits(out.bytes, 8 * (8 + 16 * g + i % 16) + 4 * (i / 16), 4, q);
      out.values[32 * g + i] = step * static_cast<float>(kIq4Values[q]);
    }
  }
  return out;
}

// Blocks of 32 whose levels are halves of sixteen bytes, some with fifth bits: where their parts lie.
struct SmallLayout {
  DType type;
  std::size_t bytes;
  std::size_t m;   // offset of the F16 added to each value, or 0
  std::size_t qh;  // offset of the fifth bits, or 0
  std::size_t q;
  float (*value)(unsigned level);
};

float plain_level(unsigned level) {
  return static_cast<float>(level);
}

constexpr std::array kSmallLayouts = {
    SmallLayout{DType::kQ4_0, 18, 0, 0, 2, [](unsigned level) { return plain_level(level) - 8.0F; }},
    SmallLayout{DType::kQ4_1, 20, 2, 0, 4, plain_level},
    SmallLayout{DType::kQ5_0, 22, 0, 2, 6, [](unsigned level) { return plain_level(level) - 16.0F; }},
    SmallLayout{DType::kQ5_1, 24, 2, 4, 8, plain_level},
    SmallLayout{DType::kIQ4_NL, 18, 0, 0, 2,
                [](unsigned level) { return static_cast<float>(kIq4Values[level]); }},
    SmallLayout{DType::kMXFP4, 17, 0, 0, 1, [](unsigned level) { return kFp4Values[level]; }},
};

template <class Pick>
Expected build_small_block(const SmallLayout& layout, Pick pick) {
  Expected out{Bytes(layout.bytes), std::vector<float>(32)};
  float scale = 0.0F;
  if (layout.type == DType::kMXFP4) {
    const unsigned e = pick(250);
    put_bits(out.bytes, 0, 8, e);
    scale = std::ldexp(1.0F, static_cast<int>(e) - 127);
  } else {
    const std::uint16_t d = f32_to_f16(static_cast<float>(pick(2000)) / 1024.0F - 1.0F);
    put_half(out.bytes, 0, d);
    scale = f16_to_f32(d);
  }
  float offset = 0.0F;
  if (layout.m != 0) {
    const std::uint16_t m = f32_to_f16(static_cast<float>(pick(2000)) / 256.0F - 4.0F);
    put_half(out.bytes, layout.m, m);
    offset = f16_to_f32(m);
  }
  for (std::size_t i = 0; i < 32; ++i) {
    const unsigned level = pick(layout.qh != 0 ? 32 : 16);
    put_bits(out.bytes, 8 * (layout.q + i % 16) + 4 * (i / 16), 4, level & 15U);
    if (layout.qh != 0) put_bits(out.bytes, 8 * layout.qh + i, 1, level >> 4);
    out.values[i] = scale * layout.value(level) + offset;
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

template <class Pick>
Expected build_q16_0_block(Pick pick) {
  Expected out{Bytes(68), std::vector<float>(32)};
  const float d = static_cast<float>(pick(2000)) / 1024.0F - 1.0F;
  put_bits(out.bytes, 0, 32, std::bit_cast<std::uint32_t>(d));
  for (std::size_t i = 0; i < 32; ++i) {
    const int q = static_cast<int>(pick(16383)) - 8191;
    put_bits(out.bytes, 8 * (4 + 2 * i), 16, static_cast<unsigned>(q) & 0xFFFFU);
    out.values[i] = d * static_cast<float>(q);
  }
  return out;
}

TEST(Layout, DecodesBlocksWrittenBitByBit) {
  std::mt19937 random(7);
  const auto pick = [&random](unsigned limit) { return static_cast<unsigned>(random() % limit); };
  for (int repeat = 0; repeat < 50; ++repeat) {
    std::vector<std::pair<DType, Expected>> cases = {
        {DType::kQ8_0, build_q8_0_block(pick)},         {DType::kQ2_K, build_q2_k_block(pick)},
        {DType::kQ3_K, build_q3_k_block(pick)},         {DType::kQ4_K, build_affine_block(false, pick)},
        {DType::kQ5_K, build_affine_block(true, pick)}, {DType::kQ6_K, build_q6_k_block(pick)},
        {DType::kIQ4_XS, build_iq4_xs_block(pick)},     {DType::kQ16_0, build_q16_0_block(pick)},
    };
    for (const SmallLayout& layout : kSmallLayouts) {
      cases.emplace_back(layout.type, build_small_block(layout, pick));
    }
    ASSERT_EQ(cases.size(), kBlockTypes.size());
    for (const auto& [type, expected] : cases) {
      ASSERT_EQ(expected.bytes.size(), traits(type).block_bytes) << traits(type).name;
      ASSERT_EQ(decode(type, expected.bytes), expected.values) << traits(type).name;
    }
  }
}

// Bytes at offsets of an otherwise zero block, and values at indices, computed by hand.
struct HandCase {
  DType type;
  std::vector<std::pair<std::size_t, unsigned>> bytes;
  std::vector<std::pair<std::size_t, float>> values;
};

std::vector<HandCase> hand_cases() {
  return {
      // d = 2, m = -3
      {DType::kQ4_1,
       {{1, 0x40}, {3, 0xC2}, {4, 0xF0}, {5, 0x21}},
       {{0, -3}, {16, 27}, {1, -1}, {17, 1}, {2, -3}, {31, -3}}},
      // d = 0.5; fifth bits of elements 0, 16 and 31
      {DType::kQ5_0,
       {{1, 0x38}, {2, 0x01}, {4, 0x01}, {5, 0x80}, {7, 0x5A}, {21, 0xF0}},
       {{0, 0}, {16, 0}, {1, -3}, {17, -5.5F}, {15, -8}, {31, 7.5F}}},
      // d = 0.5, m = 1; the same levels
      {DType::kQ5_1,
       {{1, 0x38}, {3, 0x3C}, {4, 0x01}, {6, 0x01}, {7, 0x80}, {9, 0x5A}, {23, 0xF0}},
       {{0, 9}, {16, 9}, {1, 6}, {17, 3.5F}, {15, 1}, {31, 16.5F}}},
      // d = -1
      {DType::kIQ4_NL,
       {{1, 0xBC}, {2, 0x80}, {3, 0xF7}, {17, 0x19}},
       {{0, 127}, {16, -1}, {1, 10}, {17, -113}, {15, -13}, {31, 104}, {2, 127}}},
      // 2^1
      {DType::kMXFP4,
       {{0, 128}, {1, 0xF7}, {2, 0x91}, {3, 0x54}, {16, 0xA6}},
       {{0, 12}, {16, -12}, {1, 1}, {17, -1}, {2, 4}, {18, 6}, {15, 8}, {31, -2}, {3, 0}}},
      // d = 1, dmin = 0.5; (scale, min) of groups 0, 2, 4, 6 and 15
      {DType::kQ2_K,
       {{81, 0x3C},
        {83, 0x38},
        {0, 0x53},
        {2, 0x02},
        {4, 0x10},
        {6, 0x0F},
        {15, 0xF1},
        {16, 0xE4},
        {79, 0xC0}},
       {{0, -2.5F}, {32, 2}, {64, -0.5F}, {96, 45}, {1, -2.5F}, {255, -4.5F}, {128, 0}}},
      // d = 1; scales 31 (group 0), 2 (group 15), the others -32
      {DType::kQ3_K,
       {{109, 0x3C}, {0, 0x01}, {32, 0x03}, {95, 0x40}, {96, 0x0F}, {103, 0x20}, {104, 0x03}, {107, 0x80}},
       {{0, 93}, {1, -124}, {32, 128}, {128, 128}, {255, -6}, {254, -8}}},
      // d = 2; scales 1 (group 0), 31 (group 7), the others -32
      {DType::kIQ4_XS,
       {{1, 0x40}, {2, 0x02}, {3, 0xC0}, {4, 0x01}, {7, 0xF0}, {8, 0x80}, {24, 0x0F}, {135, 0x70}},
       {{0, -254}, {16, 2}, {32, -7232}, {48, 8128}, {239, -7874}, {255, -620}}},
  };
}

TEST(Layout, DecodesBlocksComputedByHand) {
  for (const HandCase& c : hand_cases()) {
    Bytes bytes(traits(c.type).block_bytes);
    for (const auto& [offset, byte] : c.bytes) bytes[offset] = static_cast<std::byte>(byte);
    const std::vector<float> values = decode(c.type, bytes);
    for (const auto& [index, value] : c.values) {
      EXPECT_EQ(values[index], value) << traits(c.type).name << " element " << index;
    }
  }
}

TEST(Layout, BlocksOfZeroBytesAreZeros) {
  for (const DType type : kBlockTypes) {
    for (const float value : decode(type, Bytes(traits(type).block_bytes))) {
      EXPECT_EQ(value, 0.0F) << traits(type).name;
    }
  }
}

TEST(Layout, MxfpScalesAreEveryPowerOfTwoAndNan) {
  for (unsigned e = 0; e < 256; ++e) {
    Bytes bytes(17, std::byte{0x71});  // one half, and six
    bytes[0] = static_cast<std::byte>(e);
    const std::vector<float> values = decode(DType::kMXFP4, bytes);
    const int power = static_cast<int>(e) - 127;
    if (e == 255) {
      EXPECT_TRUE(std::isnan(values[0]) && std::isnan(values[31]));
      continue;
    }
    EXPECT_EQ(values[0], std::ldexp(0.5, power));
    const float six =
        e <= 252 ? static_cast<float>(std::ldexp(6.0, power)) : std::numeric_limits<float>::infinity();
    EXPECT_EQ(values[31], six) << e;
  }
}

TEST(Layout, KScalesPackAndUnpack) {
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

}  // namespace
}  // namespace peregrine::tensor
