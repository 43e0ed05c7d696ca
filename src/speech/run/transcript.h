// What a recording's transcript knows between windows: the language, the context that the next window is
// decoded with, the number and end of the last segment. Knows neither model nor threads.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "speech/align/words.h"
#include "speech/decode/search.h"
#include "speech/decode/thresholds.h"
#include "speech/decode/window_cut.h"
#include "speech/run/feed.h"
#include "speech/transcriber.h"
#include "speech/vocabulary/vocabulary.h"

namespace peregrine::speech {

// A window's text, decided.
struct DecodedWindow {
  Hypothesis hypothesis;
  Measures measures;
  float temperature = 0;
  WindowCut cut;
};

class Transcript {
 public:
  // `vocabulary` outlives the transcript. `prompt` are tokens of request.prompt. The language, where there is
  // one, is the vocabulary's.
  Transcript(const Vocabulary& vocabulary, const TranscriptionRequest& request, std::vector<TokenId> prompt,
             std::uint32_t text_context);

  // A language has to be detected first.
  bool needs_language() const { return vocabulary_.multilingual() && !language_; }
  void set_language(std::uint32_t index) { language_ = index; }
  // Code of the language; empty while it is not known.
  std::string_view language() const;

  // Tokens before those that are sampled: the context, then task_tokens().
  std::vector<TokenId> prefix() const;
  // From the start of the transcript on.
  std::vector<TokenId> task_tokens() const;
  // Tokens that may be sampled after a prefix of `prefix` tokens, at least 1.
  std::uint32_t max_sampled(std::size_t prefix) const;

  // Cuts a window's text to segments. A loop is cut after its first turn.
  WindowCut cut(const SoundWindow& window, Hypothesis& hypothesis) const;
  // The text tokens of each piece of a cut.
  std::vector<SpokenPiece> spoken_pieces(const DecodedWindow& decoded) const;

  // The window's segments, with `words` of each where they were asked for; and what its text means for those
  // to come.
  std::vector<Segment> take(const SoundWindow& window, const DecodedWindow& decoded,
                            std::span<const std::vector<TimedWord>> words);
  // Nobody spoke in the window.
  void take_silence();

 private:
  double seconds(const SoundWindow& window, double position, bool end) const;
  void add_words(const SoundWindow& window, std::span<const TimedWord> words, Segment& segment) const;

  const Vocabulary& vocabulary_;
  const Task task_;
  const bool keeps_context_;
  const bool language_given_;
  const std::uint32_t text_context_;
  std::optional<std::uint32_t> language_;
  std::vector<TokenId> context_;  // the end of what was said so far
  std::uint32_t n_segments_ = 0;
  double end_ = 0;  // of the last segment
};

// Positions of 20 ms that a window's sound has, and samples of one.
inline constexpr std::uint32_t kPositionSamples = 2 * sound::kMelHop;
std::uint32_t sound_positions(const SoundWindow& window);

}  // namespace peregrine::speech
