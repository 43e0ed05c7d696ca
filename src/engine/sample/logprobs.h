// Log-probabilities from the model's own distribution: log-softmax of the raw logits, in double precision.
#pragma once

#include <cstdint>
#include <span>

#include "engine/generation.h"

namespace peregrine::engine {

// Of `chosen` and of the `top` likeliest tokens (fewer when fewer are possible at all), ties by id. The
// logits hold neither NaN nor plus infinity, and one above minus infinity.
TokenLogprobs token_logprobs(std::span<const float> logits, TokenId chosen, std::uint32_t top);

}  // namespace peregrine::engine
