// Tools for models whose template knows none: a text explains them and the form of a call, Hermes' in plain
// text, which models that were never told of tools follow well enough under the constraint.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "service/chat/conversation.h"
#include "service/chat/formats/format.h"

namespace peregrine::service {

std::shared_ptr<const ChatFormat> make_generic_format();

// What the system's message says of the tools; empty if there are none to call.
std::string generic_tool_prompt(const ToolUse& tool_use);
// Calls that the assistant made, as it wrote them: they follow its content, if any, on a line of their own.
std::string generic_calls_text(std::span<const ToolCall> calls);
// What a tool answered, for a message of the user; results of several calls one after the other.
std::string generic_result_text(std::string_view result);

}  // namespace peregrine::service
