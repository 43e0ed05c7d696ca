#include "service/chat/formats/kimi_k2.h"

#include <gtest/gtest.h>

#include "service/chat/formats/call_grammar.h"
#include "service/chat/formats/testing/marked_walk.h"
#include "service/chat/formats/testing/raw_traces.h"

namespace peregrine::service {
namespace {

std::shared_ptr<const grammar::Vocabulary> kimi_vocabulary() {
  static const auto kVocabulary = testing::marked_vocabulary(
      {"<|tool_calls_section_begin|>", "<|tool_calls_section_end|>", "<|tool_call_begin|>",
       "<|tool_call_argument_begin|>", "<|tool_call_end|>", "<|media_pad|>"},
      {"functions", ".tool", "_", ":", "12"});
  return kVocabulary;
}

TEST(KimiK2, Traces) {
  const auto format = make_kimi_k2_format();
  testing::expect_traces("kimi_k2", [&](const testing::RawTrace&) { return format; });
}

TEST(KimiK2, NoConstraintWithoutToolsOrForm) {
  const AnswerFormat answer;
  ToolUse use;
  grammar::GrammarBuilder builder;
  EXPECT_FALSE(make_kimi_k2_format()->constraint(builder, {.tool_use = use, .answer = answer}).value());
  // Tools that must not be called are in the prompt: the grammar keeps the model from it.
  use.tools.push_back({.name = "tool", .description = {}, .parameters = {}});
  const auto grammar = testing::compile(*make_kimi_k2_format(), {.tool_use = use, .answer = answer});
  ASSERT_TRUE(grammar);
  EXPECT_TRUE(testing::accepts(grammar, kimi_vocabulary(), "any text"));
  EXPECT_FALSE(
      testing::accepts(grammar, kimi_vocabulary(), "text" + control_mark("<|tool_calls_section_begin|>")));
}

TEST(KimiK2, AnAnswerOfAFormOrCalls) {
  AnswerFormat answer;
  answer.kind = AnswerKind::kChoice;
  answer.choices = {"yes", "no"};
  ToolUse use;
  use.choice = ToolChoice::kAuto;
  use.tools.push_back({.name = "tool", .description = {}, .parameters = {}});
  const auto grammar = testing::compile(*make_kimi_k2_format(), {.tool_use = use, .answer = answer});
  const std::string call = control_mark("<|tool_calls_section_begin|>") +
                           control_mark("<|tool_call_begin|>") + "functions.tool:0" +
                           control_mark("<|tool_call_argument_begin|>") + "{}" +
                           control_mark("<|tool_call_end|>") + control_mark("<|tool_calls_section_end|>");
  EXPECT_TRUE(testing::accepts(grammar, kimi_vocabulary(), "yes"));
  EXPECT_FALSE(testing::accepts(grammar, kimi_vocabulary(), "maybe"));
  EXPECT_TRUE(testing::accepts(grammar, kimi_vocabulary(), call));
  EXPECT_FALSE(testing::accepts(grammar, kimi_vocabulary(), "yes" + call));
}

TEST(KimiK2, WalksReadAsTheRequestAsks) {
  const AnswerFormat answer;
  const auto format = make_kimi_k2_format();
  int walks = 0;
  int finished = 0;
  int several = 0;
  for (ToolUse use : testing::random_tool_uses(3)) {
    for (const ToolChoice choice : {ToolChoice::kAuto, ToolChoice::kRequired, ToolChoice::kFunction}) {
      use.choice = choice;
      for (unsigned seed = 0; seed < 8; ++seed, ++walks) {
        use.parallel = seed % 4 != 0;
        const FormatRequest request{.tool_use = use, .answer = answer};
        const auto grammar = testing::compile(*format, request);
        ASSERT_TRUE(grammar);
        std::string text;
        const auto heard = testing::hear_walk(*format, request, grammar, kimi_vocabulary(), seed, text);
        if (!heard) continue;
        ++finished;
        if (calls_required(use)) {
          ASSERT_FALSE(heard->calls.empty()) << text;
          ASSERT_EQ(heard->content, "") << text;
        }
        if (!use.parallel) {
          ASSERT_LE(heard->calls.size(), 1U) << text;
        }
        several += heard->calls.size() > 1 ? 1 : 0;
        for (const testing::HeardCall& call : heard->calls) {
          ASSERT_TRUE(call.complete) << text;
          ASSERT_TRUE(call.id.starts_with("functions." + call.name + ":")) << call.id;
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
  EXPECT_GT(several, 20);
}

}  // namespace
}  // namespace peregrine::service
