#include "service/responses/items.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace peregrine::service {
namespace {

using ::testing::ElementsAre;

MessageItem says(Role role, std::string text) {
  return {.id = {}, .role = role, .texts = {std::move(text)}};
}
MessageItem user(std::string text) {
  return says(Role::kUser, std::move(text));
}
MessageItem assistant(std::string text) {
  return says(Role::kAssistant, std::move(text));
}
FunctionCallItem call(std::string id) {
  return {.id = {}, .call_id = std::move(id), .name = "f", .arguments = "{}"};
}
FunctionOutputItem output(std::string id) {
  return {.id = {}, .call_id = std::move(id), .output = "out"};
}
ReasoningItem thought(std::string text) {
  return {.id = {}, .text = std::move(text)};
}

// One word per turn: role, what it says, [thoughts], (calls).
std::vector<std::string> shape(const std::vector<ChatMessage>& messages) {
  std::vector<std::string> out;
  for (const ChatMessage& message : messages) {
    constexpr const char* kRoles[] = {"system", "user", "assistant", "tool"};
    std::string line = kRoles[static_cast<int>(message.role)];
    if (message.reasoning) line += "[" + *message.reasoning + "]";
    if (!message.content.empty()) line += " " + message.content;
    for (const ToolCall& tool_call : message.tool_calls) line += "(" + tool_call.id + ")";
    if (message.tool_call_id) line += "=" + *message.tool_call_id;
    out.push_back(line);
  }
  return out;
}

std::vector<std::string> shape(const std::vector<Item>& items) {
  return shape(to_messages(std::nullopt, items));
}

TEST(ResponseItems, WhatTheAssistantDoesInARowIsOneTurn) {
  const std::vector<Item> items = {
      user("hi"),  thought("hm"), assistant("let me see"), call("a"),          call("b"),
      output("a"), output("b"),   thought("so"),           assistant("it is"), user("thanks")};
  EXPECT_THAT(shape(to_messages("be brief", items)),
              ElementsAre("system be brief", "user hi", "assistant[hm] let me see(a)(b)", "tool out=a",
                          "tool out=b", "assistant[so] it is", "user thanks"));
}

TEST(ResponseItems, TurnsThatCannotBeOneAreNot) {
  EXPECT_THAT(shape({user("hi"), assistant("one"), assistant("two")}),
              ElementsAre("user hi", "assistant one", "assistant two"));
  EXPECT_THAT(shape({user("hi"), assistant("one"), thought("hm"), assistant("two")}),
              ElementsAre("user hi", "assistant one", "assistant[hm] two"));
  EXPECT_THAT(shape({user("hi"), call("a"), assistant("text")}), ElementsAre("user hi", "assistant text(a)"));
}

TEST(ResponseItems, ACallThatWasCutIsNone) {
  FunctionCallItem cut = call("a");
  cut.status = ItemStatus::kIncomplete;
  EXPECT_THAT(shape({user("hi"), cut}), ElementsAre("user hi"));
}

TEST(ResponseItems, PartsAreJoinedByLineEnds) {
  const Item item = MessageItem{.id = {}, .role = Role::kUser, .texts = {"a", "b"}};
  EXPECT_EQ(to_messages(std::nullopt, std::span(&item, 1)).front().content, "a\nb");
}

TEST(ResponseItems, OldTurnsGoAndTheLastStays) {
  const std::vector<Item> all = {
      says(Role::kSystem, "rules"), user("1"), assistant("one"), user("2"), assistant("two"), user("3")};
  std::vector<Item> items = all;
  ASSERT_TRUE(drop_oldest_turns(items, 1));
  EXPECT_THAT(shape(items), ElementsAre("system rules", "user 2", "assistant two", "user 3"));
  ASSERT_TRUE(drop_oldest_turns(items, 1));
  EXPECT_THAT(shape(items), ElementsAre("system rules", "user 3"));
  EXPECT_FALSE(drop_oldest_turns(items, 1));
  EXPECT_THAT(shape(items), ElementsAre("system rules", "user 3"));

  items = all;
  ASSERT_TRUE(drop_oldest_turns(items, 2));
  EXPECT_THAT(shape(items), ElementsAre("system rules", "user 3"));
  items = all;
  EXPECT_FALSE(drop_oldest_turns(items, 3));
  EXPECT_EQ(items.size(), all.size());
}

TEST(ResponseItems, ACallGoesWithItsOutputs) {
  std::vector<Item> items = {user("1"), call("a"),   call("b"),       output("a"),
                             user("2"), output("b"), assistant("two")};
  ASSERT_TRUE(drop_oldest_turns(items, 1));
  EXPECT_THAT(shape(items), ElementsAre("user 2", "assistant two"));
}

TEST(ResponseItems, WhatStandsBeforeTheFirstQuestionIsATurn) {
  std::vector<Item> items = {assistant("welcome"), user("1"), assistant("one")};
  ASSERT_TRUE(drop_oldest_turns(items, 1));
  EXPECT_THAT(shape(items), ElementsAre("user 1", "assistant one"));
}

}  // namespace
}  // namespace peregrine::service
