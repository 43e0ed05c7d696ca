#include <fmt/format.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "api/json/document.h"
#include "api/responses/wire.h"

namespace peregrine::api {
namespace {

using service::AnswerKind;
using service::ToolChoice;

constexpr std::size_t kMaxResponseIdBytes = 256;
constexpr std::size_t kMaxMetadataPairs = 16;
constexpr std::int64_t kMaxTopLogprobs = 20;

struct Draft {
  ResponseCall call;
  bool tool_choice = false;  // given
};

Status read_model(const Json& value, const Path& path, Draft& draft) {
  PEREGRINE_ASSIGN(draft.call.request.chat.model, read_model_id(value, path));
  return {};
}

Status read_items(const Json& value, const Path& path, Draft& draft) {
  return read_input(value, path, draft.call.input);
}

Status read_instructions(const Json& value, const Path& path, Draft& draft) {
  PEREGRINE_ASSIGN(const std::string_view text, read_string(value, path));
  draft.call.request.instructions = draft.call.echo.instructions = std::string(text);
  return {};
}

// What does not fit 32 bits is over every model's cap, and the service will say so with the cap's value.
Status read_max_output_tokens(const Json& value, const Path& path, Draft& draft) {
  PEREGRINE_ASSIGN(const std::int64_t tokens, read_integer(value, path, 1));
  const auto cap =
      static_cast<std::uint32_t>(std::min<std::int64_t>(tokens, std::numeric_limits<std::uint32_t>::max()));
  draft.call.request.chat.max_completion_tokens = draft.call.echo.max_output_tokens = cap;
  return {};
}

Status read_temperature(const Json& value, const Path& path, Draft& draft) {
  PEREGRINE_ASSIGN(draft.call.echo.temperature, read_number(value, path, 0, 2));
  draft.call.request.chat.temperature = static_cast<float>(draft.call.echo.temperature);
  return {};
}

Status read_top_p(const Json& value, const Path& path, Draft& draft) {
  PEREGRINE_ASSIGN(draft.call.echo.top_p, read_number(value, path, 0, 1));
  draft.call.request.chat.top_p = static_cast<float>(draft.call.echo.top_p);
  return {};
}

Status read_tool_list(const Json& value, const Path& path, Draft& draft) {
  PEREGRINE_TRY(read_tools(value, path, draft.call.request.chat.tool_use));
  draft.call.echo.tools_json = boost::json::serialize(value);
  return {};
}

Status read_choice(const Json& value, const Path& path, Draft& draft) {
  PEREGRINE_TRY(read_tool_choice(value, path, draft.call.request.chat.tool_use));
  draft.call.echo.tool_choice_json = boost::json::serialize(value);
  draft.tool_choice = true;
  return {};
}

Status read_text(const Json& value, const Path& path, Draft& draft) {
  return read_text_settings(value, path, draft.call);
}

Status read_effort(const Json& value, const Path& path, Draft& draft) {
  using service::ReasoningEffort;
  PEREGRINE_ASSIGN(const std::size_t index, read_enum(value, path, {"low", "medium", "high"}));
  constexpr ReasoningEffort kEfforts[] = {ReasoningEffort::kLow, ReasoningEffort::kMedium,
                                          ReasoningEffort::kHigh};
  draft.call.request.chat.reasoning_effort = kEfforts[index];
  draft.call.echo.reasoning_effort = value.as_string().c_str();
  return {};
}

// Thoughts are never summed up; a summary in the answer is always null.
Status check_summary(const Json& value, const Path& path, Draft&) {
  PEREGRINE_TRY(read_enum(value, path, {"auto", "concise", "detailed"}).map([](std::size_t) {}));
  return {};
}

constexpr Field<Draft> kReasoning[] = {
    {"effort", read_effort}, {"summary", check_summary}, {"generate_summary", check_summary}};

Status read_reasoning(const Json& value, const Path& path, Draft& draft) {
  return read_object<Draft>(value, path, kReasoning, draft);
}

Status read_metadata(const Json& value, const Path& path, Draft& draft) {
  PEREGRINE_ASSIGN(const boost::json::object* const pairs, schema_detail::as_object(value, path));
  if (pairs->size() > kMaxMetadataPairs) {
    return wrong(path, fmt::format("maximum number of properties is {}", kMaxMetadataPairs));
  }
  for (const auto& [key, text] : *pairs) {
    PEREGRINE_ASSIGN(const std::string_view value_text, read_string(text, path / key));
    draft.call.echo.metadata.emplace_back(key, value_text);
  }
  return {};
}

Status read_parallel(const Json& value, const Path& path, Draft& draft) {
  PEREGRINE_ASSIGN(draft.call.echo.parallel_tool_calls, read_bool(value, path));
  draft.call.request.chat.tool_use.parallel = draft.call.echo.parallel_tool_calls;
  return {};
}

Status read_store(const Json& value, const Path& path, Draft& draft) {
  PEREGRINE_ASSIGN(draft.call.echo.store, read_bool(value, path));
  return {};
}

Status read_stream(const Json& value, const Path& path, Draft& draft) {
  PEREGRINE_ASSIGN(draft.call.stream, read_bool(value, path));
  return {};
}

Status read_user(const Json& value, const Path& path, Draft& draft) {
  PEREGRINE_ASSIGN(const std::string_view user, read_string(value, path));
  draft.call.echo.user = std::string(user);
  return {};
}

Status read_tier(const Json& value, const Path& path, Draft& draft) {
  PEREGRINE_ASSIGN(const std::size_t index, read_enum(value, path, {"auto", "default", "flex"}));
  if (index < 2) return {};
  draft.call.echo.tier = ResponseTier::kFlex;
  draft.call.request.chat.priority = engine::Priority::kLow;
  return {};
}

Status read_truncation(const Json& value, const Path& path, Draft& draft) {
  PEREGRINE_ASSIGN(const std::size_t index, read_enum(value, path, {"auto", "disabled"}));
  draft.call.request.truncate = draft.call.echo.truncate = index == 0;
  return {};
}

Status read_previous(const Json& value, const Path& path, Draft& draft) {
  PEREGRINE_ASSIGN(const std::string_view id, read_string(value, path));
  if (id.empty()) return wrong(path, "minimum string length is 1");
  if (id.size() > kMaxResponseIdBytes)
    return wrong(path, fmt::format("maximum string length is {}", kMaxResponseIdBytes));
  draft.call.echo.previous_response_id = id;
  return {};
}

// Accepted without effect: checked, so that a client's mistake does not pass.

Status check_string(const Json& value, const Path& path, Draft&) {
  PEREGRINE_TRY(read_string(value, path).map([](std::string_view) {}));
  return {};
}

Status check_strings(const Json& value, const Path& path, Draft&) {
  PEREGRINE_ASSIGN(const boost::json::array* const names, read_array(value, path));
  for (std::size_t i = 0; i < names->size(); ++i) {
    PEREGRINE_TRY(read_string((*names)[i], path / i).map([](std::string_view) {}));
  }
  return {};
}

Status check_top_logprobs(const Json& value, const Path& path, Draft&) {
  PEREGRINE_TRY(read_integer(value, path, 0, kMaxTopLogprobs).map([](std::int64_t) {}));
  return {};
}

Status check_max_tool_calls(const Json& value, const Path& path, Draft&) {
  PEREGRINE_TRY(read_integer(value, path, 1).map([](std::int64_t) {}));
  return {};
}

Status check_object(const Json& value, const Path& path, Draft&) {
  PEREGRINE_TRY(schema_detail::as_object(value, path).map([](const boost::json::object*) {}));
  return {};
}

// Not served: an answer that ignored it would mislead.

Status refuse(const Json&, const Path& path, Draft&) {
  return fail(ErrorCode::kInvalidArgument, fmt::format("`{}` is not supported by this server", path.param()),
              path.param());
}

Status refuse_true(const Json& value, const Path& path, Draft& draft) {
  PEREGRINE_ASSIGN(const bool wanted, read_bool(value, path));
  if (!wanted) return {};
  return refuse(value, path, draft);
}

constexpr Field<Draft> kFields[] = {
    {"model", read_model, Presence::kRequired},
    {"input", read_items, Presence::kRequired},
    {"instructions", read_instructions},
    {"max_output_tokens", read_max_output_tokens},
    {"temperature", read_temperature},
    {"top_p", read_top_p},
    {"tools", read_tool_list},
    {"tool_choice", read_choice},
    {"text", read_text},
    {"reasoning", read_reasoning},
    {"metadata", read_metadata},
    {"parallel_tool_calls", read_parallel},
    {"store", read_store},
    {"stream", read_stream},
    {"user", read_user},
    {"service_tier", read_tier},
    {"truncation", read_truncation},
    {"previous_response_id", read_previous},
    {"include", check_strings},
    {"safety_identifier", check_string},
    {"prompt_cache_key", check_string},
    {"prompt_cache_retention", check_string},
    {"top_logprobs", check_top_logprobs},
    {"max_tool_calls", check_max_tool_calls},
    {"stream_options", check_object},
    {"background", refuse_true},
    {"conversation", refuse},
    {"prompt", refuse},
};

// Rules that involve more than one field.
Result<ResponseCall> finish(Draft draft) {
  const Path root;
  service::ChatRequest& chat = draft.call.request.chat;
  service::ToolUse& use = chat.tool_use;
  if (!draft.tool_choice) {
    use.choice = use.tools.empty() ? ToolChoice::kNone : ToolChoice::kAuto;
    draft.call.echo.tool_choice_json = use.tools.empty() ? R"("none")" : R"("auto")";
  }
  if (use.choice == ToolChoice::kRequired && use.tools.empty()) {
    return wrong(root / "tool_choice", "'required' needs at least one tool in 'tools'");
  }
  const auto is_named = [&use](const service::Tool& tool) { return tool.name == use.function; };
  if (use.choice == ToolChoice::kFunction && std::none_of(use.tools.begin(), use.tools.end(), is_named)) {
    return wrong(root / "tool_choice", fmt::format("there is no tool '{}' in 'tools'", use.function));
  }
  if (chat.answer.kind == AnswerKind::kJsonObject && !use.tools.empty()) {
    return fail(ErrorCode::kInvalidArgument, "json mode cannot be combined with tool/function calling",
                "text.format");
  }
  // Thoughts are items of their own here, never part of the text.
  chat.include_reasoning = true;
  return std::move(draft.call);
}

}  // namespace

Result<ResponseCall> parse_response_call(std::string_view body) {
  PEREGRINE_ASSIGN(Draft draft, parse_body<Draft>(body, kFields));
  return finish(std::move(draft));
}

}  // namespace peregrine::api
