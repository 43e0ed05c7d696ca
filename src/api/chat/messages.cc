#include "api/chat/messages.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "api/chat/documents.h"
#include "api/chat/tools.h"

namespace peregrine::api {
namespace {

using service::Role;

constexpr std::size_t kMaxCalls = 1024;  // of one message

struct MessageDraft {
  std::optional<std::string> content;
  std::optional<std::string> name;
  std::optional<std::string> reasoning;
  std::vector<service::ToolCall> calls;
  std::optional<std::string> call_id;
  std::vector<service::Document> documents;
  bool takes_documents = false;
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
Status read_part(const Json& value, const Path& content, const Path& path, MessageDraft& message) {
  PEREGRINE_ASSIGN(const Json* const type, required_member(value, path, "type"));
  PEREGRINE_ASSIGN(const std::size_t kind,
                   read_enum(*type, path / "type", {"text", "image_url", "document"}));
  if (kind == 0) {
    TextPart part;
    PEREGRINE_TRY(read_object<TextPart>(value, path, kTextPart, part));
    if (message.content) *message.content += '\n';
    message.content = message.content.value_or("") + std::string(part.text);
    return {};
  }
  if (kind == 2 && message.takes_documents) return read_document_part(value, path, message.documents);
  return fail(
      ErrorCode::kInvalidArgument,
      fmt::format("{} must be a string or an array of text parts: {} has type '{}', which this model does "
                  "not read",
                  content.param(), path.param(), kind == 1 ? "image_url" : "document"),
      content.param());
}

// A string, or parts: texts are joined by line ends.
Status read_content(const Json& value, const Path& path, MessageDraft& message) {
  if (const boost::json::string* text = value.if_string()) {
    message.content.emplace(text->data(), text->size());
    return {};
  }
  if (!value.is_array()) return wrong(path, "value must be a string");
  PEREGRINE_ASSIGN(const boost::json::array* const parts, read_array(value, path, 1));
  for (std::size_t i = 0; i < parts->size(); ++i) {
    PEREGRINE_TRY(read_part((*parts)[i], path, path / i, message));
  }
  if (!message.content) message.content.emplace();
  return {};
}

Status read_name(const Json& value, const Path& path, MessageDraft& message) {
  PEREGRINE_ASSIGN(const std::string_view name, read_string(value, path));
  message.name.emplace(name);
  return {};
}

// Thoughts of earlier turns: templates put them back where their models want them.
Status read_reasoning(const Json& value, const Path& path, MessageDraft& message) {
  PEREGRINE_ASSIGN(const std::string_view text, read_string(value, path));
  message.reasoning.emplace(text);
  return {};
}

Status read_call_id(const Json& value, const Path& path, service::ToolCall& call) {
  PEREGRINE_ASSIGN(const std::string_view id, read_string(value, path));
  if (id.empty()) return wrong(path, "minimum string length is 1");
  call.id = id;
  return {};
}

Status read_call_type(const Json& value, const Path& path, service::ToolCall&) {
  PEREGRINE_TRY(read_enum(value, path, {"function"}).map([](std::size_t) {}));
  return {};
}

// What a client sends back may name a function that is declared no more.
Status read_call_name(const Json& value, const Path& path, service::ToolCall& call) {
  return read_identifier(value, path, call.name);
}

Status read_call_arguments(const Json& value, const Path& path, service::ToolCall& call) {
  PEREGRINE_ASSIGN(const std::string_view arguments, read_string(value, path));
  call.arguments = arguments;
  return {};
}

constexpr Field<service::ToolCall> kCalledFunction[] = {
    {"name", read_call_name, Presence::kRequired},
    {"arguments", read_call_arguments, Presence::kRequired},
};

Status read_called(const Json& value, const Path& path, service::ToolCall& call) {
  return read_object<service::ToolCall>(value, path, kCalledFunction, call);
}

constexpr Field<service::ToolCall> kCall[] = {
    {"id", read_call_id, Presence::kRequired},
    {"type", read_call_type},
    {"function", read_called, Presence::kRequired},
    {"index", ignore},  // of a stream, kept by clients that add its pieces up
};

Status read_tool_calls(const Json& value, const Path& path, MessageDraft& message) {
  PEREGRINE_ASSIGN(const boost::json::array* const calls, read_array(value, path, 0, kMaxCalls));
  for (std::size_t i = 0; i < calls->size(); ++i) {
    PEREGRINE_TRY(read_object<service::ToolCall>((*calls)[i], path / i, kCall, message.calls.emplace_back()));
  }
  return {};
}

// The deprecated form has no id; its result names the function.
std::string old_call_id(std::string_view function) {
  return "call_" + std::string(function);
}

Status read_function_call(const Json& value, const Path& path, MessageDraft& message) {
  service::ToolCall& call = message.calls.emplace_back();
  PEREGRINE_TRY(read_called(value, path, call));
  call.id = old_call_id(call.name);
  return {};
}

Status read_tool_call_id(const Json& value, const Path& path, MessageDraft& message) {
  PEREGRINE_ASSIGN(const std::string_view id, read_string(value, path));
  message.call_id.emplace(id);
  return {};
}

Status read_function_name(const Json& value, const Path& path, MessageDraft& message) {
  PEREGRINE_TRY(read_name(value, path, message));
  message.call_id = old_call_id(*message.name);
  return {};
}

// A function that has nothing to say says null.
Status read_function_content(const Json& value, const Path& path, MessageDraft& message) {
  if (!value.is_null()) return read_content(value, path, message);
  message.content.emplace();
  return {};
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
    {"reasoning", read_reasoning},
    {"tool_calls", read_tool_calls},
    {"function_call", read_function_call},
    // Parts of an answer that say nothing about the conversation.
    {"annotations", ignore},
    {"executed_tools", ignore},
    {"channel", ignore},
    {"refusal", refuse_value},
    {"audio", refuse_value},
};

constexpr Field<MessageDraft> kToolMessage[] = {
    {"role", ignore, Presence::kRequired},
    {"content", read_content, Presence::kRequired},
    {"tool_call_id", read_tool_call_id, Presence::kRequired},
    {"name", read_name},
};

constexpr Field<MessageDraft> kFunctionMessage[] = {
    {"role", ignore, Presence::kRequired},
    {"content", read_function_content, Presence::kRequired},
    {"name", read_function_name, Presence::kRequired},
};

struct Shape {
  std::string_view wire_role;
  Role role;
  std::span<const Field<MessageDraft>> fields;
};

constexpr std::array<Shape, 6> kShapes = {{
    {"system", Role::kSystem, kPlainMessage},
    {"developer", Role::kSystem, kPlainMessage},
    {"user", Role::kUser, kPlainMessage},
    {"assistant", Role::kAssistant, kAssistantMessage},
    {"tool", Role::kTool, kToolMessage},
    {"function", Role::kTool, kFunctionMessage},
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
  return &kShapes[index];
}

Result<MessageDraft> read_shape(const Json& value, const Path& path, const Shape& shape) {
  MessageDraft draft;
  draft.takes_documents = shape.role == Role::kUser;
  PEREGRINE_TRY(read_object<MessageDraft>(value, path, shape.fields, draft));
  // An assistant's turn without text has to be a call.
  if (!draft.content && draft.calls.empty()) return schema_detail::missing_property(path, "content");
  return draft;
}

// The call that a result answers must have been made. A function's result tells by `name` which one that is.
Status check_result(const MessageDraft& draft, const Path& path, const Shape& shape,
                    std::span<const service::ChatMessage> before) {
  if (!draft.call_id) return {};
  for (const service::ChatMessage& message : before) {
    if (std::ranges::find(message.tool_calls, *draft.call_id, &service::ToolCall::id) !=
        message.tool_calls.end()) {
      return {};
    }
  }
  if (shape.wire_role == "function") {
    return wrong(path / "name", fmt::format("no earlier message of the assistant calls the function '{}'",
                                            clip(draft.name.value_or(""))));
  }
  return wrong(path / "tool_call_id",
               fmt::format("no earlier message of the assistant makes the call '{}'", clip(*draft.call_id)));
}

}  // namespace

Status read_messages(const Json& value, const Path& path, std::vector<service::ChatMessage>& out,
                     std::vector<service::Document>& documents) {
  PEREGRINE_ASSIGN(const boost::json::array* const messages, read_array(value, path, 1));
  out.reserve(messages->size());
  for (std::size_t i = 0; i < messages->size(); ++i) {
    const Path here = path / i;
    PEREGRINE_ASSIGN(const Shape* const shape, read_role((*messages)[i], here));
    auto draft = read_shape((*messages)[i], here, *shape);
    if (!draft) {
      Error& error = draft.error();
      // A refused list of parts speaks for itself; the rest is worded as the rule of the role that it breaks.
      if (error.message.starts_with('\'')) {
        error.message = fmt::format("'{}' : for 'role:{}' the following must be satisfied[({})]",
                                    here.dotted(), shape->wire_role, error.message);
      }
      return tl::unexpected<Error>(std::move(error));
    }
    PEREGRINE_TRY(check_result(*draft, here, *shape, out));
    std::ranges::move(draft->documents, std::back_inserter(documents));
    out.push_back({.role = shape->role,
                   .content = std::move(draft->content).value_or(""),
                   .name = std::move(draft->name),
                   .reasoning = std::move(draft->reasoning),
                   .tool_calls = std::move(draft->calls),
                   .tool_call_id = std::move(draft->call_id)});
  }
  return {};
}

}  // namespace peregrine::api
