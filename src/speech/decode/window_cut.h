// From the tokens of a window to its segments, and to where the next window begins.
//
// Between two timestamps one segment ends and the next begins. What follows the last such pair is heard again
// in the next window, which begins there; without a pair, or with a last timestamp alone, the window is done.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "speech/vocabulary/vocabulary.h"

namespace peregrine::speech {

// A window moves on by at least this, in positions of 20 ms; what says otherwise is taken to its end.
inline constexpr std::uint32_t kMinAdvance = 10;

// Of a segment, in positions within the window's sound: start <= end.
struct Piece {
  std::uint32_t start = 0;
  std::uint32_t end = 0;
  std::size_t first_token = 0;  // among the window's
  std::size_t n_tokens = 0;     // timestamps among them
};

struct WindowCut {
  std::vector<Piece> pieces;  // with text, and longer than nothing
  std::uint32_t advance = 0;  // positions; all of the window's, or fewer
};

// `tokens` are the window's, without the end of text; `positions`, at least 1, those of its sound, without
// the silence it was filled up with. `to_the_end`: the window is done whatever the tokens say.
WindowCut cut_window(const Vocabulary& vocabulary, std::span<const TokenId> tokens, std::uint32_t positions,
                     bool to_the_end);

}  // namespace peregrine::speech
