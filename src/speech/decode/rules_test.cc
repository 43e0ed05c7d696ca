#include "speech/decode/rules.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "base/rng.h"
#include "speech/testing/test_vocabulary.h"

namespace peregrine::speech {
namespace {

constexpr TokenId kAsh = 256;
constexpr TokenId kBay = 257;

class Rules : public ::testing::Test {
 protected:
  TokenId at(std::uint32_t position) const {
    return vocabulary_.special().first_timestamp + static_cast<TokenId>(position);
  }
  TokenId eot() const { return vocabulary_.special().end_of_text; }

  // Texts are far likelier than timestamps, so that the rule of mass does not speak.
  std::vector<float> after(const std::vector<TokenId>& sampled) const {
    std::vector<float> logits(vocabulary_.size(), 0.0F);
    std::fill(logits.begin(), logits.begin() + vocabulary_.special().first_timestamp, 10.0F);
    apply_rules(vocabulary_, sampled, logits);
    return logits;
  }
  static bool possible(std::span<const float> logits, TokenId token) {
    return std::isfinite(logits[static_cast<std::size_t>(token)]);
  }

  const Vocabulary vocabulary_ = testing::test_vocabulary();
};

TEST_F(Rules, SayWhatMayFollow) {
  constexpr std::uint32_t kNone = UINT32_MAX;
  struct Case {
    const char* name;
    std::vector<TokenId> sampled;
    bool text;                    // may follow
    bool end;                     // the end of text may
    std::uint32_t first = kNone;  // timestamps from here
    std::uint32_t last = kNone;   // to here
  };
  const Case cases[] = {
      {"the first is a timestamp of the first second", {}, false, false, 0, kMaxFirstPosition},
      {"then there is text, or none at all", {at(3)}, true, true},
      {"text goes on, or ends after its beginning", {at(3), kAsh}, true, true, 4, testing::kTestPositions},
      {"a second text token", {at(3), kAsh, kBay}, true, true, 4, testing::kTestPositions},
      {"an end is followed by a beginning or the end of text",
       {at(3), kAsh, at(9)},
       false,
       true,
       9,
       testing::kTestPositions},
      {"a pair by text", {at(3), kAsh, at(9), at(11)}, true, true},
      {"text after a pair", {at(3), kAsh, at(9), at(11), kBay}, true, true, 12, testing::kTestPositions},
      {"the last timestamp leaves none", {at(3), kAsh, at(9), at(testing::kTestPositions), kBay}, true, true},
      {"an end at the last one",
       {at(3), kAsh, at(testing::kTestPositions)},
       false,
       true,
       testing::kTestPositions,
       testing::kTestPositions},
  };
  for (const Case& c : cases) {
    const std::vector<float> logits = after(c.sampled);
    EXPECT_EQ(possible(logits, kBay), c.text) << c.name;
    EXPECT_EQ(possible(logits, eot()), c.end) << c.name;
    for (std::uint32_t position = 0; position <= testing::kTestPositions; ++position) {
      const bool expected = c.first != kNone && position >= c.first && position <= c.last;
      EXPECT_EQ(possible(logits, at(position)), expected) << c.name << " " << position;
    }
    for (const TokenId token : vocabulary_.suppressed()) EXPECT_FALSE(possible(logits, token)) << token;
  }
}

TEST_F(Rules, NoTextBeginsWithALoneSpace) {
  EXPECT_FALSE(possible(after({at(0)}), ' '));
  EXPECT_TRUE(possible(after({at(0), kAsh}), ' '));
}

TEST_F(Rules, TimestampsTogetherLikelierThanAnyTokenAreTaken) {
  // 250 timestamps of equal weight outweigh a token that is ln(251) likelier than each, less a little.
  for (const float margin : {-0.01F, 0.01F}) {
    std::vector<float> logits(vocabulary_.size(), 0.0F);
    logits[static_cast<std::size_t>(kBay)] = std::log(static_cast<float>(testing::kTestPositions)) + margin;
    apply_rules(vocabulary_, std::vector<TokenId>{at(0), kAsh}, logits);
    EXPECT_EQ(possible(logits, kBay), margin > 0);
    EXPECT_EQ(possible(logits, eot()), margin > 0);
    EXPECT_TRUE(possible(logits, at(17)));
  }
}

// Whatever is sampled by the rules keeps to them: pairs, in order, of segments that are not empty.
TEST_F(Rules, SomethingIsAlwaysPossibleAndTimeNeverGoesBack) {
  base::Rng rng(7);
  for (int round = 0; round < 200; ++round) {
    std::vector<TokenId> sampled;
    std::uint32_t latest = 0;
    while (sampled.size() < 40) {
      std::vector<float> logits(vocabulary_.size());
      for (float& logit : logits) logit = static_cast<float>(rng.uniform());
      // Text only now and then, so that timestamps reach the window's end.
      for (TokenId id = 0; id < vocabulary_.special().end_of_text; ++id) {
        logits[static_cast<std::size_t>(id)] += static_cast<float>(rng.uniform() * 16 - 6);
      }
      apply_rules(vocabulary_, sampled, logits);
      const auto best = std::ranges::max_element(logits);
      ASSERT_TRUE(std::isfinite(*best)) << sampled.size();
      const auto token = static_cast<TokenId>(best - logits.begin());
      if (token == eot()) break;
      if (vocabulary_.is_timestamp(token)) {
        EXPECT_GE(vocabulary_.position(token), latest);
        latest = vocabulary_.position(token);
      }
      sampled.push_back(token);
    }
  }
}

}  // namespace
}  // namespace peregrine::speech
