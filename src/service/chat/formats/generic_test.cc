#include "service/chat/formats/generic.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "service/chat/formats/testing/hearing.h"

namespace peregrine::service {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

ToolUse weather(ToolChoice choice) {
  ToolUse use;
  use.tools.push_back(
      {.name = "get_weather",
       .description = "Says \"what\" it is like.",
       .parameters =
           boost::json::parse(R"({"type":"object","properties":{"city":{"type":"string"}}})").as_object()});
  use.tools.push_back({.name = "get_time", .description = {}, .parameters = {}});
  use.choice = choice;
  use.function = "get_time";
  return use;
}

TEST(GenericFormatTest, PromptExplainsToolsAndForm) {
  const std::string text = generic_tool_prompt(weather(ToolChoice::kAuto));
  EXPECT_THAT(
      text,
      HasSubstr(
          R"({"name":"get_weather","description":"Says \"what\" it is like.","parameters":{"type":"object","properties":{"city":{"type":"string"}}}})"));
  EXPECT_THAT(text, HasSubstr(R"({"name":"get_time","parameters":{"type":"object"}})"));
  EXPECT_THAT(text, HasSubstr("<tool_call>\n{\"name\": "));
  EXPECT_THAT(text, HasSubstr("Several calls"));
  EXPECT_THAT(text, Not(HasSubstr("Answer with a call")));

  EXPECT_THAT(generic_tool_prompt(weather(ToolChoice::kRequired)),
              HasSubstr("Answer with a call of a function."));
  EXPECT_THAT(generic_tool_prompt(weather(ToolChoice::kFunction)), HasSubstr("of the function get_time."));
  ToolUse single = weather(ToolChoice::kAuto);
  single.parallel = false;
  EXPECT_THAT(generic_tool_prompt(single), Not(HasSubstr("Several calls")));
}

TEST(GenericFormatTest, NoToolsNoPrompt) {
  EXPECT_EQ(generic_tool_prompt(weather(ToolChoice::kNone)), "");
  EXPECT_EQ(generic_tool_prompt({}), "");
}

TEST(GenericFormatTest, PastCallsReadBack) {
  const std::vector<ToolCall> calls = {{"1", "get_weather", R"({"city": "\"Lyon\""})"},
                                       {"2", "get_time", ""}};
  const std::string text = generic_calls_text(calls);
  const ToolUse use = weather(ToolChoice::kAuto);
  const AnswerFormat answer;
  const auto found = testing::read_whole(*make_generic_format(), {.tool_use = use, .answer = answer}, text);
  EXPECT_EQ(found, (testing::Heard{.content = {},
                                   .reasoning = {},
                                   .calls = {{"", "get_weather", R"({"city": "\"Lyon\""})", true},
                                             {"", "get_time", "{}", true}},
                                   .problem = {}}));
  EXPECT_EQ(generic_result_text("20 °C"), "<tool_response>\n20 °C\n</tool_response>");
}

}  // namespace
}  // namespace peregrine::service
