// The items of a response, those that go in and those that come out, and the chat that they amount to.
//
// A conversation here is a flat list in the order of time: messages, thoughts, calls and their outputs, each
// with an id. A chat wants turns: thoughts, text and calls of the assistant that belong together are one
// message there.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "service/chat/conversation.h"

namespace peregrine::service {

enum class ItemStatus { kInProgress, kCompleted, kIncomplete };

struct MessageItem {
  std::string id;
  Role role = Role::kUser;
  std::vector<std::string> texts = {};  // its parts
  ItemStatus status = ItemStatus::kCompleted;
};

// What the model thought.
struct ReasoningItem {
  std::string id;
  std::string text = {};
  ItemStatus status = ItemStatus::kCompleted;
};

struct FunctionCallItem {
  std::string id;
  std::string call_id;
  std::string name;
  std::string arguments = {};
  ItemStatus status = ItemStatus::kCompleted;  // an incomplete call is none: its arguments are cut
};

struct FunctionOutputItem {
  std::string id;
  std::string call_id;
  std::string output;
};

using Item = std::variant<MessageItem, ReasoningItem, FunctionCallItem, FunctionOutputItem>;

const std::string& item_id(const Item& item);

// The turns of `items` after a system message of `instructions`, if there are any.
std::vector<ChatMessage> to_messages(const std::optional<std::string>& instructions,
                                     std::span<const Item> items);

// Removes the oldest `turns` turns. A turn is what a user's message begins, up to the next one's; system
// messages stay. A call goes with its outputs, wherever they are. False, and nothing is changed: that many
// cannot go, since the last turn stays.
bool drop_oldest_turns(std::vector<Item>& items, std::size_t turns);

}  // namespace peregrine::service
