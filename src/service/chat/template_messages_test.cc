// Conversations rewritten for templates, as tables: a conversation in short and what it becomes.
#include "service/chat/template_messages.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace peregrine::service {
namespace {

ChatMessage says(Role role, std::string content) {
  return {.role = role, .content = std::move(content), .name = {}};
}
ChatMessage system(std::string content) {
  return says(Role::kSystem, std::move(content));
}
ChatMessage user(std::string content) {
  return says(Role::kUser, std::move(content));
}
ChatMessage assistant(std::string content) {
  return says(Role::kAssistant, std::move(content));
}

ChatMessage calls(std::string content, const std::vector<std::string>& ids) {
  ChatMessage message = assistant(std::move(content));
  for (const std::string& id : ids) message.tool_calls.push_back({id, "f" + id, "{\"n\": " + id + "}"});
  return message;
}
ChatMessage result(std::string id, std::string content) {
  ChatMessage message = says(Role::kTool, std::move(content));
  message.tool_call_id = std::move(id);
  return message;
}

// "u:text a:text[1 2] t1:text", a line for each message.
std::string in_short(const std::vector<ChatMessage>& messages) {
  std::string text;
  for (const ChatMessage& message : messages) {
    text += "suat"[static_cast<std::size_t>(message.role)];
    text += message.tool_call_id.value_or("") + ":" + message.content;
    if (!message.tool_calls.empty()) {
      text += "[";
      for (const ToolCall& call : message.tool_calls) text += call.name + call.arguments;
      text += "]";
    }
    text += "|";
  }
  return text;
}

struct Row {
  std::vector<ChatMessage> from;
  const char* to;
};

TEST(TemplateMessagesTest, JoinNeighbours) {
  const std::vector<Row> rows = {
      {{}, ""},
      {{user("a")}, "u:a|"},
      {{user("a"), user("b"), user("c")}, "u:a\n\nb\n\nc|"},
      {{user("a"), assistant("b"), user("c")}, "u:a|a:b|u:c|"},
      {{system("a"), system("b"), user("c")}, "s:a\n\nb|u:c|"},
      {{assistant("a"), calls("b", {"1"}), result("1", "r"), assistant("c")},
       "a:a|a:b[f1{\"n\": 1}]|t1:r|a:c|"},
      {{calls("a", {"1"}), calls("b", {"2"})}, "a:a[f1{\"n\": 1}]|a:b[f2{\"n\": 2}]|"},
      {{result("1", "a"), result("2", "b")}, "t1:a|t2:b|"},
  };
  for (const Row& row : rows) EXPECT_EQ(in_short(join_neighbours(row.from)), row.to);
}

TEST(TemplateMessagesTest, FoldSystem) {
  const std::vector<Row> rows = {
      {{system("s"), user("u")}, "u:s\n\nu|"},
      {{system("s")}, "u:s|"},
      {{system("s"), assistant("a"), user("u")}, "u:s|a:a|u:u|"},
      {{user("u"), system("s"), user("v")}, "u:u\n\ns\n\nv|"},
      {{system("s"), calls("", {"1"}), result("1", "r")}, "u:s|a:[f1{\"n\": 1}]|t1:r|"},
  };
  for (const Row& row : rows) EXPECT_EQ(in_short(fold_system(row.from)), row.to);
}

TEST(TemplateMessagesTest, SplitCalls) {
  const std::vector<Row> rows = {
      {{user("u"), calls("c", {"1"}), result("1", "r")}, "u:u|a:c[f1{\"n\": 1}]|t1:r|"},
      {{calls("c", {"1", "2"}), result("1", "r"), result("2", "q"), user("u")},
       "a:c[f1{\"n\": 1}]|t1:r|a:[f2{\"n\": 2}]|t2:q|u:u|"},
      // In the order of the calls, not of the results; calls without a result stand alone.
      {{calls("c", {"1", "2", "3"}), result("3", "z"), result("1", "x")},
       "a:c[f1{\"n\": 1}]|t1:x|a:[f2{\"n\": 2}]|a:[f3{\"n\": 3}]|t3:z|"},
      {{calls("", {"1", "2"})}, "a:[f1{\"n\": 1}]|a:[f2{\"n\": 2}]|"},
  };
  for (const Row& row : rows) EXPECT_EQ(in_short(split_calls(row.from)), row.to);
}

TEST(TemplateMessagesTest, WriteOutCalls) {
  const std::string one = "<tool_call>\n{\"name\": \"f1\", \"arguments\": {\"n\": 1}}\n</tool_call>";
  const std::string two = "<tool_call>\n{\"name\": \"f2\", \"arguments\": {\"n\": 2}}\n</tool_call>";
  const std::string x = "<tool_response>\nx\n</tool_response>";
  const std::string y = "<tool_response>\ny\n</tool_response>";
  const auto written = [](const std::vector<ChatMessage>& messages) {
    return in_short(write_out_calls(messages));
  };
  EXPECT_EQ(written({user("u"), assistant("a")}), "u:u|a:a|");
  EXPECT_EQ(written({calls("", {"1"}), result("1", "x")}), "a:" + one + "|u:" + x + "|");
  EXPECT_EQ(written({calls("c", {"1", "2"}), result("1", "x"), result("2", "y"), assistant("z")}),
            "a:c\n" + one + "\n" + two + "|u:" + x + "\n" + y + "|a:z|");
  // What the user says next is no result.
  EXPECT_EQ(written({calls("", {"1"}), result("1", "x"), user("u")}), "a:" + one + "|u:" + x + "|u:u|");
}

TEST(TemplateMessagesTest, AddToSystem) {
  struct Added {
    std::vector<ChatMessage> to;
    const char* text;
    const char* found;
  };
  const std::vector<Added> rows = {
      {{user("u")}, "t", "s:t|u:u|"},
      {{}, "t", "s:t|"},
      {{system("s"), user("u")}, "t", "s:s\n\nt|u:u|"},
      {{system(""), user("u")}, "t", "s:t|u:u|"},
      {{user("u")}, "", "u:u|"},
  };
  for (const Added& row : rows) {
    std::vector<ChatMessage> messages = row.to;
    add_to_system(messages, row.text);
    EXPECT_EQ(in_short(messages), row.found);
  }
}

}  // namespace
}  // namespace peregrine::service
