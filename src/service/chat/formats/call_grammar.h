// Calls in grammars: what the constraints of all families that write calls as JSON have in common.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/result.h"
#include "grammar/builder.h"
#include "service/chat/conversation.h"
#include "service/chat/formats/format.h"

namespace peregrine::service {

using grammar::GrammarBuilder;

// Of one answer; a model that repeats itself comes to an end.
inline constexpr std::uint32_t kMaxCalls = 64;

// Whether the answer may have calls, and whether it must.
bool calls_allowed(const ToolUse& tool_use);
bool calls_required(const ToolUse& tool_use);

// The JSON object that a tool's schema asks for; {} where it has none. Errors: those of the builder, `where`
// is "tools[i].function.parameters#" and the JSON pointer of the keyword; `index` is i.
Result<GrammarBuilder::Node> arguments_node(GrammarBuilder& builder, const Tool& tool, std::size_t index);

// One call as models are trained to write it: {"name": "f", "arguments": {...}}, with `arguments_key` for the
// second member's name. Of the tools that tool_use lets be called, or of any name. Errors: as above.
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
