// Mixture of experts against a plain implementation in double precision.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "backend/backend.h"
#include "backend/testing/random_values.h"

namespace peregrine::backend {
namespace {

using Scores = RouterSpec::Scores;

struct Choice {
  std::vector<std::uint32_t> experts;  // best first
  std::vector<double> weights;
};

// By the definition in backend.h, with a full sort.
Choice choose(const RouterSpec& spec, const float* logits, const float* bias) {
  std::vector<double> scores(logits, logits + spec.n_experts);
  if (spec.scores == Scores::kSigmoid) {
    for (double& s : scores) s = 1.0 / (1.0 + std::exp(-s));
  } else if (spec.scores == Scores::kSoftmax) {
    double total = 0.0;
    for (double& s : scores) total += s = std::exp(s);
    for (double& s : scores) s /= total;
  }
  std::vector<double> wanted = scores;
  for (std::uint32_t e = 0; bias != nullptr && e < spec.n_experts; ++e)
    wanted[e] += static_cast<double>(bias[e]);
  const std::uint32_t size = spec.n_experts / spec.n_groups;
  std::vector<std::uint32_t> groups(spec.n_groups);
  std::iota(groups.begin(), groups.end(), 0U);
  const auto rank = [&](std::uint32_t g) {
    std::vector<double> in(wanted.begin() + g * size, wanted.begin() + (g + 1) * size);
    std::sort(in.rbegin(), in.rend());
    return size > 1 ? in[0] + in[1] : in[0];
  };
  std::sort(groups.begin(), groups.end(),
            [&](auto a, auto b) { return rank(a) != rank(b) ? rank(a) > rank(b) : a < b; });
  Choice choice;
  for (std::uint32_t i = 0; i < spec.n_groups_used; ++i) {
    for (std::uint32_t e = 0; e < size; ++e) choice.experts.push_back(groups[i] * size + e);
  }
  std::sort(choice.experts.begin(), choice.experts.end(),
            [&](auto a, auto b) { return wanted[a] != wanted[b] ? wanted[a] > wanted[b] : a < b; });
  choice.experts.resize(spec.n_used);
  double total = 0.0;
  for (const std::uint32_t e : choice.experts) {
    const double weight = spec.scores == Scores::kSoftmaxOfChosen ? std::exp(scores[e]) : scores[e];
    choice.weights.push_back(weight);
    total += weight;
  }
  for (double& w : choice.weights) {
    if (spec.normalise || spec.scores == Scores::kSoftmaxOfChosen) w /= total;
    w *= static_cast<double>(spec.scale);
  }
  return choice;
}

class Experts : public ::testing::Test {
 protected:
  static constexpr std::uint32_t kRows = 19;
  static constexpr std::uint32_t kIn = 40;
  static constexpr std::uint32_t kOut = 70;  // more than one tile

  Experts() { EXPECT_TRUE(backend_->reserve({.rows = 256, .n_in = 64, .context = 16})); }

  std::unique_ptr<Buffer> buffer(std::uint32_t rows, std::uint32_t cols,
                                 const std::vector<float>& values = {}) {
    auto made = backend_->allocate(rows, cols);
    EXPECT_TRUE(made.has_value());
    std::copy(values.begin(), values.end(), (*made)->tensor().data);
    return std::move(*made);
  }
  std::vector<float> values_of(Tensor t) {
    std::vector<float> out(std::size_t{t.rows} * t.cols);
    backend_->read(t, out);
    return out;
  }

  // Routes random rows through one product of every expert and compares the sums.
  void expect_right(RouterSpec spec, bool weigh_input, bool biased) {
    const std::vector<float> logits = testing::random_values(std::size_t{kRows} * spec.n_experts, 1);
    const std::vector<float> x = testing::random_values(std::size_t{kRows} * kIn, 2);
    const std::vector<float> weights = testing::random_values(std::size_t{spec.n_experts} * kOut * kIn, 3);
    const std::vector<float> expert_bias = testing::random_values(std::size_t{spec.n_experts} * kOut, 4);
    const std::vector<float> choice_bias = testing::random_values(spec.n_experts, 5);
    const auto choice_buffer = buffer(1, spec.n_experts, choice_bias);
    if (biased) spec.choice_bias = choice_buffer.get();
    auto matrix = backend_->load_matrix({.name = "experts",
                                         .dtype = tensor::DType::kF32,
                                         .rows = std::uint64_t{spec.n_experts} * kOut,
                                         .cols = kIn,
                                         .bytes = std::as_bytes(std::span(weights))});
    ASSERT_TRUE(matrix.has_value());
    ASSERT_TRUE(backend_->read_weights({}));
    auto routes = backend_->allocate_routes(kRows, spec.n_experts, spec.n_used);
    ASSERT_TRUE(routes.has_value());
    const std::uint32_t assignments = kRows * spec.n_used;
    const auto scores = buffer(kRows, spec.n_experts, logits);
    const auto rows = buffer(kRows, kIn, x);
    const auto dispatched = buffer(assignments, kIn);
    const auto products = buffer(assignments, kOut);
    const auto sums = buffer(kRows, kOut);
    const auto bias = buffer(1, spec.n_experts * kOut, expert_bias);
    backend_->route(spec, scores->tensor(), **routes);
    backend_->dispatch(**routes, rows->tensor(), weigh_input, dispatched->tensor());
    backend_->expert_matmul(**matrix, **routes, dispatched->tensor(), products->tensor());
    backend_->expert_add_bias(*bias, **routes, products->tensor());
    backend_->combine(**routes, products->tensor(), !weigh_input, sums->tensor());
    const std::vector<float> found = values_of(sums->tensor());
    for (std::uint32_t r = 0; r < kRows; ++r) {
      const Choice choice = choose(spec, logits.data() + std::size_t{r} * spec.n_experts,
                                   biased ? choice_bias.data() : nullptr);
      for (std::uint32_t o = 0; o < kOut; ++o) {
        double sum = 0.0;
        double magnitude = 0.0;
        for (std::uint32_t i = 0; i < spec.n_used; ++i) {
          const std::uint32_t e = choice.experts[i];
          double product = 0.0;
          for (std::uint32_t c = 0; c < kIn; ++c) {
            const double term = static_cast<double>(weights[(std::size_t{e} * kOut + o) * kIn + c]) *
                                static_cast<double>(x[std::size_t{r} * kIn + c]);
            product += term * (weigh_input ? choice.weights[i] : 1.0);
            magnitude += std::abs(term) * std::abs(choice.weights[i]);
          }
          const double b = static_cast<double>(expert_bias[std::size_t{e} * kOut + o]);
          sum += weigh_input ? product + b : choice.weights[i] * (product + b);
          magnitude += std::abs(b);
        }
        // A few roundings per lane of the product, of the weights, and one per expert added.
        ASSERT_NEAR(found[std::size_t{r} * kOut + o], sum, 32 * 0x1p-23 * magnitude)
            << "row " << r << " output " << o;
      }
    }
  }

  base::MemoryBudget budget_{std::uint64_t{1} << 26};
  std::unique_ptr<Backend> backend_ = make_cpu_backend({.threads = 3, .isa = {}}, budget_);
};

TEST_F(Experts, SoftmaxOverAllRescaled) {
  expect_right({.n_experts = 12, .n_used = 3, .normalise = true}, false, false);
}
TEST_F(Experts, SoftmaxOverAllAsItIs) {
  expect_right({.n_experts = 12, .n_used = 5}, false, false);
}
TEST_F(Experts, SoftmaxOfTheChosen) {
  expect_right({.n_experts = 9, .n_used = 4, .scores = Scores::kSoftmaxOfChosen}, false, false);
}
TEST_F(Experts, SigmoidWeighsTheInput) {
  expect_right({.n_experts = 8, .n_used = 1, .scores = Scores::kSigmoid}, true, false);
}
TEST_F(Experts, BiasedSigmoidScaled) {
  expect_right({.n_experts = 16, .n_used = 4, .scores = Scores::kSigmoid, .normalise = true, .scale = 2.5F},
               false, true);
}
TEST_F(Experts, OnlyTheBestGroups) {
  expect_right({.n_experts = 24,
                .n_used = 4,
                .scores = Scores::kSigmoid,
                .normalise = true,
                .n_groups = 6,
                .n_groups_used = 2},
               false, true);
}
TEST_F(Experts, GroupsOfOne) {
  expect_right({.n_experts = 6, .n_used = 2, .scores = Scores::kSigmoid, .n_groups = 6, .n_groups_used = 3},
               false, false);
}
TEST_F(Experts, EveryExpertOfARow) {
  expect_right({.n_experts = 4, .n_used = 4}, false, false);
}

// A broken model may score anything: every row still gets n_used different experts.
TEST_F(Experts, ScoresThatAreNoNumbersChooseSomething) {
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  constexpr float kInf = std::numeric_limits<float>::infinity();
  for (const float bad : {kNan, kInf, -kInf}) {
    for (const Scores kind : {Scores::kSoftmax, Scores::kSoftmaxOfChosen, Scores::kSigmoid}) {
      const RouterSpec spec{.n_experts = 8, .n_used = 3, .scores = kind, .n_groups = 4, .n_groups_used = 2};
      auto routes = backend_->allocate_routes(2, 8, 3);
      ASSERT_TRUE(routes.has_value());
      std::vector<float> logits(16, bad);
      logits[10] = 1.0F;
      const auto scores = buffer(2, 8, logits);
      const auto x = buffer(2, 1, {1.0F, 2.0F});
      const auto out = buffer(6, 1);
      backend_->route(spec, scores->tensor(), **routes);
      backend_->dispatch(**routes, x->tensor(), false, out->tensor());
      std::vector<float> rows = values_of(out->tensor());
      std::sort(rows.begin(), rows.end());
      EXPECT_EQ(rows, (std::vector<float>{1, 1, 1, 2, 2, 2}));
    }
  }
}

TEST_F(Experts, RowsDoNotDependOnTheirNeighbours) {
  const RouterSpec spec{.n_experts = 8, .n_used = 2, .normalise = true};
  const std::vector<float> weights = testing::random_values(std::size_t{8} * kOut * kIn, 3);
  auto matrix = backend_->load_matrix({.name = "experts",
                                       .dtype = tensor::DType::kF32,
                                       .rows = std::uint64_t{8} * kOut,
                                       .cols = kIn,
                                       .bytes = std::as_bytes(std::span(weights))});
  auto routes = backend_->allocate_routes(kRows, 8, 2);
  ASSERT_TRUE(matrix.has_value() && routes.has_value());
  ASSERT_TRUE(backend_->read_weights({}));
  const std::vector<float> logits = testing::random_values(std::size_t{kRows} * 8, 1);
  const std::vector<float> x = testing::random_values(std::size_t{kRows} * kIn, 2);
  const auto run = [&](std::uint32_t first, std::uint32_t n) {
    const auto scores = buffer(n, 8, {logits.begin() + first * 8, logits.begin() + (first + n) * 8});
    const auto rows = buffer(n, kIn, {x.begin() + first * kIn, x.begin() + (first + n) * kIn});
    const auto dispatched = buffer(n * 2, kIn);
    const auto products = buffer(n * 2, kOut);
    const auto sums = buffer(n, kOut);
    backend_->route(spec, scores->tensor(), **routes);
    backend_->dispatch(**routes, rows->tensor(), false, dispatched->tensor());
    backend_->expert_matmul(**matrix, **routes, dispatched->tensor(), products->tensor());
    backend_->combine(**routes, products->tensor(), true, sums->tensor());
    return values_of(sums->tensor());
  };
  const std::vector<float> together = run(0, kRows);
  for (std::uint32_t r = 0; r < kRows; ++r) {
    const std::vector<float> alone = run(r, 1);
    EXPECT_TRUE(std::equal(alone.begin(), alone.end(), together.begin() + r * kOut)) << r;
  }
}

}  // namespace
}  // namespace peregrine::backend
