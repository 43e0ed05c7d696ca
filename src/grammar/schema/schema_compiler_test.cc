// What is refused, and how it is named.
#include "grammar/schema/schema_compiler.h"

#include <gtest/gtest.h>

#include <string>

namespace peregrine::grammar {
namespace {

struct Refusal {
  const char* schema;
  ErrorCode code;
  const char* where;
};

const Refusal kRefusals[] = {
    {R"({"not":{}})", ErrorCode::kUnsupported, "/not"},
    {R"({"type":"object","properties":{"a/b":{"if":{}}}})", ErrorCode::kUnsupported, "/properties/a~1b/if"},
    {R"({"type":"array","items":{"contains":{}}})", ErrorCode::kUnsupported, "/items/contains"},
    {R"({"type":"array","uniqueItems":true})", ErrorCode::kUnsupported, "/uniqueItems"},
    {R"({"minimun":3})", ErrorCode::kUnsupported, "/minimun"},
    {R"({"anyOf":[{},{"dependentRequired":{}}]})", ErrorCode::kUnsupported, "/anyOf/1/dependentRequired"},
    {R"({"unevaluatedProperties":false})", ErrorCode::kUnsupported, "/unevaluatedProperties"},
    {R"({"type":"string","format":"iri"})", ErrorCode::kUnsupported, "/format"},
    {R"j({"type":"string","pattern":"(?=a)"})j", ErrorCode::kUnsupported, "/pattern"},
    {R"j({"type":"string","pattern":"("})j", ErrorCode::kInvalidArgument, "/pattern"},
    {R"({"type":"object","patternProperties":{"(":{}}})", ErrorCode::kInvalidArgument,
     "/patternProperties/("},
    {R"({"type":"text"})", ErrorCode::kInvalidArgument, "/type"},
    {R"({"type":"number","multipleOf":0.1})", ErrorCode::kUnsupported, "/multipleOf"},
    {R"({"type":"number","multipleOf":0})", ErrorCode::kInvalidArgument, "/multipleOf"},
    {R"({"type":"string","minLength":-1})", ErrorCode::kInvalidArgument, "/minLength"},
    {R"({"type":"string","minLength":99999999})", ErrorCode::kResourceExhausted, "/minLength"},
    {R"({"required":"a"})", ErrorCode::kInvalidArgument, "/required"},
    {R"({"$ref":"other.json"})", ErrorCode::kUnsupported, "/$ref"},
    {R"({"$ref":"#name"})", ErrorCode::kUnsupported, "/$ref"},
    {R"({"$ref":"#/$defs/x"})", ErrorCode::kInvalidArgument, "/$ref"},
    {R"({"$ref":"#"})", ErrorCode::kResourceExhausted, ""},
    {R"({"properties":{"a":{"$id":"x"}}})", ErrorCode::kUnsupported, "/properties/a/$id"},
    {R"({"oneOf":[{"type":"object"},{"type":"object","required":["a"]}]})", ErrorCode::kUnsupported,
     "/oneOf"},
    {R"({"oneOf":[{"type":"integer"},{"type":"number"}]})", ErrorCode::kUnsupported, "/oneOf"},
    {R"({"oneOf":[]})", ErrorCode::kInvalidArgument, "/oneOf"},
    {R"({"enum":1})", ErrorCode::kInvalidArgument, "/enum"},
    {R"({"type":"object","patternProperties":{"^[ab]$":{}},"additionalProperties":false,"minProperties":3})",
     ErrorCode::kUnsupported, "/minProperties"},
    {"3", ErrorCode::kInvalidArgument, ""},
    {"{", ErrorCode::kInvalidArgument, ""},
    // No text satisfies these.
    {"false", ErrorCode::kInvalidArgument, ""},
    {R"({"enum":[]})", ErrorCode::kInvalidArgument, ""},
    {R"({"type":"integer","minimum":1,"maximum":5,"multipleOf":7})", ErrorCode::kInvalidArgument, ""},
    {R"({"type":"object","properties":{"a":{"$ref":"#"}},"required":["a"]})", ErrorCode::kInvalidArgument,
     ""},
    {R"({"type":"array","items":false,"minItems":1})", ErrorCode::kInvalidArgument, ""},
    {R"({"type":"string","pattern":"^a{3}$","maxLength":2})", ErrorCode::kInvalidArgument, ""},
    {R"({"type":"object","required":["a"],"additionalProperties":false})", ErrorCode::kInvalidArgument, ""},
};

TEST(SchemaCompilerTest, RefusesByNameAndPlace) {
  for (const Refusal& refusal : kRefusals) {
    SCOPED_TRACE(refusal.schema);
    const auto grammar = compile_json_schema_text(refusal.schema);
    ASSERT_FALSE(grammar);
    EXPECT_EQ(grammar.error().code, refusal.code) << grammar.error().text();
    EXPECT_EQ(grammar.error().where, refusal.where) << grammar.error().text();
  }
}

TEST(SchemaCompilerTest, AnnotationsSayNothing) {
  EXPECT_TRUE(compile_json_schema_text(
      R"({"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"x","title":"t",
      "description":"d","default":1,"examples":[1],"deprecated":true,"readOnly":true,"$comment":"c","type":"integer"})"));
}

TEST(SchemaCompilerTest, ManyToolsAndLongDescriptions) {
  std::string schema = R"({"anyOf":[)";
  for (int i = 0; i < 128; ++i) {
    schema +=
        std::string(i > 0 ? "," : "") + R"({"type":"object","description":")" + std::string(7000, 'd') +
        R"(","properties":{"name":{"const":"tool)" + std::to_string(i) +
        R"("},"arguments":{"type":"object","properties":{"q":{"type":"string","maxLength":10000},"n":{"type":"integer"}},"required":["q"]}},"required":["name","arguments"]})";
  }
  schema += "]}";
  ASSERT_GT(schema.size(), 900'000U);
  EXPECT_TRUE(compile_json_schema_text(schema));
}

TEST(SchemaCompilerTest, AlternativesMultipliedOutHaveALimit) {
  std::string schema = R"({"allOf":[)";
  for (int i = 0; i < 12; ++i) {
    schema += std::string(i > 0 ? "," : "") + R"({"anyOf":[{"required":["a)" + std::to_string(i) +
              R"("]},{"required":["b)" + std::to_string(i) + R"("]}]})";
  }
  const auto grammar = compile_json_schema_text(schema + "]}");
  ASSERT_FALSE(grammar);
  EXPECT_EQ(grammar.error().code, ErrorCode::kResourceExhausted);
}

}  // namespace
}  // namespace peregrine::grammar
