#include "text/tokenizer/decode.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "base/utf8.h"
#include "text/tokenizer/clean_up.h"
#include "text/tokenizer/test_spec.h"
#include "text/tokenizer/tokenizer.h"

namespace peregrine::text {
namespace {

Vocabulary made(SpecBuilder builder) {
  return std::move(*Vocabulary::create(builder.spec()));
}

TokenId byte(int value) {
  return 3 + value;
}  // in a sentencepiece_spec()

SpecBuilder with_words() {
  SpecBuilder builder = sentencepiece_spec();
  builder.add("▁a");                           // 259
  builder.add("b▁▁c");                         // 260
  builder.add("▁t", TokenKind::kUserDefined);  // 261
  builder.add("hole", TokenKind::kUnused);     // 262
  return builder;
}

TEST(Decode, TakesTheAddedSpaceFromTheFirstTokenOnly) {
  const Vocabulary vocabulary = made(with_words());
  const std::vector<TokenId> words = {259, 259, 260};
  EXPECT_EQ(decode(vocabulary, words, {}), "a ab  c");
  EXPECT_EQ(decode(vocabulary, words, {.at_text_start = false}), " a ab  c");
  const std::vector<TokenId> after_bos = {1, 259};
  EXPECT_EQ(decode(vocabulary, after_bos, {}), " a");
  SpecBuilder no_prefix = with_words();
  no_prefix.spec().add_space_prefix = false;
  EXPECT_EQ(decode(made(std::move(no_prefix)), words, {}), " a ab  c");
}

TEST(Decode, DropsSpecialTokensUnlessAsked) {
  const Vocabulary vocabulary = made(with_words());
  const std::vector<TokenId> tokens = {1, 259, 0, 261, 262, 2, 9999, -5};
  EXPECT_EQ(decode(vocabulary, tokens, {}), " a▁t");
  EXPECT_EQ(decode(vocabulary, tokens, {.render_special = true}), "<s> a<unk>▁t</s>");
}

TEST(StreamingDetokenizer, HoldsBackUnfinishedCharacters) {
  const Vocabulary vocabulary = made(with_words());
  StreamingDetokenizer stream(vocabulary, {});
  EXPECT_EQ(stream.push(byte(0xF0)), "");
  EXPECT_EQ(stream.push(byte(0x9F)), "");
  EXPECT_EQ(stream.push(2), "");  // a dropped token in between changes nothing
  EXPECT_EQ(stream.push(byte(0x98)), "");
  EXPECT_EQ(stream.push(byte(0x80)), "\U0001F600");
  EXPECT_EQ(stream.push(byte(0xC3)), "");
  EXPECT_EQ(stream.push(259), "\uFFFD a");
  EXPECT_EQ(stream.push(byte(0xFF)), "\uFFFD");
  EXPECT_EQ(stream.push(byte(0xE4)), "");
  EXPECT_EQ(stream.push(byte(0xBD)), "");
  EXPECT_EQ(stream.flush(), "\uFFFD");
  EXPECT_EQ(stream.flush(), "");
}

TEST(StreamingDetokenizer, PartsAddUpToTheWhole) {
  const Vocabulary vocabulary = made(with_words());
  std::mt19937 random(2);
  // Lead and continuation bytes that make valid, truncated, overlong and surrogate sequences likely.
  const int bytes[] = {0x41, 0x20, 0x80, 0xA0, 0x9F, 0xBF, 0xC0, 0xC3,
                       0xE0, 0xE4, 0xED, 0xEF, 0xF0, 0xF4, 0xF5, 0xFF};
  for (int round = 0; round < 5000; ++round) {
    std::vector<TokenId> tokens;
    for (std::size_t n = random() % 12; n > 0; --n) {
      tokens.push_back(random() % 4 == 0 ? static_cast<TokenId>(random() % 265) - 1
                                         : byte(bytes[random() % 16]));
    }
    const DecodeOptions options{.render_special = random() % 2 == 0, .at_text_start = random() % 2 == 0};
    StreamingDetokenizer stream(vocabulary, options);
    std::string text;
    for (const TokenId token : tokens) {
      const std::string part = stream.push(token);
      ASSERT_TRUE(base::utf8_valid(part));
      text += part;
    }
    text += stream.flush();
    ASSERT_TRUE(base::utf8_valid(text));
    ASSERT_EQ(text, decode(vocabulary, tokens, options));
    ASSERT_EQ(text, base::utf8_sanitize(decode_bytes(vocabulary, tokens, options)));
  }
}

TEST(CleanUp, TidiesSpaces) {
  const std::pair<const char*, const char*> cases[] = {
      {"", ""},
      {"a , b . c ! d ?", "a, b. c! d?"},
      {" .", "."},
      {". . . . .", "....."},
      {"it 's he 'm we 're they 've", "it's he'm we're they've"},
      {"he 'll i 'd don 't", "he 'll i 'd don 't"},
      {"x ' y", "x'y"},
      {"> ' b ' and", ">'b'and"},
      {"' '", "' '"},
      {"a  ,", "a ,"},
      {"a ; b", "a ; b"},
      {"a '", "a '"},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(clean_up_spaces(text), expected) << text;
}

TEST(CleanUp, HappensOnlyWhereAsked) {
  SpecBuilder builder = wordpiece_spec({"▁a", "▁,"});
  const Vocabulary vocabulary = made(std::move(builder));
  const std::vector<TokenId> tokens = {4, 5};
  EXPECT_EQ(decode(vocabulary, tokens, {}), " a ,");
  EXPECT_EQ(decode(vocabulary, tokens, {.clean_up_spaces = true}), " a,");
}

}  // namespace
}  // namespace peregrine::text
