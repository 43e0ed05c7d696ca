#include "service/chat/formats/callable_names.h"

#include <algorithm>

namespace peregrine::service {

CallableNames::CallableNames(const ToolUse& tool_use) {
  if (tool_use.choice == ToolChoice::kNone) return;
  for (const Tool& tool : tool_use.tools) names_.insert(tool.name);
  any_ = tool_use.any_name;
}

bool CallableNames::contains(std::string_view name) const {
  if (names_.contains(name)) return true;
  return any_ && !name.empty() && name.size() <= kMaxNameBytes &&
         std::ranges::all_of(name, is_name_character);
}

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

}  // namespace peregrine::service
