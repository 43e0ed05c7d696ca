// The calls that a request may get, as parts of a format's grammar: each name with what may be its arguments.
#pragma once

#include <vector>

#include "base/result.h"
#include "grammar/builder.h"
#include "service/chat/conversation.h"

namespace peregrine::service {

struct CallNodes {
  grammar::GrammarBuilder::Node name = 0;
  grammar::GrammarBuilder::Node arguments = 0;
};

// Whether the answer must be a call.
inline bool must_call(const ToolUse& tool_use) {
  return tool_use.choice == ToolChoice::kRequired || tool_use.choice == ToolChoice::kFunction;
}

// Empty if there may be no calls. Errors: those of arguments_node(); kInvalidArgument, where = "tool_choice",
// when there must be one and there is no tool for it.
Result<std::vector<CallNodes>> call_nodes(grammar::GrammarBuilder& builder, const ToolUse& tool_use);

}  // namespace peregrine::service
