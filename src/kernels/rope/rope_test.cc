#include "kernels/rope/rope.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "kernels/test_support.h"

namespace peregrine::kernels {
namespace {

struct Case {
  std::size_t n_heads;
  std::size_t head_dim;
  std::size_t rot_dim;
};
constexpr Case kCases[] = {{1, 2, 2},   {3, 8, 8},     {2, 64, 64},  {4, 64, 32},   {5, 80, 80},
                           {2, 96, 48}, {3, 128, 128}, {2, 100, 34}, {1, 256, 256}, {2, 66, 66}};

struct Tables {
  std::vector<float> cosines;
  std::vector<float> sines;
};

Tables tables_for(std::size_t pairs, double position) {
  Tables t;
  for (std::size_t i = 0; i < pairs; ++i) {
    const double angle = position * std::pow(10000.0, -static_cast<double>(i) / static_cast<double>(pairs));
    t.cosines.push_back(static_cast<float>(std::cos(angle)));
    t.sines.push_back(static_cast<float>(std::sin(angle)));
  }
  return t;
}

class Rope : public IsaTest {};

TEST_P(Rope, RotatesThePairsOfEachOrder) {
  for (const Case& c : kCases) {
    const std::size_t pairs = c.rot_dim / 2;
    const Tables t = tables_for(pairs, 1234.0);
    const std::vector<float> x = random_row(c.n_heads * c.head_dim, 1);
    for (const bool neox : {false, true}) {
      std::vector<float> y = x;
      (neox ? GetParam()->rope_neox : GetParam()->rope_norm)(y.data(), c.n_heads, c.head_dim, c.rot_dim,
                                                             t.cosines.data(), t.sines.data());
      for (std::size_t h = 0; h < c.n_heads; ++h) {
        const std::size_t head = h * c.head_dim;
        for (std::size_t i = 0; i < pairs; ++i) {
          const std::size_t first = head + (neox ? i : 2 * i);
          const std::size_t second = head + (neox ? i + pairs : 2 * i + 1);
          const double a = x[first];
          const double b = x[second];
          const double cosine = t.cosines[i];
          const double sine = t.sines[i];
          const double bound = 2 * kEpsilon * (std::fabs(a) + std::fabs(b));
          ASSERT_NEAR(y[first], a * cosine - b * sine, bound);
          ASSERT_NEAR(y[second], b * cosine + a * sine, bound);
        }
        for (std::size_t i = c.rot_dim; i < c.head_dim; ++i) ASSERT_EQ(y[head + i], x[head + i]);
      }
    }
  }
}

TEST_P(Rope, ScoresDependOnTheDistanceOnly) {
  const std::size_t dim = 64;
  const std::vector<float> q = random_row(dim, 2);
  const std::vector<float> k = random_row(dim, 3);
  const auto score = [&](RopeFn rope, double at_q, double at_k) {
    std::vector<float> a = q;
    std::vector<float> b = k;
    const Tables tq = tables_for(dim / 2, at_q);
    const Tables tk = tables_for(dim / 2, at_k);
    rope(a.data(), 1, dim, dim, tq.cosines.data(), tq.sines.data());
    rope(b.data(), 1, dim, dim, tk.cosines.data(), tk.sines.data());
    double total = 0.0;
    for (std::size_t i = 0; i < dim; ++i) total += static_cast<double>(a[i]) * b[i];
    return total;
  };
  for (const RopeFn rope : {GetParam()->rope_norm, GetParam()->rope_neox}) {
    EXPECT_NEAR(score(rope, 17, 5), score(rope, 1017, 1005), 1e-4);
    EXPECT_GT(std::fabs(score(rope, 17, 5) - score(rope, 17, 6)), 1e-3);
  }
}

TEST_P(Rope, EveryIsaGivesTheSameBits) {
  for (const Case& c : kCases) {
    const Tables t = tables_for(c.rot_dim / 2, 77.0);
    const std::vector<float> x = random_row(c.n_heads * c.head_dim, 4);
    for (const auto order : {&KernelTable::rope_norm, &KernelTable::rope_neox}) {
      std::vector<float> a = x;
      std::vector<float> b = x;
      (GetParam()->*order)(a.data(), c.n_heads, c.head_dim, c.rot_dim, t.cosines.data(), t.sines.data());
      (scalar_kernels().*order)(b.data(), c.n_heads, c.head_dim, c.rot_dim, t.cosines.data(), t.sines.data());
      ASSERT_TRUE(same_bits(a, b)) << c.head_dim;
    }
  }
}

PEREGRINE_FOR_EACH_ISA(Rope);

}  // namespace
}  // namespace peregrine::kernels
