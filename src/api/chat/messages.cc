#include "api/chat/messages.h"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace peregrine::api {
namespace {

using service::Role;

struct MessageDraft {
  std::optional<std::string> content;
  std::optional<std::string> name;
};

struct TextPart {
  std::string_view text;
};

Status read_text(const Json& value, const Path& path, TextPart& part) {
  PEREGRINE_ASSIGN(part.text, read_string(value, path));
  return {};
}

template <class T>
Status ignore(const Json&, const Path&, T&) {
  return {};
}

constexpr Field<TextPart> kTextPart[] = {
    {"type", ignore, Presence::kRequired},
    {"text", read_text, Presence::kRequired},
};

// `content` is the path of the list, `path` that of the part: a model that reads text only refuses the list.
Status read_part(const Json& value, const Path& content, const Path& path, TextPart& part) {
  const boost::json::object* const object = value.if_object();
  if (object == nullptr) return wrong(path, "value must be an object");
  const Json* const type = object->if_contains("type");
  if (type == nullptr) return schema_detail::missing_property(path, "type");
  PEREGRINE_ASSIGN(const std::size_t kind,
                   read_enum(*type, path / "type", {"text", "image_url", "document"}));
  if (kind == 0) return read_object<TextPart>(value, path, kTextPart, part);
  return fail(
      ErrorCode::kInvalidArgument,
      fmt::format("{} must be a string or an array of text parts: {} has type '{}', which this model does "
                  "not read",
                  content.param(), path.param(), kind == 1 ? "image_url" : "document"),
      content.param());
}

// A string, or text parts, which are joined by line ends.
Status read_content(const Json& value, const Path& path, MessageDraft& message) {
  if (const boost::json::string* text = value.if_string()) {
    message.content.emplace(text->data(), text->size());
    return {};
  }
  if (!value.is_array()) return wrong(path, "value must be a string");
  PEREGRINE_ASSIGN(const boost::json::array* const parts, read_array(value, path, 1));
  std::string joined;
  for (std::size_t i = 0; i < parts->size(); ++i) {
    TextPart part;
    PEREGRINE_TRY(read_part((*parts)[i], path, path / i, part));
    if (i > 0) joined += '\n';
    joined += part.text;
  }
  message.content = std::move(joined);
  return {};
}

Status read_name(const Json& value, const Path& path, MessageDraft& message) {
  PEREGRINE_ASSIGN(const std::string_view name, read_string(value, path));
  message.name.emplace(name);
  return {};
}

// Thoughts of earlier turns: only some templates put them back, none of those that we serve now.
Status check_reasoning(const Json& value, const Path& path, MessageDraft&) {
  PEREGRINE_TRY(read_string(value, path).map([](std::string_view) {}));
  return {};
}

Status refuse_tool_calls(const Json& value, const Path& path, MessageDraft&) {
  PEREGRINE_ASSIGN(const boost::json::array* const calls, read_array(value, path));
  if (calls->empty()) return {};
  return wrong(path, "tool calls are not supported by this server");
}

Status refuse_call(const Json&, const Path& path, MessageDraft&) {
  return wrong(path, "function calls are not supported by this server");
}

Status refuse_value(const Json&, const Path& path, MessageDraft&) {
  return wrong(path, "value must be null");
}

constexpr Field<MessageDraft> kPlainMessage[] = {
    {"role", ignore, Presence::kRequired},
    {"content", read_content, Presence::kRequired},
    {"name", read_name},
};

constexpr Field<MessageDraft> kAssistantMessage[] = {
    {"role", ignore, Presence::kRequired},
    {"content", read_content},
    {"name", read_name},
    {"reasoning", check_reasoning},
    {"tool_calls", refuse_tool_calls},
    {"function_call", refuse_call},
    // Parts of an answer that say nothing about the conversation.
    {"annotations", ignore},
    {"executed_tools", ignore},
    {"channel", ignore},
    {"refusal", refuse_value},
    {"audio", refuse_value},
};

struct Shape {
  std::string_view wire_role;
  Role role;
  std::span<const Field<MessageDraft>> fields;  // empty: not served
};

constexpr std::array<Shape, 6> kShapes = {{
    {"system", Role::kSystem, kPlainMessage},
    {"developer", Role::kSystem, kPlainMessage},
    {"user", Role::kUser, kPlainMessage},
    {"assistant", Role::kAssistant, kAssistantMessage},
    {"tool", Role::kTool, {}},
    {"function", Role::kTool, {}},
}};

Result<const Shape*> read_role(const Json& value, const Path& path) {
  const boost::json::object* const object = value.if_object();
  if (object == nullptr) return wrong(path, "value must be an object");
  const Json* const role = object->if_contains("role");
  if (role == nullptr) return schema_detail::missing_property(path, "role");
  PEREGRINE_ASSIGN(const std::size_t index,
                   read_enum(*role, path / "role",
                             {kShapes[0].wire_role, kShapes[1].wire_role, kShapes[2].wire_role,
                              kShapes[3].wire_role, kShapes[4].wire_role, kShapes[5].wire_role}));
  const Shape& shape = kShapes[index];
  if (shape.fields.empty()) {
    return wrong(path / "role",
                 fmt::format("messages with role '{}' are not supported by this server", shape.wire_role));
  }
  return &shape;
}

Result<service::ChatMessage> read_shape(const Json& value, const Path& path, const Shape& shape) {
  MessageDraft draft;
  PEREGRINE_TRY(read_object<MessageDraft>(value, path, shape.fields, draft));
  // An assistant's turn without text would have to be a tool call.
  if (!draft.content) return schema_detail::missing_property(path, "content");
  return service::ChatMessage{
      .role = shape.role, .content = std::move(*draft.content), .name = std::move(draft.name)};
}

}  // namespace

Status read_messages(const Json& value, const Path& path, std::vector<service::ChatMessage>& out) {
  PEREGRINE_ASSIGN(const boost::json::array* const messages, read_array(value, path, 1));
  out.reserve(messages->size());
  for (std::size_t i = 0; i < messages->size(); ++i) {
    const Path here = path / i;
    PEREGRINE_ASSIGN(const Shape* const shape, read_role((*messages)[i], here));
    auto message = read_shape((*messages)[i], here, *shape);
    if (!message) {
      Error& error = message.error();
      // A refused list of parts speaks for itself; the rest is worded as the rule of the role that it breaks.
      if (error.message.starts_with('\'')) {
        error.message = fmt::format("'{}' : for 'role:{}' the following must be satisfied[({})]",
                                    here.dotted(), shape->wire_role, error.message);
      }
      return tl::unexpected<Error>(std::move(error));
    }
    out.push_back(std::move(*message));
  }
  return {};
}

}  // namespace peregrine::api
