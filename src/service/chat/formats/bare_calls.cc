#include "service/chat/formats/bare_calls.h"

#include <vector>

#include "service/chat/formats/answer.h"
#include "service/chat/formats/call_grammar.h"

namespace peregrine::service {

using Node = GrammarBuilder::Node;

BareCallFormat::BareCallFormat(const std::string& open, const std::string& close, bool pythonic) {
  syntax_.bare = true;
  syntax_.pythonic = pythonic;
  syntax_.markers = {{control_mark(open), close.empty() ? close : control_mark(close)},
                     {"<function=", "</function>", true},
                     {"<tool_call>", "</tool_call>"}};
}

std::unique_ptr<OutputParser> BareCallFormat::parser(const FormatRequest& request) const {
  return std::make_unique<CallParser>(syntax_, request.tool_use);
}

Result<std::optional<Node>> BareCallFormat::constraint(GrammarBuilder& builder,
                                                       const FormatRequest& request) const {
  if (!calls_allowed(request.tool_use)) return answer_node(builder, request.answer);
  PEREGRINE_ASSIGN(const Node call, json_call_node(builder, request.tool_use, "parameters"));
  PEREGRINE_ASSIGN(const Node separator, builder.regex("; ?|\n"));
  PEREGRINE_ASSIGN(const Node bare, calls_node(builder, request.tool_use, call, separator));
  PEREGRINE_ASSIGN(const Node open, builder.literal(syntax_.markers.front().open));
  PEREGRINE_ASSIGN(const Node close, builder.literal(syntax_.markers.front().close));
  const Node calls = builder.choice({bare, builder.sequence({open, bare, close})});
  PEREGRINE_ASSIGN(const Node text, text_node(builder, request.tool_use));
  return answer_or_calls(builder, request, calls, builder.choice({text, calls}));
}

Result<Node> BareCallFormat::text_node(GrammarBuilder& builder, const ToolUse& tool_use) const {
  std::vector<std::string> markers;
  for (const CallMarkers& around : syntax_.markers) {
    if (!around.open.starts_with(kControlMark)) markers.push_back(around.open);  // a mark is no text
  }
  std::vector<std::string> beginnings = {"{"};
  if (syntax_.pythonic && tool_use.any_name) {
    beginnings.emplace_back("[");
  } else if (syntax_.pythonic) {
    for (const Tool& tool : tool_use.tools) beginnings.push_back("[" + tool.name + "(");
  }
  return builder.text_without(markers, beginnings);
}

}  // namespace peregrine::service
