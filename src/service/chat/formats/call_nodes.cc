#include "service/chat/formats/call_nodes.h"

#include <cstddef>

#include "service/chat/formats/answer.h"
#include "service/chat/formats/call_grammar.h"

namespace peregrine::service {

Result<std::vector<CallNodes>> call_nodes(grammar::GrammarBuilder& builder, const ToolUse& tool_use) {
  std::vector<CallNodes> calls;
  if (tool_use.choice == ToolChoice::kNone) return calls;
  const bool one = tool_use.choice == ToolChoice::kFunction;
  for (std::size_t i = 0; i < tool_use.tools.size(); ++i) {
    const Tool& tool = tool_use.tools[i];
    if (one && tool.name != tool_use.function) continue;
    PEREGRINE_ASSIGN(const auto name, builder.literal(tool.name));
    PEREGRINE_ASSIGN(const auto arguments, arguments_node(builder, tool, i));
    calls.push_back({name, arguments});
  }
  if (tool_use.any_name && !one) {
    PEREGRINE_ASSIGN(const auto name, builder.regex("[A-Za-z0-9_-]{1,64}"));
    PEREGRINE_ASSIGN(const auto arguments, builder.json_object());
    calls.push_back({name, arguments});
  }
  if (calls.empty() && must_call(tool_use)) {
    return fail(ErrorCode::kInvalidArgument, "there is no such tool to call", "tool_choice");
  }
  return calls;
}

}  // namespace peregrine::service
