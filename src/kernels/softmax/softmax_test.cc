#include "kernels/softmax/softmax.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "kernels/test_support.h"

namespace peregrine::kernels {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();

std::vector<float> softmax(const KernelTable& table, const std::vector<float>& x) {
  std::vector<float> p(x.size());
  table.softmax(x.data(), p.data(), x.size());
  return p;
}

class Softmax : public IsaTest {};

TEST_P(Softmax, MatchesDoublePrecision) {
  for (const std::size_t n : {1U, 3U, 16U, 17U, 128U, 1000U, 32001U}) {
    for (const float spread : {0.1F, 5.0F, 40.0F}) {
      const std::vector<float> x = random_row(n, static_cast<unsigned>(n), spread);
      const std::vector<float> p = softmax(*GetParam(), x);
      const double top = *std::ranges::max_element(x);
      double total = 0.0;
      for (const float v : x) total += std::exp(v - top);
      for (std::size_t i = 0; i < n; ++i) {
        // x - max is rounded once, which exp multiplies by its magnitude.
        const double exact = std::exp(x[i] - top) / total;
        const double bound = (static_cast<double>(n) / 16.0 + 12.0 + std::fabs(x[i] - top)) * kEpsilon;
        ASSERT_NEAR(p[i], exact, bound * exact + 0x1p-149) << n;
      }
    }
  }
}

TEST_P(Softmax, DoesNotOverflowAndWorksInPlace) {
  std::vector<float> x = {3e38F, 3e38F, -3e38F, -kInfinity};
  GetParam()->softmax(x.data(), x.data(), x.size());
  EXPECT_EQ(x, (std::vector<float>{0.5F, 0.5F, 0.0F, 0.0F}));
}

TEST_P(Softmax, NothingToChooseFromIsNotANumber) {
  for (const float p : softmax(*GetParam(), std::vector<float>(20, -kInfinity))) EXPECT_TRUE(std::isnan(p));
  std::vector<float> x = random_row(40, 1);
  x[7] = std::numeric_limits<float>::quiet_NaN();
  for (const float p : softmax(*GetParam(), x)) EXPECT_TRUE(std::isnan(p));
}

TEST_P(Softmax, EveryIsaGivesTheSameBits) {
  for (std::size_t n = 1; n < 70; ++n) {
    const std::vector<float> x = random_row(n, static_cast<unsigned>(n), 20.0F);
    ASSERT_TRUE(same_bits(softmax(*GetParam(), x), softmax(scalar_kernels(), x))) << n;
  }
}

PEREGRINE_FOR_EACH_ISA(Softmax);

}  // namespace
}  // namespace peregrine::kernels
