#include "service/chat/stop_matcher.h"

#include <gtest/gtest.h>

#include <random>

namespace peregrine::service {
namespace {

struct Stopped {
  std::string text;
  bool found;
};

Stopped feed(const std::vector<std::string>& stops, const std::vector<std::string>& pieces) {
  StopMatcher matcher(stops);
  std::string text;
  for (const std::string& piece : pieces) {
    text += matcher.push(piece);
    if (matcher.found()) break;
  }
  if (!matcher.found()) text += matcher.flush();
  return {text, matcher.found()};
}

TEST(StopMatcher, CutsBeforeTheStopAcrossPieces) {
  const Stopped outcome = feed({"END"}, {"one E", "N", "Dtwo"});
  EXPECT_EQ(outcome.text, "one ");
  EXPECT_TRUE(outcome.found);
}

TEST(StopMatcher, GivesBackWhatOnlyLookedLikeAStop) {
  const Stopped outcome = feed({"END"}, {"one EN", "Ex", "EN"});
  EXPECT_EQ(outcome.text, "one ENExEN");
  EXPECT_FALSE(outcome.found);
}

TEST(StopMatcher, HoldsBackNoMoreThanItMust) {
  StopMatcher matcher({"\n\n", "abc"});
  EXPECT_EQ(matcher.push("xa"), "x");
  EXPECT_EQ(matcher.push("b"), "");
  EXPECT_EQ(matcher.push("d\n"), "abd");
  EXPECT_EQ(matcher.push("e"), "\ne");
}

TEST(StopMatcher, TheFirstStopToBeCompletedWins) {
  // "bc" is complete before "abcd" is.
  EXPECT_EQ(feed({"abcd", "bc"}, {"xabcd"}).text, "xa");
  EXPECT_EQ(feed({"abcd", "bc"}, {"xab", "cd"}).text, "xa");
  // Both end together: the earlier start.
  EXPECT_EQ(feed({"c", "abc"}, {"xabc"}).text, "x");
  EXPECT_EQ(feed({"c", "abc"}, {"xa", "b", "c"}).text, "x");
}

// The definition, over the whole text at once.
Stopped reference(const std::vector<std::string>& stops, const std::string& text) {
  for (std::size_t end = 1; end <= text.size(); ++end) {
    std::size_t begin = std::string::npos;
    for (const std::string& stop : stops) {
      if (stop.size() <= end && text.compare(end - stop.size(), stop.size(), stop) == 0) {
        begin = std::min(begin, end - stop.size());
      }
    }
    if (begin != std::string::npos) return {text.substr(0, begin), true};
  }
  return {text, false};
}

TEST(StopMatcher, EqualsTheDefinitionAtEverySplit) {
  std::mt19937 random(7);
  const auto letters = [&](std::size_t max) {
    std::string out;
    for (std::size_t n = 1 + random() % max; n > 0; --n) out.push_back("ab\n"[random() % 3]);
    return out;
  };
  for (int round = 0; round < 20000; ++round) {
    std::vector<std::string> stops;
    for (std::size_t n = 1 + random() % 4; n > 0; --n) stops.push_back(letters(4));
    const std::string text = letters(16);
    std::vector<std::string> pieces;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t n = 1 + random() % 4;
      pieces.push_back(text.substr(at, n));
      at += n;
    }
    const Stopped expected = reference(stops, text);
    const Stopped got = feed(stops, pieces);
    ASSERT_EQ(got.text, expected.text) << text;
    ASSERT_EQ(got.found, expected.found) << text;
  }
}

}  // namespace
}  // namespace peregrine::service
