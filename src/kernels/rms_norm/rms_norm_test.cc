#include "kernels/rms_norm/rms_norm.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "kernels/test_support.h"

namespace peregrine::kernels {
namespace {

class RmsNorm : public IsaTest {};

std::vector<float> normalise(const KernelTable& table, const std::vector<float>& x, const float* weight,
                             float eps) {
  std::vector<float> y(x.size() + 1, -3.0F);
  table.rms_norm(x.data(), weight, eps, y.data(), x.size());
  EXPECT_EQ(y.back(), -3.0F);
  y.pop_back();
  return y;
}

TEST_P(RmsNorm, MatchesDoublePrecision) {
  for (const std::size_t n : {1U, 5U, 15U, 16U, 17U, 64U, 100U, 2048U, 4096U}) {
    for (const float magnitude : {1e-4F, 1.0F, 1e8F}) {
      const std::vector<float> x = random_row(n, static_cast<unsigned>(n), magnitude);
      const std::vector<float> w = random_row(n, static_cast<unsigned>(n) + 1);
      const float eps = 1e-5F;
      const std::vector<float> y = normalise(*GetParam(), x, w.data(), eps);
      double squares = 0.0;
      for (const float v : x) squares += static_cast<double>(v) * v;
      const double factor = 1.0 / std::sqrt(squares / static_cast<double>(n) + static_cast<double>(eps));
      // All squares are positive: a relative error per lane step, halved by the root, and a few roundings
      // after.
      const double bound = (static_cast<double>(n) / 32.0 + 12.0) * kEpsilon;
      for (std::size_t i = 0; i < n; ++i) {
        ASSERT_NEAR(y[i], x[i] * factor * w[i], bound * std::fabs(x[i] * factor * w[i])) << n << " " << i;
      }
    }
  }
}

TEST_P(RmsNorm, WithoutWeightsIsWeightOne) {
  const std::vector<float> x = random_row(75, 3);
  const std::vector<float> ones(75, 1.0F);
  EXPECT_TRUE(
      same_bits(normalise(*GetParam(), x, nullptr, 1e-6F), normalise(*GetParam(), x, ones.data(), 1e-6F)));
}

TEST_P(RmsNorm, WorksInPlaceAndOnZeros) {
  const std::vector<float> x = random_row(75, 4);
  const std::vector<float> w = random_row(75, 5);
  std::vector<float> y = x;
  GetParam()->rms_norm(y.data(), w.data(), 1e-6F, y.data(), y.size());
  EXPECT_TRUE(same_bits(y, normalise(*GetParam(), x, w.data(), 1e-6F)));
  const std::vector<float> zeros(75, 0.0F);
  for (const float v : normalise(*GetParam(), zeros, w.data(), 1e-6F)) EXPECT_EQ(v, 0.0F);
}

TEST_P(RmsNorm, EveryIsaGivesTheSameBits) {
  for (std::size_t n = 1; n < 70; ++n) {
    const std::vector<float> x = random_row(n, static_cast<unsigned>(n) + 100);
    const std::vector<float> w = random_row(n, static_cast<unsigned>(n) + 200);
    ASSERT_TRUE(same_bits(normalise(*GetParam(), x, w.data(), 1e-5F),
                          normalise(scalar_kernels(), x, w.data(), 1e-5F)));
  }
}

PEREGRINE_FOR_EACH_ISA(RmsNorm);

}  // namespace
}  // namespace peregrine::kernels
