// Every variant against the plain definition, bit by bit.
#include "engine/sample/row_passes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>
#include <vector>

#include "base/rng.h"
#include "engine/sample/weights.h"

namespace peregrine::engine {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();

class RowPassesTest : public testing::TestWithParam<const RowPasses*> {
 protected:
  // Every length up to a few groups, then some.
  std::vector<std::vector<float>> rows() {
    std::vector<std::vector<float>> all;
    for (std::size_t n = 1; n < 70; ++n) all.push_back(row(n));
    all.push_back(row(5003));
    return all;
  }
  std::vector<float> row(std::size_t n) {
    std::vector<float> logits(n);
    for (float& logit : logits) {
      logit = static_cast<float>(rng_.uniform() * 60 - 45);
      if (rng_.next() % 11 == 0) logit = -kInfinity;
    }
    logits[rng_.next() % n] = 15.5F;
    return logits;
  }

  const RowPasses& passes_ = *GetParam();
  base::Rng rng_{4};
};

TEST_P(RowPassesTest, ScanFindsTheMaximumAndWhatIsNoNumber) {
  for (std::vector<float> logits : rows()) {
    const RowScan scan = passes_.scan(logits.data(), logits.size());
    EXPECT_EQ(scan.max, std::ranges::max(logits));
    EXPECT_TRUE(scan.drawable);
    logits[rng_.next() % logits.size()] =
        rng_.next() % 2 == 0 ? kInfinity : std::numeric_limits<float>::quiet_NaN();
    EXPECT_FALSE(passes_.scan(logits.data(), logits.size()).drawable);
  }
}

TEST_P(RowPassesTest, WeighsAsTheDefinitionDoes) {
  for (const double inverse_temperature : {1.0, 0.5, 3.7}) {
    for (const std::vector<float>& logits : rows()) {
      std::vector<std::uint64_t> weights(logits.size());
      const std::uint64_t sum =
          passes_.weigh(logits.data(), logits.size(), 15.5, inverse_temperature, weights.data());
      for (std::size_t i = 0; i < logits.size(); ++i) {
        ASSERT_EQ(weights[i], weight_at((double{logits[i]} - 15.5) * inverse_temperature)) << logits[i];
      }
      EXPECT_EQ(sum, std::accumulate(weights.begin(), weights.end(), std::uint64_t{0}));
      EXPECT_EQ(std::ranges::max(weights), std::uint64_t{1} << kWeightBits);
    }
  }
}

TEST_P(RowPassesTest, SumsExponentialsInEightParts) {
  for (const std::vector<float>& logits : rows()) {
    double parts[8] = {};
    for (std::size_t i = 0; i < logits.size(); ++i) parts[i % 8] += exp_nonpositive(double{logits[i]} - 15.5);
    const double sum =
        ((parts[0] + parts[1]) + (parts[2] + parts[3])) + ((parts[4] + parts[5]) + (parts[6] + parts[7]));
    EXPECT_EQ(std::bit_cast<std::uint64_t>(passes_.sum_exp(logits.data(), logits.size(), 15.5)),
              std::bit_cast<std::uint64_t>(sum));
  }
}

TEST_P(RowPassesTest, FindsAndSumsWeightsOfAtLeast) {
  for (std::size_t n = 1; n < 200; ++n) {
    std::vector<std::uint64_t> weights(n);
    for (std::uint64_t& weight : weights) weight = rng_.next() % (std::uint64_t{1} << 43) >> rng_.next() % 44;
    weights.back() |= 1;  // one is found at least
    const std::uint64_t least = std::max<std::uint64_t>(weights[rng_.next() % n], 1);
    std::vector<std::uint32_t> expected;
    std::uint64_t sum = 0;
    for (std::uint32_t i = 0; i < n; ++i) {
      if (weights[i] < least) continue;
      expected.push_back(i);
      sum += weights[i];
    }
    std::vector<std::uint32_t> places(n + 16);
    places.resize(passes_.find_weights(weights.data(), n, least, n, places.data()));
    EXPECT_EQ(places, expected);
    EXPECT_EQ(passes_.sum_weights(weights.data(), n, least), sum);

    const std::size_t capacity = expected.size() - 1;
    std::vector<std::uint32_t> few(capacity + 16);
    EXPECT_GT(passes_.find_weights(weights.data(), n, least, capacity, few.data()), capacity);
  }
}

TEST_P(RowPassesTest, FindsTheFirstAbove) {
  for (const std::vector<float>& logits : rows()) {
    for (const float least : {-kInfinity, -20.0F, 15.0F, 15.5F}) {
      const auto above = std::ranges::find_if(logits, [&](float logit) { return logit > least; });
      EXPECT_EQ(passes_.find_above(logits.data(), logits.size(), least),
                static_cast<std::size_t>(above - logits.begin()));
    }
  }
}

TEST_P(RowPassesTest, MasksBitByBit) {
  for (const std::vector<float>& logits : rows()) {
    std::vector<std::uint64_t> allowed((logits.size() + 63) / 64);
    for (std::uint64_t& word : allowed) word = rng_.next() % 3 == 0 ? 0 : rng_.next();
    std::vector<float> out(logits.size());
    passes_.mask(logits.data(), logits.size(), allowed.data(), out.data());
    for (std::size_t i = 0; i < logits.size(); ++i) {
      EXPECT_EQ(out[i], (allowed[i / 64] >> (i % 64) & 1) != 0 ? logits[i] : -kInfinity) << i;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Sets, RowPassesTest,
                         testing::ValuesIn(available_row_passes().begin(), available_row_passes().end()),
                         [](const auto& param) { return std::string(param.param->isa); });

}  // namespace
}  // namespace peregrine::engine
