#include "speech/languages.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace peregrine::speech {
namespace {

TEST(Languages, AreFoundByCodeAndNameInAnyCase) {
  struct Case {
    const char* asked;
    const char* code;
    const char* name;
  };
  constexpr Case kCases[] = {
      {"en", "en", "English"},       {"EN", "en", "English"},      {"english", "en", "English"},
      {"German", "de", "German"},    {"jw", "jw", "Javanese"},     {"jv", "jw", "Javanese"},
      {"Mandarin", "zh", "Chinese"}, {"yue", "yue", "Cantonese"},  {"haitian creole", "ht", "Haitian Creole"},
      {"HAW", "haw", "Hawaiian"},    {"burmese", "my", "Myanmar"}, {"Flemish", "nl", "Dutch"},
  };
  for (const Case& c : kCases) {
    const auto found = find_language(c.asked);
    ASSERT_TRUE(found) << c.asked;
    EXPECT_EQ(found->code, c.code);
    EXPECT_EQ(found->name, c.name);
    EXPECT_EQ(language_at(found->index).code, found->code);
  }
  for (const char* unknown : {"", "xx", "eng", "en ", "Klingon", "english\n"})
    EXPECT_FALSE(find_language(unknown));
}

// The order decides which token is which: ends and middle of the published order.
TEST(Languages, AreInTheOrderOfTheirTokens) {
  EXPECT_EQ(find_language("en")->index, 0U);
  EXPECT_EQ(find_language("zh")->index, 1U);
  EXPECT_EQ(find_language("de")->index, 2U);
  EXPECT_EQ(find_language("lv")->index, 42U);
  EXPECT_EQ(find_language("yi")->index, 76U);
  EXPECT_EQ(find_language("su")->index, 98U);
  EXPECT_EQ(find_language("yue")->index, 99U);
  std::set<std::string_view> codes;
  for (std::size_t i = 0; i < kLanguages; ++i) codes.insert(language_at(i).code);
  EXPECT_EQ(codes.size(), kLanguages);
}

// Every code of the API's list is known; "jv" beside "jw".
TEST(Languages, AreThoseOfTheApi) {
  const std::string codes =
      "af am ar as az ba be bg bn bo br bs ca cs cy da de el en es et eu fa fi fo fr gl gu ha haw he hi hr "
      "ht hu "
      "hy id is it ja jw ka kk km kn ko la lb ln lo lt lv mg mi mk ml mn mr ms mt my ne nl nn no oc pa pl ps "
      "pt "
      "ro ru sa sd si sk sl sn so sq sr su sv sw ta te tg th tk tl tr tt uk ur uz vi yi yo yue zh jv";
  std::size_t n = 0;
  for (std::size_t at = 0; at < codes.size(); ++n) {
    const std::size_t end = std::min(codes.find(' ', at), codes.size());
    EXPECT_TRUE(find_language(codes.substr(at, end - at))) << codes.substr(at, end - at);
    at = end + 1;
  }
  EXPECT_EQ(n, kLanguages + 1);
}

}  // namespace
}  // namespace peregrine::speech
