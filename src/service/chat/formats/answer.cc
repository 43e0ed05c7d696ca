#include "service/chat/formats/answer.h"

#include <string>
#include <utility>

#include "service/chat/formats/strict_schema.h"

namespace peregrine::service {
namespace {

using Node = grammar::GrammarBuilder::Node;

constexpr const char* kWhere = "response_format";

// A pattern or a choice has no places inside; a schema's error says where in the schema.
template <class T>
Result<T> located(Result<T> result, bool schema) {
  if (!result) result.error().where = schema ? kWhere + ("#" + result.error().where) : kWhere;
  return result;
}

Result<Node> schema_node(grammar::GrammarBuilder& builder, const AnswerFormat& answer) {
  // A format without a schema asks for JSON alone.
  if (answer.schema.is_null()) return builder.json_object();
  if (answer.strict) PEREGRINE_TRY(located(check_strict_schema(answer.schema), true));
  return located(builder.json_schema(answer.schema), true);
}

}  // namespace

Result<std::optional<Node>> answer_node(grammar::GrammarBuilder& builder, const AnswerFormat& answer) {
  Result<Node> node = 0;
  switch (answer.kind) {
    case AnswerKind::kText:
      return std::nullopt;
    case AnswerKind::kJsonObject:
      node = located(builder.json_object(), false);
      break;
    case AnswerKind::kJsonSchema:
      node = schema_node(builder, answer);
      break;
    case AnswerKind::kRegex:
      node = located(builder.regex(answer.pattern), false);
      break;
    case AnswerKind::kChoice:
      node = located(builder.one_of(answer.choices), false);
      break;
  }
  PEREGRINE_ASSIGN(const Node found, std::move(node));
  return found;
}

}  // namespace peregrine::service
