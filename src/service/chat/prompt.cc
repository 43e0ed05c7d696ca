#include "service/chat/prompt.h"

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "service/chat/formats/generic.h"
#include "service/chat/formats/think_parser.h"
#include "service/chat/template_messages.h"

namespace peregrine::service {
namespace {

std::string_view effort_name(ReasoningEffort effort) {
  switch (effort) {
    case ReasoningEffort::kLow:
      return "low";
    case ReasoningEffort::kHigh:
      return "high";
    default:
      return "medium";
  }
}

// What the answer must look like, in words: a constraint keeps to the form, but only a model that knows what
// is wanted fills it with sense.
std::string describe_answer(const AnswerFormat& answer) {
  if (answer.kind != AnswerKind::kJsonSchema) return {};
  std::string text = "Answer with JSON";
  if (answer.description) text += " (" + *answer.description + ")";
  return text + " that fits this JSON Schema:\n" + boost::json::serialize(answer.schema);
}

std::vector<ChatMessage> prepare_messages(const TextSide& model, const ChatRequest& request,
                                          const AnswerPlan& plan) {
  std::vector<ChatMessage> messages = request.messages;
  if (!model.chat.takes_tools) {
    messages = write_out_calls(messages);
    if (plan.tool_use.choice != ToolChoice::kNone) {
      add_to_system(messages, generic_tool_prompt(plan.tool_use));
    }
  }
  add_to_system(messages, documents_prompt(request.documents, !plan.sources.empty()));
  add_to_system(messages, describe_answer(request.answer));
  return messages;
}

void add_switches(const TextSide& model, const ChatRequest& request, const AnswerPlan& plan,
                  boost::json::object& context) {
  if (model.chat.takes_tools && plan.tool_use.choice != ToolChoice::kNone && !plan.tool_use.tools.empty()) {
    context["tools"] = template_tools(plan.tool_use.tools);
  }
  if (model.chat.reasoning == ReasoningKind::kThink) context["enable_thinking"] = plan.reasons;
  if (request.reasoning_effort && *request.reasoning_effort != ReasoningEffort::kDefault &&
      *request.reasoning_effort != ReasoningEffort::kNone) {
    context["reasoning_effort"] = effort_name(*request.reasoning_effort);
  }
}

std::vector<ChatMessage> as_given(std::span<const ChatMessage> messages) {
  return {messages.begin(), messages.end()};
}

class Renderer {
 public:
  Renderer(const TextSide& model, const ChatRequest& request, const AnswerPlan& plan)
      : model_(model), request_(request), plan_(plan) {}

  // The template's own view first, then what it may accept instead; the first refusal is the one to report.
  Result<std::vector<jinja::Segment>> render(std::span<const ChatMessage> messages) const {
    auto rendered = render_as(messages, ArgumentsAs::kObject);
    if (rendered || rendered.error().code == ErrorCode::kResourceExhausted) return rendered;
    for (const auto reworded : {join_neighbours, fold_system, split_calls}) {
      if (auto again = render_as(reworded(messages), ArgumentsAs::kObject)) return again;
    }
    for (const auto reworded : {as_given, join_neighbours, fold_system, split_calls}) {
      if (auto again = render_as(reworded(messages), ArgumentsAs::kText)) return again;
    }
    return rendered;
  }

 private:
  Result<std::vector<jinja::Segment>> render_as(std::span<const ChatMessage> messages,
                                                ArgumentsAs arguments) const {
    boost::json::object context = template_context(model_.tokenizer->vocabulary(), messages, arguments);
    add_switches(model_, request_, plan_, context);
    // Roles come from a fixed list, so templates may spell control tokens around them.
    return model_.chat_template->render_segments(
        context, {.local_time = {}, .trusted_paths = {"bos_token", "eos_token", "messages.*.role"}});
  }

  const TextSide& model_;
  const ChatRequest& request_;
  const AnswerPlan& plan_;
};

bool ends_within_think(std::span<const jinja::Segment> segments) {
  std::string_view tail = segments.empty() ? std::string_view() : std::string_view(segments.back().text);
  while (!tail.empty() && (tail.back() == '\n' || tail.back() == ' ')) tail.remove_suffix(1);
  return tail.ends_with(kThinkOpen);
}

// What has to stand between the rendered prompt and the answer that is to be continued.
std::string open_answer(const TextSide& model, bool within_think) {
  if (model.chat.reasoning == ReasoningKind::kChannels) return "<|channel|>final<|message|>";
  return within_think ? "\n</think>\n\n" : "";
}

Result<std::vector<engine::TokenId>> encode(const text::Tokenizer& tokenizer,
                                            std::span<const jinja::Segment> rendered) {
  std::vector<text::Segment> segments;
  segments.reserve(rendered.size());
  for (const jinja::Segment& segment : rendered) segments.push_back({segment.text, segment.trusted});
  PEREGRINE_ASSIGN(auto tokens, tokenizer.encode(segments, /*add_special=*/false));
  // Most templates spell the beginning-of-sequence token themselves; it must not stand there twice.
  const auto bos = tokenizer.vocabulary().bos();
  if (tokenizer.adds_bos() && bos && (tokens.empty() || tokens.front() != *bos)) {
    tokens.insert(tokens.begin(), *bos);
  }
  if (tokens.empty()) return fail(ErrorCode::kInvalidArgument, "the prompt is empty", "messages");
  return tokens;
}

}  // namespace

Result<Prompt> make_prompt(const TextSide& model, const ChatRequest& request, const AnswerPlan& plan) {
  std::vector<ChatMessage> messages = prepare_messages(model, request, plan);
  std::optional<std::string> prefill;
  // A classifier judges the last message, whoever wrote it.
  const bool last_is_answer = !request.messages.empty() && request.messages.back().role == Role::kAssistant &&
                              request.messages.back().tool_calls.empty();
  if (last_is_answer && !model.chat.guards) {
    prefill = std::move(messages.back().content);
    messages.pop_back();
  }
  auto rendered = Renderer(model, request, plan).render(messages);
  if (!rendered) {
    rendered.error().where = "messages";
    return tl::unexpected<Error>(std::move(rendered.error()));
  }
  Prompt prompt;
  prompt.opens_reasoning = model.chat.reasoning == ReasoningKind::kThink && ends_within_think(*rendered);
  if (prefill) {
    rendered->push_back({open_answer(model, prompt.opens_reasoning), true});
    rendered->push_back({*prefill, false});
    prompt.opens_reasoning = false;
    prompt.begun = std::move(prefill);
  }
  auto tokens = encode(*model.tokenizer, *rendered);
  if (!tokens) {
    tokens.error().where = "messages";
    return tl::unexpected<Error>(std::move(tokens.error()));
  }
  prompt.tokens = std::move(*tokens);
  return prompt;
}

}  // namespace peregrine::service
