#include "kernels/matmul/matmul.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <random>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "kernels/matmul/interleave.h"
#include "kernels/test_support.h"
#include "tensor/codec.h"
#include "tensor/half.h"
#include "tensor/k_scales.h"
#include "tensor/q2_k.h"
#include "tensor/q4_1.h"
#include "tensor/q4_k.h"
#include "tensor/q5_1.h"
#include "tensor/q5_k.h"

namespace peregrine::kernels {
namespace {

using tensor::DType;
using Bytes = std::vector<std::byte>;

constexpr auto kTypes = [] {
  std::array<DType, kMatmulTypes> types{};
  for (std::size_t i = 0; i < types.size(); ++i) types[i] = static_cast<DType>(i);
  return types;
}();

std::vector<std::size_t> lengths(DType type) {
  switch (tensor::traits(type).block_elements) {
    case 32:
      return {32, 64, 96, 160, 1056, 4096};
    case 256:
      return {256, 512, 768, 2304, 4096};
    default:
      return {1, 7, 16, 31, 32, 33, 48, 63, 95, 100, 4096};
  }
}

// A product: weights [n_out][k] of some type, as a file has them, and activations [n_rows][k] in the form
// that it meets them in.
struct Problem {
  DType type;
  std::size_t k;
  std::size_t n_out;
  std::size_t n_rows;
  Bytes weights;
  Bytes activations;

  std::size_t weight_stride() const { return *tensor::row_bytes(type, k); }
  std::size_t activation_stride() const { return activation_row_bytes(activation_format(type), k); }
};

void set_activations(Problem& p, const std::vector<float>& values) {
  p.activations.resize(p.n_rows * p.activation_stride());
  const QuantizeRowFn quantize = scalar_kernels().quantize(activation_format(p.type));
  for (std::size_t r = 0; r < p.n_rows; ++r) {
    std::byte* row = p.activations.data() + r * p.activation_stride();
    if (quantize != nullptr) {
      quantize(values.data() + r * p.k, row, p.k);
    } else {
      std::memcpy(row, values.data() + r * p.k, p.k * sizeof(float));
    }
  }
}

Problem random_problem(DType type, std::size_t k, std::size_t n_out, std::size_t n_rows, unsigned seed) {
  Problem p{type, k, n_out, n_rows, {}, {}};
  const std::vector<float> w = random_row(n_out * k, seed);
  p.weights.resize(n_out * p.weight_stride());
  for (std::size_t o = 0; o < n_out; ++o) {
    EXPECT_TRUE(tensor::quantize_row(type, w.data() + o * k, p.weights.data() + o * p.weight_stride(), k));
  }
  set_activations(p, random_row(n_rows * k, seed + 1));
  return p;
}

Bytes panels(const Problem& p) {
  const std::size_t stride = p.weight_stride();
  Bytes out(panel_bytes(p.n_out, stride), std::byte{0xAA});
  for (std::size_t o = 0; o < p.n_out; o += kPanelRows) {
    interleave_rows(p.type, p.weights.data() + o * stride, stride, std::min(kPanelRows, p.n_out - o),
                    out.data() + o * stride);
  }
  return out;
}

MatmulTile tile_of(const Problem& p, const Bytes& weights, std::vector<float>& out) {
  out.assign(p.n_rows * p.n_out, -1.0F);
  return {.weights = weights.data(),
          .weight_row_bytes = p.weight_stride(),
          .first_out = 0,
          .n_out = p.n_out,
          .activations = p.activations.data(),
          .activation_row_stride = p.activation_stride(),
          .n_rows = p.n_rows,
          .k = p.k,
          .out = out.data(),
          .out_row_stride = p.n_out};
}

std::vector<float> multiply(const KernelTable& table, const Problem& p) {
  std::vector<float> out;
  const Bytes weights = panels(p);
  table.matmul_tile(p.type)(tile_of(p, weights, out));
  return out;
}

std::vector<double> activation_values(const Problem& p, std::size_t row) {
  const std::byte* bytes = p.activations.data() + row * p.activation_stride();
  std::vector<double> out(p.k);
  const ActivationFormat format = activation_format(p.type);
  const std::size_t block = format == ActivationFormat::kQ8x256 ? 256 : 32;
  for (std::size_t i = 0; i < p.k; ++i) {
    float scale = 0.0F;
    if (format == ActivationFormat::kF32) {
      std::memcpy(&scale, bytes + i * sizeof(float), sizeof(float));
      out[i] = scale;
    } else if (format == ActivationFormat::kI16x32) {
      std::int16_t q;
      std::memcpy(&scale, bytes + i16_scales_offset(p.k) + i / block * sizeof(float), sizeof(float));
      std::memcpy(&q, bytes + i * sizeof(q), sizeof(q));
      out[i] = static_cast<double>(scale) * q;
    } else {
      std::memcpy(&scale, bytes + q8_scales_offset(p.k) + i / block * sizeof(float), sizeof(float));
      out[i] = static_cast<double>(scale) * static_cast<std::int8_t>(bytes[i]);
    }
  }
  return out;
}

// What formats with mins or offsets subtract from each weight, or add: the kernel adds up the two parts
// apart, so that rounding is relative to both.
double offset(const Problem& p, const std::byte* row, std::size_t i) {
  const auto min_of = [i](const auto& block) {
    const std::uint8_t min = tensor::unpack_k_scales(block.scales).min[i % 256 / 32];
    return static_cast<double>(block.dmin.value()) * min;
  };
  switch (p.type) {
    case DType::kQ4_1:
      return reinterpret_cast<const tensor::BlockQ4_1*>(row)[i / 32].m.value();
    case DType::kQ5_1:
      return reinterpret_cast<const tensor::BlockQ5_1*>(row)[i / 32].m.value();
    case DType::kQ2_K: {
      const auto& block = reinterpret_cast<const tensor::BlockQ2_K*>(row)[i / 256];
      return static_cast<double>(block.dmin.value()) * (block.scales[i % 256 / 16] >> 4);
    }
    case DType::kQ4_K:
      return min_of(reinterpret_cast<const tensor::BlockQ4_K*>(row)[i / 256]);
    case DType::kQ5_K:
      return min_of(reinterpret_cast<const tensor::BlockQ5_K*>(row)[i / 256]);
    default:
      return 0.0;
  }
}

// Terms of a product that are rounded one after the other, each of them a few times.
double roundings_of(const Problem& p) {
  const auto k = static_cast<double>(p.k);
  switch (tensor::traits(p.type).block_elements) {
    case 256:
      return k / 256.0 + 4.0;
    case 32:
      return 2.0 * k / 32.0 + 4.0;
    default:
      return std::min(k, 64.0) + k / 64.0 + 2.0;
  }
}

// Products in double precision.
void expect_close(const Problem& p, const std::vector<float>& actual) {
  const double roundings = roundings_of(p);
  const double largest_integer = tensor::traits(p.type).block_elements == 1 ? 1.0
                                 : p.type == DType::kQ16_0                  ? 0x1p26
                                                                            : 64.0 * 127.0 * 127.0;
  const double underflow = static_cast<double>(p.k + 256) * largest_integer * 0x1p-150;
  std::vector<float> w(p.k);
  for (std::size_t o = 0; o < p.n_out; ++o) {
    const std::byte* row = p.weights.data() + o * p.weight_stride();
    tensor::dequantize_row(p.type, row, w.data(), p.k);
    for (std::size_t r = 0; r < p.n_rows; ++r) {
      const std::vector<double> a = activation_values(p, r);
      double exact = 0.0;
      double magnitude = 0.0;
      for (std::size_t i = 0; i < p.k; ++i) {
        exact += w[i] * a[i];
        magnitude += (std::fabs(w[i]) + 2.0 * std::fabs(offset(p, row, i))) * std::fabs(a[i]);
      }
      ASSERT_NEAR(actual[r * p.n_out + o], exact, roundings * kEpsilon * magnitude + underflow)
          << "k " << p.k << " output " << o << " row " << r;
    }
  }
}

// Where the F16 fields of a block lie.
std::vector<std::size_t> half_offsets(DType type) {
  switch (type) {
    case DType::kMXFP4:
    case DType::kQ16_0:
      return {};
    case DType::kQ4_1:
    case DType::kQ5_1:
    case DType::kQ4_K:
    case DType::kQ5_K:
      return {0, 2};
    case DType::kQ2_K:
      return {80, 82};
    case DType::kQ3_K:
      return {108};
    case DType::kQ6_K:
      return {208};
    default:
      return {0};
  }
}

// A block of Q16_0: its words have fourteen bits.
void randomise_words(std::byte* block, std::mt19937& random) {
  const float scale = std::ldexp(static_cast<float>(random() % 2048) - 1024.0F, -15);
  std::memcpy(block, &scale, sizeof(scale));
  for (std::size_t i = 0; i < 32; ++i) {
    const auto word = static_cast<std::int16_t>(static_cast<int>(random() % 16383) - 8191);
    std::memcpy(block + 4 + 2 * i, &word, sizeof(word));
  }
}

// Blocks of random bits, but for their scales, which are finite: every pattern a file may hold.
Problem random_bits_problem(DType type, std::size_t k, unsigned seed) {
  Problem p = random_problem(type, k, 9, 5, seed);
  std::mt19937 random(seed);
  for (std::byte& b : p.weights) b = static_cast<std::byte>(random() & 0xFFU);
  const std::size_t block_bytes = tensor::traits(type).block_bytes;
  for (std::size_t at = 0; at < p.weights.size(); at += block_bytes) {
    for (const std::size_t field : half_offsets(type)) {
      const std::uint16_t half =
          tensor::f32_to_f16(std::ldexp(static_cast<float>(random() % 2048) - 1024.0F, -15));
      std::memcpy(p.weights.data() + at + field, &half, sizeof(half));
    }
    // Up to 2^100: products with activations stay finite.
    if (type == DType::kMXFP4) p.weights[at] = static_cast<std::byte>(random() % 228);
    if (type == DType::kQ16_0) randomise_words(p.weights.data() + at, random);
  }
  return p;
}

std::vector<DType> types_in_blocks() {
  std::vector<DType> types(std::begin(kTypes), std::end(kTypes));
  std::erase_if(types, [](DType type) { return tensor::traits(type).block_elements == 1; });
  return types;
}

class Matmul : public testing::TestWithParam<std::tuple<const KernelTable*, DType>> {
 protected:
  static const KernelTable& table() { return *std::get<0>(GetParam()); }
  static DType type() { return std::get<1>(GetParam()); }
};

TEST_P(Matmul, MatchesDoublePrecision) {
  for (const std::size_t k : lengths(type())) {
    const Problem p = random_problem(type(), k, 5, 3, static_cast<unsigned>(k));
    expect_close(p, multiply(table(), p));
  }
}

TEST_P(Matmul, EveryIsaGivesTheSameBits) {
  for (const std::size_t k : lengths(type())) {
    const Problem p = random_problem(type(), k, 3, 11, static_cast<unsigned>(k) + 1);
    EXPECT_TRUE(same_bits(multiply(table(), p), multiply(scalar_kernels(), p))) << k;
  }
}

// Of types that come in blocks.
class MatmulOfBlocks : public Matmul {};

TEST_P(MatmulOfBlocks, EveryBitPatternOfABlock) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    const Problem p = random_bits_problem(type(), seed % 2 == 0 ? 768 : 1280, seed);
    const std::vector<float> out = multiply(table(), p);
    expect_close(p, out);
    EXPECT_TRUE(same_bits(out, multiply(scalar_kernels(), p)));
  }
}

TEST_P(Matmul, TheShapeOfTheTileDoesNotChangeBits) {
  const std::size_t k =
      tensor::traits(type()).block_elements == 1 ? 205 : tensor::traits(type()).block_elements * 5;
  const Problem p = random_problem(type(), k, 37, 17, 3);
  const std::vector<float> whole = multiply(table(), p);
  const Bytes weights = panels(p);
  for (std::size_t n_rows = 1; n_rows <= 17; ++n_rows) {
    for (const std::size_t n_out : {1U, 3U, 32U, 35U}) {
      for (const std::size_t first : {std::size_t{0}, 17 - n_rows}) {
        const std::size_t first_out = first == 0 ? 0 : 37 - n_out;  // not where a panel begins
        std::vector<float> part(n_rows * n_out);
        std::vector<float> expected(n_rows * n_out);
        table().matmul_tile(type())({.weights = weights.data(),
                                     .weight_row_bytes = p.weight_stride(),
                                     .first_out = first_out,
                                     .n_out = n_out,
                                     .activations = p.activations.data() + first * p.activation_stride(),
                                     .activation_row_stride = p.activation_stride(),
                                     .n_rows = n_rows,
                                     .k = k,
                                     .out = part.data(),
                                     .out_row_stride = n_out});
        for (std::size_t r = 0; r < n_rows; ++r) {
          std::copy_n(whole.data() + (first + r) * 37 + first_out, n_out, expected.data() + r * n_out);
        }
        ASSERT_TRUE(same_bits(part, expected)) << n_rows << " rows, " << n_out << " outputs";
      }
    }
  }
}

TEST_P(Matmul, TakesAnyAlignmentAndStride) {
  const std::size_t k = tensor::traits(type()).block_elements * 3;
  const Problem p = random_problem(type(), k, 4, 5, 4);
  const std::size_t activation_stride = p.activation_stride() + 4;
  const Bytes aligned = panels(p);
  Bytes weights(1 + aligned.size());
  std::copy(aligned.begin(), aligned.end(), weights.begin() + 1);
  std::vector<float> activations(1 + 5 * activation_stride / sizeof(float));  // aligned as floats are
  auto* activation_bytes = reinterpret_cast<std::byte*>(activations.data() + 1);
  for (std::size_t r = 0; r < 5; ++r) {
    std::memcpy(activation_bytes + r * activation_stride, p.activations.data() + r * p.activation_stride(),
                p.activation_stride());
  }
  std::vector<float> out(5 * 6, -7.0F);
  table().matmul_tile(type())({.weights = weights.data() + 1,
                               .weight_row_bytes = p.weight_stride(),
                               .first_out = 0,
                               .n_out = 4,
                               .activations = activation_bytes,
                               .activation_row_stride = activation_stride,
                               .n_rows = 5,
                               .k = k,
                               .out = out.data(),
                               .out_row_stride = 6});
  const std::vector<float> expected = multiply(table(), p);
  for (std::size_t r = 0; r < 5; ++r) {
    EXPECT_TRUE(same_bits({out.data() + 6 * r, 4}, {expected.data() + 4 * r, 4}));
    EXPECT_EQ(out[6 * r + 4], -7.0F);  // what lies between the rows of the output is left alone
    EXPECT_EQ(out[6 * r + 5], -7.0F);
  }
}

TEST_P(Matmul, ExtremeMagnitudes) {
  const std::size_t k =
      tensor::traits(type()).block_elements == 1 ? 96 : tensor::traits(type()).block_elements * 3;
  for (const float w : {0.0F, 3e-8F, 6e4F, -6e4F}) {
    for (const float a : {0.0F, 1e-36F, 1e30F, -1e30F}) {
      Problem p{type(), k, 3, 2, {}, {}};
      p.weights.resize(3 * p.weight_stride());
      const std::vector<float> row(k, w);
      for (std::size_t o = 0; o < 3; ++o) {
        ASSERT_TRUE(tensor::quantize_row(type(), row.data(), p.weights.data() + o * p.weight_stride(), k));
      }
      std::vector<float> activations(2 * k, a);
      for (std::size_t i = 0; i < activations.size(); i += 3) activations[i] = -a;
      set_activations(p, activations);
      const std::vector<float> out = multiply(table(), p);
      expect_close(p, out);
      EXPECT_TRUE(same_bits(out, multiply(scalar_kernels(), p))) << w << " " << a;
    }
  }
}

TEST_P(Matmul, NonFiniteActivationsShowInTheirRowOnly) {
  const std::size_t k =
      tensor::traits(type()).block_elements == 1 ? 96 : tensor::traits(type()).block_elements * 3;
  const Problem clean = random_problem(type(), k, 3, 3, 11);
  std::vector<float> values = random_row(3 * k, 12);
  values[k + 5] = std::numeric_limits<float>::infinity();
  values[k + 6] = -std::numeric_limits<float>::infinity();
  Problem p = clean;
  set_activations(p, values);
  const std::vector<float> out = multiply(table(), p);
  for (std::size_t i = 0; i < out.size(); ++i) EXPECT_EQ(std::isfinite(out[i]), i / 3 != 1) << i;
}

std::string name_of(const testing::TestParamInfo<std::tuple<const KernelTable*, DType>>& test) {
  return std::string(std::get<0>(test.param)->isa) + "_" +
         std::string(tensor::traits(std::get<1>(test.param)).name);
}

INSTANTIATE_TEST_SUITE_P(Isa, Matmul,
                         testing::Combine(testing::ValuesIn(available_kernels().begin(),
                                                            available_kernels().end()),
                                          testing::ValuesIn(kTypes)),
                         name_of);
INSTANTIATE_TEST_SUITE_P(Isa, MatmulOfBlocks,
                         testing::Combine(testing::ValuesIn(available_kernels().begin(),
                                                            available_kernels().end()),
                                          testing::ValuesIn(types_in_blocks())),
                         name_of);

class MatmulExact : public IsaTest {};

// The smallest scale that F16 holds, one, and the largest.
constexpr std::array kScales = {0x1p-24F, 1.0F, 65504.0F};

void append_half(Bytes& bytes, float value) {
  const std::uint16_t half = tensor::f32_to_f16(value);
  bytes.push_back(static_cast<std::byte>(half & 0xFFU));
  bytes.push_back(static_cast<std::byte>(half >> 8));
}

// The largest sums of products that a byte kernel meets: integers, so any saturation shows.
TEST_P(MatmulExact, FullScaleBytesDoNotSaturate) {
  const std::size_t k = 128;
  for (const int w : {-128, -127, 127}) {
    for (const float sign : {1.0F, -1.0F}) {
      for (const float scale : kScales) {
        Problem p{DType::kQ8_0, k, 1, 1, {}, {}};
        for (std::size_t b = 0; b < k / 32; ++b) {
          append_half(p.weights, scale);
          p.weights.insert(p.weights.end(), 32, static_cast<std::byte>(w));
        }
        set_activations(p, std::vector<float>(k, sign * 127.0F));  // scale 1, q = 127
        const float sum = static_cast<float>(w) * sign * 127.0F * static_cast<float>(k);
        EXPECT_FLOAT_EQ(multiply(*GetParam(), p)[0], sum * scale);
      }
    }
  }
}

TEST_P(MatmulExact, FullScaleSixBitBlocksDoNotSaturate) {
  for (const int group_scale : {-128, 127}) {
    for (const int level : {0, 63}) {
      for (const float scale : kScales) {
        Problem p{DType::kQ6_K, 256, 1, 1, {}, {}};
        p.weights.insert(p.weights.end(), 192, level == 63 ? std::byte{0xFF} : std::byte{0});
        p.weights.insert(p.weights.end(), 16, static_cast<std::byte>(group_scale));
        append_half(p.weights, scale);
        set_activations(p, std::vector<float>(256, 127.0F));
        const float sum = static_cast<float>(group_scale * (level - 32)) * 127.0F * 256.0F;
        EXPECT_FLOAT_EQ(multiply(*GetParam(), p)[0], sum * scale);
      }
    }
  }
}

// A block of `type` with its fields at their extremes, and the whole number that each of its weights is.
struct Extreme {
  DType type;
  std::vector<std::pair<std::size_t, unsigned>> runs;  // how many bytes of which value
  int weight;
};

// Scales are 1 (0x3C00), or 2 where the format halves them. Activations are all 127 with scale 1.
std::vector<Extreme> extremes() {
  return {
      {DType::kQ4_1, {{1, 0}, {1, 0x3C}, {1, 0}, {1, 0xE4}, {16, 0xFF}}, 15 - 1024},
      {DType::kQ4_1, {{1, 0}, {1, 0x3C}, {1, 0}, {1, 0x64}, {16, 0x00}}, 1024},
      {DType::kQ5_0, {{1, 0}, {1, 0x3C}, {4, 0x00}, {16, 0x00}}, -16},
      {DType::kQ5_0, {{1, 0}, {1, 0x3C}, {4, 0xFF}, {16, 0xFF}}, 15},
      {DType::kQ5_1, {{1, 0}, {1, 0x3C}, {1, 0}, {1, 0xE4}, {4, 0xFF}, {16, 0xFF}}, 31 - 1024},
      {DType::kQ5_1, {{1, 0}, {1, 0x3C}, {1, 0}, {1, 0x64}, {4, 0x00}, {16, 0xFF}}, 15 + 1024},
      {DType::kIQ4_NL, {{1, 0}, {1, 0x3C}, {16, 0x00}}, -127},
      {DType::kIQ4_NL, {{1, 0}, {1, 0x3C}, {16, 0xFF}}, 113},
      {DType::kMXFP4, {{1, 128}, {16, 0x77}}, 12},
      {DType::kMXFP4, {{1, 128}, {16, 0xFF}}, -12},
      {DType::kQ2_K, {{16, 0x0F}, {64, 0xFF}, {1, 0}, {1, 0x3C}, {1, 0}, {1, 0x3C}}, 45},
      {DType::kQ2_K, {{16, 0xF0}, {64, 0xFF}, {1, 0}, {1, 0x3C}, {1, 0}, {1, 0x3C}}, -15},
      {DType::kQ3_K, {{32, 0x00}, {64, 0x00}, {12, 0x00}, {1, 0}, {1, 0x3C}}, 128},
      {DType::kQ3_K, {{32, 0xFF}, {64, 0xFF}, {12, 0x00}, {1, 0}, {1, 0x3C}}, -96},
      {DType::kQ3_K, {{32, 0x00}, {64, 0x00}, {12, 0xFF}, {1, 0}, {1, 0x3C}}, -124},
      {DType::kIQ4_XS, {{1, 0}, {1, 0x3C}, {2, 0x00}, {4, 0x00}, {128, 0x00}}, 4064},
      {DType::kIQ4_XS, {{1, 0}, {1, 0x3C}, {2, 0x00}, {4, 0x00}, {128, 0xFF}}, -3616},
      {DType::kIQ4_XS, {{1, 0}, {1, 0x3C}, {2, 0xFF}, {4, 0xFF}, {128, 0x00}}, -3937},
  };
}

TEST_P(MatmulExact, ExtremesOfEveryFormatDoNotSaturate) {
  for (const Extreme& e : extremes()) {
    const std::size_t k = tensor::traits(e.type).block_elements * std::size_t{3};
    Problem p{e.type, k, 1, 1, {}, {}};
    for (int block = 0; block < 3; ++block) {
      for (const auto& [n, byte] : e.runs) p.weights.insert(p.weights.end(), n, static_cast<std::byte>(byte));
    }
    ASSERT_EQ(p.weights.size(), p.weight_stride()) << tensor::traits(e.type).name;
    set_activations(p, std::vector<float>(k, 127.0F));
    const float sum = static_cast<float>(e.weight) * 127.0F * static_cast<float>(k);
    EXPECT_FLOAT_EQ(multiply(*GetParam(), p)[0], sum) << tensor::traits(e.type).name;
    set_activations(p, std::vector<float>(k, -127.0F));
    EXPECT_FLOAT_EQ(multiply(*GetParam(), p)[0], -sum) << tensor::traits(e.type).name;
  }
}

// The largest sum of a block: 32 products of 8191 and 8191, just within 32 bits.
TEST_P(MatmulExact, FullScaleWordsDoNotOverflow) {
  for (const float sign : {1.0F, -1.0F}) {
    Problem p{DType::kQ16_0, 96, 1, 1, {}, {}};
    p.weights.resize(p.weight_stride());
    ASSERT_TRUE(tensor::quantize_row(DType::kQ16_0, std::vector<float>(96, sign * 8191.0F).data(),
                                     p.weights.data(), 96));
    set_activations(p, std::vector<float>(96, -8191.0F));
    EXPECT_FLOAT_EQ(multiply(*GetParam(), p)[0], sign * -8191.0F * 8191.0F * 96.0F);
  }
}

TEST_P(MatmulExact, ReservedMicroscaleShowsAsNan) {
  Problem p = random_problem(DType::kMXFP4, 96, 2, 3, 21);
  p.weights[17] = std::byte{255};  // the second block of the first output
  const std::vector<float> out = multiply(*GetParam(), p);
  for (std::size_t i = 0; i < out.size(); ++i) EXPECT_EQ(std::isnan(out[i]), i % 2 == 0) << i;
}

PEREGRINE_FOR_EACH_ISA(MatmulExact);

}  // namespace
}  // namespace peregrine::kernels
