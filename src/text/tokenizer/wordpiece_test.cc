#include "text/tokenizer/wordpiece.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "text/tokenizer/test_spec.h"

namespace peregrine::text {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;

std::vector<std::string> words(std::string_view text, WordPieceNormalizer normalizer = {}) {
  std::vector<std::string> out;
  for_each_word(text, normalizer, [&](std::string_view word) { out.emplace_back(word); });
  return out;
}

std::unique_ptr<Tokenizer> made(SpecBuilder& builder) {
  auto tokenizer = make_tokenizer(builder.spec());
  EXPECT_TRUE(tokenizer) << tokenizer.error().text();
  return std::move(*tokenizer);
}

std::vector<std::string> pieces(const Tokenizer& tokenizer, std::string_view text, EncodeOptions options) {
  return pieces_of(tokenizer, tokenizer.encode(text, options));
}

TEST(WordPieceWords, NormalisesAndCuts) {
  struct Case {
    const char* text;
    std::vector<std::string> expected;
  };
  const Case cases[] = {
      {"Hello,  World!", {"hello", ",", "world", "!"}},
      {"a+b $5 x^y", {"a", "+", "b", "$", "5", "x", "^", "y"}},
      {"caf\u00e9 cafe\u0301 \u0130", {"cafe", "cafe", "i"}},
      {"\u6211a\u4e2d", {"\u6211", "a", "\u4e2d"}},
      {"\u3053\u3093", {"\u3053\u3093"}},
      {"a\u00a0b\u2028c\u0085d\te", {"a", "b", "c", "d", "e"}},
      {"a\u200d\x01"
       "b\ufffd",
       {"ab"}},
      {"\uc548", {"\u110b"}},
      {"\u00d7\u20ac", {"\u00d7\u20ac"}},  // symbols outside ASCII are letters to BERT
      {"a\xFF"
       "b\xC3",
       {"ab"}},
      {"", {}},
  };
  for (const Case& c : cases) EXPECT_THAT(words(c.text), ElementsAreArray(c.expected)) << c.text;
}

TEST(WordPieceWords, KeepsCaseAndAccentsWhereAskedTo) {
  EXPECT_THAT(words("\u00c9A e\u0301", {.lowercase = false, .strip_accents = false}),
              ElementsAre("\u00c9A", "e\u0301"));
  EXPECT_THAT(words("\u00c9A", {.lowercase = true, .strip_accents = false}), ElementsAre("\u00e9a"));
  EXPECT_THAT(words("\u00c9A", {.lowercase = false, .strip_accents = true}), ElementsAre("EA"));
}

TEST(WordPiece, CoversWordsWithTheLongestTokens) {
  SpecBuilder builder = wordpiece_spec({"▁un", "▁una", "ff", "aff", "able", "▁a", "▁,"});
  const auto tokenizer = made(builder);
  const EncodeOptions plain{.add_special = false, .parse_special = false};
  EXPECT_THAT(pieces(*tokenizer, "Unaffable, a", plain), ElementsAre("▁una", "ff", "able", "▁,", "▁a"));
  // "ff" continues words and begins none; a word that is not covered to its end is unknown as a whole.
  EXPECT_THAT(pieces(*tokenizer, "ff a unaffx", plain), ElementsAre("[UNK]", "▁a", "[UNK]"));
  EXPECT_THAT(pieces(*tokenizer, "a", {.add_special = true}), ElementsAre("[CLS]", "▁a", "[SEP]"));
  EXPECT_EQ(tokenizer->decode(*tokenizer->encode("unaffable, a", plain), {.clean_up_spaces = true}),
            " unaffable, a");
}

TEST(WordPiece, SpecialTokensOnlyWhereAllowed) {
  SpecBuilder builder = wordpiece_spec({"▁[", "▁]", "▁sep", "▁cls"});
  const auto tokenizer = made(builder);
  EXPECT_THAT(pieces(*tokenizer, "[SEP]", {.add_special = false, .parse_special = true}),
              ElementsAre("[SEP]"));
  EXPECT_THAT(pieces(*tokenizer, "[SEP]", {.add_special = false, .parse_special = false}),
              ElementsAre("▁[", "▁sep", "▁]"));
}

TEST(WordPiece, NormaliserFollowsTheFile) {
  SpecBuilder builder = wordpiece_spec({"▁A", "▁a", "▁É", "▁é"});
  builder.spec().lowercase = false;
  const EncodeOptions plain{.add_special = false, .parse_special = false};
  EXPECT_THAT(pieces(*made(builder), "A a É", plain), ElementsAre("▁A", "▁a", "▁É"));
  builder.spec().lowercase = true;
  builder.spec().strip_accents = false;
  EXPECT_THAT(pieces(*made(builder), "A a É", plain), ElementsAre("▁a", "▁a", "▁é"));
}

TEST(WordPiece, OneEndlessWord) {
  SpecBuilder builder = wordpiece_spec({"▁a", "a", "aaaa"});
  const auto tokenizer = made(builder);
  const auto tokens = tokenizer->encode(std::string((1 << 20) + 1, 'a'), {.add_special = false});
  ASSERT_TRUE(tokens);
  EXPECT_EQ(tokens->size(), 1 + (1U << 18));
}

}  // namespace
}  // namespace peregrine::text
