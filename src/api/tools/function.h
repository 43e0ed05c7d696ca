// A function that a model may call, as every resource spells its members.
#pragma once

#include "api/json/schema.h"
#include "service/chat/conversation.h"

namespace peregrine::api {

inline constexpr std::size_t kMaxTools = 128;

Status read_function_name(const Json& value, const Path& path, service::Tool& tool);
Status read_function_description(const Json& value, const Path& path, service::Tool& tool);
// An empty object is how clients say that there are none.
Status read_function_parameters(const Json& value, const Path& path, service::Tool& tool);
Status read_function_strict(const Json& value, const Path& path, service::Tool& tool);

// The `type` of a tool: functions are all that is served.
Status check_tool_type(const Json& tool, const Path& path);

}  // namespace peregrine::api
