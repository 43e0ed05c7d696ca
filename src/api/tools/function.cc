#include "api/tools/function.h"

#include <fmt/format.h>

namespace peregrine::api {

Status read_function_name(const Json& value, const Path& path, service::Tool& tool) {
  return read_identifier(value, path, tool.name);
}

Status read_function_description(const Json& value, const Path& path, service::Tool& tool) {
  PEREGRINE_ASSIGN(const std::string_view text, read_string(value, path));
  tool.description.emplace(text);
  return {};
}

Status read_function_parameters(const Json& value, const Path& path, service::Tool& tool) {
  PEREGRINE_ASSIGN(const boost::json::object* const schema, schema_detail::as_object(value, path));
  if (!schema->empty()) tool.parameters = *schema;
  return {};
}

Status read_function_strict(const Json& value, const Path& path, service::Tool& tool) {
  PEREGRINE_ASSIGN(tool.strict, read_bool(value, path));
  return {};
}

Status check_tool_type(const Json& tool, const Path& path) {
  PEREGRINE_ASSIGN(const Json* const type, required_member(tool, path, "type"));
  PEREGRINE_ASSIGN(const std::string_view name, read_string(*type, path / "type"));
  if (name == "function") return {};
  return wrong(
      path / "type",
      fmt::format("tools of type '{}' are not supported by this server; only 'function' is", clip(name)));
}

}  // namespace peregrine::api
