// Tools and how they may be used: `tools`, `tool_choice`, and their deprecated forms.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/json/schema.h"
#include "service/chat/conversation.h"

namespace peregrine::api {

// [{type:"function", function:{name, description?, parameters?, strict?}}]
Status read_tools(const Json& value, const Path& path, std::vector<service::Tool>& tools);
// [{name, description?, parameters?}]
Status read_functions(const Json& value, const Path& path, std::vector<service::Tool>& tools);

struct WireToolChoice {
  service::ToolChoice choice = service::ToolChoice::kAuto;
  std::string function;  // of kFunction

  bool operator==(const WireToolChoice&) const = default;
};
// "none", "auto", "required", or {type:"function", function:{name}}
Status read_tool_choice(const Json& value, const Path& path, std::optional<WireToolChoice>& choice);
// "none", "auto", "required", or {name}
Status read_function_choice(const Json& value, const Path& path, std::optional<WireToolChoice>& choice);

}  // namespace peregrine::api
