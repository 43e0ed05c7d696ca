// Calls in grammars: what the constraints of the families have in common.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "grammar/builder.h"
#include "service/chat/conversation.h"
#include "service/chat/formats/format.h"

namespace peregrine::service {

using grammar::GrammarBuilder;

// Of one answer; a model that repeats itself comes to an end.
inline constexpr std::uint32_t kMaxCalls = 64;

// Whether the answer may have calls, and whether it must (there may still be none to make: call_nodes()).
bool calls_allowed(const ToolUse& tool_use);
bool calls_required(const ToolUse& tool_use);

// The JSON object that a tool's schema asks for; {} where it has none. Errors: those of the builder, `where`
// is "tools[i].function.parameters#" and the JSON pointer of the keyword; `index` is i.
Result<GrammarBuilder::Node> arguments_node(GrammarBuilder& builder, const Tool& tool, std::size_t index);

// A call that tool_use allows: its name, and what its arguments may be.
struct CallNodes {
  GrammarBuilder::Node name = 0;
  GrammarBuilder::Node arguments = 0;
};

// Empty if there may be no calls; where any name passes, one entry stands for all of them. Errors: those of
// arguments_node(); kInvalidArgument, where = "tool_choice", when there must be a call and no tool is there
// for it.
Result<std::vector<CallNodes>> call_nodes(GrammarBuilder& builder, const ToolUse& tool_use);

// One call as models are trained to write it: {"name": "f", "arguments": {...}}, with `arguments_key` for the
// second member's name. Errors: those of call_nodes().
Result<GrammarBuilder::Node> json_call_node(GrammarBuilder& builder, const ToolUse& tool_use,
                                            std::string_view arguments_key);

// `call`, then, if calls may be parallel, up to kMaxCalls in all with `separator` before each.
Result<GrammarBuilder::Node> calls_node(GrammarBuilder& builder, const ToolUse& tool_use,
                                        GrammarBuilder::Node call, GrammarBuilder::Node separator);

// The grammar of a whole answer: `calls` where they must be; the answer's format, or calls where they may be;
// `text_or_calls` for an answer of any shape. Errors: those of answer_node().
Result<std::optional<GrammarBuilder::Node>> answer_or_calls(GrammarBuilder& builder,
                                                            const FormatRequest& request,
                                                            GrammarBuilder::Node calls,
                                                            GrammarBuilder::Node text_or_calls);

}  // namespace peregrine::service
