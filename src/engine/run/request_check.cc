#include "engine/run/request_check.h"

#include <fmt/format.h>

#include <cmath>
#include <span>
#include <string>

#include "model/lora/adapter.h"

namespace peregrine::engine {
namespace {

tl::unexpected<Error> refuse(std::string message, std::string where) {
  return fail(ErrorCode::kInvalidArgument, std::move(message), std::move(where));
}

bool in_vocabulary(TokenId token, std::uint32_t n_vocab) {
  return token >= 0 && static_cast<std::uint32_t>(token) < n_vocab;
}

Status check_tokens(std::span<const TokenId> tokens, std::uint32_t n_vocab, const char* where) {
  for (const TokenId token : tokens) {
    if (!in_vocabulary(token, n_vocab)) {
      return refuse(fmt::format("token {} is not in the vocabulary of {}", token, n_vocab), where);
    }
  }
  return {};
}

Status check_sampling(const SamplingParams& sampling, std::uint32_t n_vocab) {
  // Comparisons are written so that NaN fails them.
  if (!(sampling.temperature >= 0) || std::isinf(sampling.temperature)) {
    return refuse("must be a finite number, at least 0", "sampling.temperature");
  }
  if (!(sampling.top_p >= 0 && sampling.top_p <= 1)) return refuse("must lie in 0..1", "sampling.top_p");
  if (!std::isfinite(sampling.frequency_penalty))
    return refuse("must be finite", "sampling.frequency_penalty");
  if (!std::isfinite(sampling.presence_penalty)) return refuse("must be finite", "sampling.presence_penalty");
  if (sampling.logit_bias.size() > kMaxLogitBiases) {
    return refuse(fmt::format("at most {} biases", kMaxLogitBiases), "sampling.logit_bias");
  }
  for (const auto& [token, bias] : sampling.logit_bias) {
    if (!in_vocabulary(token, n_vocab)) {
      return refuse(fmt::format("token {} is not in the vocabulary of {}", token, n_vocab),
                    "sampling.logit_bias");
    }
    if (!std::isfinite(bias)) return refuse("biases must be finite", "sampling.logit_bias");
  }
  if (sampling.top_logprobs.value_or(0) > kMaxTopLogprobs) {
    return refuse(fmt::format("at most {}", kMaxTopLogprobs), "sampling.top_logprobs");
  }
  return {};
}

}  // namespace

Status check_request(const GenerationRequest& request, const RequestLimits& limits) {
  if (request.prompt.empty()) return refuse("at least one token is needed", "prompt");
  if (request.max_tokens == 0) return refuse("must be at least 1", "max_tokens");
  if (std::uint64_t{request.prompt.size()} + request.max_tokens > limits.max_context) {
    return refuse(
        fmt::format("the prompt has {} tokens and the completion may have {}: together more than the "
                    "context of {}",
                    request.prompt.size(), request.max_tokens, limits.max_context),
        "max_tokens");
  }
  if (request.n == 0 || request.n > limits.max_samples) {
    return refuse(fmt::format("must lie in 1..{}", limits.max_samples), "n");
  }
  if (request.stop_tokens.size() > kMaxStopTokens) {
    return refuse(fmt::format("at most {} stop tokens", kMaxStopTokens), "stop_tokens");
  }
  if (request.adapter && !limits.model->accepts(*request.adapter)) {
    return refuse("the adapter is bound to another model", "adapter");
  }
  PEREGRINE_TRY(check_tokens(request.prompt, limits.n_vocab, "prompt"));
  PEREGRINE_TRY(check_tokens(request.stop_tokens, limits.n_vocab, "stop_tokens"));
  return check_sampling(request.sampling, limits.n_vocab);
}

}  // namespace peregrine::engine
