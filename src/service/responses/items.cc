#include "service/responses/items.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

namespace peregrine::service {
namespace {

std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i > 0) out += '\n';
    out += texts[i];
  }
  return out;
}

// Collects items into turns. What the assistant does goes into its open turn as long as the turn would still
// be in the order thoughts, text, calls.
class Turns {
 public:
  std::vector<ChatMessage> take() { return std::move(messages_); }

  void operator()(const MessageItem& item) {
    if (item.role != Role::kAssistant) {
      messages_.push_back({.role = item.role, .content = joined(item.texts), .name = {}});
      open_ = false;
      return;
    }
    // Text after calls belongs to them: a chat's turn has its calls last in any case.
    if (!open_ || !messages_.back().content.empty()) begin();
    messages_.back().content = joined(item.texts);
  }

  void operator()(const ReasoningItem& item) {
    if (item.text.empty()) return;
    begin();
    messages_.back().reasoning = item.text;
  }

  void operator()(const FunctionCallItem& item) {
    if (item.status == ItemStatus::kIncomplete) return;
    if (!open_) begin();
    messages_.back().tool_calls.push_back({item.call_id, item.name, item.arguments});
  }

  void operator()(const FunctionOutputItem& item) {
    messages_.push_back(
        {.role = Role::kTool, .content = item.output, .name = {}, .tool_call_id = item.call_id});
    open_ = false;
  }

 private:
  void begin() {
    messages_.push_back({.role = Role::kAssistant, .content = {}, .name = {}});
    open_ = true;
  }

  std::vector<ChatMessage> messages_;
  bool open_ = false;  // the last message is the assistant's and takes more
};

bool is_message(const Item& item, Role role) {
  const auto* message = std::get_if<MessageItem>(&item);
  return message != nullptr && message->role == role;
}

}  // namespace

const std::string& item_id(const Item& item) {
  return std::visit([](const auto& any) -> const std::string& { return any.id; }, item);
}

std::vector<ChatMessage> to_messages(const std::optional<std::string>& instructions,
                                     std::span<const Item> items) {
  Turns turns;
  if (instructions) turns(MessageItem{.id = {}, .role = Role::kSystem, .texts = {*instructions}});
  for (const Item& item : items) std::visit(turns, item);
  return turns.take();
}

bool drop_oldest_turns(std::vector<Item>& items, std::size_t turns) {
  // The item that begins the first turn to stay.
  std::size_t end = 0;
  std::size_t seen = 0;
  bool any = false;  // an item of a turn came before
  for (; end < items.size(); ++end) {
    if (is_message(items[end], Role::kSystem)) continue;
    if (any && is_message(items[end], Role::kUser) && ++seen == turns) break;
    any = true;
  }
  if (end == items.size()) return false;
  std::set<std::string, std::less<>> calls;
  for (std::size_t i = 0; i < end; ++i) {
    if (const auto* call = std::get_if<FunctionCallItem>(&items[i])) calls.insert(call->call_id);
  }
  std::size_t index = 0;
  std::erase_if(items, [&](const Item& item) {
    const bool old = index++ < end;
    if (is_message(item, Role::kSystem)) return false;
    if (old) return true;
    const auto* output = std::get_if<FunctionOutputItem>(&item);
    return output != nullptr && calls.contains(output->call_id);
  });
  return true;
}

}  // namespace peregrine::service
