#include "service/chat/formats/harmony.h"

#include <gtest/gtest.h>

#include "service/chat/formats/call_grammar.h"
#include "service/chat/formats/harmony_header.h"
#include "service/chat/formats/testing/marked_walk.h"
#include "service/chat/formats/testing/raw_traces.h"

namespace peregrine::service {
namespace {

std::shared_ptr<const grammar::Vocabulary> harmony_vocabulary() {
  static const auto kVocabulary = testing::marked_vocabulary(
      {harmony::kStart, harmony::kChannel, harmony::kConstrain, harmony::kMessage, harmony::kEnd, "<|pad|>"},
      {"analysis", "commentary", "final", "assistant", " to=", "functions.", "tool_", "json", " json"});
  return kVocabulary;
}

// "<|x|>" in `text` as control tokens.
std::string raw(std::string_view text) {
  std::string marked;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text.substr(at).starts_with("<|")) marked += kControlMark;
    marked += text[at];
  }
  return marked;
}

TEST(Harmony, Traces) {
  const auto format = make_harmony_format();
  testing::expect_traces("harmony", [&](const testing::RawTrace&) { return format; });
}

TEST(Harmony, ArgumentsAreNotHeldBack) {
  ToolUse use;
  use.choice = ToolChoice::kAuto;
  use.tools.push_back({.name = "get", .description = {}, .parameters = {}});
  const AnswerFormat answer;
  const auto parser = make_harmony_format()->parser({.tool_use = use, .answer = answer});
  const std::string text = raw("<|channel|>commentary to=functions.get<|message|>{\"a\":");
  testing::HearingSink sink(text);
  parser->push(text, sink);
  ASSERT_EQ(sink.heard.calls.size(), 1U);
  EXPECT_EQ(sink.heard.calls[0].arguments, "{\"a\":");
}

TEST(Harmony, KnowsWhenItReasons) {
  const ToolUse use;
  const AnswerFormat answer;
  const auto parser = make_harmony_format()->parser({.tool_use = use, .answer = answer});
  testing::HearingSink sink("");
  const auto reasons_after = [&](std::string_view text) {
    parser->push(raw(text), sink);
    return parser->in_reasoning();
  };
  EXPECT_FALSE(parser->in_reasoning());
  EXPECT_FALSE(reasons_after("<|channel|>analysis"));
  EXPECT_TRUE(reasons_after("<|message|>"));
  EXPECT_TRUE(reasons_after("x"));
  EXPECT_FALSE(reasons_after("<|end|><|start|>assistant<|channel|>final<|message|>"));
}

constexpr const char* kOneTool =
    R"([{"name": "get", "parameters": {"properties": {"id": {"type": "integer"}}, "required": ["id"],
        "additionalProperties": false}}, {"name": "stop"}])";

ToolUse one_tool(ToolChoice choice) {
  ToolUse use = testing::read_tool_use({{"tools", boost::json::parse(kOneTool)}});
  use.choice = choice;
  use.function = "stop";
  return use;
}

struct Taken {
  const char* text;
  bool none, automatic, required, function;  // choices under which the grammar takes it
};

const Taken kTaken[] = {
    {"<|channel|>final<|message|>Hi <|x", true, true, false, false},
    {"<|channel|>final<|message|>", true, true, false, false},
    {"<|channel|>analysis<|message|>Hm<|end|><|start|>assistant<|channel|>final<|message|>Hi", true, true,
     false, false},
    {"<|channel|>analysis<|message|>a<|end|><|start|>assistant<|channel|>analysis<|message|>b<|end|>"
     "<|start|>assistant<|channel|>final<|message|>Hi",
     true, true, false, false},
    {"<|channel|>commentary<|message|>Wait<|end|><|start|>assistant<|channel|>final<|message|>Hi", false,
     true, false, false},
    {"<|channel|>commentary to=functions.get <|constrain|>json<|message|>{\"id\":1}", false, true, true,
     false},
    {"<|channel|>commentary to=functions.get<|message|>{\"id\": 1}", false, true, true, false},
    {" to=functions.stop<|channel|>commentary json<|message|>{}", false, true, true, true},
    {"<|channel|>commentary to=functions.stop<|constrain|>json<|message|>{}", false, true, true, true},
    {"<|channel|>analysis<|message|>Hm<|end|><|start|>assistant<|channel|>commentary<|message|>Wait<|end|>"
     "<|start|>assistant to=functions.stop<|channel|>commentary<|message|>{}",
     false, true, true, true},
    // Never.
    {"Hi", false, false, false, false},
    {"<|channel|>analysis<|message|>Hm", false, false, false, false},
    {"<|channel|>analysis<|message|>Hm<|end|>", false, false, false, false},
    {"<|channel|>thoughts<|message|>Hm", false, false, false, false},
    {"<|channel|>final<|message|>Hi<|end|>", false, false, false, false},
    {"<|channel|>final <|constrain|>json<|message|>{}", false, false, false, false},
    {"<|channel|>commentary to=functions.get<|message|>{}", false, false, false, false},
    {"<|channel|>commentary to=functions.stop<|message|>{\"id\":1}", false, false, false, false},
    {"<|channel|>commentary to=functions.other<|message|>{}", false, false, false, false},
    {"<|channel|>commentary to=functions.stop<|message|>{}<|call|>", false, false, false, false},
};

TEST(Harmony, TakesWhatTheChoiceAllows) {
  const AnswerFormat answer;
  const auto check = [&](ToolChoice choice, bool Taken::* expected) {
    const ToolUse use = one_tool(choice);
    const auto grammar = testing::compile(*make_harmony_format(), {.tool_use = use, .answer = answer});
    ASSERT_TRUE(grammar);
    for (const Taken& taken : kTaken) {
      // The one that spells a mark in plain text has no end of it.
      std::string text = raw(taken.text);
      if (text.ends_with("\xFF<|x")) text.erase(text.size() - 4, 1);
      EXPECT_EQ(testing::accepts(grammar, harmony_vocabulary(), text), taken.*expected) << taken.text;
    }
  };
  check(ToolChoice::kNone, &Taken::none);
  check(ToolChoice::kAuto, &Taken::automatic);
  check(ToolChoice::kRequired, &Taken::required);
  check(ToolChoice::kFunction, &Taken::function);
}

TEST(Harmony, ThePromptMayOpenTheAnswer) {
  const AnswerFormat answer;
  const ToolUse automatic = one_tool(ToolChoice::kAuto);
  const auto format = make_harmony_format();
  const auto open =
      testing::compile(*format, {.tool_use = automatic, .answer = answer, .prompt_opens_answer = true});
  EXPECT_TRUE(testing::accepts(open, harmony_vocabulary(), "and so on"));
  EXPECT_FALSE(testing::accepts(open, harmony_vocabulary(), raw("<|channel|>final<|message|>x")));
  const ToolUse required = one_tool(ToolChoice::kRequired);
  const auto must =
      testing::compile(*format, {.tool_use = required, .answer = answer, .prompt_opens_answer = true});
  EXPECT_FALSE(testing::accepts(must, harmony_vocabulary(), "and so on"));
  EXPECT_TRUE(testing::accepts(
      must, harmony_vocabulary(),
      raw("on<|end|><|start|>assistant<|channel|>commentary to=functions.stop<|message|>{}")));
}

TEST(Harmony, WithoutReasoningThereIsNoAnalysis) {
  const AnswerFormat answer;
  const ToolUse use;
  const auto grammar =
      testing::compile(*make_harmony_format(), {.tool_use = use, .answer = answer, .reasoning = false});
  EXPECT_TRUE(testing::accepts(grammar, harmony_vocabulary(), raw("<|channel|>final<|message|>x")));
  EXPECT_FALSE(testing::accepts(
      grammar, harmony_vocabulary(),
      raw("<|channel|>analysis<|message|>x<|end|><|start|>assistant<|channel|>final<|message|>x")));
}

TEST(Harmony, SaysWhereASchemaIsWrong) {
  const auto refusal = [](const ToolUse& use, const AnswerFormat& answer) {
    grammar::GrammarBuilder builder;
    const auto node = make_harmony_format()->constraint(builder, {.tool_use = use, .answer = answer});
    return node ? "accepted" : node.error().where;
  };
  ToolUse use = one_tool(ToolChoice::kAuto);
  AnswerFormat answer;
  EXPECT_EQ(refusal(use, answer), "accepted");
  use.tools[1].parameters = {{"properties", {{"x", {{"not", boost::json::object()}}}}}};
  EXPECT_EQ(refusal(use, answer), "tools[1].function.parameters#/properties/x/not");
  answer.kind = AnswerKind::kJsonSchema;
  answer.schema = {{"items", {{"if", true}}}};
  EXPECT_EQ(refusal({}, answer), "response_format#/items/if");
  use.choice = ToolChoice::kFunction;
  use.function = "missing";
  EXPECT_EQ(refusal(use, {}), "tool_choice");
}

// What a walk under the grammar says is what the request asked for.
TEST(Harmony, WalksReadAsTheRequestAsks) {
  const AnswerFormat answer;
  const auto format = make_harmony_format();
  int walks = 0;
  int calls = 0;
  int finished = 0;
  for (ToolUse use : testing::random_tool_uses(3)) {
    for (const ToolChoice choice :
         {ToolChoice::kNone, ToolChoice::kAuto, ToolChoice::kRequired, ToolChoice::kFunction}) {
      use.choice = choice;
      const FormatRequest request{.tool_use = use, .answer = answer};
      const auto grammar = testing::compile(*format, request);
      ASSERT_TRUE(grammar);
      for (unsigned seed = 0; seed < 8; ++seed, ++walks) {
        std::string text;
        const auto heard = testing::hear_walk(*format, request, grammar, harmony_vocabulary(), seed, text);
        if (!heard) continue;
        ++finished;
        if (choice == ToolChoice::kNone) {
          ASSERT_TRUE(heard->calls.empty()) << text;
        }
        if (calls_required(use)) {
          ASSERT_EQ(heard->calls.size(), 1U) << text;
        }
        ASSERT_LE(heard->calls.size(), 1U);
        for (const testing::HeardCall& call : heard->calls) {
          ++calls;
          ASSERT_TRUE(call.complete) << text;
          ASSERT_EQ(testing::complaint(use, call.name, call.arguments), "") << text;
          if (choice == ToolChoice::kFunction) {
            ASSERT_EQ(call.name, use.function);
          }
        }
        if (seed == 0) testing::expect_same_however_split(*format, request, text, 5);
      }
    }
  }
  EXPECT_GT(finished * 10, walks * 8) << walks;
  EXPECT_GT(calls * 10, walks * 4) << walks;
}

TEST(Harmony, WalksAnswerInTheFormAsked) {
  const ToolUse use;
  AnswerFormat answer;
  answer.kind = AnswerKind::kJsonSchema;
  const auto format = make_harmony_format();
  int finished = 0;
  for (const auto& [name, schema] : grammar::testing::read_schemas(PEREGRINE_SOURCE_DIR)) {
    if (!name.starts_with("extraction/")) continue;
    SCOPED_TRACE(name);
    answer.schema = schema;
    const FormatRequest request{.tool_use = use, .answer = answer};
    const auto grammar = testing::compile(*format, request);
    ASSERT_TRUE(grammar);
    grammar::testing::Validator validator(schema);
    for (unsigned seed = 0; seed < 6; ++seed) {
      std::string text;
      const auto heard = testing::hear_walk(*format, request, grammar, harmony_vocabulary(), seed, text);
      if (!heard) continue;
      ++finished;
      boost::system::error_code error;
      const auto value = boost::json::parse(heard->content, error);
      if (error == boost::json::error::exponent_overflow) continue;  // JSON, but not for this parser
      ASSERT_FALSE(error) << text;
      ASSERT_EQ(validator.complaint(value), "") << text;
    }
  }
  EXPECT_GT(finished, 100);
}

}  // namespace
}  // namespace peregrine::service
