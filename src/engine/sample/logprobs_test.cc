#include "engine/sample/logprobs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "base/rng.h"

namespace peregrine::engine {
namespace {

TEST(Logprobs, AreTheLogSoftmaxOfTheRawLogits) {
  base::Rng rng(8);
  for (const std::size_t n : {1U, 5U, 17U, 4000U}) {
    std::vector<float> logits(n);
    for (float& logit : logits) logit = static_cast<float>(rng.uniform() * 30 - 15);
    double sum = 0;
    for (const float logit : logits) sum += std::exp(double{logit});
    const auto chosen = static_cast<TokenId>(rng.next() % n);
    const TokenLogprobs result = token_logprobs(logits, chosen, 20);
    EXPECT_NEAR(result.chosen, logits[static_cast<std::size_t>(chosen)] - std::log(sum), 1e-5);

    std::vector<std::pair<TokenId, float>> expected;
    for (std::size_t i = 0; i < n; ++i) expected.emplace_back(static_cast<TokenId>(i), logits[i]);
    std::ranges::sort(expected, [](const auto& a, const auto& b) {
      return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    ASSERT_EQ(result.top.size(), std::min<std::size_t>(20, n));
    for (std::size_t i = 0; i < result.top.size(); ++i) {
      EXPECT_EQ(result.top[i].first, expected[i].first);
      EXPECT_NEAR(result.top[i].second, expected[i].second - std::log(sum), 1e-5);
    }
  }
}

TEST(Logprobs, TiesByIdAndNoneForTheImpossible) {
  const float never = -std::numeric_limits<float>::infinity();
  const std::vector<float> logits = {0.0F, 1.0F, never, 1.0F, 0.0F, 0.0F, 1.0F};
  std::vector<TokenId> ids;
  for (const auto& [token, logprob] : token_logprobs(logits, 1, 4).top) ids.push_back(token);
  EXPECT_EQ(ids, (std::vector<TokenId>{1, 3, 6, 0}));
  const TokenLogprobs all = token_logprobs(logits, 4, 20);
  ASSERT_EQ(all.top.size(), 6U);
  double mass = 0;
  for (const auto& [token, logprob] : all.top) mass += std::exp(double{logprob});
  EXPECT_NEAR(mass, 1.0, 1e-6);
  EXPECT_TRUE(token_logprobs(logits, 4, 0).top.empty());
}

TEST(Logprobs, HugeLogitsDoNotOverflow) {
  const std::vector<float> logits = {3e38F, 3e38F, -3e38F};
  const TokenLogprobs result = token_logprobs(logits, 0, 3);
  EXPECT_NEAR(result.chosen, std::log(0.5), 1e-6);
  EXPECT_EQ(result.top[2].second, std::numeric_limits<float>::lowest()) << "finite, as JSON needs it";
}

}  // namespace
}  // namespace peregrine::engine
