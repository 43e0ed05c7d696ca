// Items that go in: the client's, and stored ones.
#include <fmt/format.h>

#include <string>
#include <utility>

#include "api/responses/wire.h"
#include "base/ids.h"

namespace peregrine::api {
namespace {

using service::FunctionCallItem;
using service::FunctionOutputItem;
using service::Item;
using service::ItemStatus;
using service::MessageItem;
using service::ReasoningItem;
using service::Role;

constexpr std::size_t kMaxItems = 10'000;
constexpr std::size_t kMaxIdBytes = 256;
constexpr std::size_t kMaxNameBytes = 256;

template <class T>
Status ignore(const Json&, const Path&, T&) {
  return {};
}

Status read_short(const Json& value, const Path& path, std::size_t max, std::string& out) {
  PEREGRINE_ASSIGN(const std::string_view text, read_string(value, path));
  if (text.empty()) return wrong(path, "minimum string length is 1");
  if (text.size() > max) return wrong(path, fmt::format("maximum string length is {}", max));
  out = text;
  return {};
}

template <class T>
Status read_id(const Json& value, const Path& path, T& item) {
  return read_short(value, path, kMaxIdBytes, item.id);
}

template <class T>
Status read_call_id(const Json& value, const Path& path, T& item) {
  return read_short(value, path, kMaxIdBytes, item.call_id);
}

Result<ItemStatus> status_of(const Json& value, const Path& path) {
  PEREGRINE_ASSIGN(const std::size_t index,
                   read_enum(value, path, {"in_progress", "completed", "incomplete"}));
  constexpr ItemStatus kStatuses[] = {ItemStatus::kInProgress, ItemStatus::kCompleted,
                                      ItemStatus::kIncomplete};
  return kStatuses[index];
}

template <class T>
Status read_status(const Json& value, const Path& path, T& item) {
  PEREGRINE_ASSIGN(item.status, status_of(value, path));
  return {};
}

template <class T>
Status check_status(const Json& value, const Path& path, T&) {
  PEREGRINE_TRY(status_of(value, path).map([](ItemStatus) {}));
  return {};
}

// Parts of texts.

Status read_part_text(const Json& value, const Path& path, std::string& text) {
  PEREGRINE_ASSIGN(text, read_string(value, path));
  return {};
}

constexpr Field<std::string> kTextPart[] = {
    {"type", ignore, Presence::kRequired},
    {"text", read_part_text, Presence::kRequired},
    {"annotations", ignore},
    {"logprobs", ignore},
};
constexpr Field<std::string> kRefusalPart[] = {
    {"type", ignore, Presence::kRequired},
    {"refusal", read_part_text, Presence::kRequired},
};

Status read_part(const Json& value, const Path& path, std::string& text) {
  PEREGRINE_ASSIGN(const Json* const type, required_member(value, path, "type"));
  PEREGRINE_ASSIGN(
      const std::size_t kind,
      read_enum(*type, path / "type", {"input_text", "output_text", "refusal", "input_image", "input_file"}));
  if (kind < 2) return read_object<std::string>(value, path, kTextPart, text);
  if (kind == 2) return read_object<std::string>(value, path, kRefusalPart, text);
  return wrong(
      path, fmt::format("this model does not read parts of type '{}'", std::string_view(type->as_string())));
}

// A string, or parts with text.
Status read_texts(const Json& value, const Path& path, std::vector<std::string>& texts) {
  if (const boost::json::string* text = value.if_string()) {
    texts.emplace_back(text->data(), text->size());
    return {};
  }
  if (!value.is_array()) return wrong(path, "value must be a string or an array of parts");
  PEREGRINE_ASSIGN(const boost::json::array* const parts, read_array(value, path));
  for (std::size_t i = 0; i < parts->size(); ++i) {
    PEREGRINE_TRY(read_part((*parts)[i], path / i, texts.emplace_back()));
  }
  return {};
}

// Messages.

Status read_role(const Json& value, const Path& path, MessageItem& item) {
  PEREGRINE_ASSIGN(const std::size_t index,
                   read_enum(value, path, {"user", "assistant", "system", "developer"}));
  constexpr Role kRoles[] = {Role::kUser, Role::kAssistant, Role::kSystem, Role::kSystem};
  item.role = kRoles[index];
  return {};
}

Status read_content(const Json& value, const Path& path, MessageItem& item) {
  return read_texts(value, path, item.texts);
}

constexpr Field<MessageItem> kMessage[] = {
    {"type", ignore},
    {"role", read_role, Presence::kRequired},
    {"content", read_content, Presence::kRequired},
    {"id", read_id<MessageItem>},
    {"status", read_status<MessageItem>},
    {"phase", ignore},
};

// Thoughts.

Status read_thoughts(const Json& value, const Path& path, ReasoningItem& item) {
  constexpr Field<std::string> kThought[] = {
      {"type", ignore, Presence::kRequired},
      {"text", read_part_text, Presence::kRequired},
  };
  PEREGRINE_ASSIGN(const boost::json::array* const parts, read_array(value, path));
  for (std::size_t i = 0; i < parts->size(); ++i) {
    std::string text;
    PEREGRINE_TRY(read_object<std::string>((*parts)[i], path / i, kThought, text));
    item.text += text;
  }
  return {};
}

Status check_list(const Json& value, const Path& path, ReasoningItem&) {
  PEREGRINE_TRY(read_array(value, path).map([](const boost::json::array*) {}));
  return {};
}

constexpr Field<ReasoningItem> kReasoning[] = {
    {"type", ignore, Presence::kRequired},
    {"id", read_id<ReasoningItem>},
    {"summary", check_list},
    {"content", read_thoughts},
    {"status", read_status<ReasoningItem>},
    {"encrypted_content", ignore},
};

// Calls.

Status read_call_name(const Json& value, const Path& path, FunctionCallItem& item) {
  return read_short(value, path, kMaxNameBytes, item.name);
}

Status read_arguments(const Json& value, const Path& path, FunctionCallItem& item) {
  PEREGRINE_ASSIGN(item.arguments, read_string(value, path));
  return {};
}

constexpr Field<FunctionCallItem> kCall[] = {
    {"type", ignore, Presence::kRequired},
    {"call_id", read_call_id<FunctionCallItem>, Presence::kRequired},
    {"name", read_call_name, Presence::kRequired},
    {"arguments", read_arguments, Presence::kRequired},
    {"id", read_id<FunctionCallItem>},
    {"status", read_status<FunctionCallItem>},
};

Status read_output(const Json& value, const Path& path, FunctionOutputItem& item) {
  std::vector<std::string> texts;
  PEREGRINE_TRY(read_texts(value, path, texts));
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i > 0) item.output += '\n';
    item.output += texts[i];
  }
  return {};
}

constexpr Field<FunctionOutputItem> kOutput[] = {
    {"type", ignore, Presence::kRequired},
    {"call_id", read_call_id<FunctionOutputItem>, Presence::kRequired},
    {"output", read_output, Presence::kRequired},
    {"id", read_id<FunctionOutputItem>},
    {"status", check_status<FunctionOutputItem>},
};

constexpr Field<ItemReference> kReference[] = {
    {"type", ignore, Presence::kRequired},
    {"id", read_id<ItemReference>, Presence::kRequired},
};

// Reads one kind of item and gives it an id if it has none.
template <class T>
Status read_one(const Json& value, const Path& path, std::span<const Field<T>> fields,
                std::string_view prefix, std::vector<InputItem>& out) {
  T item{};
  PEREGRINE_TRY(read_object<T>(value, path, fields, item));
  if (item.id.empty()) item.id = base::type_id(prefix);
  out.emplace_back(Item(std::move(item)));
  return {};
}

// What a server-side tool did, said again: nothing of the kind is served here, so it comes from elsewhere.
tl::unexpected<Error> foreign_item(const Path& path, std::string_view type) {
  return wrong(path, fmt::format("items of type '{}' are not supported by this server", type));
}

Status read_item(const Json& value, const Path& path, std::vector<InputItem>& out) {
  PEREGRINE_ASSIGN(const boost::json::object* const object, schema_detail::as_object(value, path));
  const Json* const type = object->if_contains("type");
  if (type == nullptr || type->is_null()) {
    return read_one<MessageItem>(value, path, kMessage, "msg", out);
  }
  PEREGRINE_ASSIGN(
      const std::size_t kind,
      read_enum(*type, path / "type",
                {"message", "reasoning", "function_call", "function_call_output", "item_reference",
                 "mcp_list_tools", "mcp_call", "mcp_approval_request", "mcp_approval_response"}));
  switch (kind) {
    case 0:
      return read_one<MessageItem>(value, path, kMessage, "msg", out);
    case 1:
      return read_one<ReasoningItem>(value, path, kReasoning, "rs", out);
    case 2:
      return read_one<FunctionCallItem>(value, path, kCall, "fc", out);
    case 3:
      return read_one<FunctionOutputItem>(value, path, kOutput, "fco", out);
    case 4: {
      ItemReference reference;
      PEREGRINE_TRY(read_object<ItemReference>(value, path, kReference, reference));
      out.emplace_back(std::move(reference));
      return {};
    }
    default:
      return foreign_item(path, type->as_string());
  }
}

// A call has to be one of an object: a template may take it apart. What was cut short is no call.
Status check_call(const InputItem& input, const Path& path) {
  const Item* const item = std::get_if<Item>(&input);
  const auto* const call = item != nullptr ? std::get_if<FunctionCallItem>(item) : nullptr;
  if (call == nullptr || call->status == ItemStatus::kIncomplete) return {};
  const auto arguments = parse_document(call->arguments);
  if (arguments && arguments->is_object()) return {};
  return wrong(path / "arguments", "value must be the text of a JSON object");
}

}  // namespace

Status read_input(const Json& value, const Path& path, std::vector<InputItem>& out) {
  if (const boost::json::string* text = value.if_string()) {
    MessageItem item{.id = base::type_id("msg"), .role = Role::kUser, .texts = {}};
    item.texts.emplace_back(text->data(), text->size());
    out.emplace_back(Item(std::move(item)));
    return {};
  }
  if (!value.is_array()) return wrong(path, "value must be a string or an array of items");
  PEREGRINE_ASSIGN(const boost::json::array* const items, read_array(value, path, 1, kMaxItems));
  out.reserve(items->size());
  for (std::size_t i = 0; i < items->size(); ++i) {
    const Path here = path / i;
    PEREGRINE_TRY(read_item((*items)[i], here, out));
    PEREGRINE_TRY(check_call(out.back(), here));
  }
  return {};
}

Result<service::Item> parse_stored_item(std::string_view json) {
  auto document = parse_document(json);
  std::vector<InputItem> items;
  const Status status =
      document ? read_item(*document, Path(), items) : Status(tl::unexpected(document.error()));
  if (!status || items.size() != 1 || !std::holds_alternative<Item>(items.front())) {
    return fail(ErrorCode::kCorrupt, "a stored item cannot be read");
  }
  return std::get<Item>(std::move(items.front()));
}

}  // namespace peregrine::api
