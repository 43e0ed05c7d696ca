#include "service/chat/formats/call_grammar.h"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <utility>

#include "service/chat/formats/answer.h"

namespace peregrine::service {
namespace {

namespace json = boost::json;

using Node = GrammarBuilder::Node;

constexpr grammar::JsonOptions kArguments{.closed_objects = true};

// A copy of the schema that speaks of objects only, as arguments are.
Result<json::object> object_schema(const json::object& parameters) {
  json::object schema = parameters;
  const json::value* type = schema.if_contains("type");
  const bool possible =
      type == nullptr || *type == "object" ||
      (type->is_array() &&
       std::ranges::any_of(type->get_array(), [](const json::value& name) { return name == "object"; }));
  if (!possible) {
    return fail(ErrorCode::kInvalidArgument, "the arguments of a function are an object", "/type");
  }
  schema["type"] = "object";
  return schema;
}

}  // namespace

bool calls_allowed(const ToolUse& tool_use) {
  return tool_use.choice != ToolChoice::kNone && (!tool_use.tools.empty() || tool_use.any_name);
}

bool calls_required(const ToolUse& tool_use) {
  return tool_use.choice == ToolChoice::kRequired || tool_use.choice == ToolChoice::kFunction;
}

Result<Node> arguments_node(GrammarBuilder& builder, const Tool& tool, std::size_t index) {
  if (!tool.parameters) return builder.literal("{}");
  const auto located = [&](auto result) {
    if (!result) {
      result.error().where =
          "tools[" + std::to_string(index) + "].function.parameters#" + result.error().where;
    }
    return result;
  };
  PEREGRINE_ASSIGN(json::object schema, located(object_schema(*tool.parameters)));
  return located(builder.json_schema(json::value(std::move(schema)), kArguments));
}

Result<std::vector<CallNodes>> call_nodes(GrammarBuilder& builder, const ToolUse& tool_use) {
  std::vector<CallNodes> calls;
  if (tool_use.choice == ToolChoice::kNone) return calls;
  const bool one = tool_use.choice == ToolChoice::kFunction;
  if (tool_use.any_name && !one) {
    PEREGRINE_ASSIGN(const Node name, builder.regex(R"([A-Za-z0-9_\-]{1,64})"));
    PEREGRINE_ASSIGN(const Node arguments, builder.json_object(kArguments));
    calls.push_back({name, arguments});
    return calls;
  }
  for (std::size_t i = 0; i < tool_use.tools.size(); ++i) {
    const Tool& tool = tool_use.tools[i];
    if (one && tool.name != tool_use.function) continue;
    PEREGRINE_ASSIGN(const Node name, builder.literal(tool.name));
    PEREGRINE_ASSIGN(const Node arguments, arguments_node(builder, tool, i));
    calls.push_back({name, arguments});
  }
  if (calls.empty() && calls_required(tool_use)) {
    return fail(ErrorCode::kInvalidArgument, "there is no such tool to call", "tool_choice");
  }
  return calls;
}

Result<Node> json_call_node(GrammarBuilder& builder, const ToolUse& tool_use,
                            std::string_view arguments_key) {
  PEREGRINE_ASSIGN(const auto calls, call_nodes(builder, tool_use));
  PEREGRINE_ASSIGN(const Node open, builder.literal(R"({"name": ")"));
  PEREGRINE_ASSIGN(const Node between, builder.literal("\", \"" + std::string(arguments_key) + "\": "));
  PEREGRINE_ASSIGN(const Node close, builder.literal("}"));
  std::vector<Node> ways;
  for (const auto& [name, arguments] : calls) ways.push_back(builder.sequence({name, between, arguments}));
  return builder.sequence({open, builder.choice(ways), close});
}

Result<Node> calls_node(GrammarBuilder& builder, const ToolUse& tool_use, Node call, Node separator) {
  if (!tool_use.parallel) return call;
  PEREGRINE_ASSIGN(const Node more, builder.repeat(builder.sequence({separator, call}), 0, kMaxCalls - 1));
  return builder.sequence({call, more});
}

Result<std::optional<Node>> answer_or_calls(GrammarBuilder& builder, const FormatRequest& request, Node calls,
                                            Node text_or_calls) {
  if (calls_required(request.tool_use)) return calls;
  PEREGRINE_ASSIGN(const std::optional<Node> answer, answer_node(builder, request.answer));
  return answer ? builder.choice({*answer, calls}) : text_or_calls;
}

}  // namespace peregrine::service
