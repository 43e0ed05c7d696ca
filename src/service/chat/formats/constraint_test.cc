// What the grammars of the JSON families allow, by example and by chance: generations drawn from a grammar
// parse back to calls that the request asked for.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "grammar/matcher.h"
#include "grammar/testing/schema_files.h"
#include "grammar/testing/validator.h"
#include "grammar/testing/vocabularies.h"
#include "grammar/testing/walk.h"
#include "service/chat/formats/call_grammar.h"
#include "service/chat/formats/generic.h"
#include "service/chat/formats/hermes.h"
#include "service/chat/formats/llama3.h"
#include "service/chat/formats/llama4.h"
#include "service/chat/formats/testing/hearing.h"

namespace peregrine::service {
namespace {

namespace json = boost::json;

std::vector<std::shared_ptr<const ChatFormat>> all_formats() {
  return {make_hermes_format(false), make_hermes_format(true), make_llama3_format(), make_llama4_format(),
          make_generic_format()};
}

Tool tool(std::string name, const char* schema = nullptr) {
  Tool made{.name = std::move(name), .description = {}, .parameters = {}};
  if (schema != nullptr) made.parameters = json::parse(schema).as_object();
  return made;
}

// Null where the text may be anything.
Result<std::shared_ptr<const grammar::Grammar>> compile(const ChatFormat& format, const ToolUse& use,
                                                        const AnswerFormat& answer = {}) {
  GrammarBuilder builder;
  PEREGRINE_ASSIGN(const auto root, format.constraint(builder, {.tool_use = use, .answer = answer}));
  if (!root) return nullptr;
  return std::move(builder).build(*root);
}

bool accepts(const std::shared_ptr<const grammar::Grammar>& grammar, std::string_view text) {
  static const auto kVocabulary = grammar::testing::small_vocabulary();
  auto matcher = grammar::Matcher::create(grammar, kVocabulary).value();
  return matcher.accept_bytes(text).has_value() && matcher.is_complete();
}

ToolUse two_tools(ToolChoice choice) {
  ToolUse use;
  use.tools = {tool("go", R"({"properties":{"x":{"type":"integer"}},"required":["x"]})"), tool("stop")};
  use.choice = choice;
  use.function = "stop";
  return use;
}

struct GrammarCase {
  const char* name;
  std::shared_ptr<const ChatFormat> format;
  ToolUse use;
  AnswerFormat answer;
  std::vector<std::string> accepted;
  std::vector<std::string> refused;
};

ToolUse with(ToolUse use, bool parallel, bool any_name = false) {
  use.parallel = parallel;
  use.any_name = any_name;
  return use;
}

AnswerFormat choice_of(std::vector<std::string> choices) {
  AnswerFormat answer;
  answer.kind = AnswerKind::kChoice;
  answer.choices = std::move(choices);
  return answer;
}

const std::string kGo = "<tool_call>\n{\"name\": \"go\", \"arguments\": {\"x\": 1}}\n</tool_call>";
const std::string kStop = "<tool_call>\n{\"name\": \"stop\", \"arguments\": {}}\n</tool_call>";
const std::string kBareGo = R"({"name": "go", "parameters": {"x": 1}})";
const std::string kBareStop = R"({"name": "stop", "parameters": {}})";

std::vector<GrammarCase> grammar_cases() {
  const auto hermes = make_hermes_format(false);
  const auto marked = make_hermes_format(true);
  const auto llama3 = make_llama3_format();
  const auto llama4 = make_llama4_format();
  const std::string open = control_mark("<tool_call>");
  const std::string close = control_mark("</tool_call>");
  const std::string tag = control_mark("<|python_tag|>");
  const std::string start = control_mark("<|python_start|>");
  const std::string end = control_mark("<|python_end|>");
  using enum ToolChoice;
  return {
      {"hermes auto",
       hermes,
       two_tools(kAuto),
       {},
       {"", "text < <tool", kGo, "Text.\n" + kGo, kGo + "\n" + kStop},
       {"<tool_call>", "text <tool_call>\n", kGo + " text", kGo + "\n", kGo + kGo,
        "<tool_call>\n{\"name\": \"go\", \"arguments\": {}}\n</tool_call>",
        "<tool_call>\n{\"name\": \"go\", \"arguments\": {\"x\": 1, \"y\": 2}}\n</tool_call>",
        "<tool_call>\n{\"name\": \"other\", \"arguments\": {}}\n</tool_call>",
        "a\xFF"
        "b"}},
      {"hermes required",
       hermes,
       two_tools(kRequired),
       {},
       {kGo, kStop, kStop + "\n" + kGo},
       {"", "text", "text\n" + kGo}},
      {"hermes one function", hermes, two_tools(kFunction), {}, {kStop, kStop + "\n" + kStop}, {"", kGo}},
      {"hermes not parallel",
       hermes,
       with(two_tools(kAuto), false),
       {},
       {"a", kGo, "a" + kStop},
       {kGo + "\n" + kStop}},
      {"hermes any name",
       hermes,
       with(two_tools(kRequired), true, true),
       {},
       {kStop, "<tool_call>\n{\"name\": \"a-B_9\", \"arguments\": {\"q\": []}}\n</tool_call>"},
       {"<tool_call>\n{\"name\": \"a b\", \"arguments\": {}}\n</tool_call>",
        "<tool_call>\n{\"name\": \"a\", \"arguments\": []}\n</tool_call>"}},
      {"hermes, answer or calls",
       hermes,
       two_tools(kAuto),
       choice_of({"yes", "no"}),
       {"yes", kGo},
       {"", "maybe", "yes\n" + kGo, "yes" + kGo}},
      {"hermes, calls none", hermes, two_tools(kNone), choice_of({"yes"}), {"yes"}, {kGo, ""}},
      {"control markers",
       marked,
       two_tools(kAuto),
       {},
       {"a <tool_call> b", open + "\n{\"name\": \"stop\", \"arguments\": {}}\n" + close, kGo},
       {open, "a" + open + "\n" + close, "a\xFF<|other|>"}},
      {"llama3 auto",
       llama3,
       two_tools(kAuto),
       {},
       {"", "text {", " \n", kBareGo, kBareGo + "; " + kBareStop, kBareGo + ";" + kBareGo,
        kBareGo + "\n" + kBareGo, tag + kBareStop, "[go(x=1)]", "<b>"},
       {"{", " {\"a\": 1}", "\n" + kBareGo, kBareGo + " ", "text<function=go>", "<tool_call>", tag,
        tag + "text", "text" + tag + kBareStop, kBareGo + tag + kBareGo}},
      {"llama3 required", llama3, two_tools(kRequired), {}, {kBareGo, tag + kBareStop}, {"", "a"}},
      {"llama3 not parallel",
       llama3,
       with(two_tools(kRequired), false),
       {},
       {kBareGo},
       {kBareGo + "; " + kBareGo}},
      {"llama4 auto",
       llama4,
       two_tools(kAuto),
       {},
       {"", "[1] text", "[g]", kBareGo, start + kBareGo + end, start + kBareGo + "\n" + kBareStop + end},
       {"{", "[go(x=1)]", " [stop()", start + kBareGo, kBareGo + end, start + end}},
      {"llama4 any name", llama4, with(two_tools(kAuto), true, true), {}, {"text [", kBareGo}, {"[x(", " ["}},
  };
}

TEST(ConstraintTest, ByExample) {
  for (const GrammarCase& test : grammar_cases()) {
    SCOPED_TRACE(test.name);
    const auto grammar = compile(*test.format, test.use, test.answer);
    ASSERT_TRUE(grammar) << grammar.error().text();
    ASSERT_NE(*grammar, nullptr);
    for (const std::string& text : test.accepted) EXPECT_TRUE(accepts(*grammar, text)) << text;
    for (const std::string& text : test.refused) EXPECT_FALSE(accepts(*grammar, text)) << text;
  }
}

TEST(ConstraintTest, NothingAskedNothingConstrained) {
  for (const auto& format : all_formats()) {
    SCOPED_TRACE(format->name());
    for (const ToolUse& use : {ToolUse{}, two_tools(ToolChoice::kNone)}) {
      const auto grammar = compile(*format, use);
      ASSERT_TRUE(grammar);
      EXPECT_EQ(*grammar, nullptr);
    }
  }
}

TEST(ConstraintTest, RepetitionEnds) {
  const auto grammar = compile(*make_hermes_format(false), two_tools(ToolChoice::kRequired)).value();
  std::string text = kStop;
  for (std::uint32_t i = 1; i < kMaxCalls; ++i) text += "\n" + kStop;
  EXPECT_TRUE(accepts(grammar, text));
  EXPECT_FALSE(accepts(grammar, text + "\n" + kStop));
}

struct SchemaError {
  const char* parameters;
  ErrorCode code;
  const char* where;
};

TEST(ConstraintTest, ErrorsNameTheToolAndThePlace) {
  for (const SchemaError& test : {
           SchemaError{R"({"type":"object","properties":{"a":{"not":{}}}})", ErrorCode::kUnsupported,
                       "tools[1].function.parameters#/properties/a/not"},
           SchemaError{R"({"if":{}})", ErrorCode::kUnsupported, "tools[1].function.parameters#/if"},
           SchemaError{R"({"type":"string"})", ErrorCode::kInvalidArgument,
                       "tools[1].function.parameters#/type"},
           SchemaError{R"({"type":["null","array"]})", ErrorCode::kInvalidArgument,
                       "tools[1].function.parameters#/type"},
           SchemaError{R"({"required":3})", ErrorCode::kInvalidArgument,
                       "tools[1].function.parameters#/required"},
       }) {
    SCOPED_TRACE(test.parameters);
    for (const auto& format : all_formats()) {
      ToolUse use;
      use.tools = {tool("fine"), tool("broken", test.parameters)};
      use.choice = ToolChoice::kAuto;
      const auto grammar = compile(*format, use);
      ASSERT_FALSE(grammar) << format->name();
      EXPECT_EQ(grammar.error().code, test.code);
      EXPECT_EQ(grammar.error().where, test.where);
    }
  }
}

TEST(ConstraintTest, ArgumentsAreObjectsEvenWhereTheTypeIsOpen) {
  ToolUse use;
  use.tools = {tool("f", R"({"type":["object","null"]})"), tool("g", "{}")};
  use.choice = ToolChoice::kRequired;
  const auto grammar = compile(*make_llama3_format(), use).value();
  EXPECT_TRUE(accepts(grammar, R"({"name": "f", "parameters": {"any": 1}})"));
  EXPECT_TRUE(accepts(grammar, R"({"name": "g", "parameters": {}})"));
  EXPECT_FALSE(accepts(grammar, R"({"name": "f", "parameters": null})"));
  EXPECT_FALSE(accepts(grammar, R"({"name": "g", "parameters": 1})"));
}

// --- by chance

constexpr int kWalks = 600;
constexpr std::size_t kMostTokens = 400;

ToolUse random_tools(const std::vector<grammar::testing::NamedSchema>& schemas, std::mt19937& random) {
  ToolUse use;
  const unsigned count = 1 + random() % 3;
  while (use.tools.size() < count) {
    Tool made = tool("tool_" + std::to_string(use.tools.size()));
    if (random() % 8 != 0) {
      const json::value& schema = schemas[random() % schemas.size()].schema;
      if (!schema.is_object()) continue;
      made.parameters = schema.get_object();
      // Only what takes an object is a function's.
      grammar::GrammarBuilder builder;
      const auto node = arguments_node(builder, made, 0);
      if (!node || !std::move(builder).build(*node)) continue;
    }
    use.tools.push_back(std::move(made));
  }
  using enum ToolChoice;
  use.choice = std::vector<ToolChoice>{kAuto, kRequired, kRequired, kFunction}[random() % 4];
  use.function = use.tools[random() % count].name;
  use.parallel = random() % 3 != 0;
  return use;
}

void expect_valid(const testing::HeardCall& call, const ToolUse& use) {
  EXPECT_TRUE(call.complete);
  const auto found = std::ranges::find(use.tools, call.name, &Tool::name);
  ASSERT_NE(found, use.tools.end()) << call.name;
  if (use.choice == ToolChoice::kFunction) {
    EXPECT_EQ(call.name, use.function);
  }
  boost::system::error_code error;
  const json::value arguments = json::parse(call.arguments, error);
  ASSERT_FALSE(error) << call.arguments;
  ASSERT_TRUE(arguments.is_object());
  if (!found->parameters) {
    EXPECT_EQ(call.arguments, "{}");
  } else {
    EXPECT_EQ(grammar::testing::Validator(*found->parameters).complaint(arguments), "") << call.arguments;
  }
}

TEST(ConstraintTest, RandomGenerationsParseBack) {
  const auto vocabulary = grammar::testing::small_vocabulary();
  const auto schemas = grammar::testing::read_schemas(PEREGRINE_SOURCE_DIR);
  const auto formats = all_formats();
  std::mt19937 random(7);
  int finished = 0;
  int calls = 0;
  for (int i = 0; i < kWalks; ++i) {
    const auto& format = formats[static_cast<std::size_t>(i) % formats.size()];
    SCOPED_TRACE(std::string(format->name()) + " " + std::to_string(i));
    const ToolUse use = random_tools(schemas, random);
    const auto grammar = compile(*format, use);
    ASSERT_TRUE(grammar) << grammar.error().text();
    const auto walk = grammar::testing::random_walk(grammar::Matcher::create(*grammar, vocabulary).value(),
                                                    *vocabulary, static_cast<unsigned>(i), kMostTokens);
    ASSERT_EQ(walk.problem, "") << walk.text;
    if (!walk.finished) continue;
    ++finished;
    const AnswerFormat answer;
    const unsigned one_in = 1U << random() % 8;
    const testing::Heard found =
        testing::read_cut(*format, {.tool_use = use, .answer = answer}, testing::atoms(walk.text),
                          [&](std::size_t) { return random() % one_in == 0; });
    EXPECT_EQ(found.problem, "");
    for (const testing::HeardCall& call : found.calls) expect_valid(call, use);
    calls += static_cast<int>(found.calls.size());
    if (use.choice != ToolChoice::kAuto) {
      EXPECT_GE(found.calls.size(), 1U) << walk.text;
      EXPECT_EQ(found.content, "") << walk.text;
    } else if (found.calls.empty()) {
      EXPECT_EQ(found.content, walk.text);
    }
    if (!use.parallel) {
      EXPECT_LE(found.calls.size(), 1U) << walk.text;
    }
    if (::testing::Test::HasFailure()) return;
  }
  EXPECT_GT(finished * 10, kWalks * 7);
  EXPECT_GT(calls * 2, kWalks);
}

}  // namespace
}  // namespace peregrine::service
