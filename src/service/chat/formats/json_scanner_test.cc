// The scanner against Boost.JSON: the same texts are JSON to both, and strings say the same.
#include "service/chat/formats/json_scanner.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <random>
#include <string>

#include "grammar/testing/schema_files.h"
#include "service/chat/formats/json_unescape.h"

namespace peregrine::service {
namespace {

namespace json = boost::json;

bool scans(std::string_view text) {
  JsonScanner scanner;
  for (const char c : text) {
    if (!scanner.push(c)) return false;
  }
  // White space ends a number at the top.
  return scanner.done() || (scanner.push(' ') && scanner.done());
}

bool parses(std::string_view text) {
  json::parse_options options;
  options.max_depth = JsonScanner::kMaxDepth;
  boost::system::error_code error;
  (void)json::parse(text, error, {}, options);
  return !error;
}

TEST(JsonScannerTest, AcceptsWhatIsJson) {
  for (const char* text :
       {"{}", "[]", " { } ", "[ ]", "1", "-0", "0.5", "-1.25e+10", "1E5", "true", "false", "null", R"("")",
        R"({"a":1,"b":[true,null,{"c":"\u00e9\n\""}]})", "[1,[2,[3]]]", "{\"a\" : 1 , \"b\" : 2}",
        // None of these are.
        "", "{", "}", "[1,]", "{,}", R"({"a"})", R"({"a":})", R"({"a":1,})", R"({a:1})", "01", "1.", ".5",
        "+1", "1e", "-", "tru", "nulll", "True", R"("\x")", R"("\u12g4")", "\"a\nb\"", "'a'", "[1 2]", "{}{}",
        "[}", R"({"a":1]})", "1 2", R"(["a" "b"])", R"({"a":1 "b":2})", "[01]", "[1.e5]"}) {
    EXPECT_EQ(scans(text), parses(text)) << text;
  }
}

TEST(JsonScannerTest, MutatedTexts) {
  const auto schemas = grammar::testing::read_schemas(PEREGRINE_SOURCE_DIR);
  std::mt19937 random(3);
  int valid = 0;
  int invalid = 0;
  for (int i = 0; i < 4000; ++i) {
    std::string text = json::serialize(schemas[random() % schemas.size()].schema);
    if (text.size() > 300) continue;
    static constexpr std::string_view kBytes = "{}[]\",:\\ 019.-eEtnuf\n";
    for (unsigned change = random() % 3; change > 0; --change) {
      text[random() % text.size()] = kBytes[random() % kBytes.size()];
    }
    const bool expected = parses(text);
    EXPECT_EQ(scans(text), expected) << text;
    ++(expected ? valid : invalid);
  }
  EXPECT_GT(valid, 100);
  EXPECT_GT(invalid, 100);
}

TEST(JsonScannerTest, DepthHasALimit) {
  const std::string open(JsonScanner::kMaxDepth, '[');
  EXPECT_TRUE(scans(open + std::string(JsonScanner::kMaxDepth, ']')));
  EXPECT_FALSE(scans(open + "[" + std::string(JsonScanner::kMaxDepth + 1, ']')));
}

TEST(JsonUnescapeTest, ReadsStringsAsBoostDoes) {
  for (const char* text : {"", "plain", R"(\"\\\/\b\f\n\r\t)", R"(\u0041\u00e9\u20AC\u0000x)",
                           R"(\ud83d\ude00!)", "\xC3\xA9\\u00E9", R"(a\ud83D\uDE00b)"}) {
    std::string found;
    JsonUnescape unescape;
    for (const char* c = text; *c != '\0'; ++c) unescape.push(*c, found);
    unescape.finish(found);
    EXPECT_EQ(found, json::parse("\"" + std::string(text) + "\"").as_string()) << text;
  }
}

TEST(JsonUnescapeTest, HalfAPairIsReplaced) {
  const auto read = [](std::string_view text) {
    std::string found;
    JsonUnescape unescape;
    for (const char c : text) unescape.push(c, found);
    unescape.finish(found);
    return found;
  };
  const std::string bad = "\xEF\xBF\xBD";
  EXPECT_EQ(read(R"(\ud83d)"), bad);
  EXPECT_EQ(read(R"(\ud83dx)"), bad + "x");
  EXPECT_EQ(read(R"(\ud83d\n)"), bad + "\n");
  EXPECT_EQ(read(R"(\ude00)"), bad);
  EXPECT_EQ(read(R"(\ud83d\ud83d\ude00)"), bad + "\xF0\x9F\x98\x80");
}

}  // namespace
}  // namespace peregrine::service
