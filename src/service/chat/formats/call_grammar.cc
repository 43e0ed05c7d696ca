#include "service/chat/formats/call_grammar.h"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <string>
#include <utility>
#include <vector>

#include "service/chat/formats/answer.h"

namespace peregrine::service {
namespace {

namespace json = boost::json;

using Node = GrammarBuilder::Node;

constexpr grammar::JsonOptions kArguments{.closed_objects = true};

std::string in_quotes(std::string_view text) {
  return json::serialize(json::string(text));
}

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
  return calls_allowed(tool_use) &&
         (tool_use.choice == ToolChoice::kRequired || tool_use.choice == ToolChoice::kFunction);
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

Result<Node> json_call_node(GrammarBuilder& builder, const ToolUse& tool_use,
                            std::string_view arguments_key) {
  const std::string between = ", " + in_quotes(arguments_key) + ": ";
  std::vector<Node> ways;
  if (tool_use.any_name && tool_use.choice != ToolChoice::kFunction) {
    PEREGRINE_ASSIGN(const Node name, builder.regex(R"("[A-Za-z0-9_\-]{1,64}")"));
    PEREGRINE_ASSIGN(const Node next, builder.literal(between));
    PEREGRINE_ASSIGN(const Node arguments, builder.json_object(kArguments));
    ways.push_back(builder.sequence({name, next, arguments}));
  } else {
    for (std::size_t i = 0; i < tool_use.tools.size(); ++i) {
      const Tool& tool = tool_use.tools[i];
      if (tool_use.choice == ToolChoice::kFunction && tool.name != tool_use.function) continue;
      PEREGRINE_ASSIGN(const Node name, builder.literal(in_quotes(tool.name) + between));
      PEREGRINE_ASSIGN(const Node arguments, arguments_node(builder, tool, i));
      ways.push_back(builder.sequence({name, arguments}));
    }
  }
  PEREGRINE_ASSIGN(const Node open, builder.literal(R"({"name": )"));
  PEREGRINE_ASSIGN(const Node close, builder.literal("}"));
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
