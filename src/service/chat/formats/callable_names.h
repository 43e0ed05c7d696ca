// What the calls of a request may be named.
#pragma once

#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <string_view>

#include "service/chat/conversation.h"

namespace peregrine::service {

inline constexpr std::size_t kMaxNameBytes = 64;  // of a function, as conversation.h says of Tool::name

class CallableNames {
 public:
  explicit CallableNames(const ToolUse& tool_use);

  bool empty() const { return !any_ && names_.empty(); }
  bool contains(std::string_view name) const;

 private:
  std::set<std::string, std::less<>> names_;
  bool any_ = false;
};

// Letters, digits, '_' and '-': what names of functions are made of.
bool is_name_character(char c);

}  // namespace peregrine::service
