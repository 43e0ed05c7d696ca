#include "service/chat/formats/tool_schema.h"

#include <string>
#include <utility>

namespace peregrine::service {
namespace {

using Node = grammar::GrammarBuilder::Node;

Result<Node> at(std::string place, Result<Node> node) {
  if (!node) node.error().where = std::move(place) + "#" + node.error().where;
  return node;
}

Result<Node> shape(grammar::GrammarBuilder& builder, const AnswerFormat& answer) {
  switch (answer.kind) {
    case AnswerKind::kJsonSchema:
      return builder.json_schema(answer.schema);
    case AnswerKind::kRegex:
      return builder.regex(answer.pattern);
    case AnswerKind::kChoice:
      return builder.one_of(answer.choices);
    case AnswerKind::kJsonObject:
    case AnswerKind::kText:
      break;
  }
  return builder.json_object();
}

}  // namespace

Result<Node> arguments_node(grammar::GrammarBuilder& builder, const Tool& tool, std::size_t index) {
  if (!tool.parameters) return builder.literal("{}");
  boost::json::object schema = *tool.parameters;
  if (!schema.contains("type")) schema["type"] = "object";
  return at("tools[" + std::to_string(index) + "].function.parameters", builder.json_schema(schema));
}

Result<std::optional<Node>> answer_node(grammar::GrammarBuilder& builder, const AnswerFormat& answer) {
  if (answer.kind == AnswerKind::kText) return std::nullopt;
  PEREGRINE_ASSIGN(const Node node, at("response_format", shape(builder, answer)));
  return node;
}

}  // namespace peregrine::service
