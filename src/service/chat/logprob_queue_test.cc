// Log-probabilities of tokens whose texts cut a raw text of content, reasoning and calls in every way.
#include "service/chat/logprob_queue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace peregrine::service {
namespace {

struct Stretch {
  std::size_t length;
  bool content;
};

struct Token {
  std::size_t begin;
  std::size_t end;
};

struct Found {
  std::vector<int> tokens;            // whose log-probabilities came, in order
  std::vector<std::size_t> released;  // content bytes that had gone out when each came
};

// Plays tokens in order: each is added, then the content that has become known by it is placed, as a parser
// that lags `lag` bytes behind would, and released.
Found play(const std::vector<Token>& tokens, const std::vector<Stretch>& stretches, std::size_t lag) {
  LogprobQueue queue;
  Found found;
  std::size_t placed_to = 0;  // in the raw text
  std::size_t emitted = 0;
  const auto collect = [&](bool ending) {
    for (const TokenLogprob& logprob : queue.release(emitted, ending)) {
      found.tokens.push_back(static_cast<int>(logprob.chosen.logprob));
      found.released.push_back(emitted);
    }
  };
  const auto place_to = [&](std::size_t known) {
    std::size_t begin = 0;
    for (const Stretch& stretch : stretches) {
      const std::size_t from = std::max(begin, placed_to);
      const std::size_t to = std::min(begin + stretch.length, known);
      if (stretch.content && to > from) {
        queue.place(from, to - from);
        emitted += to - from;
      }
      begin += stretch.length;
    }
    placed_to = std::max(placed_to, known);
  };
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    TokenLogprob logprob;
    logprob.chosen.logprob = static_cast<float>(i);
    queue.add(tokens[i].begin, tokens[i].end, logprob);
    place_to(tokens[i].end > lag ? tokens[i].end - lag : 0);
    collect(false);
  }
  place_to(tokens.empty() ? 0 : tokens.back().end);
  queue.finish();
  collect(true);
  return found;
}

// Each token that has content in it, once and in order; those of other parts never.
std::vector<int> expected(const std::vector<Token>& tokens, const std::vector<Stretch>& stretches) {
  std::vector<int> wanted;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    std::size_t begin = 0;
    bool content = false;
    for (const Stretch& stretch : stretches) {
      const std::size_t end = begin + stretch.length;
      if (stretch.content && tokens[i].begin < end && tokens[i].end > begin) content = true;
      begin = end;
    }
    if (content) wanted.push_back(static_cast<int>(i));
  }
  return wanted;
}

const std::vector<std::vector<Stretch>> kTexts = {
    {{6, true}},
    {{6, false}},
    {{3, false}, {4, true}},             // reasoning, then the answer
    {{4, true}, {3, false}},             // an answer, then a call
    {{2, true}, {3, false}, {2, true}},  // a broken call within
    {{1, false}, {1, true}, {1, false}, {1, true}, {1, false}, {1, true}},
    {{2, false}, {3, true}, {2, false}, {1, true}},
};

TEST(LogprobQueueTest, EveryCutOfEveryText) {
  for (std::size_t text = 0; text < kTexts.size(); ++text) {
    std::size_t length = 0;
    for (const Stretch& stretch : kTexts[text]) length += stretch.length;
    for (unsigned cuts = 0; cuts < 1U << (length - 1); ++cuts) {
      std::vector<Token> tokens;
      std::size_t begin = 0;
      for (std::size_t at = 1; at <= length; ++at) {
        if (at < length && (cuts >> (at - 1) & 1U) == 0) continue;
        tokens.push_back({begin, at});
        begin = at;
      }
      for (std::size_t lag = 0; lag <= length; ++lag) {
        SCOPED_TRACE("text " + std::to_string(text) + ", cuts " + std::to_string(cuts) + ", lag " +
                     std::to_string(lag));
        ASSERT_EQ(play(tokens, kTexts[text], lag).tokens, expected(tokens, kTexts[text]));
      }
    }
  }
}

TEST(LogprobQueueTest, NoneComesBeforeItsContent) {
  // Tokens of two bytes; content from the third byte on.
  const std::vector<Token> tokens = {{0, 2}, {2, 4}, {4, 6}, {6, 8}};
  const std::vector<Stretch> stretches = {{2, false}, {6, true}};
  const Found found = play(tokens, stretches, 3);
  ASSERT_EQ(found.tokens, (std::vector<int>{1, 2, 3}));
  EXPECT_GE(found.released[0], 2U);
  EXPECT_GE(found.released[1], 4U);
  EXPECT_GE(found.released[2], 6U);
}

// A token that only begins a character has no text yet; it goes with the content around it.
TEST(LogprobQueueTest, TokensOfUnfinishedCharacters) {
  const std::vector<Token> tokens = {{0, 1}, {1, 1}, {1, 1}, {1, 5}, {5, 6}};
  EXPECT_EQ(play(tokens, {{6, true}}, 0).tokens, (std::vector<int>{0, 1, 2, 3, 4}));
  EXPECT_EQ(play(tokens, {{6, false}}, 0).tokens, std::vector<int>{});
}

// A stop sequence ends the answer within a token: it counts with the part that went out, and the rest never.
TEST(LogprobQueueTest, AnAnswerCutShort) {
  LogprobQueue queue;
  for (int i = 0; i < 3; ++i) {
    TokenLogprob logprob;
    logprob.chosen.logprob = static_cast<float>(i);
    queue.add(static_cast<std::size_t>(i) * 4, static_cast<std::size_t>(i) * 4 + 4, logprob);
  }
  queue.place(0, 12);
  EXPECT_EQ(queue.release(4, false).size(), 1U);
  const auto last = queue.release(6, true);
  ASSERT_EQ(last.size(), 1U);
  EXPECT_EQ(last[0].chosen.logprob, 1.0F);
}

}  // namespace
}  // namespace peregrine::service
