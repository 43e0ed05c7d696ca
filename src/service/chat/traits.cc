#include "service/chat/traits.h"

#include <fmt/format.h>

#include <span>
#include <string>

#include "service/chat/formats/choose.h"
#include "service/chat/formats/think.h"

namespace peregrine::service {
namespace {

tl::unexpected<Error> refuse(std::string message, std::string where) {
  return fail(ErrorCode::kInvalidArgument, std::move(message), std::move(where));
}

tl::unexpected<Error> not_with_this_model(std::string_view field) {
  return refuse(fmt::format("`{}` is not supported with this model", field), std::string(field));
}

bool asks_for_structure(const ChatRequest& request) {
  return request.answer.kind != AnswerKind::kText || !request.tool_use.tools.empty();
}

Status check_effort(ReasoningEffort effort, const ChatTraits& traits) {
  const bool switches = effort == ReasoningEffort::kNone || effort == ReasoningEffort::kDefault;
  if (traits.reasoning == ReasoningKind::kChannels) {
    if (!switches) return {};
    return refuse("`reasoning_effort` must be one of `low`, `medium`, or `high`", "reasoning_effort");
  }
  if (switches || traits.takes_effort) return {};
  return refuse("`reasoning_effort` must be one of `none` or `default`", "reasoning_effort");
}

}  // namespace

ChatTraits chat_traits(std::string_view template_source, const text::Vocabulary& vocabulary) {
  const FormatTraits format = format_traits(template_source, vocabulary);
  ChatTraits traits;
  traits.raw_format = choose_format(template_source, vocabulary);
  traits.format = traits.raw_format;
  traits.takes_tools = template_takes_tools(template_source, vocabulary);
  traits.takes_effort = template_source.find("reasoning_effort") != std::string_view::npos;
  traits.guards = format.family == FormatFamily::kGuard;
  if (format.family == FormatFamily::kHarmony) {
    traits.reasoning = ReasoningKind::kChannels;
  } else if (format.thinks && !traits.guards) {
    traits.reasoning = ReasoningKind::kThink;
    traits.format = with_thinking(traits.raw_format, format.control_think);
  }
  return traits;
}

Status check_reasoning(const ChatRequest& request, const ChatTraits& traits) {
  if (request.reasoning_format && request.include_reasoning) {
    return refuse("`reasoning_format` and `include_reasoning` cannot be given together", "reasoning_format");
  }
  if (traits.reasoning == ReasoningKind::kNone) {
    if (request.reasoning_format) return not_with_this_model("reasoning_format");
    if (request.reasoning_effort) return not_with_this_model("reasoning_effort");
    return {};
  }
  if (request.reasoning_format == ReasoningFormat::kRaw) {
    if (traits.reasoning == ReasoningKind::kChannels) return not_with_this_model("reasoning_format");
    if (asks_for_structure(request)) {
      return refuse("`reasoning_format` must be `parsed` or `hidden` with `response_format` or `tools`",
                    "reasoning_format");
    }
  }
  if (request.reasoning_effort) return check_effort(*request.reasoning_effort, traits);
  return {};
}

Status check_guard(const ChatRequest& request, const ChatTraits& traits) {
  if (!traits.guards) return {};
  if (!request.tool_use.tools.empty()) return not_with_this_model("tools");
  if (request.answer.kind != AnswerKind::kText) return not_with_this_model("response_format");
  return {};
}

ReasoningFormat shown_reasoning(const ChatRequest& request, const ChatTraits& traits) {
  if (request.reasoning_format) return *request.reasoning_format;
  if (request.include_reasoning) {
    return *request.include_reasoning ? ReasoningFormat::kParsed : ReasoningFormat::kHidden;
  }
  const bool raw = traits.reasoning == ReasoningKind::kThink && !asks_for_structure(request);
  return raw ? ReasoningFormat::kRaw : ReasoningFormat::kParsed;
}

}  // namespace peregrine::service
