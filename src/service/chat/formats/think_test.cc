#include "service/chat/formats/think.h"

#include <gtest/gtest.h>

#include "service/chat/formats/kimi_k2.h"
#include "service/chat/formats/testing/marked_walk.h"
#include "service/chat/formats/testing/raw_traces.h"

namespace peregrine::service {
namespace {

// The layer is tried around a format with control tokens of its own.
std::shared_ptr<const ChatFormat> thinking(bool markers_are_control) {
  return with_thinking(make_kimi_k2_format(), markers_are_control);
}

std::shared_ptr<const grammar::Vocabulary> vocabulary() {
  static const auto kVocabulary = testing::marked_vocabulary(
      {"<|tool_calls_section_begin|>", "<|tool_calls_section_end|>", "<|tool_call_begin|>",
       "<|tool_call_argument_begin|>", "<|tool_call_end|>", "<think>", "</think>"},
      {"<think>", "</think>", "</", "think", ">\n", "functions.", "tool_"});
  return kVocabulary;
}

const ToolUse kNoTools;

AnswerFormat yes_or_no() {
  AnswerFormat answer;
  answer.kind = AnswerKind::kChoice;
  answer.choices = {"yes", "no"};
  return answer;
}

TEST(Think, Traces) {
  testing::expect_traces("think",
                         [](const testing::RawTrace& trace) { return thinking(trace.flag("control")); });
}

TEST(Think, KnowsWhenItReasons) {
  const AnswerFormat answer;
  const auto parser = thinking(false)->parser({.tool_use = kNoTools, .answer = answer});
  testing::HearingSink sink("");
  const auto reasons_after = [&](std::string_view text) {
    parser->push(text, sink);
    return parser->in_reasoning();
  };
  EXPECT_FALSE(parser->in_reasoning());
  EXPECT_FALSE(reasons_after("\n<thi"));
  EXPECT_TRUE(reasons_after("nk>"));
  EXPECT_TRUE(reasons_after("a</think"));
  EXPECT_FALSE(reasons_after(">"));
  const auto opened =
      thinking(false)->parser({.tool_use = kNoTools, .answer = answer, .prompt_opens_reasoning = true});
  EXPECT_TRUE(opened->in_reasoning());
}

TEST(Think, ReasoningIsNotHeldBack) {
  const AnswerFormat answer;
  const auto parser = thinking(false)->parser({.tool_use = kNoTools, .answer = answer});
  testing::HearingSink sink("");
  parser->push("<think>\nI think, a < b", sink);
  EXPECT_EQ(sink.heard.reasoning, "I think, a < b");
}

struct Taken {
  const char* text;
  bool usual, opened, quiet;  // whether the grammar takes it: by default, in a block, without one
};

const Taken kTaken[] = {
    {"yes", true, false, true},
    {"<think>a</think>yes", true, true, false},
    {"<think>\na < b\n</think>\n\nno", true, true, false},
    {"<think>a</think>\n\n\nno", false, false, false},
    {"<think>a", false, false, false},
    {"<think>a</think>", false, false, false},
    {"<think>a</think>b</think>yes", false, false, false},
    {"a</think>yes", false, true, false},
    {"</think>\nyes", false, true, false},
    {"perhaps", false, false, false},
};

TEST(Think, TakesABlockWhereOneIsDue) {
  const AnswerFormat answer = yes_or_no();
  for (const bool control : {false, true}) {
    const auto with = [&](bool opened, bool reasoning) {
      return testing::compile(
          *thinking(control),
          {.tool_use = kNoTools, .answer = answer, .prompt_opens_reasoning = opened, .reasoning = reasoning});
    };
    const auto usual = with(false, true);
    const auto opened = with(true, true);
    const auto quiet = with(false, false);
    for (const Taken& taken : kTaken) {
      std::string text = taken.text;
      for (std::size_t at = 0; control && (at = text.find("think>", at)) != std::string::npos; at += 7) {
        text.insert(text.rfind('<', at), 1, kControlMark);
      }
      // A control token in a block that is open already, or twice, is no text.
      const bool twice = control && std::string_view(taken.text).starts_with("<think>");
      EXPECT_EQ(testing::accepts(usual, vocabulary(), text), taken.usual) << text;
      EXPECT_EQ(testing::accepts(opened, vocabulary(), text), taken.opened && !twice) << text;
      EXPECT_EQ(testing::accepts(quiet, vocabulary(), text), taken.quiet) << text;
    }
  }
}

TEST(Think, NoConstraintWhereTheInnerFormatHasNone) {
  const AnswerFormat answer;
  grammar::GrammarBuilder builder;
  EXPECT_FALSE(thinking(false)->constraint(builder, {.tool_use = kNoTools, .answer = answer}).value());
  EXPECT_EQ(thinking(false)->name(), "think+kimi-k2");
}

TEST(Think, WalksReadAsTheRequestAsks) {
  const AnswerFormat answer;
  int walks = 0;
  int finished = 0;
  int reasoned = 0;
  for (ToolUse use : testing::random_tool_uses(3)) {
    use.choice = ToolChoice::kRequired;
    for (const bool control : {false, true}) {
      for (const bool opened : {false, true}) {
        const auto format = thinking(control);
        const FormatRequest request{.tool_use = use, .answer = answer, .prompt_opens_reasoning = opened};
        const auto grammar = testing::compile(*format, request);
        ASSERT_TRUE(grammar);
        for (unsigned seed = 0; seed < 6; ++seed, ++walks) {
          std::string text;
          const auto heard = testing::hear_walk(*format, request, grammar, vocabulary(), seed, text);
          if (!heard) continue;
          ++finished;
          ASSERT_EQ(heard->content, "") << text;
          ASSERT_FALSE(heard->calls.empty()) << text;
          reasoned += heard->reasoning.empty() ? 0 : 1;
          for (const testing::HeardCall& call : heard->calls) {
            ASSERT_TRUE(call.complete) << text;
            ASSERT_EQ(testing::complaint(use, call.name, call.arguments), "") << text;
          }
          if (seed == 0) testing::expect_same_however_split(*format, request, text, 5);
        }
      }
    }
  }
  EXPECT_GT(finished * 10, walks * 8) << walks;
  EXPECT_GT(reasoned * 10, walks * 4) << walks;
}

}  // namespace
}  // namespace peregrine::service
