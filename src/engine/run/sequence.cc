#include "engine/run/sequence.h"

#include <algorithm>

#include "model/lora/adapter.h"

namespace peregrine::engine {
namespace {

SamplingParams with_seed(SamplingParams params, std::uint64_t seed) {
  params.seed = seed;
  return params;
}

double seconds(Clock::time_point from, Clock::time_point to) {
  return std::chrono::duration<double>(to - from).count();
}

}  // namespace

Sequence::Sequence(const GenerationRequest& request, std::uint64_t seed, BlockPool& pool,
                   std::shared_ptr<Stream> stream)
    : priority(request.priority),
      tokens(request.prompt),
      prompt_tokens(static_cast<std::uint32_t>(request.prompt.size())),
      max_tokens(request.max_tokens),
      stop_tokens(request.stop_tokens),
      top_logprobs(request.sampling.top_logprobs),
      adapter(request.adapter),
      table(pool, adapter_id()),
      sampler(with_seed(request.sampling, seed)),
      constraint(request.constraint ? request.constraint->clone() : nullptr),
      outbox(std::move(stream)) {
  std::ranges::sort(stop_tokens);
}

std::uint64_t Sequence::adapter_id() const {
  return adapter ? adapter->id() : 0;
}

bool Sequence::is_stop(TokenId token) const {
  return std::ranges::binary_search(stop_tokens, token);
}

Finished Sequence::finished(FinishReason reason) const {
  Finished result;
  result.reason = reason;
  result.prompt_tokens = prompt_tokens;
  result.cached_tokens = cached_tokens;
  if (first_step) result.queue_seconds = seconds(submitted, *first_step);
  if (first_token) {
    result.prompt_seconds = seconds(*first_step, *first_token);
    result.completion_seconds = seconds(*first_token, last_token);
  }
  return result;
}

}  // namespace peregrine::engine
