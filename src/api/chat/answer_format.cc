#include "api/chat/answer_format.h"

#include <array>
#include <span>
#include <string_view>

#include "api/json/schema.h"
#include "api/tools/answer_schema.h"

namespace peregrine::api {
namespace {

using service::AnswerFormat;
using service::AnswerKind;

constexpr std::size_t kMaxChoices = 4096;

Status read_type(const Json& value, const Path& path, AnswerFormat& format) {
  PEREGRINE_ASSIGN(const std::size_t index,
                   read_enum(value, path, {"text", "json_object", "json_schema", "regex", "choice"}));
  constexpr std::array kKinds = {AnswerKind::kText, AnswerKind::kJsonObject, AnswerKind::kJsonSchema,
                                 AnswerKind::kRegex, AnswerKind::kChoice};
  format.kind = kKinds[index];
  return {};
}

Status read_schema(const Json& value, const Path& path, AnswerFormat& format) {
  if (!value.is_object() && !value.is_bool()) return wrong(path, "value must be an object");
  format.schema = value;
  return {};
}

constexpr Field<AnswerFormat> kSchemaFields[] = {
    {"name", read_schema_name, Presence::kRequired},
    {"description", read_schema_description},
    {"schema", read_schema},
    {"strict", read_schema_strict},
};

Status read_json_schema(const Json& value, const Path& path, AnswerFormat& format) {
  format.schema = boost::json::object();  // without one, any JSON
  return read_object<AnswerFormat>(value, path, kSchemaFields, format);
}

Status read_pattern(const Json& value, const Path& path, AnswerFormat& format) {
  PEREGRINE_ASSIGN(const std::string_view pattern, read_string(value, path));
  format.pattern = pattern;
  return {};
}

Status read_choices(const Json& value, const Path& path, AnswerFormat& format) {
  PEREGRINE_ASSIGN(const boost::json::array* const list, read_array(value, path, 1, kMaxChoices));
  for (std::size_t i = 0; i < list->size(); ++i) {
    PEREGRINE_ASSIGN(const std::string_view text, read_string((*list)[i], path / i));
    if (text.empty()) return wrong(path / i, "minimum string length is 1");
    format.choices.emplace_back(text);
  }
  return {};
}

constexpr Field<AnswerFormat> kText[] = {{"type", read_type, Presence::kRequired}};
constexpr Field<AnswerFormat> kJsonSchema[] = {
    {"type", read_type, Presence::kRequired},
    {"json_schema", read_json_schema, Presence::kRequired},
};
constexpr Field<AnswerFormat> kRegex[] = {
    {"type", read_type, Presence::kRequired},
    {"pattern", read_pattern, Presence::kRequired},
};
constexpr Field<AnswerFormat> kChoice[] = {
    {"type", read_type, Presence::kRequired},
    {"choices", read_choices, Presence::kRequired},
};

std::span<const Field<AnswerFormat>> fields_of(AnswerKind kind) {
  switch (kind) {
    case AnswerKind::kText:
    case AnswerKind::kJsonObject:
      return kText;
    case AnswerKind::kJsonSchema:
      return kJsonSchema;
    case AnswerKind::kRegex:
      return kRegex;
    case AnswerKind::kChoice:
      return kChoice;
  }
  return kText;
}

}  // namespace

Status read_answer_format(const Json& value, const Path& path, AnswerFormat& format) {
  PEREGRINE_ASSIGN(const Json* const type, required_member(value, path, "type"));
  PEREGRINE_TRY(read_type(*type, path / "type", format));
  PEREGRINE_TRY(read_object<AnswerFormat>(value, path, fields_of(format.kind), format));
  // As Groq has it: JSON mode gives a document or an error, a strict schema what there is of it.
  const bool json = format.kind == AnswerKind::kJsonObject || format.kind == AnswerKind::kJsonSchema;
  format.whole = json && !format.strict;
  return {};
}

}  // namespace peregrine::api
