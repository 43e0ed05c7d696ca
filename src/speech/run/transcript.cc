#include "speech/run/transcript.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "base/checked.h"
#include "speech/decode/measures.h"

namespace peregrine::speech {

std::uint32_t sound_positions(const SoundWindow& window) {
  return base::ceil_div(window.samples, kPositionSamples);
}

Transcript::Transcript(const Vocabulary& vocabulary, const TranscriptionRequest& request,
                       std::vector<TokenId> prompt, std::uint32_t text_context)
    : vocabulary_(vocabulary),
      task_(request.task),
      keeps_context_(request.condition_on_previous_text),
      language_given_(!request.language.empty()),
      text_context_(text_context),
      context_(std::move(prompt)) {
  if (!language_given_ || !vocabulary.multilingual()) return;
  if (const auto language = vocabulary.language(request.language)) language_ = language->index;
}

std::string_view Transcript::language() const {
  if (!vocabulary_.multilingual()) return "en";
  return language_ ? language_at(*language_).code : std::string_view{};
}

std::vector<TokenId> Transcript::task_tokens() const {
  const SpecialTokens& special = vocabulary_.special();
  std::vector<TokenId> tokens = {special.start_of_transcript};
  if (vocabulary_.multilingual()) {
    tokens.push_back(vocabulary_.language_token(language_.value_or(0)));
    tokens.push_back(task_ == Task::kTranslate ? special.translate : special.transcribe);
  }
  return tokens;
}

std::vector<TokenId> Transcript::prefix() const {
  std::vector<TokenId> tokens;
  // Half of the tokens are for what is said before, with the token that begins it.
  const std::size_t n = std::min<std::size_t>(context_.size(), text_context_ / 2 - 1);
  if (n > 0) {
    tokens.push_back(vocabulary_.special().start_of_prev);
    tokens.insert(tokens.end(), context_.end() - static_cast<std::ptrdiff_t>(n), context_.end());
  }
  std::ranges::copy(task_tokens(), std::back_inserter(tokens));
  return tokens;
}

std::uint32_t Transcript::max_sampled(std::size_t prefix) const {
  return std::min(text_context_ / 2, text_context_ - static_cast<std::uint32_t>(prefix));
}

WindowCut Transcript::cut(const SoundWindow& window, Hypothesis& hypothesis) const {
  const bool loops = hypothesis.end == Hypothesis::End::kLoop;
  if (loops) {
    std::vector<TokenId> text;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < hypothesis.tokens.size(); ++i) {
      if (!vocabulary_.is_text(hypothesis.tokens[i])) continue;
      text.push_back(hypothesis.tokens[i]);
      places.push_back(i);
    }
    const TokenLoop loop = loop_at_end(text);
    const std::size_t kept = places[loop.first + loop.period - 1] + 1;
    hypothesis.tokens.resize(kept);
    hypothesis.logprobs.resize(kept);
  }
  return cut_window(vocabulary_, hypothesis.tokens, sound_positions(window), loops);
}

std::vector<SpokenPiece> Transcript::spoken_pieces(const DecodedWindow& decoded) const {
  std::vector<SpokenPiece> pieces;
  for (const Piece& piece : decoded.cut.pieces) {
    SpokenPiece& spoken = pieces.emplace_back();
    spoken.start = piece.start;
    spoken.end = piece.end;
    for (std::size_t i = piece.first_token; i < piece.first_token + piece.n_tokens; ++i) {
      if (!vocabulary_.is_text(decoded.hypothesis.tokens[i])) continue;
      spoken.tokens.push_back(decoded.hypothesis.tokens[i]);
      spoken.logprobs.push_back(decoded.hypothesis.logprobs[i]);
    }
  }
  return pieces;
}

// Seconds in the recording of a position in the window.
double Transcript::seconds(const SoundWindow& window, double position, bool end) const {
  const double sample =
      std::min(std::round(position * kPositionSamples), static_cast<double>(window.samples));
  const std::uint64_t passed = window.start + static_cast<std::uint64_t>(sample);
  return static_cast<double>(sound::original_time(window.spans, passed, end)) / sound::kSampleRate;
}

void Transcript::add_words(const SoundWindow& window, std::span<const TimedWord> words,
                           Segment& segment) const {
  double earliest = segment.start;
  for (const TimedWord& word : words) {
    const double start = std::clamp(seconds(window, word.span.start, false), earliest, segment.end);
    earliest = std::clamp(seconds(window, word.span.end, true), start, segment.end);
    segment.words.push_back({word.text, start, earliest, word.probability});
  }
}

std::vector<Segment> Transcript::take(const SoundWindow& window, const DecodedWindow& decoded,
                                      std::span<const std::vector<TimedWord>> words) {
  if (!keeps_context_) context_.clear();
  std::vector<Segment> segments;
  for (std::size_t p = 0; p < decoded.cut.pieces.size(); ++p) {
    const Piece& piece = decoded.cut.pieces[p];
    const auto tokens = std::span(decoded.hypothesis.tokens).subspan(piece.first_token, piece.n_tokens);
    Segment& segment = segments.emplace_back();
    segment.id = n_segments_++;
    segment.seek = sound::original_time(window.spans, window.start, false) / sound::kMelHop;
    segment.start = std::max(end_, seconds(window, piece.start, false));
    segment.end = std::max(segment.start, seconds(window, piece.end, true));
    segment.text = vocabulary_.decode(tokens);
    segment.tokens.assign(tokens.begin(), tokens.end());
    segment.temperature = decoded.temperature;
    segment.avg_logprob = decoded.measures.avg_logprob;
    segment.compression_ratio = decoded.measures.compression_ratio;
    segment.no_speech_prob = decoded.measures.no_speech_prob;
    end_ = segment.end;
    if (p < words.size()) add_words(window, words[p], segment);
    if (keeps_context_) context_.insert(context_.end(), tokens.begin(), tokens.end());
  }
  if (decoded.temperature > kMaxContextTemperature) context_.clear();
  const std::size_t kept = std::min<std::size_t>(context_.size(), text_context_ / 2);
  context_.erase(context_.begin(), context_.end() - static_cast<std::ptrdiff_t>(kept));
  return segments;
}

void Transcript::take_silence() {
  if (!language_given_) language_.reset();
}

}  // namespace peregrine::speech
