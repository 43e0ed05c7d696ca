#include "api/chat/tools.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace peregrine::api {
namespace {

using service::Tool;
using service::ToolChoice;

constexpr std::size_t kMaxIdentifier = 64;

bool is_identifier(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

template <class T>
Status ignore(const Json&, const Path&, T&) {
  return {};
}

Status read_tool_name(const Json& value, const Path& path, Tool& tool) {
  return read_identifier(value, path, tool.name);
}

Status read_description(const Json& value, const Path& path, Tool& tool) {
  PEREGRINE_ASSIGN(const std::string_view text, read_string(value, path));
  tool.description.emplace(text);
  return {};
}

Status read_parameters(const Json& value, const Path& path, Tool& tool) {
  PEREGRINE_ASSIGN(const boost::json::object* const schema, schema_detail::as_object(value, path));
  // An empty object is how clients say that there are none.
  if (!schema->empty()) tool.parameters = *schema;
  return {};
}

Status read_strict(const Json& value, const Path& path, Tool& tool) {
  PEREGRINE_ASSIGN(tool.strict, read_bool(value, path));
  return {};
}

constexpr Field<Tool> kFunction[] = {
    {"name", read_tool_name, Presence::kRequired},
    {"description", read_description},
    {"parameters", read_parameters},
    {"strict", read_strict},
};

// As above, without what the deprecated form never had.
constexpr std::span<const Field<Tool>> kOldFunction = std::span(kFunction).first(3);

Status read_function(const Json& value, const Path& path, Tool& tool) {
  return read_object<Tool>(value, path, kFunction, tool);
}

constexpr Field<Tool> kTool[] = {
    {"type", ignore, Presence::kRequired},
    {"function", read_function, Presence::kRequired},
};

Status read_tool(const Json& value, const Path& path, Tool& tool) {
  const boost::json::object* const object = value.if_object();
  if (object == nullptr) return wrong(path, "value must be an object");
  const Json* const type = object->if_contains("type");
  if (type == nullptr) return schema_detail::missing_property(path, "type");
  PEREGRINE_ASSIGN(const std::string_view name, read_string(*type, path / "type"));
  if (name != "function") {
    return wrong(path / "type", fmt::format("tools of type '{}' are not supported by this server; only "
                                            "'function' is",
                                            clip(name)));
  }
  return read_object<Tool>(value, path, kTool, tool);
}

Status read_choice_name(const Json& value, const Path& path, WireToolChoice& choice) {
  return read_identifier(value, path, choice.function);
}

constexpr Field<WireToolChoice> kNamed[] = {{"name", read_choice_name, Presence::kRequired}};

Status read_choice_function(const Json& value, const Path& path, WireToolChoice& choice) {
  return read_object<WireToolChoice>(value, path, kNamed, choice);
}

Status read_choice_type(const Json& value, const Path& path, WireToolChoice&) {
  PEREGRINE_TRY(read_enum(value, path, {"function"}).map([](std::size_t) {}));
  return {};
}

constexpr Field<WireToolChoice> kNamedTool[] = {
    {"type", read_choice_type, Presence::kRequired},
    {"function", read_choice_function, Presence::kRequired},
};

Status read_choice(const Json& value, const Path& path, std::span<const Field<WireToolChoice>> named,
                   std::optional<WireToolChoice>& out) {
  WireToolChoice choice;
  if (value.is_object()) {
    choice.choice = ToolChoice::kFunction;
    PEREGRINE_TRY(read_object<WireToolChoice>(value, path, named, choice));
  } else {
    PEREGRINE_ASSIGN(const std::size_t index, read_enum(value, path, {"none", "auto", "required"}));
    constexpr ToolChoice kChoices[] = {ToolChoice::kNone, ToolChoice::kAuto, ToolChoice::kRequired};
    choice.choice = kChoices[index];
  }
  out = std::move(choice);
  return {};
}

}  // namespace

Status read_identifier(const Json& value, const Path& path, std::string& out) {
  PEREGRINE_ASSIGN(const std::string_view name, read_string(value, path));
  if (name.empty()) return wrong(path, "minimum string length is 1");
  if (name.size() > kMaxIdentifier) {
    return wrong(path, fmt::format("maximum string length is {}", kMaxIdentifier));
  }
  if (!std::ranges::all_of(name, is_identifier)) {
    return wrong(path, "value must consist of the characters a-z, A-Z, 0-9, '_' and '-'");
  }
  out = name;
  return {};
}

Status read_tools(const Json& value, const Path& path, std::vector<Tool>& tools) {
  PEREGRINE_ASSIGN(const boost::json::array* const list, read_array(value, path, 0, kMaxTools));
  for (std::size_t i = 0; i < list->size(); ++i) {
    PEREGRINE_TRY(read_tool((*list)[i], path / i, tools.emplace_back()));
  }
  return {};
}

Status read_functions(const Json& value, const Path& path, std::vector<Tool>& tools) {
  PEREGRINE_ASSIGN(const boost::json::array* const list, read_array(value, path, 0, kMaxTools));
  for (std::size_t i = 0; i < list->size(); ++i) {
    PEREGRINE_TRY(read_object<Tool>((*list)[i], path / i, kOldFunction, tools.emplace_back()));
  }
  return {};
}

Status read_tool_choice(const Json& value, const Path& path, std::optional<WireToolChoice>& choice) {
  return read_choice(value, path, kNamedTool, choice);
}

Status read_function_choice(const Json& value, const Path& path, std::optional<WireToolChoice>& choice) {
  return read_choice(value, path, kNamed, choice);
}

}  // namespace peregrine::api
