#include "text/json/parse.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <boost/json/parse.hpp>
#include <limits>
#include <string>

namespace peregrine::text {
namespace {

using namespace std::string_view_literals;
using ::testing::ElementsAre;

constexpr JsonLimits kSmall = {.max_depth = 4, .max_values = 8};

// Everything that the strict reader accepts is what a general reader sees.
TEST(Json, AgreesWithAGeneralParser) {
  constexpr std::array<std::string_view, 12> kTexts = {"0",
                                                       "-0.5e-3",
                                                       "1e308",
                                                       "4e-400",
                                                       R"("\u00e9\ud83d\ude00\n")",
                                                       "\"\xc3\xa9\xf0\x9f\x98\x80\"",
                                                       "[[],{},[{}]]",
                                                       R"({"a":{"b":[1,{"c":null}]},"b":true})",
                                                       "[1,18446744073709551615,-9223372036854775808]",
                                                       R"({"":""})",
                                                       " [ 1 , 2 ] \r\n\t",
                                                       "[1,2,3,4,5,6,7]"};
  for (const std::string_view text : kTexts) {
    const auto document = parse_json(text, kSmall);
    ASSERT_TRUE(document.has_value()) << text;
    EXPECT_EQ(*document, boost::json::parse(text)) << text;
  }
}

TEST(Json, RefusesWithTheRuleThatWasBroken) {
  struct Row {
    std::string_view name;
    std::string_view text;
    JsonFault fault;
    std::size_t at;
  };
  constexpr std::size_t kAnywhere = std::numeric_limits<std::size_t>::max();
  const Row rows[] = {
#include "text/json/bad_documents.inc"
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    const auto document = parse_json(row.text, kSmall);
    ASSERT_FALSE(document.has_value());
    EXPECT_EQ(document.error().fault, row.fault);
    if (row.at != kAnywhere) {
      EXPECT_EQ(document.error().at, row.at);
    }
    EXPECT_EQ(document.error().grammar.empty(), row.fault == JsonFault::kNotUtf8);
    EXPECT_EQ(document.error().path.empty(), row.fault != JsonFault::kRepeatedKey);
  }
}

TEST(Json, ARepeatedKeyIsFoundAtItsPath) {
  const auto path = [](std::string_view text) { return parse_json(text, {}).error().path; };
  EXPECT_THAT(path(R"({"x":[{"k":1},{"y":{"b":1,"a":[{}],"b":2}}],"k":0})"),
              ElementsAre(JsonStep("x"), JsonStep(1U), JsonStep("y"), JsonStep("b")));
  EXPECT_THAT(path(R"({"a":1,"a":2})"), ElementsAre(JsonStep("a")));
  EXPECT_THAT(path(R"([[],[{"":1,"":2}]])"), ElementsAre(JsonStep(1U), JsonStep(0U), JsonStep("")));
  // The same key in different objects is no repetition.
  EXPECT_TRUE(parse_json(R"([{"a":{"a":{"a":1}}},{"a":1},{"b":{"c":1},"c":{"b":1}}])", {}).has_value());
}

TEST(Json, LimitsAreExact) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  for (const std::size_t depth : {1U, 8U, 64U, 500U}) {
    const JsonLimits limits = {.max_depth = depth};
    EXPECT_TRUE(parse_json(nested(depth), limits).has_value()) << depth;
    EXPECT_EQ(parse_json(nested(depth + 1), limits).error().fault, JsonFault::kTooDeep) << depth;
  }
  const std::string four = R"([1,"a",{}])";
  EXPECT_TRUE(parse_json(four, {.max_values = 4}).has_value());
  EXPECT_EQ(parse_json(four, {.max_values = 3}).error().fault, JsonFault::kTooManyValues);
}

}  // namespace
}  // namespace peregrine::text
