#include "speech/decode/sampling.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace peregrine::speech {
namespace {

constexpr float kNever = -std::numeric_limits<float>::infinity();

std::vector<float> random_logits(std::size_t n, std::uint64_t seed, double spread) {
  base::Rng rng(seed);
  std::vector<float> logits(n);
  for (float& logit : logits) logit = static_cast<float>((rng.uniform() - 0.5) * spread);
  return logits;
}

// In double, one after the other.
double reference_log_sum_exp(std::span<const float> logits) {
  double sum = 0;
  for (const float logit : logits) sum += std::exp(static_cast<double>(logit));
  return std::log(sum);
}

TEST(Sampling, LogSumExpIsTheReferences) {
  for (const std::size_t n : {1UL, 15UL, 16UL, 17UL, 1501UL, 51866UL}) {
    for (const double spread : {0.1, 10.0, 60.0}) {
      const std::vector<float> logits = random_logits(n, n, spread);
      EXPECT_NEAR(log_sum_exp(logits), reference_log_sum_exp(logits), 1e-5) << n << " " << spread;
    }
  }
  EXPECT_EQ(log_sum_exp(std::vector<float>(20, kNever)), kNever);
  EXPECT_FLOAT_EQ(log_sum_exp(std::vector<float>{kNever, 2.0F, kNever}), 2.0F);
  EXPECT_FLOAT_EQ(log_sum_exp(std::vector<float>{1e4F, -1e4F}), 1e4F);
}

TEST(Sampling, TheLikeliestIsTheLowestOfEquals) {
  std::vector<float> logits = random_logits(1000, 3, 8);
  logits[700] = logits[40] = 9;
  const Choice choice = most_likely(logits);
  EXPECT_EQ(choice.token, 40);
  EXPECT_NEAR(choice.logprob, 9 - reference_log_sum_exp(logits), 1e-5);
  EXPECT_NEAR(probability(logits, 40), std::exp(static_cast<double>(choice.logprob)), 1e-6);
}

TEST(Sampling, TheLikeliestSeveralAreInOrder) {
  std::vector<float> logits = random_logits(500, 11, 8);
  logits[7] = logits[300] = 20;
  logits[10] = kNever;
  std::vector<Choice> choices;
  most_likely(logits, 6, choices);
  std::vector<TokenId> order(logits.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::sort(order, {},
                    [&](TokenId id) { return std::pair(-logits[static_cast<std::size_t>(id)], id); });
  ASSERT_EQ(choices.size(), 6U);
  for (std::size_t i = 0; i < choices.size(); ++i) EXPECT_EQ(choices[i].token, order[i]);
  const std::vector<float> few = {kNever, 1, kNever, 2};
  most_likely(few, 6, choices);
  EXPECT_EQ(choices.size(), 2U);
}

TEST(Sampling, DrawsFollowTheDistributionAtATemperature) {
  const std::vector<float> logits = {0.0F, 1.0F, kNever, 2.0F, -1.0F};
  constexpr float kTemperature = 0.7F;
  constexpr int kDraws = 200000;
  base::Rng rng(5);
  std::vector<int> counts(logits.size());
  for (int i = 0; i < kDraws; ++i) ++counts[static_cast<std::size_t>(draw(logits, kTemperature, rng).token)];
  double total = 0;
  for (const float logit : logits) total += std::exp(static_cast<double>(logit / kTemperature));
  for (std::size_t i = 0; i < logits.size(); ++i) {
    const double p = std::exp(static_cast<double>(logits[i] / kTemperature)) / total;
    // Five standard deviations.
    EXPECT_NEAR(counts[i], kDraws * p, 5 * std::sqrt(kDraws * p * (1 - p)) + 1e-9) << i;
  }
  base::Rng a(9);
  base::Rng b(9);
  EXPECT_EQ(draw(logits, 1.0F, a).token, draw(logits, 1.0F, b).token);
  EXPECT_NEAR(draw(logits, kTemperature, a).logprob,
              std::log(probability(logits, draw(logits, kTemperature, b).token)), 1e-5);
}

TEST(Sampling, NotANumberIsFoundAnywhere) {
  for (const float bad : {std::nanf(""), kNever, -kNever}) {
    for (const std::size_t at : {0UL, 17UL, 99UL}) {
      std::vector<float> logits(100, 1.0F);
      EXPECT_TRUE(all_finite(logits));
      logits[at] = bad;
      EXPECT_FALSE(all_finite(logits));
    }
  }
}

}  // namespace
}  // namespace peregrine::speech
