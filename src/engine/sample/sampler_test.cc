#include "engine/sample/sampler.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <vector>

#include "engine/sample/exp.h"
#include "engine/sample/row_passes.h"
#include "engine/sample/weights.h"

namespace peregrine::engine {
namespace {

constexpr float kInf = std::numeric_limits<float>::infinity();

SamplingParams greedy() {
  SamplingParams params;
  params.temperature = 0;
  return params;
}

std::vector<float> random_logits(base::Rng& rng, std::size_t n, double spread) {
  std::vector<float> logits(n);
  for (float& logit : logits) {
    // Nearly normal: the sum of four uniforms.
    const double sum = rng.uniform() + rng.uniform() + rng.uniform() + rng.uniform();
    logit = static_cast<float>((sum - 2.0) * spread);
  }
  return logits;
}

// The definition, in double precision and with a full sort: everything that the sampler avoids.
class Reference {
 public:
  explicit Reference(const SamplingParams& params) : params_(params), rng_(params.seed) {}

  TokenId sample(const std::vector<float>& logits) {
    std::vector<double> z(logits.begin(), logits.end());
    for (const auto& [token, bias] : params_.logit_bias) z[static_cast<std::size_t>(token)] += bias;
    for (const auto& [token, n] : counts_) {
      z[static_cast<std::size_t>(token)] -=
          double{params_.frequency_penalty} * n + double{params_.presence_penalty};
    }
    const TokenId token = params_.temperature <= 1e-6F ? argmax(z) : draw(z);
    ++counts_[token];
    return token;
  }

 private:
  static TokenId argmax(const std::vector<double>& z) {
    return static_cast<TokenId>(std::ranges::max_element(z) - z.begin());
  }

  TokenId draw(const std::vector<double>& z) {
    const double max = std::ranges::max(z);
    std::vector<double> p;
    p.reserve(z.size());
    for (const double logit : z) p.push_back(std::exp((logit - max) / double{params_.temperature}));
    const double sum = std::accumulate(p.begin(), p.end(), 0.0);
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order,
                      [&](std::size_t a, std::size_t b) { return p[a] != p[b] ? p[a] > p[b] : a < b; });
    std::size_t kept = 0;
    double mass = 0;
    while (kept < order.size() && (kept == 0 || mass < double{params_.top_p} * sum)) mass += p[order[kept++]];
    order.resize(kept);
    std::ranges::sort(order);
    double left = rng_.uniform() * mass;
    for (const std::size_t token : order) {
      if (left < p[token]) return static_cast<TokenId>(token);
      left -= p[token];
    }
    return static_cast<TokenId>(order.back());
  }

  SamplingParams params_;
  base::Rng rng_;
  std::map<TokenId, int> counts_;
};

TEST(Sampler, AgreesWithTheDefinitionOnRandomLogits) {
  struct Case {
    float temperature;
    float top_p;
    float frequency;
    float presence;
    double spread;
  };
  const std::vector<Case> cases = {
      {1.0F, 1.0F, 0, 0, 3},       {0.7F, 0.9F, 0, 0, 3},      {1.3F, 0.5F, 0.2F, 0.1F, 6},
      {2.0F, 0.99F, -0.5F, 0, 10}, {0.2F, 0.95F, 0, 1.5F, 8},  {1.0F, 0.0F, 0.3F, 0.3F, 3},
      {1.0F, 0.7F, 0, 0, 0},       {1e-5F, 0.9F, 0, 0, 3},     {0.0F, 0.9F, 0.7F, 0, 3},
      {0.9F, 1.0F, 2.0F, 2.0F, 2}, {1.0F, 0.9999F, 0, 0, 0.1},
  };
  SamplerScratch scratch;
  base::Rng rng(42);
  for (std::size_t c = 0; c < cases.size(); ++c) {
    for (const std::size_t n_vocab : {1U, 7U, 320U, 5000U}) {
      SamplingParams params;
      params.temperature = cases[c].temperature;
      params.top_p = cases[c].top_p;
      params.frequency_penalty = cases[c].frequency;
      params.presence_penalty = cases[c].presence;
      params.seed = c * 1000 + n_vocab;
      for (int i = 0; i < 5; ++i) {
        params.logit_bias.emplace_back(static_cast<TokenId>(rng.next() % n_vocab), static_cast<float>(i - 2));
      }
      Sampler sampler(params);
      Reference reference(params);
      for (int i = 0; i < 40; ++i) {
        std::vector<float> logits = random_logits(rng, n_vocab, cases[c].spread);
        const std::vector<float> before = logits;
        const auto token = sampler.sample(logits, scratch);
        ASSERT_TRUE(token.has_value());
        ASSERT_EQ(*token, reference.sample(before))
            << "case " << c << ", vocabulary " << n_vocab << ", draw " << i;
        ASSERT_EQ(logits, before);
      }
    }
  }
}

TEST(Sampler, DrawsTheSoftmaxDistribution) {
  std::vector<float> logits = {0.0F, 1.0F, -1.0F, 2.5F, 0.3F, 0.3F, -2.0F, 1.7F};
  SamplingParams params;
  params.temperature = 0.8F;
  params.seed = 7;
  Sampler sampler(params);
  SamplerScratch scratch;
  constexpr int kDraws = 200000;
  std::vector<int> counts(logits.size(), 0);
  for (int i = 0; i < kDraws; ++i) ++counts[static_cast<std::size_t>(*sampler.sample(logits, scratch))];
  double sum = 0;
  for (const float logit : logits) sum += std::exp(double{logit} / double{params.temperature});
  double chi_square = 0;
  for (std::size_t i = 0; i < logits.size(); ++i) {
    const double expected = kDraws * std::exp(double{logits[i]} / double{params.temperature}) / sum;
    chi_square += (counts[i] - expected) * (counts[i] - expected) / expected;
  }
  EXPECT_LT(chi_square, 24.3) << "the 0.999 quantile for 7 degrees of freedom";
}

TEST(Sampler, NucleusNeverLeavesItsTokens) {
  // Probabilities 0.5, 0.25, 0.125, 0.125: a share of 0.7 needs the first two.
  std::vector<float> logits;
  for (const double p : {0.125, 0.5, 0.125, 0.25}) logits.push_back(static_cast<float>(std::log(p)));
  SamplingParams params;
  params.top_p = 0.7F;
  Sampler sampler(params);
  SamplerScratch scratch;
  std::map<TokenId, int> counts;
  for (int i = 0; i < 3000; ++i) ++counts[*sampler.sample(logits, scratch)];
  EXPECT_EQ(counts.size(), 2U);
  EXPECT_NEAR(counts[1] / 3000.0, 2.0 / 3, 0.03);
  EXPECT_NEAR(counts[3] / 3000.0, 1.0 / 3, 0.03);
}

TEST(Sampler, TiesGoToTheLowestId) {
  std::vector<float> logits = {1, 3, 3, 3};
  SamplerScratch scratch;
  EXPECT_EQ(Sampler(greedy()).sample(logits, scratch), 1);
  SamplingParams smallest_nucleus;
  smallest_nucleus.top_p = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    smallest_nucleus.seed = seed;
    EXPECT_EQ(Sampler(smallest_nucleus).sample(logits, scratch), 1);
  }
  SamplingParams biased = greedy();
  biased.logit_bias = {{0, 2.0F}};  // all four equal
  EXPECT_EQ(Sampler(biased).sample(logits, scratch), 0);
}

// Worked by hand: a token that occurred n times loses 0.25 n + 0.5.
TEST(Sampler, PenaltiesByHand) {
  std::vector<float> logits = {2.0F, 1.5F, 1.0F, 0.0F};
  SamplingParams params = greedy();
  params.frequency_penalty = 0.25F;
  params.presence_penalty = 0.5F;
  Sampler sampler(params);
  SamplerScratch scratch;
  std::vector<TokenId> tokens;
  for (int i = 0; i < 9; ++i) tokens.push_back(*sampler.sample(logits, scratch));
  EXPECT_EQ(tokens, (std::vector<TokenId>{0, 1, 0, 0, 2, 0, 1, 0, 1}));
}

TEST(Sampler, StrongBiasesForceAndForbid) {
  base::Rng rng(3);
  SamplingParams forced;
  forced.logit_bias = {{17, 100.0F}};
  SamplingParams forbidden = greedy();
  SamplerScratch scratch;
  for (int i = 0; i < 50; ++i) {
    std::vector<float> logits = random_logits(rng, 64, 5);
    EXPECT_EQ(Sampler(forced).sample(logits, scratch), 17);
    const auto best = static_cast<TokenId>(std::ranges::max_element(logits) - logits.begin());
    forbidden.logit_bias = {{best, -100.0F}};
    EXPECT_NE(Sampler(forbidden).sample(logits, scratch), best);
  }
}

TEST(Sampler, BiasesOnOneTokenAddUp) {
  std::vector<float> logits = {1.0F, 0.0F, 0.5F};
  SamplingParams params = greedy();
  params.logit_bias = {{1, 0.75F}, {2, 0.25F}, {1, 0.75F}};
  SamplerScratch scratch;
  EXPECT_EQ(Sampler(params).sample(logits, scratch), 1);
}

TEST(Sampler, GreedyAtTinyTemperatures) {
  std::vector<float> logits = {1.0F, 1.0000001F, 0.0F};
  SamplingParams params;
  params.temperature = 1e-6F;
  SamplerScratch scratch;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    params.seed = seed;
    EXPECT_EQ(Sampler(params).sample(logits, scratch), 1);
  }
}

TEST(Sampler, OneDrawPerToken) {
  std::vector<float> flat(4, 0.0F);
  SamplingParams params;
  params.seed = 99;
  Sampler sampler(params);
  SamplerScratch scratch;
  base::Rng rng(99);
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(*sampler.sample(flat, scratch), static_cast<TokenId>(rng.uniform() * 4));
  }
}

TEST(Sampler, RefusesLogitsThatMeanNothing) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  SamplerScratch scratch;
  for (const float temperature : {0.0F, 1.0F}) {
    for (const float top_p : {0.5F, 1.0F}) {
      SamplingParams params;
      params.temperature = temperature;
      params.top_p = top_p;
      params.logit_bias = {{2, 1.0F}};
      for (std::size_t place = 0; place < 40; ++place) {
        for (const float bad : {nan, -nan, kInf}) {
          std::vector<float> logits(40, 1.0F);
          logits[place] = bad;
          EXPECT_EQ(Sampler(params).sample(logits, scratch), std::nullopt) << bad << " at " << place;
        }
      }
      std::vector<float> impossible(40, -kInf);
      EXPECT_EQ(Sampler(params).sample(impossible, scratch), std::nullopt);
      impossible[2] = -3.0F;
      EXPECT_EQ(Sampler(params).sample(impossible, scratch), 2);
      impossible[2] = -kInf;
      impossible[31] = std::numeric_limits<float>::lowest();
      EXPECT_EQ(Sampler(params).sample(impossible, scratch), 31);
    }
  }
}

TEST(Sampler, HugeLogitsAreFine) {
  std::vector<float> logits = {std::numeric_limits<float>::lowest(), std::numeric_limits<float>::max(), 0.0F};
  SamplingParams params;
  params.temperature = 2e-6F;
  params.frequency_penalty = std::numeric_limits<float>::max();
  params.top_p = 0.9F;
  Sampler sampler(params);
  SamplerScratch scratch;
  EXPECT_EQ(sampler.sample(logits, scratch), 1);
  EXPECT_TRUE(sampler.sample(logits, scratch).has_value());
}

TEST(Weights, ExpIsAccurate) {
  double worst = 0;
  for (double x = 0; x >= kMinExpArgument; x -= 0.000123) {
    worst = std::max(worst, std::abs(exp_nonpositive(x) / std::exp(x) - 1));
  }
  EXPECT_LT(worst, 3e-15);
  EXPECT_EQ(exp_nonpositive(0), 1.0);
  EXPECT_LT(exp_nonpositive(-std::numeric_limits<double>::infinity()), 1e-17);
}

TEST(Nucleus, IsTheSmallestThatHoldsTheShare) {
  base::Rng rng(11);
  Nucleus nucleus;
  for (int i = 0; i < 300; ++i) {
    // Every tenth row is long and flat: more tokens than are looked at one by one.
    const bool flat = i % 10 == 0;
    std::vector<std::uint64_t> weights(1 + rng.next() % (flat ? 9000 : 600));
    for (std::uint64_t& weight : weights) {
      if (flat && i % 20 == 0) {
        weight = (std::uint64_t{1} << kWeightBits) >> rng.next() % 3;
      } else if (flat) {
        weight = (std::uint64_t{1} << kWeightBits) - rng.next() % (std::uint64_t{1} << (kWeightBits - 1));
      } else {
        // Few distinct weights, so that ties matter.
        weight = (rng.next() % 8) * (rng.next() % 40 == 0 ? 1000 : 1);
      }
    }
    weights[0] = std::max<std::uint64_t>(weights[0], 1);
    const std::uint64_t total = std::accumulate(weights.begin(), weights.end(), std::uint64_t{0});
    const double top_p = rng.uniform();
    nucleus.choose(weights, total, top_p);

    std::vector<std::uint32_t> order(weights.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
      return weights[a] != weights[b] ? weights[a] > weights[b] : a < b;
    });
    std::vector<std::uint32_t> expected;
    std::uint64_t mass = 0;
    for (const std::uint32_t token : order) {
      if (!expected.empty() && static_cast<double>(mass) >= static_cast<double>(total) * top_p) break;
      expected.push_back(token);
      mass += weights[token];
    }
    std::ranges::sort(expected);
    std::vector<std::uint32_t> chosen;
    for (std::uint32_t token = 0; token < weights.size(); ++token) {
      if (nucleus.contains({weights[token], token})) chosen.push_back(token);
    }
    ASSERT_EQ(chosen, expected);
    ASSERT_EQ(nucleus.total(), mass);
    std::uint64_t sum = 0;
    for (const std::uint32_t token : chosen) {
      ASSERT_EQ(nucleus.at(weights, sum), token);
      sum += weights[token];
      ASSERT_EQ(nucleus.at(weights, sum - 1), token);
    }
  }
}

}  // namespace
}  // namespace peregrine::engine
