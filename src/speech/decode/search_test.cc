#include "speech/decode/search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "speech/decode/rules.h"
#include "speech/testing/test_vocabulary.h"

namespace peregrine::speech {
namespace {

using End = Hypothesis::End;

// Logits that are a hash of the tokens before: a tree of texts, of which few tokens are likely at all.
class HashTree {
 public:
  HashTree(const Vocabulary& vocabulary, std::uint64_t seed, float end_bias)
      : vocabulary_(vocabulary), seed_(seed), end_bias_(end_bias) {}

  std::vector<float> operator()(std::span<const TokenId> tokens) const {
    std::uint64_t hash = seed_;
    for (const TokenId token : tokens) hash = hash * 0x100000001B3ULL + static_cast<std::uint64_t>(token) + 1;
    base::Rng rng(hash);
    std::vector<float> logits(vocabulary_.size(), -30.0F);
    for (TokenId word = 256; word < 260; ++word) logits[static_cast<std::size_t>(word)] = noise(rng);
    const auto first = static_cast<std::size_t>(vocabulary_.special().first_timestamp);
    for (std::size_t i = 0; i < 3; ++i) logits[first + 10 * i] = noise(rng) - 1;
    logits[static_cast<std::size_t>(vocabulary_.special().end_of_text)] = noise(rng) + end_bias_;
    return logits;
  }

 private:
  static float noise(base::Rng& rng) { return static_cast<float>(3 * rng.uniform()); }
  const Vocabulary& vocabulary_;
  const std::uint64_t seed_;
  const float end_bias_;
};

class SearchTest : public ::testing::Test {
 protected:
  // Runs the search; checks on the way that parents are what the new hypotheses continue.
  Hypothesis run(const HashTree& tree, const SearchOptions& options) const {
    const auto search = Search::create(vocabulary_, options);
    std::vector<std::uint32_t> parents;
    while (!search->done()) {
      EXPECT_LE(search->live().size(), options.width);
      std::vector<std::vector<float>> rows;
      std::vector<std::vector<TokenId>> before;
      for (const Hypothesis& hypothesis : search->live()) {
        rows.push_back(tree(hypothesis.tokens));
        before.push_back(hypothesis.tokens);
      }
      search->advance([&](std::size_t i) { return std::span<float>(rows[i]); }, parents);
      EXPECT_EQ(parents.size(), search->live().size());
      EXPECT_TRUE(std::ranges::is_sorted(parents));
      for (std::size_t i = 0; i < parents.size(); ++i) {
        const std::vector<TokenId>& tokens = search->live()[i].tokens;
        EXPECT_TRUE(std::ranges::equal(before[parents[i]], std::span(tokens).first(tokens.size() - 1)));
      }
    }
    return search->best();
  }

  // What the model says of a text, by the rules, one token after the other.
  double score(const HashTree& tree, const Hypothesis& hypothesis) const {
    double sum = 0;
    std::vector<TokenId> tokens = hypothesis.tokens;
    if (hypothesis.end == End::kEndOfText) tokens.push_back(vocabulary_.special().end_of_text);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const std::span<const TokenId> before = std::span(tokens).first(i);
      std::vector<float> logits = tree(before);
      apply_rules(vocabulary_, before, logits);
      double total = 0;
      for (const float logit : logits) total += std::exp(static_cast<double>(logit));
      sum += static_cast<double>(logits[static_cast<std::size_t>(tokens[i])]) - std::log(total);
    }
    return sum;
  }

  const Vocabulary vocabulary_ = testing::test_vocabulary();
};

TEST_F(SearchTest, GreedyTakesTheLikeliestEveryTime) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const HashTree tree(vocabulary_, seed, 0);
    const Hypothesis got = run(tree, {.max_tokens = 12});
    std::vector<TokenId> expected;
    while (expected.size() < 12) {
      std::vector<float> logits = tree(expected);
      apply_rules(vocabulary_, expected, logits);
      const auto token = static_cast<TokenId>(std::ranges::max_element(logits) - logits.begin());
      if (token == vocabulary_.special().end_of_text) break;
      expected.push_back(token);
    }
    EXPECT_EQ(got.tokens, expected);
    EXPECT_EQ(got.end, expected.size() == 12 ? End::kFull : End::kEndOfText);
    EXPECT_NEAR(got.sum_logprob, score(tree, got), 1e-4);
    double sum = 0;
    for (const float logprob : got.logprobs) sum += static_cast<double>(logprob);
    if (got.end == End::kFull) {
      EXPECT_NEAR(sum, got.sum_logprob, 1e-4);
    }
  }
}

// Beams of all widths against a beam search written plainly.
TEST_F(SearchTest, ABeamKeepsTheLikeliest) {
  struct Entry {
    Hypothesis hypothesis;
    double score = 0;
  };
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const auto width = static_cast<std::uint32_t>(2 + seed % 4);
    constexpr std::uint32_t kMaxTokens = 8;
    const HashTree tree(vocabulary_, seed, 1);
    std::vector<Entry> live(1);
    std::vector<Entry> ended;
    while (!live.empty() && ended.size() < width) {
      std::vector<Entry> next;
      for (const Entry& entry : live) {
        std::vector<float> logits = tree(entry.hypothesis.tokens);
        apply_rules(vocabulary_, entry.hypothesis.tokens, logits);
        for (std::size_t token = 0; token < logits.size(); ++token) {
          if (!std::isfinite(logits[token])) continue;
          Entry child = entry;
          if (static_cast<TokenId>(token) == vocabulary_.special().end_of_text) {
            child.hypothesis.end = End::kEndOfText;
          } else {
            child.hypothesis.tokens.push_back(static_cast<TokenId>(token));
            if (child.hypothesis.tokens.size() == kMaxTokens) child.hypothesis.end = End::kFull;
          }
          child.score = score(tree, child.hypothesis);
          next.push_back(std::move(child));
        }
      }
      std::ranges::sort(next, std::ranges::greater{}, &Entry::score);
      live.clear();
      // Ends count among those that are likelier than the last beam.
      for (Entry& child : next) {
        if (live.size() == width) break;
        if (child.hypothesis.end == End::kFull) {
          if (ended.size() < width) ended.push_back(std::move(child));
        } else if (child.hypothesis.end == End::kEndOfText) {
          if (ended.size() < width) ended.push_back(std::move(child));
        } else {
          live.push_back(std::move(child));
        }
      }
      if (next.front().hypothesis.tokens.size() >= kMaxTokens) break;
    }
    const auto best = std::ranges::max_element(ended, {}, [](const Entry& entry) {
      return entry.score / static_cast<double>(entry.hypothesis.tokens.size() + 1);
    });
    const Hypothesis got = run(tree, {.width = width, .max_tokens = kMaxTokens});
    EXPECT_EQ(got.tokens, best->hypothesis.tokens) << seed;
    EXPECT_NEAR(got.sum_logprob, best->score, 1e-4) << seed;
  }
}

TEST_F(SearchTest, TheBestOfSomeSamplesIsTaken) {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const HashTree tree(vocabulary_, seed, 0);
    const SearchOptions options = {.temperature = 1.0F, .width = 1, .max_tokens = 10, .seed = 100 * seed};
    double best = -1e9;
    for (std::uint32_t i = 0; i < 5; ++i) {
      SearchOptions single = options;
      single.seed += i;
      best = std::max(best, static_cast<double>(run(tree, single).avg_logprob()));
    }
    SearchOptions several = options;
    several.width = 5;
    const Hypothesis got = run(tree, several);
    EXPECT_FLOAT_EQ(got.avg_logprob(), static_cast<float>(best));
    EXPECT_EQ(run(tree, several).tokens, got.tokens);
  }
}

TEST_F(SearchTest, ALoopEndsAndIsTheLastChoice) {
  const auto loops = [this](std::span<const TokenId> tokens) {
    std::vector<float> logits(vocabulary_.size(), -30.0F);
    logits[256] = 5;
    logits[257] = tokens.size() == 1 ? 1.0F : -30.0F;
    if (!tokens.empty() && std::ranges::count(tokens, 257) > 0) {
      logits[static_cast<std::size_t>(vocabulary_.special().end_of_text)] = 9;
    }
    logits[static_cast<std::size_t>(vocabulary_.special().first_timestamp)] = 5;
    return logits;
  };
  for (const std::uint32_t width : {1U, 2U}) {
    const auto search = Search::create(vocabulary_, {.width = width, .max_tokens = 200});
    std::vector<std::uint32_t> parents;
    std::size_t steps = 0;
    for (; !search->done(); ++steps) {
      std::vector<std::vector<float>> rows;
      for (const Hypothesis& hypothesis : search->live()) rows.push_back(loops(hypothesis.tokens));
      search->advance([&](std::size_t i) { return std::span<float>(rows[i]); }, parents);
    }
    EXPECT_LT(steps, 30U);
    EXPECT_EQ(search->best().end, width == 1 ? End::kLoop : End::kEndOfText);
  }
}

}  // namespace
}  // namespace peregrine::speech
