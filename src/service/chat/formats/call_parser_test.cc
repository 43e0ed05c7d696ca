// What traces do not show: when things are told, and where limits are.
#include "service/chat/formats/call_parser.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "service/chat/formats/hermes.h"
#include "service/chat/formats/json_scanner.h"
#include "service/chat/formats/llama3.h"
#include "service/chat/formats/testing/hearing.h"

namespace peregrine::service {
namespace {

ToolUse one_tool() {
  ToolUse use;
  use.tools.push_back({.name = "f", .description = {}, .parameters = boost::json::object()});
  use.choice = ToolChoice::kAuto;
  return use;
}

// Events as they come, one character of raw text at a time: "text|" before each.
class EventLog final : public OutputSink {
 public:
  std::string text;
  void content(std::string_view part, std::size_t raw) override {
    text += "C" + std::to_string(raw) + "(" + std::string(part) + ")";
  }
  void reasoning(std::string_view) override { text += "R"; }
  void call_begin(std::string_view, std::string_view name) override {
    text += "B(" + std::string(name) + ")";
  }
  void call_arguments(std::string_view piece) override { text += "A(" + std::string(piece) + ")"; }
  void call_end(bool complete) override { text += complete ? "E" : "X"; }
};

std::string events(const ChatFormat& format, const ToolUse& use, const std::vector<std::string>& pieces) {
  const AnswerFormat answer;
  const auto parser = format.parser({.tool_use = use, .answer = answer});
  EventLog log;
  for (const std::string& piece : pieces) {
    parser->push(piece, log);
    log.text += "|";
  }
  parser->finish(log);
  return log.text;
}

TEST(CallParserTest, TellsArgumentsAsTheyAreWritten) {
  EXPECT_EQ(
      events(*make_hermes_format(false), one_tool(),
             {"Hi", " <tool", "_call>\n{\"name\": \"f\"", ", \"arguments\": ", "{\"a\": ", "1", "}", "}"}),
      "C0(Hi)||||B(f)A({\"a\": )|A(1)|A(})|E|");
}

TEST(CallParserTest, TellsBareCallsFromAnswersInJsonEarly) {
  const auto format = make_llama3_format();
  EXPECT_EQ(events(*format, one_tool(), {"{\"na", "me\": \"f\", \"parameters\": {", "}}"}),
            "|B(f)A({)|A(})E|");
  EXPECT_EQ(events(*format, one_tool(), {"{\"city", "\": \"f\"", "}"}), "|C0({\"city)C6(\": \"f\")|C12(})|");
  EXPECT_EQ(events(*format, one_tool(), {"{\"name\": \"Bob\"", ", 1}"}),
            "C0({\"name\": \"Bob)C13(\")|C14(, 1})|");
}

TEST(CallParserTest, ContentFollowsABrokenCallFromItsBeginning) {
  EXPECT_EQ(events(*make_hermes_format(false), one_tool(),
                   {"a\n<tool_call>\n{\"name\": \"f\", \"arguments\": {", "x}"}),
            "C0(a)B(f)A({)|XC1(\n)C2(<tool_call>\n{\"name\": \"f\", \"arguments\": {)C42(x})|");
}

TEST(CallParserTest, SizeHasALimit) {
  const std::string head = "<tool_call>\n{\"name\": \"f\", \"arguments\": {\"a\": \"";
  const std::string tail = "\"}}\n</tool_call>";
  const ToolUse use = one_tool();
  const AnswerFormat answer;
  const FormatRequest request{.tool_use = use, .answer = answer};
  const auto format = make_hermes_format(false);
  const std::string small = head + std::string(kMaxCallBytes / 2, 'x') + tail;
  EXPECT_EQ(testing::read_whole(*format, request, small).content, "");
  const std::string large = head + std::string(kMaxCallBytes, 'x') + tail;
  const testing::Heard found = testing::read_cut(
      *format, request, {large.substr(0, 1000), large.substr(1000)}, [](std::size_t i) { return i == 0; });
  EXPECT_EQ(found.content, large);
  ASSERT_EQ(found.calls.size(), 1U);
  EXPECT_FALSE(found.calls[0].complete);
}

TEST(CallParserTest, AnyBytesAreTaken) {
  const ToolUse use = one_tool();
  const AnswerFormat answer;
  for (const std::string& raw :
       {std::string("\xFF"), std::string("\xFF<"), std::string("a\xFF<|x"),
        std::string("\xFF\xFF<|x|>\xFF[y"), std::string(1, '\0'), std::string("\xC3")}) {
    const testing::Heard found =
        testing::read_whole(*make_llama3_format(), {.tool_use = use, .answer = answer}, raw);
    EXPECT_TRUE(found.calls.empty());
  }
}

}  // namespace
}  // namespace peregrine::service
