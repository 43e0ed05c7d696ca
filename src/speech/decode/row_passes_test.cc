// Every variant against the plain definition, bit by bit.
#include "speech/decode/row_passes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "base/rng.h"

namespace peregrine::speech {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kTop = 15.5F;

// One element of the sum, by the same operations, one number at a time.
float exp_by_definition(float x) {
  const float clamped = std::max(x, -87.0F);
  const float shifted = clamped * 1.44269504F + 12582912.0F;
  const float n = shifted - 12582912.0F;
  const float r = (clamped - n * 0.693359375F) - n * -2.12194440e-4F;
  float p = 1.9875691500e-4F;
  for (const float c :
       {1.3981999507e-3F, 8.3334519073e-3F, 4.1665795894e-2F, 1.6666665459e-1F, 5.0000001201e-1F}) {
    p = p * r + c;
  }
  p = p * r * r + r + 1.0F;
  const std::uint32_t bits = std::bit_cast<std::uint32_t>(p) + (std::bit_cast<std::uint32_t>(shifted) << 23);
  return x < -87.0F ? 0.0F : std::bit_cast<float>(bits);
}

class SpeechRowPassesTest : public testing::TestWithParam<const RowPasses*> {
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
      logit = static_cast<float>(rng_.uniform() * 120 - 105);
      if (rng_.next() % 11 == 0) logit = -kInfinity;
    }
    logits[rng_.next() % n] = kTop;
    return logits;
  }

  const RowPasses& passes_ = *GetParam();
  base::Rng rng_{4};
};

TEST_P(SpeechRowPassesTest, SumsExponentialsInSixteenPartsThenTheRest) {
  for (const float inverse : {1.0F, 1.25F, 5.0F}) {
    for (const std::vector<float>& logits : rows()) {
      std::array<float, 16> parts{};
      const std::size_t whole = logits.size() / parts.size() * parts.size();
      for (std::size_t i = 0; i < whole; ++i)
        parts[i % parts.size()] += exp_by_definition((logits[i] - kTop) * inverse);
      double sum = 0;
      for (const float part : parts) sum += static_cast<double>(part);
      for (std::size_t i = whole; i < logits.size(); ++i)
        sum += static_cast<double>(exp_by_definition((logits[i] - kTop) * inverse));
      const double got = passes_.sum_of_exp(logits.data(), logits.size(), kTop, inverse);
      ASSERT_EQ(std::bit_cast<std::uint64_t>(got), std::bit_cast<std::uint64_t>(sum)) << logits.size();
    }
  }
}

TEST_P(SpeechRowPassesTest, ExponentialsAreThoseOfTheLibrary) {
  for (float x = 0; x > -87; x -= 0.37F) {
    const double expected = std::exp(static_cast<double>(x));
    EXPECT_NEAR(passes_.sum_of_exp(&x, 1, 0, 1), expected, 3e-7 * expected) << x;
  }
  const std::vector<float> far(40, -87.5F);
  EXPECT_EQ(passes_.sum_of_exp(far.data(), far.size(), 0, 1), 0);
}

TEST_P(SpeechRowPassesTest, FindsTheLargestAndWhereItStands) {
  EXPECT_EQ(passes_.largest(nullptr, 0), -kInfinity);
  for (const std::vector<float>& logits : rows()) {
    EXPECT_EQ(passes_.largest(logits.data(), logits.size()), std::ranges::max(logits));
    for (const float least : {kTop, 10.0F, -kInfinity, kTop + 1}) {
      const auto place = std::ranges::find_if(logits, [&](float logit) { return logit >= least; });
      EXPECT_EQ(passes_.find_at_least(logits.data(), logits.size(), least),
                static_cast<std::size_t>(place - logits.begin()));
    }
  }
}

TEST_P(SpeechRowPassesTest, FindsWhatIsNoNumber) {
  for (std::vector<float> logits : rows()) {
    std::ranges::replace(logits, -kInfinity, -std::numeric_limits<float>::max());
    EXPECT_TRUE(passes_.all_finite(logits.data(), logits.size()));
    for (const float bad : {kInfinity, -kInfinity, std::nanf("")}) {
      std::vector<float> spoiled = logits;
      spoiled[rng_.next() % spoiled.size()] = bad;
      EXPECT_FALSE(passes_.all_finite(spoiled.data(), spoiled.size()));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, SpeechRowPassesTest, testing::ValuesIn(available_row_passes()),
                         [](const auto& instance) { return std::string(instance.param->isa); });

}  // namespace
}  // namespace peregrine::speech
