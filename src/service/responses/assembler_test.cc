#include "service/responses/assembler.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace peregrine::service {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

IdSource numbered() {
  return [n = 0](std::string_view prefix) mutable { return fmt::format("{}_{}", prefix, n++); };
}

std::string describe(const OutputStep& step) {
  constexpr const char* kKinds[] = {"item+",      "part+",     "text",       "cite",  "text.", "reasoning",
                                    "reasoning.", "arguments", "arguments.", "part.", "item."};
  std::string out = fmt::format("{} {}", step.item, kKinds[static_cast<int>(step.kind)]);
  if (!step.delta.empty()) out += " " + step.delta;
  return out;
}

// The steps of all events, one after the other.
std::vector<std::string> play(OutputAssembler& assembler, std::vector<ChatEvent> events) {
  std::vector<std::string> out;
  for (ChatEvent& event : events) {
    for (const OutputStep& step : assembler.add(std::move(event))) out.push_back(describe(step));
  }
  return out;
}

ToolCallDelta call(std::uint32_t index, std::string id, std::string name, std::string arguments) {
  return {0, index, std::move(id), std::move(name), std::move(arguments)};
}

const ChatDone kDone{{.prompt_tokens = 3, .completion_tokens = 2}, {}};

TEST(OutputAssembler, AMessage) {
  OutputAssembler assembler(numbered());
  EXPECT_THAT(play(assembler, {TextDelta{0, "Hel", {}}, TextDelta{0, "", {}}, TextDelta{0, "lo", {}},
                               ChoiceFinished{0, ChatFinishReason::kStop}}),
              ElementsAre("0 item+", "0 part+", "0 text Hel", "0 text lo", "0 text.", "0 part.", "0 item."));
  EXPECT_FALSE(assembler.over());
  EXPECT_THAT(play(assembler, {kDone}), IsEmpty());
  EXPECT_EQ(assembler.status(), ResponseStatus::kCompleted);
  EXPECT_EQ(assembler.usage().prompt_tokens, 3U);
  ASSERT_EQ(assembler.items().size(), 1U);
  const auto& message = std::get<OutputMessage>(assembler.items()[0]);
  EXPECT_EQ(message.text, "Hello");
  EXPECT_EQ(message.id, "msg_0");
  EXPECT_EQ(message.status, ItemStatus::kCompleted);
}

TEST(OutputAssembler, ThoughtsCallsAndTextAsTheyCame) {
  OutputAssembler assembler(numbered());
  EXPECT_THAT(play(assembler, {ReasoningDelta{0, "hm"}, TextDelta{0, "see", {}}, call(0, "call_x", "f", ""),
                               call(0, "", "", "{\"a\""), call(0, "", "", ":1}"), ToolCallEnd{0, 0, true},
                               call(1, "call_y", "g", "{}"), ToolCallEnd{0, 1, true},
                               ChoiceFinished{0, ChatFinishReason::kToolCalls}, kDone}),
              ElementsAre("0 item+", "0 part+", "0 reasoning hm", "0 reasoning.", "0 part.", "0 item.",   //
                          "1 item+", "1 part+", "1 text see", "1 text.", "1 part.", "1 item.",            //
                          "2 item+", "2 arguments {\"a\"", "2 arguments :1}", "2 arguments.", "2 item.",  //
                          "3 item+", "3 arguments {}", "3 arguments.", "3 item."));
  const auto& first = std::get<FunctionCallItem>(assembler.items()[2]);
  EXPECT_EQ(first.call_id, "call_x");
  EXPECT_EQ(first.name, "f");
  EXPECT_EQ(first.arguments, "{\"a\":1}");
  EXPECT_EQ(first.status, ItemStatus::kCompleted);
  EXPECT_EQ(std::get<FunctionCallItem>(assembler.items()[3]).name, "g");
  EXPECT_EQ(assembler.status(), ResponseStatus::kCompleted);
}

// Calls need no end of their own to be told apart, nor an id of the chat's.
TEST(OutputAssembler, TheNextCallEndsTheOneBefore) {
  OutputAssembler assembler(numbered());
  play(assembler, {call(0, "", "f", "{}"), call(1, "", "g", "{}"),
                   ChoiceFinished{0, ChatFinishReason::kToolCalls}, kDone});
  ASSERT_EQ(assembler.items().size(), 2U);
  EXPECT_EQ(std::get<FunctionCallItem>(assembler.items()[0]).call_id, "call_0");
  EXPECT_EQ(std::get<FunctionCallItem>(assembler.items()[1]).status, ItemStatus::kCompleted);
}

TEST(OutputAssembler, TheBudgetEndsInTheMiddle) {
  OutputAssembler assembler(numbered());
  play(assembler, {TextDelta{0, "Hel", {}}, ChoiceFinished{0, ChatFinishReason::kLength}, kDone});
  EXPECT_EQ(assembler.status(), ResponseStatus::kIncomplete);
  EXPECT_EQ(std::get<OutputMessage>(assembler.items()[0]).status, ItemStatus::kIncomplete);

  OutputAssembler cut(numbered());
  play(cut, {call(0, "c", "f", "{\"a"), ToolCallEnd{0, 0, false},
             ChoiceFinished{0, ChatFinishReason::kLength}, kDone});
  EXPECT_EQ(cut.status(), ResponseStatus::kIncomplete);
  EXPECT_EQ(std::get<FunctionCallItem>(cut.items()[0]).status, ItemStatus::kIncomplete);
}

TEST(OutputAssembler, CitationsGoToTheirMessage) {
  OutputAssembler assembler(numbered());
  const CitationFound found{0, {0, 3, Citation::Source::kDocument, "doc"}};
  EXPECT_THAT(play(assembler, {found}), IsEmpty());  // of nothing
  EXPECT_THAT(play(assembler, {TextDelta{0, "abc", {}}, found, found}),
              ElementsAre("0 item+", "0 part+", "0 text abc", "0 cite", "0 cite"));
  // Late ones stand in the item, where its end has already been told.
  EXPECT_THAT(play(assembler, {ChoiceFinished{}, found, kDone}),
              ElementsAre("0 text.", "0 part.", "0 item."));
  EXPECT_EQ(std::get<OutputMessage>(assembler.items()[0]).citations.size(), 3U);
}

TEST(OutputAssembler, SilenceIsAnEmptyMessage) {
  OutputAssembler assembler(numbered());
  EXPECT_THAT(play(assembler, {TextDelta{}, ChoiceFinished{}, kDone}),
              ElementsAre("0 item+", "0 part+", "0 text.", "0 part.", "0 item."));
}

TEST(OutputAssembler, FailureAndCancellationLeaveItIncomplete) {
  OutputAssembler failed(numbered());
  EXPECT_THAT(play(failed, {TextDelta{0, "a", {}}, ChatFailed{{ErrorCode::kUnavailable, "gone", {}}},
                            TextDelta{0, "b", {}}}),
              ElementsAre("0 item+", "0 part+", "0 text a", "0 text.", "0 part.", "0 item."));
  EXPECT_EQ(failed.status(), ResponseStatus::kFailed);
  EXPECT_EQ(failed.failure()->error.message, "gone");
  EXPECT_EQ(std::get<OutputMessage>(failed.items()[0]).status, ItemStatus::kIncomplete);

  OutputAssembler cancelled(numbered());
  play(cancelled, {ReasoningDelta{0, "a"}});
  EXPECT_EQ(cancelled.cancel().size(), 3U);
  EXPECT_EQ(cancelled.status(), ResponseStatus::kCancelled);
  EXPECT_THAT(cancelled.cancel(), IsEmpty());
  EXPECT_THAT(play(cancelled, {TextDelta{0, "b", {}}}), IsEmpty());
}

TEST(OutputAssembler, AnEndWithoutAFinishIsAFailure) {
  OutputAssembler assembler(numbered());
  play(assembler, {TextDelta{0, "a", {}}, kDone});
  EXPECT_EQ(assembler.status(), ResponseStatus::kFailed);
}

// However the pieces are cut, the items are the same, and the deltas add up to them.
TEST(OutputAssembler, SplitsDoNotMatter) {
  const std::string text = "The answer is 42.";
  for (std::size_t piece = 1; piece <= text.size(); ++piece) {
    OutputAssembler assembler(numbered());
    std::string deltas;
    for (std::size_t at = 0; at < text.size(); at += piece) {
      for (const OutputStep& step : assembler.add(TextDelta{0, text.substr(at, piece), {}}))
        deltas += step.delta;
    }
    play(assembler, {ChoiceFinished{}, kDone});
    EXPECT_EQ(deltas, text);
    EXPECT_EQ(std::get<OutputMessage>(assembler.items()[0]).text, text);
  }
}

}  // namespace
}  // namespace peregrine::service
