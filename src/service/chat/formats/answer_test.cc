#include "service/chat/formats/answer.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <string>

#include "grammar/matcher.h"
#include "grammar/testing/vocabularies.h"
#include "service/chat/formats/strict_schema.h"

namespace peregrine::service {
namespace {

namespace json = boost::json;

Result<std::shared_ptr<const grammar::Grammar>> compile(const AnswerFormat& answer) {
  grammar::GrammarBuilder builder;
  PEREGRINE_ASSIGN(const auto node, answer_node(builder, answer));
  if (!node) return nullptr;
  return std::move(builder).build(*node);
}

bool accepts(const AnswerFormat& answer, std::string_view text) {
  static const auto kVocabulary = grammar::testing::small_vocabulary();
  auto matcher = grammar::Matcher::create(compile(answer).value(), kVocabulary).value();
  return matcher.accept_bytes(text).has_value() && matcher.is_complete();
}

AnswerFormat schema_format(const char* schema, bool strict = false) {
  AnswerFormat answer;
  answer.kind = AnswerKind::kJsonSchema;
  answer.schema = json::parse(schema);
  answer.strict = strict;
  return answer;
}

TEST(AnswerTest, EachKind) {
  EXPECT_EQ(compile({}).value(), nullptr);

  AnswerFormat object;
  object.kind = AnswerKind::kJsonObject;
  EXPECT_TRUE(accepts(object, R"({"a": [1]})"));
  EXPECT_FALSE(accepts(object, "[1]"));

  const AnswerFormat schema = schema_format(R"({"type":"object","properties":{"a":{"type":"integer"}}})");
  EXPECT_TRUE(accepts(schema, R"({"a": 1})"));
  EXPECT_TRUE(accepts(schema, R"({"other": 1})"));
  EXPECT_FALSE(accepts(schema, R"({"a": "x"})"));

  AnswerFormat regex;
  regex.kind = AnswerKind::kRegex;
  regex.pattern = "[a-c]+!";
  EXPECT_TRUE(accepts(regex, "abc!"));
  EXPECT_FALSE(accepts(regex, "abc"));

  AnswerFormat choice;
  choice.kind = AnswerKind::kChoice;
  choice.choices = {"yes", "no"};
  EXPECT_TRUE(accepts(choice, "no"));
  EXPECT_FALSE(accepts(choice, "n"));

  AnswerFormat no_schema;
  no_schema.kind = AnswerKind::kJsonSchema;
  EXPECT_TRUE(accepts(no_schema, "{}"));
}

TEST(AnswerTest, ErrorsSayWhere) {
  const auto where = [](const AnswerFormat& answer) { return compile(answer).error().where; };
  EXPECT_EQ(where(schema_format(R"({"items":{"if":{}}})")), "response_format#/items/if");
  EXPECT_EQ(where(schema_format("3")), "response_format#");
  EXPECT_EQ(where(schema_format(R"({"type":"object"})", true)), "response_format#");
  AnswerFormat regex;
  regex.kind = AnswerKind::kRegex;
  regex.pattern = "(";
  EXPECT_EQ(where(regex), "response_format");
  AnswerFormat choice;
  choice.kind = AnswerKind::kChoice;
  EXPECT_EQ(where(choice), "response_format");
}

struct StrictCase {
  const char* schema;
  const char* where;  // null: keeps the rules
  const char* message;
};

constexpr const char* kClosure = "'additionalProperties:false' must be set on every object";
constexpr const char* kNoProperties = "'required' present but 'properties' is missing";

const StrictCase kStrictCases[] = {
    {R"({"type":"string"})", nullptr, nullptr},
    {R"({"type":"object","properties":{},"additionalProperties":false})", nullptr, nullptr},
    {R"({"type":"object","properties":{"a":{"type":["string","null"]}},"required":["a"],"additionalProperties":false})",
     nullptr, nullptr},
    // Names of properties are no keywords.
    {R"({"type":"object","properties":{"required":{"type":"string"},"anyOf":{"type":"integer"}},"required":["anyOf","required"],"additionalProperties":false})",
     nullptr, nullptr},
    {R"({"$ref":"#/$defs/a","$defs":{"a":{"type":"object","properties":{"n":{"$ref":"#/$defs/a"}},"required":["n"],"additionalProperties":false}}})",
     nullptr, nullptr},
    {R"({"const":{"type":"object"},"enum":[{"type":"object"}],"default":{"required":1}})", nullptr, nullptr},
    {R"({"type":"object","properties":{}})", "", kClosure},
    {R"({"type":"object","properties":{},"additionalProperties":true})", "", kClosure},
    {R"({"type":"object","properties":{},"additionalProperties":{"type":"string"}})", "", kClosure},
    {R"({"type":["object","null"],"properties":{}})", "", kClosure},
    {R"({"properties":{}})", "", kClosure},
    {R"({"type":"object","properties":{"a":{"type":"object"}},"required":["a"],"additionalProperties":false})",
     "/properties/a", kClosure},
    {R"({"type":"array","items":{"type":"object","additionalProperties":false,"required":["a"]}})", "/items",
     kNoProperties},
    {R"({"anyOf":[{"type":"null"},{"type":"object","properties":{}}]})", "/anyOf/1", kClosure},
    {R"({"$defs":{"a/b":{"type":"object"}},"type":"string"})", "/$defs/a~1b", kClosure},
    {R"({"type":"object","properties":{"a":{},"b":{},"c":{}},"required":["b"],"additionalProperties":false})",
     "/required", "'required' must list every property of an object; missing: 'a', 'c'"},
    {R"({"type":"object","properties":{"a":{}},"additionalProperties":false})", "/required",
     "'required' must list every property of an object; missing: 'a'"},
};

TEST(StrictSchemaTest, Rules) {
  for (const StrictCase& test : kStrictCases) {
    SCOPED_TRACE(test.schema);
    const Status status = check_strict_schema(json::parse(test.schema));
    ASSERT_EQ(status.has_value(), test.where == nullptr);
    if (status) continue;
    EXPECT_EQ(status.error().code, ErrorCode::kInvalidArgument);
    EXPECT_EQ(status.error().where, test.where);
    EXPECT_EQ(status.error().message, test.message);
  }
}

TEST(StrictSchemaTest, DepthHasALimit) {
  json::value schema = {{"type", "string"}};
  for (int i = 0; i < 1000; ++i) schema = json::object{{"type", "array"}, {"items", std::move(schema)}};
  const Status status = check_strict_schema(schema);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::kResourceExhausted);
}

TEST(StrictSchemaTest, OnlyStrictFormatsKeepTheRules) {
  EXPECT_TRUE(compile(schema_format(R"({"type":"object"})", false)));
  EXPECT_FALSE(compile(schema_format(R"({"type":"object"})", true)));
}

}  // namespace
}  // namespace peregrine::service
