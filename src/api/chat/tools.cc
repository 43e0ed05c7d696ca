#include "api/chat/tools.h"

#include <span>
#include <utility>

#include "api/tools/function.h"

namespace peregrine::api {
namespace {

using service::Tool;
using service::ToolChoice;

template <class T>
Status ignore(const Json&, const Path&, T&) {
  return {};
}

constexpr Field<Tool> kFunction[] = {
    {"name", read_function_name, Presence::kRequired},
    {"description", read_function_description},
    {"parameters", read_function_parameters},
    {"strict", read_function_strict},
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
  PEREGRINE_TRY(check_tool_type(value, path));
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
