#include "api/tools/answer_schema.h"

namespace peregrine::api {

Status read_schema_name(const Json& value, const Path& path, service::AnswerFormat& format) {
  return read_identifier(value, path, format.name);
}

Status read_schema_description(const Json& value, const Path& path, service::AnswerFormat& format) {
  PEREGRINE_ASSIGN(const std::string_view text, read_string(value, path));
  format.description.emplace(text);
  return {};
}

Status read_schema_strict(const Json& value, const Path& path, service::AnswerFormat& format) {
  PEREGRINE_ASSIGN(format.strict, read_bool(value, path));
  return {};
}

}  // namespace peregrine::api
