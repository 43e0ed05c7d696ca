#include "service/chat/template_messages.h"

#include <algorithm>
#include <boost/json.hpp>
#include <string>
#include <utility>

#include "service/chat/formats/generic.h"

namespace peregrine::service {
namespace {

std::string_view role_name(Role role) {
  switch (role) {
    case Role::kSystem:
      return "system";
    case Role::kUser:
      return "user";
    case Role::kAssistant:
      return "assistant";
    case Role::kTool:
      return "tool";
  }
  return "user";
}

// Templates print arguments as JSON themselves, or expect them printed.
boost::json::value template_arguments(const ToolCall& call, ArgumentsAs form) {
  if (form == ArgumentsAs::kObject) {
    boost::system::error_code error;
    boost::json::value parsed = boost::json::parse(call.arguments, error);
    if (!error && parsed.is_object()) return parsed;
  }
  return boost::json::string(call.arguments);
}

boost::json::array template_calls(const std::vector<ToolCall>& calls, ArgumentsAs form) {
  boost::json::array list;
  for (const ToolCall& call : calls) {
    list.push_back({{"id", call.id},
                    {"type", "function"},
                    {"function", {{"name", call.name}, {"arguments", template_arguments(call, form)}}}});
  }
  return list;
}

// Templates name the tool beside its result; the API only the call.
const ToolCall* find_call(std::span<const ChatMessage> messages, const std::string& id) {
  for (const ChatMessage& message : messages) {
    for (const ToolCall& call : message.tool_calls) {
      if (call.id == id) return &call;
    }
  }
  return nullptr;
}

boost::json::object template_message(const ChatMessage& message, std::span<const ChatMessage> before,
                                     ArgumentsAs arguments) {
  boost::json::object item{{"role", role_name(message.role)}, {"content", message.content}};
  if (message.name) item["name"] = *message.name;
  if (message.reasoning) {
    item["reasoning_content"] = *message.reasoning;  // Qwen, DeepSeek, GLM
    item["thinking"] = *message.reasoning;           // gpt-oss
  }
  if (!message.tool_calls.empty()) item["tool_calls"] = template_calls(message.tool_calls, arguments);
  if (message.tool_call_id) {
    item["tool_call_id"] = *message.tool_call_id;
    const ToolCall* const call = find_call(before, *message.tool_call_id);
    if (call != nullptr && !message.name) item["name"] = call->name;
  }
  return item;
}

bool joins(const ChatMessage& a, const ChatMessage& b) {
  return a.role == b.role && a.role != Role::kTool && a.tool_calls.empty() && b.tool_calls.empty();
}

}  // namespace

boost::json::object template_context(const text::Vocabulary& vocabulary,
                                     std::span<const ChatMessage> messages, ArgumentsAs arguments) {
  boost::json::array list;
  list.reserve(messages.size());
  for (std::size_t i = 0; i < messages.size(); ++i) {
    list.emplace_back(template_message(messages[i], messages.first(i), arguments));
  }
  boost::json::object context{{"messages", std::move(list)}, {"add_generation_prompt", true}};
  if (vocabulary.bos()) context["bos_token"] = vocabulary.piece(*vocabulary.bos());
  if (vocabulary.eos()) context["eos_token"] = vocabulary.piece(*vocabulary.eos());
  return context;
}

boost::json::array template_tools(std::span<const Tool> tools) {
  boost::json::array list;
  for (const Tool& tool : tools) {
    boost::json::object function{{"name", tool.name}, {"description", tool.description.value_or("")}};
    if (tool.parameters) {
      function["parameters"] = *tool.parameters;
    } else {
      function["parameters"] = {{"type", "object"}, {"properties", boost::json::object()}};
    }
    list.push_back({{"type", "function"}, {"function", std::move(function)}});
  }
  return list;
}

void add_to_system(std::vector<ChatMessage>& messages, const std::string& text) {
  if (text.empty()) return;
  if (messages.empty() || messages.front().role != Role::kSystem) {
    messages.insert(messages.begin(), ChatMessage{.role = Role::kSystem, .content = text, .name = {}});
  } else if (messages.front().content.empty()) {
    messages.front().content = text;
  } else {
    messages.front().content += "\n\n" + text;
  }
}

std::vector<ChatMessage> join_neighbours(std::span<const ChatMessage> messages) {
  std::vector<ChatMessage> joined;
  for (const ChatMessage& message : messages) {
    if (!joined.empty() && joins(joined.back(), message)) {
      joined.back().content += "\n\n" + message.content;
    } else {
      joined.push_back(message);
    }
  }
  return joined;
}

std::vector<ChatMessage> fold_system(std::span<const ChatMessage> messages) {
  std::vector<ChatMessage> folded;
  for (const ChatMessage& message : messages) {
    folded.push_back(message);
    if (message.role == Role::kSystem) folded.back().role = Role::kUser;
  }
  return join_neighbours(folded);
}

std::vector<ChatMessage> write_out_calls(std::span<const ChatMessage> messages) {
  std::vector<ChatMessage> plain;
  for (const ChatMessage& message : messages) {
    const bool result = message.role == Role::kTool;
    // Results of one turn share a message, since nothing may stand between two of the user's.
    if (result && !plain.empty() && plain.back().tool_call_id) {
      plain.back().content += "\n" + generic_result_text(message.content);
      continue;
    }
    plain.push_back(message);
    ChatMessage& written = plain.back();
    if (result) {
      written.role = Role::kUser;
      written.content = generic_result_text(message.content);
    } else if (!message.tool_calls.empty()) {
      written.content += (message.content.empty() ? "" : "\n") + generic_calls_text(message.tool_calls);
      written.tool_calls.clear();
    }
  }
  for (ChatMessage& message : plain) message.tool_call_id.reset();
  return plain;
}

std::vector<ChatMessage> split_calls(std::span<const ChatMessage> messages) {
  std::vector<ChatMessage> split;
  for (std::size_t i = 0; i < messages.size(); ++i) {
    const ChatMessage& turn = messages[i];
    if (turn.tool_calls.size() < 2) {
      split.push_back(turn);
      continue;
    }
    std::size_t end = i + 1;
    while (end < messages.size() && messages[end].role == Role::kTool) ++end;
    const auto results = messages.subspan(i + 1, end - i - 1);
    for (std::size_t call = 0; call < turn.tool_calls.size(); ++call) {
      ChatMessage single = turn;
      if (call > 0) single.content.clear();
      single.tool_calls = {turn.tool_calls[call]};
      split.push_back(std::move(single));
      const auto result = std::ranges::find(results, turn.tool_calls[call].id, &ChatMessage::tool_call_id);
      if (result != results.end()) split.push_back(*result);
    }
    i = end - 1;
  }
  return split;
}

}  // namespace peregrine::service
