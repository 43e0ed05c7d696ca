#include "service/chat/chat.h"

#include <fmt/format.h>

#include "base/ids.h"
#include "base/utf8.h"
#include "service/chat/answer_plan.h"
#include "service/chat/chat_stream.h"
#include "service/chat/prompt.h"

namespace peregrine::service {
namespace {

// Seeds travel as JSON numbers: 53 bits pass through every client.
constexpr std::uint64_t kSeedMask = (std::uint64_t{1} << 53) - 1;

Status check_logit_bias(const ChatRequest& request, std::uint32_t n_vocab) {
  for (const auto& [token, bias] : request.logit_bias) {
    if (token < 0 || static_cast<std::uint32_t>(token) >= n_vocab) {
      return fail(ErrorCode::kInvalidArgument,
                  fmt::format("token id {} is not in the model's vocabulary of {}", token, n_vocab),
                  "logit_bias");
    }
  }
  return {};
}

DebugDump describe_input(const text::Vocabulary& vocabulary, const std::vector<engine::TokenId>& prompt) {
  DebugDump dump;
  dump.input_token_ids = prompt;
  dump.input_tokens.reserve(prompt.size());
  for (const engine::TokenId token : prompt) {
    dump.input_tokens.push_back(base::utf8_sanitize(vocabulary.piece(token)));
  }
  return dump;
}

}  // namespace

Result<std::unique_ptr<ChatStream>> start_chat(const ChatRequest& request, ModelLease model) {
  const auto* generator = model->as<TextGenerator>();
  if (generator == nullptr) {
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("The model `{}` does not support chat completions", request.model), "model");
  }
  const TextSide& text = *generator->text;
  const std::uint32_t window = model->context_window;
  if (request.max_completion_tokens > window) {
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("is {}, but the model's maximum is {}", *request.max_completion_tokens, window),
                "max_completion_tokens");
  }
  PEREGRINE_TRY(check_logit_bias(request, generator->model->info().n_vocab));
  PEREGRINE_ASSIGN(AnswerPlan plan, plan_answer(request, text.chat));
  PEREGRINE_ASSIGN(Prompt made, make_prompt(text, request, plan));
  plan.opened_reasoning = made.opens_reasoning;
  plan.begun = std::move(made.begun);
  PEREGRINE_ASSIGN(auto constraint, make_constraint(plan, text));
  std::vector<engine::TokenId> prompt = std::move(made.tokens);
  const std::size_t wanted = prompt.size() + request.max_completion_tokens.value_or(1);
  if (wanted > window) {
    return fail(
        ErrorCode::kResourceExhausted,
        fmt::format("The prompt has {} tokens and the completion may take {}, but the context window is {} "
                    "tokens.",
                    prompt.size(), request.max_completion_tokens.value_or(1), window),
        "messages");
  }
  const auto room = static_cast<std::uint32_t>(window - prompt.size());
  if (request.admit) {
    const std::uint64_t most = request.max_completion_tokens.value_or(room);
    PEREGRINE_TRY(request.admit({.prompt_tokens = prompt.size(),
                                 .most_completion_tokens = most * request.n,
                                 .capped = request.max_completion_tokens.has_value(),
                                 .audio_seconds = 0}));
  }

  const auto stop_tokens = text.tokenizer->vocabulary().end_of_generation();
  const std::uint64_t seed = request.seed.value_or(base::random_u64() & kSeedMask);
  std::optional<DebugDump> debug;
  if (request.debug) debug = describe_input(text.tokenizer->vocabulary(), prompt);
  engine::GenerationRequest generation{
      .prompt = std::move(prompt),
      .max_tokens = request.max_completion_tokens.value_or(room),
      .stop_tokens = {stop_tokens.begin(), stop_tokens.end()},
      .sampling = {.temperature = request.temperature,
                   .top_p = request.top_p,
                   .frequency_penalty = request.frequency_penalty,
                   .presence_penalty = request.presence_penalty,
                   .logit_bias = request.logit_bias,
                   .seed = seed,
                   .top_logprobs = request.top_logprobs},
      .n = request.n,
      .constraint = std::move(constraint),
      .adapter = request.adapter,
      .priority = request.priority,
  };
  PEREGRINE_ASSIGN(auto generations, generator->engine->submit(std::move(generation)));
  return std::make_unique<EngineChatStream>(std::move(model), std::move(generations), std::move(plan), seed,
                                            std::move(debug));
}

}  // namespace peregrine::service
