#include "grammar/matcher.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include <random>

#include "grammar/builder.h"
#include "grammar/limits.h"
#include "grammar/testing/vocabularies.h"
#include "grammar/testing/walk.h"

namespace peregrine::grammar {
namespace {

bool accepts(const std::shared_ptr<const Grammar>& grammar, std::string_view text) {
  static const auto kVocabulary = testing::small_vocabulary();
  auto matcher = Matcher::create(grammar, kVocabulary).value();
  return matcher.accept_bytes(text).has_value() && matcher.is_complete();
}

struct SchemaCase {
  const char* schema;
  std::vector<const char*> accepted;
  std::vector<const char*> refused;
};

const SchemaCase kCases[] = {
    {R"({"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"string"}},"required":["a"]})",
     {R"({"a":1})", R"({"a": 1, "b": "x\u00e9"})", R"({"a":1,"b":"","zz":[{"q":null}]})", "{\n  \"a\": 1\n}"},
     {R"({"b":"x"})", R"({"a":1,"z":1,"z":2})", R"({"a":1,"z":1,"a":2})", R"({"a":1,"z":1,"\u007a":2})",
      "{  \"a\":1}"}},
    {R"({"type":"object","properties":{"a":{},"b":{}},"additionalProperties":false,"minProperties":1})",
     {R"({"a":1})", R"({"b":1})", R"({"a":1,"b":2})"},
     {"{}", R"({"b":1,"a":2})", R"({"c":1})"}},
    {R"({"type":"object","patternProperties":{"^x":{"type":"integer"},"y$":{"minimum":5}},"additionalProperties":false})",
     {R"({"xa":1,"xy":7,"ay":"s"})", "{}"},
     {R"({"xy":1})", R"({"xa":"s"})", R"({"b":1})", R"({"xa":1,"xa":2})"}},
    {R"({"type":"object","propertyNames":{"pattern":"^[a-c]$"},"maxProperties":2})",
     {R"({"a":1,"c":2})"},
     {R"({"a":1,"b":2,"c":3})", R"({"d":1})", R"({"a":1,"a":1})"}},
    {R"({"type":"array","prefixItems":[{"type":"integer"},{"type":"string"}],"items":{"type":"boolean"},"minItems":1,"maxItems":4})",
     {"[1]", R"([1,"a"])", R"([1, "a", true, false])"},
     {"[]", R"(["a"])", R"([1,"a",2])", R"([1,"a",true,false,true])"}},
    {R"({"type":"string","minLength":2,"maxLength":3})",
     {R"("ab")", R"("a\n\u00e9")", "\"\xF0\x9F\x98\x80\xC3\xA9\"", R"("\ud83d\ude00a")"},
     {R"("a")", R"("abcd")", R"("\ud83d")", "\"\xF0\x9F\x98\x80\"", R"("\ude00\ud83d")", "\"a\nb\""}},
    {R"({"type":"string","pattern":"^a+b","maxLength":4})",
     {R"("ab")", R"("aabc")"},
     {R"("b")", R"("aaabc")"}},
    {R"({"type":"integer","minimum":-5,"exclusiveMaximum":12,"multipleOf":3})",
     {"-3", "0", "3", "9"},
     {"-6", "12", "4", "3.0", "03", "--3"}},
    {R"({"type":"number","exclusiveMinimum":0.25,"maximum":10.5})",
     {"0.3", "10.5", "10.50", "1", "0.2500001"},
     {"0.25", "0.250", "10.51", "11", "-1", "0.2", "1e0"}},
    {R"({"type":"number","maximum":-1.5})", {"-1.5", "-2", "-10.25"}, {"-1.4", "0", "1", "-1"}},
    {R"({"exclusiveMaximum":0,"type":"number"})", {"-0.5", "-1"}, {"-0", "-0.0", "0"}},
    {R"({"type":"number"})", {"1e5", "-0.5E-3", "0", "123"}, {"01", "1.", ".5", "+1", "1e"}},
    {R"({"enum":["red",1,null,{"a":[1,2]}, 2.5]})",
     {R"("red")", "1", "null", R"({"a":[1,2]})", R"({"a": [1, 2]})", "2.5"},
     {R"("re")", "2", R"({"a":[1]})"}},
    {R"({"enum":["a",1,null],"type":["string","null"]})", {R"("a")", "null"}, {"1"}},
    {R"({"type":"string","nullable":true})", {R"("a")", "null"}, {"1"}},
    {R"({"anyOf":[{"type":"object","properties":{"k":{"const":"a"}},"required":["k"],"additionalProperties":false},
                  {"type":"object","properties":{"k":{"const":"ab"},"n":{"type":"integer"}},"required":["k","n"]}]})",
     {R"({"k":"a"})", R"({"k":"ab","n":1})"},
     {R"({"k":"a","n":1})", R"({"k":"ab"})"}},
    {R"({"oneOf":[{"type":"integer"},{"type":"string"},{"type":"null"}]})",
     {"1", R"("x")", "null"},
     {"true"}},
    {R"({"allOf":[{"properties":{"a":{"minimum":3}}},{"properties":{"a":{"type":"integer","maximum":5}},"required":["a"]}],"type":"object"})",
     {R"({"a":3})", R"({"a":5})"},
     {R"({"a":2})", R"({"a":6})", "{}"}},
    {R"({"$ref":"#/$defs/tree","$defs":{"tree":{"type":"object","properties":{"v":{"type":"integer"},"next":{"anyOf":[{"$ref":"#/$defs/tree"},{"type":"null"}]}},"required":["v","next"],"additionalProperties":false}}})",
     {R"({"v":1,"next":null})", R"({"v":1,"next":{"v":2,"next":null}})"},
     {R"({"v":1})", R"({"v":1,"next":{"v":2}})"}},
    {R"({"type":"string","format":"date"})",
     {R"("2024-02-29")", R"("2023-12-31")"},
     {R"("2023-02-29")", R"("2023-13-01")"}},
    {R"({"type":"string","format":"ipv6"})",
     {R"("::1")", R"("1:2:3:4:5:6:7:8")", R"("fe80::1:2")", R"("::")"},
     {R"(":::")", R"("1:2")"}},
    {R"({"type":"string","format":"uuid"})",
     {R"("123e4567-e89b-12d3-a456-426614174000")"},
     {R"("123e4567")"}},
    {"true", {"1", "[[]]", R"({"a":{"b":[]}})", R"("x")"}, {"", "[", "nul"}},
};

TEST(MatcherTest, AcceptsWhatTheSchemaSays) {
  for (const SchemaCase& c : kCases) {
    SCOPED_TRACE(c.schema);
    const auto grammar = compile_json_schema_text(c.schema);
    ASSERT_TRUE(grammar) << grammar.error().text();
    for (const char* text : c.accepted) EXPECT_TRUE(accepts(*grammar, text)) << text;
    for (const char* text : c.refused) EXPECT_FALSE(accepts(*grammar, text)) << text;
  }
}

TEST(MatcherTest, CompactWhitespaceForcesPunctuation) {
  JsonOptions options;
  options.whitespace = Whitespace::kCompact;
  const auto grammar = compile_json_schema_text(
      R"({"type":"object","properties":{"name":{"enum":["ann"]},"n":{"type":"integer"}},"required":["name","n"],"additionalProperties":false})",
      options);
  auto matcher = Matcher::create(grammar.value(), testing::small_vocabulary()).value();
  EXPECT_EQ(matcher.forced_bytes().value(), R"({"name":"ann","n":)");
  ASSERT_TRUE(matcher.accept_bytes(R"({"name":"ann","n":)"));
  EXPECT_EQ(matcher.forced_bytes().value(), "");
  EXPECT_FALSE(matcher.accept_bytes(" "));
  ASSERT_TRUE(matcher.accept_bytes("1}"));
  EXPECT_TRUE(matcher.is_complete());
  EXPECT_EQ(matcher.forced_bytes().value(), "");
}

TEST(MatcherTest, RollbackIsReplay) {
  const auto vocabulary = testing::small_vocabulary();
  const auto grammar = compile_json_object().value();
  std::mt19937 random(7);
  auto matcher = Matcher::create(grammar, vocabulary).value();
  std::vector<TokenId> taken;
  std::vector<std::uint64_t> mask(vocabulary->mask_words());
  std::vector<std::uint64_t> replayed(vocabulary->mask_words());
  for (int i = 0; i < 300; ++i) {
    ASSERT_TRUE(matcher.compute_mask(mask));
    const auto allowed = testing::allowed_tokens(mask);
    if (allowed.empty() || random() % 4 == 0) {
      const std::size_t back = taken.empty() ? 0 : random() % (taken.size() + 1);
      ASSERT_TRUE(matcher.rollback(back));
      taken.resize(taken.size() - back);
      auto again = Matcher::create(grammar, vocabulary).value();
      for (const TokenId id : taken) ASSERT_TRUE(again.accept_token(id));
      ASSERT_TRUE(matcher.compute_mask(mask));
      ASSERT_TRUE(again.compute_mask(replayed));
      ASSERT_EQ(mask, replayed);
      ASSERT_EQ(matcher.is_complete(), again.is_complete());
      continue;
    }
    const TokenId id = allowed[random() % allowed.size()];
    ASSERT_TRUE(matcher.accept_token(id));
    taken.push_back(id);
  }
  EXPECT_FALSE(matcher.rollback(taken.size() + 1));
}

TEST(MatcherTest, RefusedTokensLeaveItWhereItWas) {
  const auto vocabulary = testing::small_vocabulary();
  auto matcher = Matcher::create(compile_json_object().value(), vocabulary).value();
  EXPECT_FALSE(matcher.accept_bytes("{\"a\":}"));
  EXPECT_FALSE(matcher.accept_token(vocabulary->end_ids()[0]));
  EXPECT_FALSE(matcher.accept_token(static_cast<TokenId>(vocabulary->size())));
  EXPECT_EQ(matcher.steps(), 0U);
  ASSERT_TRUE(matcher.accept_bytes("{}"));
  auto copy = matcher;
  ASSERT_TRUE(matcher.accept_token(vocabulary->end_ids()[0]));
  EXPECT_TRUE(matcher.is_finished());
  EXPECT_FALSE(copy.is_finished());
  EXPECT_FALSE(matcher.accept_bytes(" "));
  ASSERT_TRUE(matcher.rollback(1));
  EXPECT_FALSE(matcher.is_finished());
}

TEST(BuilderTest, ToolCallsBetweenFreeText) {
  GrammarBuilder builder;
  const auto text = builder.text_until("<call>").value();
  const auto schema = boost::json::parse(
      R"({"type":"object","properties":{"x":{"type":"integer"}},"required":["x"],"additionalProperties":false})");
  const auto value = builder.json_schema(schema).value();
  const auto end = builder.literal("</call>").value();
  const auto calls = builder.repeat(builder.sequence({text, value, end}), 1, 2).value();
  const auto grammar = std::move(builder).build(calls);
  ASSERT_TRUE(grammar) << grammar.error().text();
  EXPECT_TRUE(accepts(*grammar, R"(Let me see <cal <call>{"x":1}</call>)"));
  EXPECT_TRUE(accepts(*grammar, R"(<call>{"x":1}</call> and <call>{"x": 2}</call>)"));
  EXPECT_FALSE(accepts(*grammar, R"(<call>{"x":1}</call><call>{"x":2}</call><call>{"x":3}</call>)"));
  EXPECT_FALSE(accepts(*grammar, R"(Let me see)"));
  EXPECT_FALSE(accepts(*grammar, R"(<call><call>{"x":1}</call>)"));
}

TEST(BuilderTest, RulesRecurseButNotAtTheirBeginning) {
  GrammarBuilder nested;
  const auto rule = nested.declare_rule();
  const auto open = nested.literal("(").value();
  const auto close = nested.literal(")").value();
  nested.define_rule(rule, nested.choice({nested.literal("x").value(),
                                          nested.sequence({open, nested.reference(rule), close})}));
  const auto root = nested.reference(rule);
  const auto grammar = std::move(nested).build(root).value();
  EXPECT_TRUE(accepts(grammar, "((x))"));
  EXPECT_FALSE(accepts(grammar, "((x)"));

  GrammarBuilder left;
  const auto self = left.declare_rule();
  left.define_rule(self, left.choice({left.literal("x").value(),
                                      left.sequence({left.reference(self), left.literal("y").value()})}));
  EXPECT_FALSE(std::move(left).build(left.reference(self)));

  GrammarBuilder empty;
  const auto maybe = empty.regex("a?").value();
  const auto loop = empty.repeat(maybe, 0, kUnbounded).value();
  EXPECT_FALSE(std::move(empty).build(loop));
}

TEST(BuilderTest, ChoicesAndTextWithout) {
  const auto choice = compile_choice(std::vector<std::string>{"yes", "no", "yesterday"}).value();
  EXPECT_TRUE(accepts(choice, "yes"));
  EXPECT_TRUE(accepts(choice, "yesterday"));
  EXPECT_FALSE(accepts(choice, "yest"));
  GrammarBuilder builder;
  const auto text = builder.text_without(std::vector<std::string>{"<|", "STOP"}).value();
  const auto grammar = std::move(builder).build(text).value();
  EXPECT_TRUE(accepts(grammar, "STO P < |"));
  EXPECT_FALSE(accepts(grammar, "a STOP"));
}

TEST(BuilderTest, TextThatDoesNotBegin) {
  GrammarBuilder builder;
  const auto text =
      builder.text_without(std::vector<std::string>{"<f="}, std::vector<std::string>{"{", "[go("}).value();
  const auto grammar = std::move(builder).build(text).value();
  for (const char* accepted : {"", " \n", "a {", "[1] {}", "[g", " [go", "x<f ="}) {
    EXPECT_TRUE(accepts(grammar, accepted)) << accepted;
  }
  for (const char* refused : {"{", " \n\t{a", "[go(1)", "a<f=", "\r[go("}) {
    EXPECT_FALSE(accepts(grammar, refused)) << refused;
  }
}

// JsonOptions::closed_objects: what is written of objects that say nothing of unlisted names.
const SchemaCase kClosedCases[] = {
    {R"({"type":"object","properties":{"a":{"type":"integer"},"b":{}}})",
     {"{}", R"({"a":1})", R"({"a":1,"b":[{"free":1}]})"},
     {R"({"c":1})", R"({"a":1,"c":1})"}},
    {R"({"type":"object","properties":{}})", {"{}"}, {R"({"a":1})"}},
    {R"({"type":"object"})", {"{}", R"({"a":1})"}, {"1"}},
    // Required names count as listed.
    {R"({"type":"object","properties":{"a":{}},"required":["z"]})",
     {R"({"z":1})", R"({"a":1,"z":{"y":2}})"},
     {"{}", R"({"a":1})", R"({"z":1,"y":1})"}},
    // What the schema says of others stands.
    {R"({"type":"object","properties":{"a":{}},"additionalProperties":true})", {R"({"c":1})"}, {"1"}},
    {R"({"type":"object","properties":{"a":{}},"additionalProperties":{"type":"integer"}})",
     {R"({"c":1})"},
     {R"({"c":"x"})"}},
    {R"({"type":"object","properties":{"a":{}},"patternProperties":{"^x":{}}})",
     {R"({"x1":1})", R"({"other":1})"},
     {"1"}},
    {R"({"type":"object","properties":{"a":{}},"propertyNames":{"maxLength":1}})",
     {R"({"b":1})"},
     {R"({"bb":1})"}},
    // More properties asked for than listed: the rest must come from somewhere.
    {R"({"type":"object","properties":{"a":{},"b":{}},"minProperties":2})",
     {R"({"a":1,"b":1})"},
     {R"({"a":1})", R"({"a":1,"c":1})"}},
    {R"({"type":"object","properties":{"a":{},"b":false},"minProperties":2})",
     {R"({"a":1,"c":1})"},
     {R"({"a":1})", R"({"a":1,"b":1})"}},
    // All subschemas of a place are looked at together.
    {R"({"type":"object","properties":{"a":{}},"allOf":[{"properties":{"b":{}}},{"$ref":"#/$defs/c"}],"$defs":{"c":{"properties":{"c":{}}}}})",
     {R"({"a":1,"b":1,"c":1})"},
     {R"({"d":1})"}},
    {R"({"type":"object","properties":{"a":{}},"allOf":[{"additionalProperties":true}]})",
     {R"({"a":1,"d":1})"},
     {"1"}},
    {R"({"type":"object","properties":{"a":{}},"anyOf":[{"required":["b"]},{"properties":{"c":{"type":"null"}}}]})",
     {R"({"a":1,"b":1})", R"({"a":1,"c":null})"},
     {R"({"a":1,"d":1})", R"({"a":1,"c":1})"}},
    {R"({"$ref":"#/$defs/tree","$defs":{"tree":{"type":"object","properties":{"next":{"$ref":"#/$defs/tree"}}}}})",
     {R"({"next":{"next":{}}})"},
     {R"({"next":{"other":1}})"}},
};

TEST(BuilderTest, ClosedObjects) {
  for (const SchemaCase& test : kClosedCases) {
    SCOPED_TRACE(test.schema);
    const auto closed = compile_json_schema_text(test.schema, {.closed_objects = true});
    const auto open = compile_json_schema_text(test.schema);
    ASSERT_TRUE(closed) << closed.error().text();
    for (const char* text : test.accepted) {
      EXPECT_TRUE(accepts(*closed, text)) << text;
      EXPECT_TRUE(accepts(*open, text)) << text;
    }
    for (const char* text : test.refused) EXPECT_FALSE(accepts(*closed, text)) << text;
  }
}

TEST(LimitTest, CountersDoNotExpand) {
  const auto grammar = compile_json_schema_text(
      R"({"type":"array","items":{"type":"string","maxLength":10000,"pattern":"^[a-z]{0,10000}$"},"minItems":9999,"maxItems":10000})");
  ASSERT_TRUE(grammar) << grammar.error().text();
  std::string text = "[\"" + std::string(9000, 'a') + "\"";
  for (int i = 1; i < 9999; ++i) text += ",\"b\"";
  EXPECT_FALSE(accepts(*grammar, text.substr(0, text.size() - 4) + "]"));
  EXPECT_TRUE(accepts(*grammar, text + "]"));
  EXPECT_TRUE(accepts(*grammar, text + ",\"\"]"));
  EXPECT_FALSE(accepts(*grammar, text + ",\"\",\"\"]"));
}

TEST(LimitTest, DeepTextsEndInAnErrorNotInACrash) {
  auto matcher = Matcher::create(compile_json_object().value(), testing::small_vocabulary()).value();
  ASSERT_TRUE(matcher.accept_bytes("{\"a\":"));
  Status status;
  for (int i = 0; i < 5000 && status; ++i) status = matcher.accept_bytes("[");
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::kResourceExhausted);
  // The grammar is as good as new for others.
  auto other = Matcher::create(compile_json_object().value(), testing::small_vocabulary()).value();
  EXPECT_TRUE(other.accept_bytes("{}"));
}

}  // namespace
}  // namespace peregrine::grammar
