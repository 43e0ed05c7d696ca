#include "speech/align/words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "speech/testing/test_vocabulary.h"

namespace peregrine::speech {
namespace {

using ::testing::ElementsAreArray;

TEST(Words, BeginAtSpacesAndKeepTheirMarks) {
  const Vocabulary vocabulary = testing::test_vocabulary();
  struct Case {
    const char* text;
    const char* language;
    std::vector<std::string> words;
  };
  const Case cases[] = {
      {"", "en", {}},
      {" ash bay", "en", {" ash", " bay"}},
      {" rose garden", "de", {" rose", " garden"}},
      {" Well, I'm here.", "en", {" Well,", " I'm", " here."}},
      {" \"Go!\" he said...", "en", {" \"Go!\"", " he", " said..."}},
      {" ¿Qué?", "es", {" ¿Qué?"}},
      {"no space", "en", {"no", " space"}},
      {" 3.14", "en", {" 3.14"}},
      {"你好。", "zh", {"你", "好。"}},
      {"「は」い！", "ja", {"「は」", "い！"}},
      {" twenty-one (or so)", "en", {" twenty-one", " (or", " so)"}},
      {" 你好 吗", "en", {" 你好", " 吗"}},
      {"สวัส", "th", {"ส", "ว", "ั", "ส"}},
      {" .", "en", {" ."}},
  };
  for (const Case& c : cases) {
    const std::vector<TokenId> tokens = vocabulary.encode(c.text).value();
    const std::vector<WordTokens> words = split_words(vocabulary, tokens, c.language);
    std::vector<std::string> texts;
    std::string all;
    std::size_t last_end = 0;
    for (const WordTokens& word : words) {
      texts.push_back(word.text);
      all += word.text;
      EXPECT_LE(last_end, word.core_first) << c.text;
      EXPECT_LT(word.core_first, word.core_end) << c.text;
      EXPECT_LE(word.core_end, tokens.size()) << c.text;
      last_end = word.core_end;
    }
    EXPECT_THAT(texts, ElementsAreArray(c.words)) << c.text;
    EXPECT_EQ(all, c.text);
  }
}

TEST(Words, ThatTookAPauseAreShortened) {
  // The usual word takes 10 positions; a pause before " bay" was taken for a part of it.
  const std::vector<std::string> texts = {" a", " b", " ash.", " bay", " c", " d", " e.", " f"};
  const std::vector<WordSpan> before = {{0, 10},    {10, 20},   {20, 80},   {80, 160},
                                        {160, 170}, {170, 220}, {220, 235}, {235, 245}};
  std::vector<WordSpan> spans = before;
  shorten_at_pauses(texts, spans);
  // The median of all eight is 15 (of equals in the middle, the upper).
  const double longest = 30;
  EXPECT_EQ(spans[2].end, 20 + longest);
  EXPECT_EQ(spans[3].start, 160 - longest);
  EXPECT_EQ(spans[5].end, 220);  // long, but within a sentence
  for (const std::size_t same : {0UL, 1UL, 4UL, 5UL, 6UL, 7UL}) {
    EXPECT_EQ(spans[same].start, before[same].start);
    EXPECT_EQ(spans[same].end, before[same].end);
  }
}

TEST(Words, HaveTheTimesOfTheirTokensWithinTheirPiece) {
  const Vocabulary vocabulary = testing::test_vocabulary();
  const auto tokens = [&](const char* text) { return vocabulary.encode(text).value(); };
  std::vector<SpokenPiece> pieces = {{tokens(" ash bay!"), {-1, -2, -9}, 5, 40},
                                     {tokens(" cod"), {-0.5F}, 50, 60}};
  // Where " ash", " bay", "!", " cod" and the end begin.
  const std::vector<std::uint32_t> columns = {0, 20, 35, 52, 70};
  const auto timed = time_words(vocabulary, "en", pieces, columns);
  ASSERT_EQ(timed.size(), 2U);
  ASSERT_EQ(timed[0].size(), 2U);
  EXPECT_EQ(timed[0][0].text, " ash");
  EXPECT_EQ(timed[0][0].span.start, 5);  // not before its piece
  EXPECT_EQ(timed[0][0].span.end, 20);
  EXPECT_EQ(timed[0][1].text, " bay!");
  EXPECT_EQ(timed[0][1].span.end, 35);  // its mark takes no time
  EXPECT_NEAR(timed[0][1].probability, std::exp(-2.0), 1e-6);
  ASSERT_EQ(timed[1].size(), 1U);
  EXPECT_EQ(timed[1][0].span.start, 52);
  EXPECT_EQ(timed[1][0].span.end, 60);
}

}  // namespace
}  // namespace peregrine::speech
