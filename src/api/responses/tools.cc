// Tools, the choice among them, and the shape of the answer.
#include <boost/json/serialize.hpp>
#include <string>
#include <utility>

#include "api/responses/wire.h"
#include "api/tools/answer_schema.h"
#include "api/tools/function.h"

namespace peregrine::api {
namespace {

using service::AnswerFormat;
using service::AnswerKind;
using service::Tool;
using service::ToolChoice;
using service::ToolUse;

template <class T>
Status ignore(const Json&, const Path&, T&) {
  return {};
}

constexpr Field<Tool> kFunction[] = {
    {"type", ignore, Presence::kRequired},      {"name", read_function_name, Presence::kRequired},
    {"description", read_function_description}, {"parameters", read_function_parameters},
    {"strict", read_function_strict},
};

Status read_tool(const Json& value, const Path& path, ToolUse& use) {
  PEREGRINE_TRY(check_tool_type(value, path));
  Tool tool;
  PEREGRINE_TRY(read_object<Tool>(value, path, kFunction, tool));
  for (const Tool& other : use.tools) {
    if (other.name == tool.name) return wrong(path / "name", "another tool has this name");
  }
  use.tools.push_back(std::move(tool));
  return {};
}

// {type: "function", name}, and Groq's {type: "function", function: {name}}.
struct NamedChoice {
  std::string name;
};

Status read_choice_name(const Json& value, const Path& path, NamedChoice& choice) {
  return read_identifier(value, path, choice.name);
}

Status read_nested_name(const Json& value, const Path& path, NamedChoice& choice) {
  constexpr Field<NamedChoice> kNested[] = {{"name", read_choice_name, Presence::kRequired}};
  return read_object<NamedChoice>(value, path, kNested, choice);
}

Status check_function_type(const Json& value, const Path& path, NamedChoice&) {
  PEREGRINE_TRY(read_enum(value, path, {"function"}).map([](std::size_t) {}));
  return {};
}

constexpr Field<NamedChoice> kNamedChoice[] = {
    {"type", check_function_type, Presence::kRequired},
    {"name", read_choice_name},
    {"function", read_nested_name},
};

Status check_json_schema(const Json& value, const Path& path, AnswerFormat& format) {
  PEREGRINE_TRY(schema_detail::as_object(value, path).map([](const boost::json::object*) {}));
  format.schema = value;
  return {};
}

constexpr Field<AnswerFormat> kPlainFormat[] = {{"type", ignore, Presence::kRequired}};
constexpr Field<AnswerFormat> kSchemaFormat[] = {
    {"type", ignore, Presence::kRequired},
    {"name", read_schema_name, Presence::kRequired},
    {"schema", check_json_schema, Presence::kRequired},
    {"description", read_schema_description},
    {"strict", read_schema_strict},
};

Status read_format(const Json& value, const Path& path, ResponseCall& call) {
  PEREGRINE_ASSIGN(const Json* const type, required_member(value, path, "type"));
  PEREGRINE_ASSIGN(const std::size_t kind,
                   read_enum(*type, path / "type", {"text", "json_object", "json_schema"}));
  constexpr AnswerKind kKinds[] = {AnswerKind::kText, AnswerKind::kJsonObject, AnswerKind::kJsonSchema};
  AnswerFormat& format = call.request.chat.answer;
  if (kind == 2) {
    PEREGRINE_TRY(read_object<AnswerFormat>(value, path, kSchemaFormat, format));
  } else {
    PEREGRINE_TRY(read_object<AnswerFormat>(value, path, kPlainFormat, format));
  }
  format.kind = kKinds[kind];
  call.echo.format_json = boost::json::serialize(value);
  return {};
}

Status check_verbosity(const Json& value, const Path& path, ResponseCall&) {
  PEREGRINE_TRY(read_enum(value, path, {"low", "medium", "high"}).map([](std::size_t) {}));
  return {};
}

constexpr Field<ResponseCall> kTextSettings[] = {{"format", read_format}, {"verbosity", check_verbosity}};

}  // namespace

Status read_tools(const Json& value, const Path& path, ToolUse& out) {
  PEREGRINE_ASSIGN(const boost::json::array* const tools, read_array(value, path, 0, kMaxTools));
  for (std::size_t i = 0; i < tools->size(); ++i) PEREGRINE_TRY(read_tool((*tools)[i], path / i, out));
  return {};
}

Status read_tool_choice(const Json& value, const Path& path, ToolUse& out) {
  if (value.is_object()) {
    NamedChoice choice;
    PEREGRINE_TRY(read_object<NamedChoice>(value, path, kNamedChoice, choice));
    if (choice.name.empty()) return schema_detail::missing_property(path, "name");
    out.choice = ToolChoice::kFunction;
    out.function = std::move(choice.name);
    return {};
  }
  if (!value.is_string()) return wrong(path, "value must be a string or an object");
  PEREGRINE_ASSIGN(const std::size_t index, read_enum(value, path, {"none", "auto", "required"}));
  constexpr ToolChoice kChoices[] = {ToolChoice::kNone, ToolChoice::kAuto, ToolChoice::kRequired};
  out.choice = kChoices[index];
  return {};
}

Status read_text_settings(const Json& value, const Path& path, ResponseCall& call) {
  return read_object<ResponseCall>(value, path, kTextSettings, call);
}

}  // namespace peregrine::api
