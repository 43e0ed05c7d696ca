#include "speech/decode/window_cut.h"

#include <gtest/gtest.h>

#include <vector>

#include "speech/testing/test_vocabulary.h"

namespace peregrine::speech {
namespace {

constexpr int kText = -1;  // stand for text in the table, where numbers are positions
constexpr int kSpace = -2;

struct ExpectedPiece {
  std::uint32_t start, end;
  std::size_t first, n;
};

TEST(WindowCut, IsWhatTheTimestampsSay) {
  const Vocabulary vocabulary = testing::test_vocabulary();
  struct Case {
    const char* name;
    std::vector<int> tokens;
    std::uint32_t positions;
    bool to_the_end;
    std::vector<ExpectedPiece> pieces;
    std::uint32_t advance;
  };
  const Case cases[] = {
      {"nothing", {}, 200, false, {}, 200},
      {"a timestamp alone", {0}, 200, false, {}, 200},
      {"a segment", {0, kText, 100}, 200, false, {{0, 100, 0, 3}}, 200},
      {"a segment without an end", {4, kText, kText}, 200, false, {{4, 200, 0, 3}}, 200},
      {"two segments", {0, kText, 50, 60, kText, 90}, 200, false, {{0, 50, 0, 3}, {60, 90, 3, 3}}, 200},
      {"the second goes on", {0, kText, 50, 60, kText}, 200, false, {{0, 50, 0, 3}}, 60},
      {"the second begins", {0, kText, 50, 60}, 200, false, {{0, 50, 0, 3}}, 60},
      {"three, the last goes on",
       {0, kText, 50, 50, kText, kText, 80, 90, kText},
       200,
       false,
       {{0, 50, 0, 3}, {50, 80, 3, 4}},
       90},
      {"taken to the end", {0, kText, 50, 60, kText}, 200, true, {{0, 50, 0, 3}, {60, 200, 3, 2}}, 200},
      {"spaces are no text", {0, kSpace, 50, 50, kText, 80}, 200, false, {{50, 80, 3, 3}}, 200},
      {"no steps on the spot", {0, kText, 5, 5, kText}, 200, false, {{0, 5, 0, 3}, {5, 200, 3, 2}}, 200},
      {"beyond the sound", {0, kText, 150, 240, kText}, 100, false, {{0, 100, 0, 3}}, 100},
      {"after the sound", {0, kText, 90, 120, kText, 150}, 100, false, {{0, 90, 0, 3}}, 100},
      {"without timestamps", {kText, kText}, 200, false, {{0, 200, 0, 2}}, 200},
  };
  for (const Case& c : cases) {
    std::vector<TokenId> tokens;
    for (const int token : c.tokens) {
      tokens.push_back(token == kText    ? 256
                       : token == kSpace ? TokenId{' '}
                                         : vocabulary.special().first_timestamp + token);
    }
    const WindowCut cut = cut_window(vocabulary, tokens, c.positions, c.to_the_end);
    EXPECT_EQ(cut.advance, c.advance) << c.name;
    ASSERT_EQ(cut.pieces.size(), c.pieces.size()) << c.name;
    for (std::size_t i = 0; i < c.pieces.size(); ++i) {
      EXPECT_EQ(cut.pieces[i].start, c.pieces[i].start) << c.name;
      EXPECT_EQ(cut.pieces[i].end, c.pieces[i].end) << c.name;
      EXPECT_EQ(cut.pieces[i].first_token, c.pieces[i].first) << c.name;
      EXPECT_EQ(cut.pieces[i].n_tokens, c.pieces[i].n) << c.name;
    }
  }
}

}  // namespace
}  // namespace peregrine::speech
