#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <limits>
#include <random>
#include <string>

#include "api/json/document.h"
#include "api/json/path.h"
#include "api/json/schema.h"
#include "api/json/writer.h"
#include "base/utf8.h"

namespace peregrine::api {
namespace {

std::string as_string_literal(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

TEST(JsonWriter, EscapesWhatTheGrammarDemandsAndNothingElse) {
  EXPECT_EQ(as_string_literal(""), R"("")");
  EXPECT_EQ(as_string_literal("a\"b\\c/d"), R"("a\"b\\c/d")");
  EXPECT_EQ(as_string_literal("\b\f\n\r\t"), R"("\b\f\n\r\t")");
  EXPECT_EQ(as_string_literal(std::string_view("\0\x1f\x7f", 3)), "\"\\u0000\\u001f\x7f\"");
  EXPECT_EQ(as_string_literal("é€😀"), "\"é€😀\"");
}

TEST(JsonWriter, TextThatIsNotUtf8StillMakesValidJson) {
  EXPECT_EQ(as_string_literal("a\xffz"), "\"a\uFFFDz\"");
  EXPECT_EQ(as_string_literal("\xe2\x82"), "\"\uFFFD\"");
}

// Boost's parser is the judge: what we wrote reads back as what we meant.
TEST(JsonWriter, RandomStringsReadBack) {
  std::mt19937 random(1);  // NOLINT(bugprone-random-generator-seed): the same cases every time
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (unsigned length = random() % 20; length > 0; --length) {
      const unsigned kind = random() % 4;
      if (kind == 0) text += static_cast<char>(random() % 256);
      if (kind == 1) text += static_cast<char>(random() % 32);
      if (kind >= 2) base::utf8_append(text, random() % 0x110000);
    }
    EXPECT_EQ(boost::json::parse(as_string_literal(text)).as_string(), base::utf8_sanitize(text));
  }
}

TEST(JsonWriter, NumbersAreShortAndReadBack) {
  const auto text = [](auto value) {
    std::string out;
    append_json_number(out, value);
    return out;
  };
  EXPECT_EQ(text(0.1), "0.1");
  EXPECT_EQ(text(0.1F), "0.1");
  EXPECT_EQ(text(-9999.0F), "-9999");
  EXPECT_EQ(text(std::int64_t{-5}), "-5");
  EXPECT_EQ(text(std::nan("")), "0");
  EXPECT_EQ(text(-std::numeric_limits<float>::infinity()), "0");
  std::mt19937_64 random(2);  // NOLINT(bugprone-random-generator-seed): the same cases every time
  for (int round = 0; round < 2000; ++round) {
    const double value = std::ldexp(static_cast<double>(random()), static_cast<int>(random() % 200) - 150);
    EXPECT_EQ(std::stod(text(value)), value);
    EXPECT_NO_THROW(boost::json::parse(text(value)));
  }
}

TEST(JsonWriter, CommasAndNesting) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("a").begin_array().integer(1).string(":").string("[").null().end_array();
  json.key("b").begin_object().end_object().key("c").boolean(true).key("d").number(0.5).end_object();
  EXPECT_EQ(out, R"({"a":[1,":","[",null],"b":{},"c":true,"d":0.5})");
}

TEST(Path, TwoSpellings) {
  const Path root;
  const Path messages = root / "messages";
  const Path second = messages / 1;
  const Path content = second / "content";
  EXPECT_EQ(content.param(), "messages[1].content");
  EXPECT_EQ(content.dotted(), "messages.1.content");
  EXPECT_EQ(root.param(), "");
  EXPECT_EQ(wrong(content, "no").value().message, "'messages.1.content' : no");
  EXPECT_EQ(wrong(content, "no").value().where, "messages[1].content");
  EXPECT_EQ(wrong(root, "no").value().message, "no");
}

TEST(Path, ClipsAtACharacterBorder) {
  EXPECT_EQ(clip("short"), "short");
  const std::string clipped = clip(std::string(99, 'a') + "é and more");
  EXPECT_EQ(clipped, std::string(99, 'a') + "...");
}

TEST(Schema, LikelyNames) {
  const std::array<std::string_view, 4> names = {"n", "stop", "temperature", "max_completion_tokens"};
  EXPECT_EQ(likely_name("temprature", names), "temperature");
  EXPECT_EQ(likely_name("TEMPERATURE", names), "temperature");
  EXPECT_EQ(likely_name("maxCompletionToken", names), "max_completion_tokens");
  EXPECT_EQ(likely_name("stops", names), "stop");
  EXPECT_EQ(likely_name("frobnicate", names), "");
  EXPECT_EQ(likely_name("", names), "");
  EXPECT_EQ(likely_name("x", names), "");
  EXPECT_EQ(likely_name(std::string(100'000, 'n'), names), "");
}

// Everything that the strict reader accepts is what a general reader sees, and where they differ we know why.
TEST(Document, AgreesWithAGeneralParser) {
  const std::array<std::string_view, 8> texts = {"0",
                                                 "-0.5e-3",
                                                 R"("\u00e9\ud83d\ude00\n")",
                                                 "[[],{},[{}]]",
                                                 R"({"a":{"b":[1,2,{"c":null}]},"b":true})",
                                                 "[1,18446744073709551615,-9223372036854775808]",
                                                 R"({"":""})",
                                                 " [ 1 , 2 ] "};
  for (const std::string_view text : texts) {
    const Result<Json> document = parse_document(text);
    ASSERT_TRUE(document.has_value()) << text;
    EXPECT_EQ(*document, boost::json::parse(text));
  }
}

TEST(Document, ARepeatedKeyIsFoundAtItsPath) {
  const Result<Json> document = parse_document(R"({"x":[{"k":1},{"y":{"b":1,"a":[{}],"b":2}}],"k":0})");
  ASSERT_FALSE(document.has_value());
  EXPECT_EQ(document.error().where, "x[1].y.b");
  // The same key in different objects is no repetition.
  EXPECT_TRUE(parse_document(R"([{"a":{"a":{"a":1}}},{"a":1},{"b":{"c":1},"c":{"b":1}}])").has_value());
}

TEST(Document, DepthLimitIsExact) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_TRUE(parse_document(nested(kMaxDepth)).has_value());
  EXPECT_FALSE(parse_document(nested(kMaxDepth + 1)).has_value());
}

}  // namespace
}  // namespace peregrine::api
