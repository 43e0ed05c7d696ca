// What tells a transcript from what a model says when it does not understand.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "model/speech/speech_model.h"

namespace peregrine::speech {

using model::TokenId;

// Bytes of `text` to bytes of its zlib stream at the usual level: about 1.5 for speech, above 2.4 for text
// that repeats itself. 0 for an empty text.
float compression_ratio(std::string_view text);

// What counts as a loop: the same run of 1 to kMaxLoopPeriod tokens, at least kMinLoopTurns times and
// kMinLoopTokens tokens in all, with nothing between.
inline constexpr std::size_t kMaxLoopPeriod = 24;
inline constexpr std::size_t kMinLoopTurns = 5;
inline constexpr std::size_t kMinLoopTokens = 20;

struct TokenLoop {
  std::size_t first = 0;   // token of its first turn
  std::size_t period = 0;  // tokens of a turn; 0: there is no loop
};
// The loop that `text_tokens` end with, the one of the shortest turns.
TokenLoop loop_at_end(std::span<const TokenId> text_tokens);

}  // namespace peregrine::speech
