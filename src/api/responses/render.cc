#include "api/responses/render.h"

#include <fmt/format.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <optional>
#include <utility>
#include <variant>

#include "api/json/writer.h"
#include "http/sse.h"

namespace peregrine::api {
namespace {

using service::Citation;
using service::FunctionCallItem;
using service::FunctionOutputItem;
using service::Item;
using service::ItemStatus;
using service::MessageItem;
using service::OutputAssembler;
using service::OutputItem;
using service::OutputMessage;
using service::OutputStep;
using service::ReasoningItem;
using service::ResponseStatus;
using service::Role;
using service::Usage;

std::string_view wire_name(ItemStatus status) {
  switch (status) {
    case ItemStatus::kInProgress:
      return "in_progress";
    case ItemStatus::kCompleted:
      return "completed";
    case ItemStatus::kIncomplete:
      return "incomplete";
  }
  return "completed";
}

std::string_view wire_name(ResponseStatus status) {
  switch (status) {
    case ResponseStatus::kInProgress:
      return "in_progress";
    case ResponseStatus::kCompleted:
      return "completed";
    case ResponseStatus::kIncomplete:
      return "incomplete";
    case ResponseStatus::kFailed:
      return "failed";
    case ResponseStatus::kCancelled:
      return "cancelled";
  }
  return "failed";
}

std::string_view wire_name(Role role) {
  switch (role) {
    case Role::kSystem:
      return "system";
    case Role::kAssistant:
      return "assistant";
    default:
      return "user";
  }
}

// `index` is where the source's stretch of the text ends; start and end say it in full.
void write_annotation(JsonWriter& json, const Citation& citation) {
  json.begin_object();
  json.key("type").string("file_citation");
  json.key("file_id").string(citation.id);
  json.key("index").integer(citation.end);
  json.key("start_index").integer(citation.start);
  json.key("end_index").integer(citation.end);
  json.end_object();
}

void write_text_part(JsonWriter& json, std::string_view text, const std::vector<Citation>& citations) {
  json.begin_object();
  json.key("type").string("output_text");
  json.key("text").string(text);
  json.key("annotations").begin_array();
  for (const Citation& citation : citations) write_annotation(json, citation);
  json.end_array();
  json.key("logprobs").begin_array().end_array();
  json.end_object();
}

void write_reasoning_part(JsonWriter& json, std::string_view text) {
  json.begin_object();
  json.key("type").string("reasoning_text").key("text").string(text);
  json.end_object();
}

void write(JsonWriter& json, const OutputMessage& item, bool with_content = true) {
  json.begin_object();
  json.key("id").string(item.id);
  json.key("type").string("message");
  json.key("status").string(wire_name(item.status));
  json.key("role").string("assistant");
  json.key("content").begin_array();
  if (with_content) write_text_part(json, item.text, item.citations);
  json.end_array().end_object();
}

void write(JsonWriter& json, const MessageItem& item, bool = true) {
  json.begin_object();
  json.key("id").string(item.id);
  json.key("type").string("message");
  json.key("status").string(wire_name(item.status));
  json.key("role").string(wire_name(item.role));
  json.key("content").begin_array();
  for (const std::string& text : item.texts) {
    if (item.role == Role::kAssistant) {
      write_text_part(json, text, {});
    } else {
      json.begin_object().key("type").string("input_text").key("text").string(text).end_object();
    }
  }
  json.end_array().end_object();
}

void write(JsonWriter& json, const ReasoningItem& item, bool with_content = true) {
  json.begin_object();
  json.key("id").string(item.id);
  json.key("type").string("reasoning");
  json.key("summary").begin_array().end_array();
  json.key("content").begin_array();
  if (with_content) write_reasoning_part(json, item.text);
  json.end_array();
  json.key("status").string(wire_name(item.status));
  json.end_object();
}

void write(JsonWriter& json, const FunctionCallItem& item, bool with_content = true) {
  json.begin_object();
  json.key("id").string(item.id);
  json.key("type").string("function_call");
  json.key("status").string(wire_name(item.status));
  json.key("call_id").string(item.call_id);
  json.key("name").string(item.name);
  json.key("arguments").string(with_content ? std::string_view(item.arguments) : std::string_view());
  json.end_object();
}

void write(JsonWriter& json, const FunctionOutputItem& item, bool = true) {
  json.begin_object();
  json.key("id").string(item.id);
  json.key("type").string("function_call_output");
  json.key("status").string("completed");
  json.key("call_id").string(item.call_id);
  json.key("output").string(item.output);
  json.end_object();
}

template <class Any>
std::string render_any(const Any& item, bool with_content = true) {
  std::string out;
  JsonWriter json(out);
  std::visit([&](const auto& kind) { write(json, kind, with_content); }, item);
  return out;
}

template <class Any>
std::vector<store::StoredItem> stored(const std::vector<Any>& items) {
  std::vector<store::StoredItem> out;
  out.reserve(items.size());
  for (const Any& item : items) {
    std::string id = std::visit([](const auto& kind) { return kind.id; }, item);
    out.push_back({std::move(id), render_any(item)});
  }
  return out;
}

void write_usage(JsonWriter& json, const Usage& usage) {
  json.begin_object();
  json.key("input_tokens").integer(usage.prompt_tokens);
  json.key("input_tokens_details").begin_object();
  json.key("cached_tokens").integer(usage.cached_tokens);
  json.key("reasoning_tokens").integer(0).end_object();
  json.key("output_tokens").integer(usage.completion_tokens);
  json.key("output_tokens_details").begin_object();
  json.key("cached_tokens").integer(0);
  json.key("reasoning_tokens").integer(usage.reasoning_tokens).end_object();
  json.key("total_tokens").integer(std::int64_t{usage.prompt_tokens} + usage.completion_tokens);
  json.end_object();
}

void write_metadata(JsonWriter& json, const ResponseHead& head, const OutputAssembler& output) {
  json.begin_object();
  for (const auto& [key, value] : head.echo.metadata) json.key(key).string(value);
  if (head.timings && output.over()) {
    const Usage& usage = output.usage();
    const auto seconds = [&json](std::string_view key, double value) {
      json.key(key).string(fmt::format("{:.9f}", value));
    };
    seconds("completion_time", usage.completion_seconds);
    seconds("prompt_time", usage.prompt_seconds);
    seconds("queue_time", usage.queue_seconds);
    seconds("total_time", usage.prompt_seconds + usage.completion_seconds);
  }
  json.end_object();
}

void optional_string(JsonWriter& json, std::string_view key, const std::optional<std::string>& text) {
  json.key(key);
  text ? json.string(*text) : json.null();
}

void write_echo(JsonWriter& json, const ResponseEcho& echo) {
  optional_string(json, "instructions", echo.instructions);
  json.key("max_output_tokens");
  echo.max_output_tokens ? json.integer(*echo.max_output_tokens) : json.null();
  json.key("max_tool_calls").null();
  json.key("parallel_tool_calls").boolean(echo.parallel_tool_calls);
  json.key("previous_response_id");
  echo.previous_response_id.empty() ? json.null() : json.string(echo.previous_response_id);
  json.key("reasoning");
  if (echo.reasoning_effort) {
    json.begin_object().key("effort").string(*echo.reasoning_effort).key("summary").null().end_object();
  } else {
    json.null();
  }
  json.key("store").boolean(echo.store);
  json.key("temperature").number(echo.temperature);
  json.key("text").begin_object().key("format").raw(echo.format_json).end_object();
  json.key("tool_choice").raw(echo.tool_choice_json);
  json.key("tools").raw(echo.tools_json);
  json.key("top_logprobs").integer(0);
  json.key("top_p").number(echo.top_p);
  json.key("truncation").string(echo.truncate ? "auto" : "disabled");
  optional_string(json, "user", echo.user);
}

// How the kinds of steps are called.
std::string_view event_name(OutputStep::Kind kind) {
  switch (kind) {
    case OutputStep::Kind::kItemAdded:
      return "response.output_item.added";
    case OutputStep::Kind::kPartAdded:
      return "response.content_part.added";
    case OutputStep::Kind::kTextDelta:
      return "response.output_text.delta";
    case OutputStep::Kind::kCitationAdded:
      return "response.output_text.annotation.added";
    case OutputStep::Kind::kTextDone:
      return "response.output_text.done";
    case OutputStep::Kind::kReasoningDelta:
      return "response.reasoning_text.delta";
    case OutputStep::Kind::kReasoningDone:
      return "response.reasoning_text.done";
    case OutputStep::Kind::kArgumentsDelta:
      return "response.function_call_arguments.delta";
    case OutputStep::Kind::kArgumentsDone:
      return "response.function_call_arguments.done";
    case OutputStep::Kind::kPartDone:
      return "response.content_part.done";
    case OutputStep::Kind::kItemDone:
      return "response.output_item.done";
  }
  return "";
}

// A part: empty when it is added, whole when it is done.
void write_part(JsonWriter& json, const OutputItem& item, bool whole) {
  json.key("part");
  if (const auto* message = std::get_if<OutputMessage>(&item)) {
    whole ? write_text_part(json, message->text, message->citations) : write_text_part(json, {}, {});
  } else if (const auto* thought = std::get_if<ReasoningItem>(&item)) {
    write_reasoning_part(json, whole ? std::string_view(thought->text) : std::string_view());
  }
}

// An item as it was when it was added: one event may open an item, fill and close it.
std::string render_fresh(OutputItem item) {
  std::visit([](auto& kind) { kind.status = ItemStatus::kInProgress; }, item);
  return render_any(item, false);
}

void write_step(JsonWriter& json, const OutputStep& step, const OutputItem& item) {
  using Kind = OutputStep::Kind;
  switch (step.kind) {
    case Kind::kItemAdded:
      json.key("item").raw(render_fresh(item));
      return;
    case Kind::kItemDone:
      json.key("item").raw(render_any(item));
      return;
    case Kind::kPartAdded:
    case Kind::kPartDone:
      return write_part(json, item, step.kind == Kind::kPartDone);
    case Kind::kTextDelta:
      json.key("delta").string(step.delta);
      json.key("logprobs").begin_array().end_array();
      return;
    case Kind::kReasoningDelta:
    case Kind::kArgumentsDelta:
      json.key("delta").string(step.delta);
      return;
    case Kind::kCitationAdded:
      json.key("annotation_index").integer(step.citation);
      json.key("annotation");
      return write_annotation(json, std::get<OutputMessage>(item).citations[step.citation]);
    case Kind::kTextDone:
      json.key("text").string(std::get<OutputMessage>(item).text);
      json.key("logprobs").begin_array().end_array();
      return;
    case Kind::kReasoningDone:
      json.key("text").string(std::get<ReasoningItem>(item).text);
      return;
    case Kind::kArgumentsDone:
      json.key("name").string(std::get<FunctionCallItem>(item).name);
      json.key("arguments").string(std::get<FunctionCallItem>(item).arguments);
      return;
  }
}

bool is_about_item(OutputStep::Kind kind) {
  return kind == OutputStep::Kind::kItemAdded || kind == OutputStep::Kind::kItemDone;
}

}  // namespace

std::string render_response(const ResponseHead& head, const OutputAssembler& output,
                            const ResponseFault* fault) {
  std::string out;
  JsonWriter json(out);
  const ResponseStatus status = fault != nullptr ? ResponseStatus::kFailed : output.status();
  json.begin_object();
  json.key("id").string(head.id);
  json.key("object").string("response");
  json.key("created_at").integer(head.created);
  json.key("status").string(wire_name(status));
  json.key("background").boolean(false);
  json.key("error");
  if (fault != nullptr) {
    json.begin_object().key("code").string(fault->code).key("message").string(fault->message).end_object();
  } else {
    json.null();
  }
  json.key("incomplete_details");
  if (status == ResponseStatus::kIncomplete) {
    json.begin_object().key("reason").string("max_output_tokens").end_object();
  } else {
    json.null();
  }
  json.key("model").string(head.model);
  json.key("output").begin_array();
  for (const OutputItem& item : output.items()) json.raw(render_any(item));
  json.end_array();
  write_echo(json, head.echo);
  json.key("service_tier").string(head.echo.tier == ResponseTier::kFlex ? "flex" : "default");
  json.key("metadata");
  write_metadata(json, head, output);
  json.key("usage");
  const bool counted = status == ResponseStatus::kCompleted || status == ResponseStatus::kIncomplete;
  if (counted) {
    write_usage(json, output.usage());
  } else {
    json.null();
  }
  json.end_object();
  return out;
}

std::string render_interrupted(std::string_view body) {
  boost::json::error_code error;
  boost::json::value response = boost::json::parse({body.data(), body.size()}, error);
  boost::json::object* const object = error ? nullptr : response.if_object();
  if (object == nullptr) return std::string(body);
  (*object)["status"] = "failed";
  (*object)["error"] = {{"code", "server_error"},
                        {"message", "the server stopped before this response was complete"}};
  return boost::json::serialize(response);
}

std::string render_item(const Item& item) {
  return render_any(item);
}

std::string render_item(const OutputItem& item) {
  return render_any(item);
}

std::vector<store::StoredItem> stored_items(const std::vector<Item>& items) {
  return stored(items);
}

std::vector<store::StoredItem> stored_items(const std::vector<OutputItem>& items) {
  return stored(items);
}

void ResponseEvents::with_response(std::string& out, std::string_view type, std::string_view response) {
  std::string data;
  JsonWriter json(data);
  json.begin_object();
  json.key("type").string(type);
  json.key("sequence_number").integer(sequence_++);
  json.key("response").raw(response);
  json.end_object();
  http::append_sse_event(out, data, type);
}

void ResponseEvents::open(std::string& out, std::string_view response) {
  with_response(out, "response.created", response);
  with_response(out, "response.in_progress", response);
}

void ResponseEvents::step(std::string& out, const OutputStep& step) {
  const OutputItem& item = output_.items()[step.item];
  const std::string_view type = event_name(step.kind);
  std::string data;
  JsonWriter json(data);
  json.begin_object();
  json.key("type").string(type);
  json.key("sequence_number").integer(sequence_++);
  if (!is_about_item(step.kind)) {
    json.key("item_id").string(
        std::visit([](const auto& kind) -> std::string_view { return kind.id; }, item));
  }
  json.key("output_index").integer(step.item);
  const bool in_part = !is_about_item(step.kind) && !std::holds_alternative<FunctionCallItem>(item);
  if (in_part) json.key("content_index").integer(0);
  write_step(json, step, item);
  json.end_object();
  http::append_sse_event(out, data, type);
}

// There is no event of its own for a response that was cancelled: its status says it.
void ResponseEvents::close(std::string& out, std::string_view response, ResponseStatus status) {
  switch (status) {
    case ResponseStatus::kCompleted:
      return with_response(out, "response.completed", response);
    case ResponseStatus::kFailed:
      return with_response(out, "response.failed", response);
    default:
      return with_response(out, "response.incomplete", response);
  }
}

}  // namespace peregrine::api
