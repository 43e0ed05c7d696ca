#include "text/tokenizer/pretokenizer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "text/tokenizer/pretokenizer_schemes.h"
#include "text/tokenizer/spec.h"

namespace peregrine::text {
namespace {

using testing::ElementsAreArray;
using testing::HasSubstr;

PreTokenizer compiled(std::string_view scheme) {
  return std::move(*PreTokenizer::compile((*find_pre_tokenizer(scheme))->patterns));
}

std::vector<std::string> pieces(const PreTokenizer& pre_tokenizer, std::string_view text) {
  std::vector<std::string> out;
  const Status status = pre_tokenizer.split(text, [&](std::string_view piece) { out.emplace_back(piece); });
  EXPECT_TRUE(status);
  return out;
}

struct Case {
  const char* scheme;
  const char* text;
  std::vector<std::string> expected;
};

TEST(PreTokenizer, SplitsAsTheModelsWereTrained) {
  const Case cases[] = {
      {"gpt-2", "Hello world's  end", {"Hello", " world", "'s", " ", " end"}},
      {"gpt-2", "I'LL x1234 !!", {"I", "'", "LL", " x", "1234", " !!"}},
      {"gpt-2", "a\n\n b\u00a0\u0085c  ", {"a", "\n\n", " b", "\u00a0", "\u0085", "c", "  "}},
      {"gpt-2", "\u0928\u092e\u0938\u094d", {"\u0928\u092e\u0938", "\u094d"}},
      {"llama-bpe", "I'LL x12345 !!\n\n y", {"I", "'LL", " x", "123", "45", " !!\n\n", " y"}},
      {"llama-bpe", "a   b\t(c)", {"a", "  ", " b", "\t", "(c", ")"}},
      {"llama-bpe", " \n \n  x", {" \n \n", " ", " x"}},
      {"llama-bpe", "it'\u017Fx", {"it", "'\u017F", "x"}},  // the long s is an s
      {"llama-bpe", "a \u180e b", {"a", " \u180e", " b"}},  // and this no space any more
      {"qwen2", "x12345", {"x", "1", "2", "3", "4", "5"}},
      {"qwen2", "\u6211\u57282024\u5e74", {"\u6211\u5728", "2", "0", "2", "4", "\u5e74"}},
      {"gpt-4o", "camelCase HTTPServer ALLCAPS xY", {"camel", "Case", " HTTPServer", " ALLCAPS", " x", "Y"}},
      {"gpt-4o", "don't WE'LL it's2", {"don't", " WE'LL", " it's", "2"}},
      {"gpt-4o",
       "\u01C5a \u041C\u0418\u0440 \u4e2dA\u4e2d",
       {"\u01C5a", " \u041C\u0418\u0440", " \u4e2dA\u4e2d"}},
      {"gpt-4o", "\u0301AB", {"\u0301", "AB"}},
      {"gpt-4o", "e\u0301A\u0301b", {"e\u0301", "A\u0301b"}},
      {"gpt-4o", "//\n/ 12345 x/", {"//\n/", " ", "123", "45", " x", "/"}},
      {"kimi-k2", "//\n/ 12345", {"//\n", "/", " ", "123", "45"}},
      {"kimi-k2",
       "\u6211\u3005a\u3042B \u4e2d\u3002",
       {"\u6211\u3005", "a\u3042", "B", " ", "\u4e2d", "\u3002"}},
      {"kimi-k2", "\u3007\u4e2d1", {"\u3007\u4e2d", "1"}},
      {"deepseek-v3", "x1234 5", {"x", "123", "4", " ", "5"}},
      {"deepseek-v3", "a  12", {"a", "  ", "12"}},
      {"deepseek-v3", "#define (a \u4e2d\u3042\uac00", {"#define", " (", "a", " ", "\u4e2d\u3042", "\uac00"}},
      {"deepseek-v3", "a\u200b\u200b!", {"a", "\u200b\u200b", "!"}},  // what nothing matches
      {"deepseek-coder", "if (x12)\r\n", {"if", " (", "x", "1", "2", ")", "\r", "\n"}},
      {"deepseek-coder", "\ta  $b", {"\ta", "  $", "b"}},
      {"deepseek-llm",
       "na\u00efve \u0416 x1",
       {"na", "\u00ef", "ve", " \u0416", " x", "1"}},  // ":-~" holds letters
      {"deepseek-llm", "a   12  ", {"a", "   ", "1", "2", "  "}},
      {"default", "Hi, $12345 a+b", {"Hi", ",", " ", "$", "123", "45", " a", "+", "b"}},
  };
  for (const Case& c : cases) {
    EXPECT_THAT(pieces(compiled(c.scheme), c.text), ElementsAreArray(c.expected))
        << c.scheme << ": " << c.text;
  }
}

TEST(PreTokenizer, KnowsItsAliases) {
  for (const auto& [alias, name] : {std::pair{"llama3", "llama-bpe"},
                                    {"llama-v3", "llama-bpe"},
                                    {"deepseek-r1-qwen", "qwen2"},
                                    {"llama4", "gpt-4o"},
                                    {"gpt-2", "gpt-2"}}) {
    const auto scheme = find_pre_tokenizer(alias);
    ASSERT_TRUE(scheme);
    EXPECT_EQ((*scheme)->name, name);
  }
}

TEST(PreTokenizer, RefusesOtherNamesListingItsOwn) {
  const auto scheme = find_pre_tokenizer("tekken");
  ASSERT_FALSE(scheme);
  EXPECT_EQ(scheme.error().code, ErrorCode::kUnsupported);
  EXPECT_EQ(scheme.error().where, keys::kPre);
  EXPECT_THAT(scheme.error().message, HasSubstr("'tekken'"));
  for (const PreTokenizerScheme& known : pre_tokenizer_schemes()) {
    EXPECT_THAT(scheme.error().message, HasSubstr(std::string(known.name)));
  }
  EXPECT_LT(find_pre_tokenizer(std::string(1 << 20, 'x')).error().message.size(), 1000U);
}

TEST(PreTokenizer, PiecesAddUpToAnyBytes) {
  const char* parts[] = {"a",        "Z",    "9",      " ",          "  ",     "\n",     "\r\n",   "'s",
                         "'LL",      "é",    "\u4e2d", "\U0001F600", "\u0301", "\u0085", "\u2028", "\x80",
                         "\xE4\xBD", "\xFF", "!",      "_",          "\u200d", "\u0660"};
  std::mt19937 random(1);
  for (const PreTokenizerScheme& scheme : pre_tokenizer_schemes()) {
    const PreTokenizer pre_tokenizer = compiled(scheme.name);
    for (int round = 0; round < 500; ++round) {
      std::string text;
      for (std::size_t n = random() % 20; n > 0; --n) text += parts[random() % std::size(parts)];
      std::string joined;
      for (const std::string& piece : pieces(pre_tokenizer, text)) {
        EXPECT_FALSE(piece.empty());
        joined += piece;
      }
      EXPECT_EQ(joined, text);
    }
  }
}

TEST(PreTokenizer, RunsOfInvalidBytesStandAlone) {
  EXPECT_THAT(pieces(compiled("gpt-2"), "ab\xFF\xFE c\xC3"),
              ElementsAreArray(std::vector<std::string>{"ab", "\xFF\xFE", " c", "\xC3"}));
}

TEST(PreTokenizer, EndlessRunsTakeLinearTime) {
  // Each would take minutes if matching went back over the run again and again.
  const char* units[] = {" ",      "\n",     "a",      "A",      "1",       "!",
                         "\t ",    "\u00a0", "\u4e2d", "\u0301", "A\u0301", "\u02b0A",
                         "\u01c5", "\n  ",   "\u200b", "'",      "'s",      "\xFF"};
  for (const PreTokenizerScheme& scheme : pre_tokenizer_schemes()) {
    const PreTokenizer pre_tokenizer = compiled(scheme.name);
    for (const char* unit : units) {
      std::string run;
      while (run.size() < 100'000) run += unit;
      for (const char* end : {"x", "1", "\u4e2d"}) {
        const std::string text = "\u0301" + run + end;
        std::size_t total = 0;
        ASSERT_TRUE(pre_tokenizer.split(text, [&](std::string_view piece) { total += piece.size(); }));
        EXPECT_EQ(total, text.size());
      }
    }
  }
}

TEST(PreTokenizer, GivesUpOnAnExpressionThatBacktracksForever) {
  const std::string_view patterns[] = {"(a|aa)+$"};
  const PreTokenizer pre_tokenizer = std::move(*PreTokenizer::compile(patterns, 100'000));
  const Status status = pre_tokenizer.split(std::string(60, 'a') + "b", [](std::string_view) {});
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::kResourceExhausted);
}

TEST(PreTokenizer, AnExpressionThatMatchesNothingStillEnds) {
  const std::string_view patterns[] = {"a*"};
  EXPECT_THAT(pieces(*PreTokenizer::compile(patterns), "baab"),
              ElementsAreArray(std::vector<std::string>{"b", "aa", "b"}));
}

TEST(PreTokenizer, ReportsAPatternThatDoesNotCompile) {
  const std::string_view patterns[] = {"("};
  const auto result = PreTokenizer::compile(patterns);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kInternal);
}

}  // namespace
}  // namespace peregrine::text
