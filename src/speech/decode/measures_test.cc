#include "speech/decode/measures.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "speech/decode/thresholds.h"

namespace peregrine::speech {
namespace {

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

// Sizes are those of Python's zlib.compress().
TEST(CompressionRatio, IsZlibs) {
  const std::string speech =
      "And so my fellow Americans, ask not what your country can do for you, ask what you can do for your "
      "country.";
  EXPECT_FLOAT_EQ(compression_ratio(""), 0.0F);
  EXPECT_FLOAT_EQ(compression_ratio("a"), 1.0F / 9);
  EXPECT_FLOAT_EQ(compression_ratio(speech), 107.0F / 79);
  EXPECT_FLOAT_EQ(compression_ratio(repeated(" Thank you.", 20)), 220.0F / 22);
  EXPECT_FLOAT_EQ(compression_ratio(repeated("日本語のテスト", 3)), 63.0F / 34);
}

TEST(Loops, AreFoundAtTheEnd) {
  struct Case {
    const char* name;
    int before;  // tokens that are all different
    std::vector<TokenId> turn;
    int times;
    int after;
    bool found;
  };
  const Case cases[] = {
      {"one token", 3, {7}, 20, 0, true},
      {"one token, not often enough", 3, {7}, 19, 0, false},
      {"four tokens five times", 0, {7, 8, 9, 10}, 5, 0, true},
      {"four tokens four times", 30, {7, 8, 9, 10}, 4, 0, false},
      {"two tokens ten times", 1, {7, 8}, 10, 0, true},
      {"two tokens nine times", 1, {7, 8}, 9, 0, false},
      {"over", 0, {7, 8, 9, 10}, 8, 1, false},
      {"a verse",
       2,
       {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24},
       5,
       0,
       true},
      {"nothing", 200, {}, 0, 0, false},
  };
  for (const Case& c : cases) {
    std::vector<TokenId> tokens;
    for (int i = 0; i < c.before; ++i) tokens.push_back(1000 + i);
    for (int i = 0; i < c.times; ++i) tokens.insert(tokens.end(), c.turn.begin(), c.turn.end());
    for (int i = 0; i < c.after; ++i) tokens.push_back(2000 + i);
    const TokenLoop loop = loop_at_end(tokens);
    ASSERT_EQ(loop.period != 0, c.found) << c.name;
    if (!c.found) continue;
    EXPECT_EQ(loop.period, c.turn.size()) << c.name;
    EXPECT_EQ(loop.first, static_cast<std::size_t>(c.before)) << c.name;
  }
}

TEST(Thresholds, JudgeAnAttempt) {
  struct Case {
    Measures measures;
    Verdict verdict;
  };
  const Case cases[] = {
      {{-0.3F, 1.5F, 0.0F, false}, Verdict::kTaken},
      {{-1.0F, 2.4F, 0.9F, false}, Verdict::kTaken},  // sure enough, though it sounds like silence
      {{-1.1F, 1.5F, 0.6F, false}, Verdict::kTryAgain},
      {{-1.1F, 1.5F, 0.61F, false}, Verdict::kSilence},
      {{-1.1F, 9.0F, 0.9F, true}, Verdict::kSilence},
      {{-0.1F, 2.5F, 0.0F, false}, Verdict::kTryAgain},
      {{-0.1F, 1.0F, 0.0F, true}, Verdict::kTryAgain},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(judge(c.measures), c.verdict) << c.measures.avg_logprob << " " << c.measures.compression_ratio;
  }
}

TEST(Thresholds, TheLadderGoesUpToOne) {
  struct Case {
    float first;
    std::vector<float> ladder;
  };
  const Case cases[] = {
      {0.0F, {0.0F, 0.2F, 0.4F, 0.6F, 0.8F, 1.0F}},
      {0.2F, {0.2F, 0.4F, 0.6F, 0.8F, 1.0F}},
      {0.5F, {0.5F, 0.7F, 0.9F}},
      {0.6F, {0.6F, 0.8F, 1.0F}},
      {0.99F, {0.99F}},
      {1.0F, {1.0F}},
  };
  for (const Case& c : cases) {
    const std::vector<float> ladder = temperature_ladder(c.first);
    ASSERT_EQ(ladder.size(), c.ladder.size()) << c.first;
    for (std::size_t i = 0; i < ladder.size(); ++i) EXPECT_FLOAT_EQ(ladder[i], c.ladder[i]);
    EXPECT_LE(ladder.back(), 1.0F);
  }
}

}  // namespace
}  // namespace peregrine::speech
