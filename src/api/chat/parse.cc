#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <limits>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "api/chat/answer_format.h"
#include "api/chat/documents.h"
#include "api/chat/messages.h"
#include "api/chat/tools.h"
#include "api/chat/wire.h"
#include "api/json/document.h"
#include "api/json/schema.h"

namespace peregrine::api {
namespace {

constexpr std::size_t kMaxStops = 4;
constexpr std::size_t kMaxStopBytes = 1024;
constexpr std::size_t kMaxLogitBiases = 4096;
constexpr std::int64_t kMaxChoices = 128;
constexpr std::int64_t kMaxTopLogprobs = 20;

struct Draft {
  ChatCall call;
  std::optional<std::uint32_t> max_completion_tokens;
  std::optional<std::uint32_t> max_tokens;
  bool logprobs = false;
  std::optional<std::uint32_t> top_logprobs;
  bool stream_options = false;
  std::vector<service::Document> inline_documents;
  std::vector<service::Tool> functions;
  std::optional<WireToolChoice> tool_choice;
  std::optional<WireToolChoice> function_choice;
};

Status read_model(const Json& value, const Path& path, Draft& draft) {
  PEREGRINE_ASSIGN(draft.call.request.model, read_model_id(value, path));
  return {};
}

Status read_conversation(const Json& value, const Path& path, Draft& draft) {
  return read_messages(value, path, draft.call.request.messages, draft.inline_documents);
}

template <bool ChatCall::* flag>
Status read_call_flag(const Json& value, const Path& path, Draft& draft) {
  PEREGRINE_ASSIGN(draft.call.*flag, read_bool(value, path));
  return {};
}

Status read_debug(const Json& value, const Path& path, Draft& draft) {
  PEREGRINE_ASSIGN(draft.call.request.debug, read_bool(value, path));
  return {};
}

Status read_logprobs(const Json& value, const Path& path, Draft& draft) {
  PEREGRINE_ASSIGN(draft.logprobs, read_bool(value, path));
  return {};
}

Status read_top_logprobs(const Json& value, const Path& path, Draft& draft) {
  PEREGRINE_ASSIGN(const std::int64_t count, read_integer(value, path, 0, kMaxTopLogprobs));
  draft.top_logprobs = static_cast<std::uint32_t>(count);
  return {};
}

Status read_include_usage(const Json& value, const Path& path, bool& include_usage) {
  PEREGRINE_ASSIGN(include_usage, read_bool(value, path));
  return {};
}

constexpr Field<bool> kStreamOptions[] = {{"include_usage", read_include_usage}};

Status read_stream_options(const Json& value, const Path& path, Draft& draft) {
  draft.stream_options = true;
  return read_object<bool>(value, path, kStreamOptions, draft.call.include_usage);
}

// What does not fit 32 bits is over every model's cap, and the service will say so with the cap's value.
template <std::optional<std::uint32_t> Draft::* cap>
Status read_token_cap(const Json& value, const Path& path, Draft& draft) {
  PEREGRINE_ASSIGN(const std::int64_t tokens, read_integer(value, path, 1));
  draft.*cap =
      static_cast<std::uint32_t>(std::min<std::int64_t>(tokens, std::numeric_limits<std::uint32_t>::max()));
  return {};
}

template <float service::ChatRequest::* knob, int min, int max>
Status read_knob(const Json& value, const Path& path, Draft& draft) {
  PEREGRINE_ASSIGN(const double number, read_number(value, path, min, max));
  draft.call.request.*knob = static_cast<float>(number);
  return {};
}

Status read_n(const Json& value, const Path& path, Draft& draft) {
  PEREGRINE_ASSIGN(const std::int64_t n, read_integer(value, path, 1, kMaxChoices));
  draft.call.request.n = static_cast<std::uint32_t>(n);
  return {};
}

Status read_seed(const Json& value, const Path& path, Draft& draft) {
  PEREGRINE_ASSIGN(const std::int64_t seed, read_integer(value, path));
  draft.call.request.seed = static_cast<std::uint64_t>(seed);
  return {};
}

Status read_one_stop(const Json& value, const Path& path, Draft& draft) {
  PEREGRINE_ASSIGN(const std::string_view stop, read_string(value, path));
  if (stop.empty()) return wrong(path, "minimum string length is 1");
  if (stop.size() > kMaxStopBytes)
    return wrong(path, fmt::format("maximum string length is {}", kMaxStopBytes));
  draft.call.request.stop.emplace_back(stop);
  return {};
}

Status read_stop(const Json& value, const Path& path, Draft& draft) {
  if (value.is_string()) return read_one_stop(value, path, draft);
  if (!value.is_array()) return wrong(path, "value must be a string or an array of strings");
  PEREGRINE_ASSIGN(const boost::json::array* const stops, read_array(value, path, 0, kMaxStops));
  for (std::size_t i = 0; i < stops->size(); ++i) {
    PEREGRINE_TRY(read_one_stop((*stops)[i], path / i, draft));
  }
  return {};
}

// A token id in its one decimal spelling: "007" and "+7" would let one token be named twice.
std::optional<std::int32_t> token_id(std::string_view text) {
  std::int32_t id = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (ec != std::errc() || end != text.data() + text.size() || id < 0) return std::nullopt;
  if (fmt::format("{}", id) != text) return std::nullopt;
  return id;
}

Status read_logit_bias(const Json& value, const Path& path, Draft& draft) {
  PEREGRINE_ASSIGN(const boost::json::object* const biases, schema_detail::as_object(value, path));
  if (biases->size() > kMaxLogitBiases) {
    return wrong(path, fmt::format("maximum number of properties is {}", kMaxLogitBiases));
  }
  for (const auto& [key, bias] : *biases) {
    const Path here = path / key;
    const std::optional<std::int32_t> id = token_id(key);
    if (!id) return wrong(here, "property name must be a token id in decimal digits");
    PEREGRINE_ASSIGN(const double number, read_number(bias, here, -100, 100));
    draft.call.request.logit_bias.emplace_back(*id, static_cast<float>(number));
  }
  return {};
}

Status read_service_tier(const Json& value, const Path& path, Draft& draft) {
  PEREGRINE_ASSIGN(const std::size_t index,
                   read_enum(value, path, {"auto", "on_demand", "flex", "performance"}));
  constexpr ServiceTier kTiers[] = {ServiceTier::kOnDemand, ServiceTier::kOnDemand, ServiceTier::kFlex,
                                    ServiceTier::kPerformance};
  constexpr engine::Priority kPriorities[] = {engine::Priority::kNormal, engine::Priority::kNormal,
                                              engine::Priority::kLow, engine::Priority::kHigh};
  draft.call.tier = kTiers[index];
  draft.call.request.priority = kPriorities[index];
  return {};
}

// Accepted without effect: checked, so that a client's mistake does not pass.

Status check_bool(const Json& value, const Path& path, Draft&) {
  PEREGRINE_TRY(read_bool(value, path).map([](bool) {}));
  return {};
}

Status check_string(const Json& value, const Path& path, Draft&) {
  PEREGRINE_TRY(read_string(value, path).map([](std::string_view) {}));
  return {};
}

Status check_metadata(const Json& value, const Path& path, Draft&) {
  PEREGRINE_ASSIGN(const boost::json::object* const pairs, schema_detail::as_object(value, path));
  for (const auto& [key, text] : *pairs) {
    if (!text.is_string()) return wrong(path / key, "value must be a string");
  }
  return {};
}

// Not served yet. A value that asks for nothing is accepted; one that asks for something is refused, since an
// answer that ignored it would mislead.

tl::unexpected<Error> not_supported(const Path& path) {
  return fail(ErrorCode::kInvalidArgument, fmt::format("`{}` is not supported by this server", path.param()),
              path.param());
}

template <std::size_t max_items>
Status refuse_items(const Json& value, const Path& path, Draft&) {
  PEREGRINE_ASSIGN(const boost::json::array* const items, read_array(value, path, 0, max_items));
  if (items->empty()) return {};
  return not_supported(path);
}

Status refuse_settings(const Json& value, const Path& path, Draft&) {
  PEREGRINE_ASSIGN(const boost::json::object* const settings, schema_detail::as_object(value, path));
  if (settings->empty()) return {};
  return not_supported(path);
}

Status read_citation_options(const Json& value, const Path& path, Draft& draft) {
  PEREGRINE_ASSIGN(const std::size_t index, read_enum(value, path, {"enabled", "disabled"}));
  draft.call.request.citations = index == 0 ? service::Citations::kEnabled : service::Citations::kDisabled;
  return {};
}

Status read_context_documents(const Json& value, const Path& path, Draft& draft) {
  return read_documents(value, path, draft.call.request.documents);
}

Status read_tool_list(const Json& value, const Path& path, Draft& draft) {
  return read_tools(value, path, draft.call.request.tool_use.tools);
}

Status read_function_list(const Json& value, const Path& path, Draft& draft) {
  return read_functions(value, path, draft.functions);
}

Status read_choice(const Json& value, const Path& path, Draft& draft) {
  return read_tool_choice(value, path, draft.tool_choice);
}

Status read_old_choice(const Json& value, const Path& path, Draft& draft) {
  return read_function_choice(value, path, draft.function_choice);
}

template <bool service::ToolUse::* flag>
Status read_tool_flag(const Json& value, const Path& path, Draft& draft) {
  PEREGRINE_ASSIGN(draft.call.request.tool_use.*flag, read_bool(value, path));
  return {};
}

Status read_response_format(const Json& value, const Path& path, Draft& draft) {
  return read_answer_format(value, path, draft.call.request.answer);
}

Status read_reasoning_format(const Json& value, const Path& path, Draft& draft) {
  PEREGRINE_ASSIGN(const std::size_t index, read_enum(value, path, {"hidden", "raw", "parsed"}));
  constexpr service::ReasoningFormat kFormats[] = {
      service::ReasoningFormat::kHidden, service::ReasoningFormat::kRaw, service::ReasoningFormat::kParsed};
  draft.call.request.reasoning_format = kFormats[index];
  return {};
}

Status read_reasoning_effort(const Json& value, const Path& path, Draft& draft) {
  PEREGRINE_ASSIGN(const std::size_t index,
                   read_enum(value, path, {"none", "default", "low", "medium", "high"}));
  constexpr service::ReasoningEffort kEfforts[] = {
      service::ReasoningEffort::kNone, service::ReasoningEffort::kDefault, service::ReasoningEffort::kLow,
      service::ReasoningEffort::kMedium, service::ReasoningEffort::kHigh};
  draft.call.request.reasoning_effort = kEfforts[index];
  return {};
}

Status read_include_reasoning(const Json& value, const Path& path, Draft& draft) {
  PEREGRINE_ASSIGN(draft.call.request.include_reasoning, read_bool(value, path));
  return {};
}

using Request = service::ChatRequest;

constexpr Field<Draft> kFields[] = {
    {"model", read_model, Presence::kRequired},
    {"messages", read_conversation, Presence::kRequired},
    {"stream", read_call_flag<&ChatCall::stream>},
    {"stream_options", read_stream_options},
    {"max_completion_tokens", read_token_cap<&Draft::max_completion_tokens>},
    {"max_tokens", read_token_cap<&Draft::max_tokens>},
    {"temperature", read_knob<&Request::temperature, 0, 2>},
    {"top_p", read_knob<&Request::top_p, 0, 1>},
    {"n", read_n},
    {"stop", read_stop},
    {"seed", read_seed},
    {"frequency_penalty", read_knob<&Request::frequency_penalty, -2, 2>},
    {"presence_penalty", read_knob<&Request::presence_penalty, -2, 2>},
    {"logit_bias", read_logit_bias},
    {"logprobs", read_logprobs},
    {"top_logprobs", read_top_logprobs},
    {"service_tier", read_service_tier},
    {"debug", read_debug},
    {"user", check_string},
    {"metadata", check_metadata},
    {"store", check_bool},
    {"parallel_tool_calls", read_tool_flag<&service::ToolUse::parallel>},
    {"disable_tool_validation", read_tool_flag<&service::ToolUse::any_name>},
    {"citation_options", read_citation_options},
    {"tools", read_tool_list},
    {"functions", read_function_list},
    {"tool_choice", read_choice},
    {"function_call", read_old_choice},
    {"response_format", read_response_format},
    {"reasoning_format", read_reasoning_format},
    {"reasoning_effort", read_reasoning_effort},
    {"include_reasoning", read_include_reasoning},
    {"documents", read_context_documents},
    {"include_domains", refuse_items<kMaxValues>},
    {"exclude_domains", refuse_items<kMaxValues>},
    {"search_settings", refuse_settings},
    {"compound_custom", refuse_settings},
};

// Tools or functions become one list; without any, the model may call nothing.
Status finish_tools(Draft& draft) {
  const Path root;
  ChatCall& call = draft.call;
  service::ToolUse& use = call.request.tool_use;
  if (!use.tools.empty() && !draft.functions.empty()) {
    return wrong(root / "functions", "cannot be given together with 'tools'");
  }
  if (draft.tool_choice && draft.function_choice && *draft.tool_choice != *draft.function_choice) {
    return wrong(root / "function_call", "cannot differ from 'tool_choice'");
  }
  call.old_functions = !draft.functions.empty();
  if (call.old_functions) {
    use.tools = std::move(draft.functions);
    use.parallel = false;  // the answer has room for one call
  }
  const std::optional<WireToolChoice>& choice = draft.tool_choice ? draft.tool_choice : draft.function_choice;
  use.any_name = use.any_name && !use.tools.empty();
  use.choice = use.tools.empty() ? service::ToolChoice::kNone : service::ToolChoice::kAuto;
  if (choice && !(use.tools.empty() && choice->choice == service::ToolChoice::kAuto)) {
    use.choice = choice->choice;
    use.function = choice->function;
  }
  if (use.any_name && use.choice == service::ToolChoice::kFunction) {
    return wrong(root / "tool_choice", "naming a function is not allowed with 'disable_tool_validation'");
  }
  if (call.request.answer.kind == service::AnswerKind::kJsonObject && !use.tools.empty() &&
      use.choice != service::ToolChoice::kNone) {
    return fail(ErrorCode::kInvalidArgument, "json mode cannot be combined with tool/function calling",
                "response_format");
  }
  return {};
}

// Rules that involve more than one field.
Result<ChatCall> finish(Draft draft) {
  const Path root;
  ChatCall& call = draft.call;
  if (draft.stream_options && !call.stream) {
    return wrong(root / "stream_options", "only allowed when 'stream' is true");
  }
  if (draft.top_logprobs && !draft.logprobs) {
    return wrong(root / "top_logprobs", "only allowed when 'logprobs' is true");
  }
  if (draft.logprobs) call.request.top_logprobs = draft.top_logprobs.value_or(0);
  PEREGRINE_TRY(finish_tools(draft));
  std::ranges::move(draft.inline_documents, std::back_inserter(call.request.documents));
  name_documents(call.request.documents);
  call.request.max_completion_tokens = draft.max_completion_tokens;
  if (!draft.max_completion_tokens && draft.max_tokens) {
    call.request.max_completion_tokens = draft.max_tokens;
    call.token_cap_field = TokenCapField::kMaxTokens;
  }
  return std::move(call);
}

}  // namespace

std::string_view wire_name(ServiceTier tier) {
  switch (tier) {
    case ServiceTier::kOnDemand:
      return "on_demand";
    case ServiceTier::kFlex:
      return "flex";
    case ServiceTier::kPerformance:
      return "performance";
  }
  return "on_demand";
}

std::string_view wire_name(service::ChatFinishReason reason) {
  switch (reason) {
    case service::ChatFinishReason::kStop:
      return "stop";
    case service::ChatFinishReason::kLength:
      return "length";
    case service::ChatFinishReason::kToolCalls:
      return "tool_calls";
  }
  return "stop";
}

std::string_view wire_name(TokenCapField field) {
  return field == TokenCapField::kMaxTokens ? "max_tokens" : "max_completion_tokens";
}

Result<ChatCall> parse_chat_call(std::string_view body) {
  PEREGRINE_ASSIGN(Draft draft, parse_body<Draft>(body, kFields));
  return finish(std::move(draft));
}

}  // namespace peregrine::api
