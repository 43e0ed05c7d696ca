// From a row of logits to a token, its log-probability, and probabilities of single tokens. Reductions have a
// fixed order, so the same row always gives the same bits.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/rng.h"
#include "model/speech/speech_model.h"

namespace peregrine::speech {

using model::TokenId;

struct Choice {
  TokenId token = 0;
  float logprob = 0;
};

bool all_finite(std::span<const float> logits);

// The largest; -inf where all are, or there are none. In this and what follows entries may be -inf, not NaN.
float largest(std::span<const float> logits);

// Of all; -inf where all are.
float log_sum_exp(std::span<const float> logits);

// The likeliest token, of equals the lowest. In this and the next two, logprob is the token's own by the
// softmax of `logits`.
Choice most_likely(std::span<const float> logits);

// Drawn from the softmax of logits / temperature; temperature > 0.
Choice draw(std::span<const float> logits, float temperature, base::Rng& rng);

// The `n` likeliest, or fewer where fewer are possible, in order; of equals the lowest first.
void most_likely(std::span<const float> logits, std::uint32_t n, std::vector<Choice>& out);

// Of `token`, by the softmax of `logits`.
float probability(std::span<const float> logits, TokenId token);

}  // namespace peregrine::speech
