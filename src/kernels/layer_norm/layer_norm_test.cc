#include "kernels/layer_norm/layer_norm.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "kernels/test_support.h"

namespace peregrine::kernels {
namespace {

class LayerNorm : public IsaTest {};

std::vector<float> normalise(const KernelTable& table, const std::vector<float>& x,
                             const std::vector<float>& w, const float* bias) {
  std::vector<float> y(x.size() + 1, -3.0F);
  table.layer_norm(x.data(), w.data(), bias, 1e-5F, y.data(), x.size());
  EXPECT_EQ(y.back(), -3.0F);
  y.pop_back();
  return y;
}

TEST_P(LayerNorm, MatchesDoublePrecision) {
  for (const std::size_t n : {1U, 5U, 16U, 17U, 100U, 768U, 4096U}) {
    std::vector<float> x = random_row(n, static_cast<unsigned>(n));
    for (float& v : x) v += 2.0F;  // a mean to take away
    const std::vector<float> w = random_row(n, static_cast<unsigned>(n) + 1);
    const std::vector<float> b = random_row(n, static_cast<unsigned>(n) + 2);
    double mean = 0.0;
    for (const float v : x) mean += v / static_cast<double>(n);
    double variance = 0.0;
    for (const float v : x) variance += (v - mean) * (v - mean) / static_cast<double>(n);
    const double factor = 1.0 / std::sqrt(variance + 1e-5);
    const std::vector<float> y = normalise(*GetParam(), x, w, b.data());
    // The mean is off by some roundings of numbers near 2, and every difference with it.
    const double bound = (static_cast<double>(n) / 16.0 + 24.0) * kEpsilon;
    for (std::size_t i = 0; i < n; ++i) {
      const double exact = (x[i] - mean) * factor * w[i];
      ASSERT_NEAR(y[i], exact + b[i],
                  bound * ((std::fabs(exact) + 2.0 * factor * std::fabs(w[i])) + std::fabs(b[i])))
          << n << " " << i;
    }
  }
}

TEST_P(LayerNorm, ConstantRowsGiveTheBias) {
  const std::vector<float> x(40, 3.0F);
  const std::vector<float> w = random_row(40, 1);
  const std::vector<float> b = random_row(40, 2);
  EXPECT_TRUE(same_bits(normalise(*GetParam(), x, w, b.data()), b));
}

TEST_P(LayerNorm, EveryIsaGivesTheSameBits) {
  for (std::size_t n = 1; n < 70; ++n) {
    const std::vector<float> x = random_row(n, static_cast<unsigned>(n) + 100);
    const std::vector<float> w = random_row(n, static_cast<unsigned>(n) + 200);
    const float* bias = n % 2 == 0 ? w.data() : nullptr;
    ASSERT_TRUE(same_bits(normalise(*GetParam(), x, w, bias), normalise(scalar_kernels(), x, w, bias)));
  }
}

PEREGRINE_FOR_EACH_ISA(LayerNorm);

}  // namespace
}  // namespace peregrine::kernels
