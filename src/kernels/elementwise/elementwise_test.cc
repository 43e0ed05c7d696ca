#include "kernels/elementwise/elementwise.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "kernels/test_support.h"
#include "tensor/half.h"

namespace peregrine::kernels {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();

// Every 2^13-th float of both signs, and what lies at the edges.
std::vector<float> floats_of_all_sizes() {
  std::vector<float> out;
  for (std::uint64_t bits = 0; bits <= 0xFFFFFFFFU; bits += 0x2000) {
    out.push_back(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
  }
  for (const float edge : {0.0F, 88.72283F, 88.72284F, 89.0F, -87.33654F, -87.33655F, -103.27892F,
                           -103.97207F, -103.97208F, -104.0F, -200.0F, kInfinity, -kInfinity, 1e-45F}) {
    out.push_back(edge);
  }
  return out;
}

class Elementwise : public IsaTest {};

TEST_P(Elementwise, ExpIsWithinOneAndAHalfUnits) {
  std::vector<float> x = floats_of_all_sizes();
  for (float v = -104.5F; v < 89.5F; v += 0x1.003p-12F) x.push_back(v);
  std::vector<float> y(x.size());
  GetParam()->exp(x.data(), y.data(), x.size());
  double worst = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (std::isnan(x[i])) {
      ASSERT_TRUE(std::isnan(y[i]));
      continue;
    }
    const double exact = std::exp(static_cast<double>(x[i]));
    if (exact >= 0x1.ffffffp127) {  // rounds to infinity
      ASSERT_EQ(y[i], kInfinity) << x[i];
      continue;
    }
    // The spacing of floats at the exact value.
    const double unit = std::ldexp(1.0, std::max(-149, std::ilogb(std::max(exact, 0x1p-149)) - 23));
    worst = std::max(worst, std::fabs(y[i] - exact) / unit);
  }
  EXPECT_LE(worst, 1.5);
  RecordProperty("worst_units", std::to_string(worst));
}

TEST_P(Elementwise, SiluMulMatchesDoublePrecision) {
  const std::vector<float> gate = random_row(999, 1, 30.0F);
  const std::vector<float> up = random_row(999, 2);
  std::vector<float> out(999);
  GetParam()->silu_mul(gate.data(), up.data(), out.data(), out.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    const double exact = gate[i] / (1.0 + std::exp(-static_cast<double>(gate[i]))) * up[i];
    ASSERT_NEAR(out[i], exact, 8 * kEpsilon * std::fabs(exact) + 0x1p-118) << gate[i];
  }
}

TEST_P(Elementwise, SiluOfLargeGates) {
  const std::vector<float> gate = {-kInfinity, -1e30F, -200.0F, 0.0F, 200.0F, 1e30F, kInfinity};
  const std::vector<float> ones(gate.size(), 1.0F);
  std::vector<float> out(gate.size());
  GetParam()->silu_mul(gate.data(), ones.data(), out.data(), out.size());
  EXPECT_TRUE(std::isnan(out[0]));  // -infinity times zero, as the formula has it
  EXPECT_EQ(out[1], 0.0F);
  EXPECT_EQ(out[2], 0.0F);
  EXPECT_EQ(out[3], 0.0F);
  EXPECT_EQ(out[4], 200.0F);
  EXPECT_EQ(out[5], 1e30F);
  EXPECT_EQ(out[6], kInfinity);
}

TEST_P(Elementwise, GeluMatchesDoublePrecision) {
  const std::vector<float> gate = random_row(999, 3, 12.0F);
  const std::vector<float> up = random_row(999, 4);
  std::vector<float> plain(999);
  std::vector<float> gated(999);
  GetParam()->gelu(gate.data(), plain.data(), plain.size());
  GetParam()->gelu_mul(gate.data(), up.data(), gated.data(), gated.size());
  for (std::size_t i = 0; i < plain.size(); ++i) {
    const double x = gate[i];
    const double u = std::sqrt(2.0 / std::acos(-1.0)) * (x + 0.044715 * x * x * x);
    const double exact = x / (1.0 + std::exp(-2.0 * u));  // 0.5 x (1 + tanh(u)) without its cancellation
    // The argument of exp carries a few roundings, which it turns into relative errors of the result's tail.
    const double bound = (8 + 8 * std::fabs(u)) * kEpsilon * std::fabs(exact) + 0x1p-100;
    ASSERT_NEAR(plain[i], exact, bound) << x;
    ASSERT_NEAR(gated[i], exact * up[i], bound * std::fabs(up[i]) + kEpsilon * std::fabs(exact * up[i])) << x;
  }
}

TEST_P(Elementwise, ClampedSwigluMatchesDoublePrecision) {
  const std::vector<float> gate = random_row(999, 5, 10.0F);
  const std::vector<float> up = random_row(999, 6, 10.0F);
  std::vector<float> out(999);
  GetParam()->clamped_swiglu(gate.data(), up.data(), out.data(), out.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    const double g = std::min<double>(gate[i], 7.0);
    const double u = std::clamp<double>(up[i], -7.0, 7.0);
    const double exact = g / (1.0 + std::exp(-1.702 * g)) * (u + 1.0);
    ASSERT_NEAR(out[i], exact, 32 * kEpsilon * std::fabs(exact) + kEpsilon * std::fabs(g))
        << gate[i] << up[i];
  }
}

TEST_P(Elementwise, SoftcapMatchesDoublePrecision) {
  const std::vector<float> x = random_row(999, 7, 200.0F);
  std::vector<float> out(999);
  GetParam()->softcap(x.data(), 30.0F, out.data(), out.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    ASSERT_NEAR(out[i], 30.0 * std::tanh(x[i] / 30.0), 30.0 * 0x1p-22) << x[i];
    ASSERT_LE(std::fabs(out[i]), 30.0F);
  }
}

TEST_P(Elementwise, AddAndScaleRoundOnceAndStayInTheirRow) {
  for (std::size_t n = 1; n < 50; ++n) {
    const std::vector<float> a = random_row(n, static_cast<unsigned>(n));
    const std::vector<float> b = random_row(n, static_cast<unsigned>(n) + 1);
    std::vector<float> sum(n + 1, -3.0F);
    std::vector<float> scaled(n + 1, -3.0F);
    GetParam()->add(a.data(), b.data(), sum.data(), n);
    GetParam()->scale(a.data(), 0.3F, scaled.data(), n);
    for (std::size_t i = 0; i < n; ++i) {
      ASSERT_EQ(sum[i], a[i] + b[i]);
      ASSERT_EQ(scaled[i], a[i] * 0.3F);
    }
    ASSERT_EQ(sum[n], -3.0F);
    ASSERT_EQ(scaled[n], -3.0F);
    std::vector<float> in_place = a;
    GetParam()->add(in_place.data(), b.data(), in_place.data(), n);
    in_place.push_back(-3.0F);
    ASSERT_TRUE(same_bits(in_place, sum));
  }
}

TEST_P(Elementwise, HalvesConvertAsTheTensorRoomDoes) {
  std::vector<std::uint16_t> halves(0x10000);
  for (std::size_t i = 0; i < halves.size(); ++i) halves[i] = static_cast<std::uint16_t>(i);
  std::vector<float> wide(halves.size());
  GetParam()->f16_to_f32(halves.data(), wide.data(), wide.size());
  for (std::size_t i = 0; i < wide.size(); ++i) {
    ASSERT_EQ(std::bit_cast<std::uint32_t>(wide[i]),
              std::bit_cast<std::uint32_t>(tensor::f16_to_f32(halves[i])));
  }
  const std::vector<float> x = floats_of_all_sizes();
  std::vector<std::uint16_t> narrow(x.size());
  GetParam()->f32_to_f16(x.data(), narrow.data(), x.size());
  for (std::size_t i = 0; i < x.size(); ++i) ASSERT_EQ(narrow[i], tensor::f32_to_f16(x[i])) << x[i];
  for (std::size_t n = 1; n < 40; ++n) {
    std::vector<std::uint16_t> part(n + 1, 0x1234);
    GetParam()->f32_to_f16(x.data() + 30000, part.data(), n);
    ASSERT_TRUE(std::equal(part.begin(), part.end() - 1, narrow.begin() + 30000));
    ASSERT_EQ(part[n], 0x1234);
  }
}

TEST_P(Elementwise, EveryIsaGivesTheSameBits) {
  const std::vector<float> x = floats_of_all_sizes();
  const std::vector<float> up = random_row(x.size(), 3);
  std::vector<float> a(x.size());
  std::vector<float> b(x.size());
  GetParam()->exp(x.data(), a.data(), x.size());
  scalar_kernels().exp(x.data(), b.data(), x.size());
  EXPECT_TRUE(same_bits(a, b));
  GetParam()->silu_mul(x.data(), up.data(), a.data(), x.size());
  scalar_kernels().silu_mul(x.data(), up.data(), b.data(), x.size());
  EXPECT_TRUE(same_bits(a, b));
  GetParam()->gelu_mul(x.data(), up.data(), a.data(), x.size());
  scalar_kernels().gelu_mul(x.data(), up.data(), b.data(), x.size());
  EXPECT_TRUE(same_bits(a, b));
  GetParam()->clamped_swiglu(x.data(), up.data(), a.data(), x.size());
  scalar_kernels().clamped_swiglu(x.data(), up.data(), b.data(), x.size());
  EXPECT_TRUE(same_bits(a, b));
  GetParam()->gelu(x.data(), a.data(), x.size());
  scalar_kernels().gelu(x.data(), b.data(), x.size());
  EXPECT_TRUE(same_bits(a, b));
  GetParam()->softcap(x.data(), 30.0F, a.data(), x.size());
  scalar_kernels().softcap(x.data(), 30.0F, b.data(), x.size());
  EXPECT_TRUE(same_bits(a, b));
}

PEREGRINE_FOR_EACH_ISA(Elementwise);

}  // namespace
}  // namespace peregrine::kernels
