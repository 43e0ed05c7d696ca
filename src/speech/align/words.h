// The words of a segment: its text tokens cut where words begin, with the marks around a word as part of it,
// and their times and probabilities.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "speech/vocabulary/vocabulary.h"

namespace peregrine::speech {

// Consecutive text tokens. The core is what is spoken: from the first to the last that is no mark, or all.
struct WordTokens {
  std::string text;  // with the space before it, whole UTF-8
  std::size_t core_first = 0;
  std::size_t core_end = 0;  // not the core's any more; core_first < core_end
};

// Cuts at spaces, or after each character where `language` (a code) is written without any. `tokens` are text
// tokens; the words' texts, one after the other, are theirs.
std::vector<WordTokens> split_words(const Vocabulary& vocabulary, std::span<const TokenId> tokens,
                                    std::string_view language);

// A word's times, in positions of 20 ms.
struct WordSpan {
  double start = 0;
  double end = 0;
};

// Words that a pause was taken for a part of: at the end of a sentence, and at the beginning of the next, no
// word is longer than twice the usual (the median, at most 0.7 s) one. Spans in order, with the words' texts.
void shorten_at_pauses(std::span<const std::string> texts, std::span<WordSpan> spans);

// A segment's text tokens, and when it is.
struct SpokenPiece {
  std::vector<TokenId> tokens;
  std::vector<float> logprobs;  // of each token
  double start = 0;             // positions of 20 ms
  double end = 0;
};

struct TimedWord {
  std::string text;
  WordSpan span;
  float probability = 0;  // mean of its tokens'
};

// The words of each piece, in order, within its times. `columns` says where each token of the pieces, one
// piece after the other, and the end of the text begin to be heard (first_columns()).
std::vector<std::vector<TimedWord>> time_words(const Vocabulary& vocabulary, std::string_view language,
                                               std::span<const SpokenPiece> pieces,
                                               std::span<const std::uint32_t> columns);

}  // namespace peregrine::speech
