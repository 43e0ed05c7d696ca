#include "speech/run/recording.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "speech/decode/measures.h"
#include "speech/decode/sampling.h"

namespace peregrine::speech {
namespace {

Error not_numbers() {
  return {ErrorCode::kInternal, "the model's numbers are none", {}};
}

// Streams of random numbers of one request: by window, temperature and sample.
std::uint64_t attempt_seed(std::uint64_t seed, std::uint64_t window_start, std::size_t rung) {
  base::Rng mixer(seed ^ (window_start * 0x9E3779B97F4A7C15ULL + rung));
  return mixer.next();
}

}  // namespace

Recording::Recording(Shared& shared, Order order, const std::shared_ptr<Wakeup>& loop)
    : shared_(shared),
      request_(std::move(order.request)),
      transcript_(shared.vocabulary, request_, std::move(order.prompt), shared.model.info().text_context),
      ladder_(temperature_ladder(request_.temperature)),
      outbox_(std::move(order.stream)),
      window_slot_(shared.window_slots.back()) {
  shared_.window_slots.pop_back();
  shared_.metrics.running.Increment();
  feed_.emplace(std::move(order.audio), request_.vad, std::move(order.mel), shared.model.info().mel_frames,
                loop);
  feed_->ask(0);
}

Recording::~Recording() {
  over();
}

void Recording::enter(Stage stage, std::uint64_t now) {
  stage_ = stage;
  since_ = now;
}

void Recording::attend() {
  if (outbox_.cancelled()) {
    over();
  } else {
    outbox_.flush();
  }
}

void Recording::fail(Error error) {
  over();
  outbox_.abort(std::move(error));
}

void Recording::over() {
  if (stage_ == Stage::kOver) return;
  shared_.metrics.running.Decrement();
  release_slots();
  shared_.window_slots.push_back(window_slot_);
  feed_.reset();
  stage_ = Stage::kOver;
}

void Recording::look_for_window(std::uint64_t now) {
  if (outbox_.holding()) return;
  std::optional<Result<SoundWindow>> found = feed_->take();
  if (!found) return;
  if (!*found) return fail(std::move(found->error()));
  window_ = std::move(**found);
  if (window_.samples > 0) return enter(Stage::kEncode, now);
  shared_.metrics.recordings.Increment();
  shared_.metrics.audio_seconds.Increment(static_cast<double>(window_.original - reported_) /
                                          sound::kSampleRate);
  over();
  outbox_.finish(Finished{std::string(transcript_.language()),
                          static_cast<double>(window_.original) / sound::kSampleRate});
}

void Recording::encoded(std::uint64_t now) {
  shared_.metrics.windows.Increment();
  window_.mel = {};
  rung_ = 0;
  enter(Stage::kSlots, now);
}

std::uint32_t Recording::width() const {
  return temperature() > 0 ? request_.best_of : request_.beam_size;
}

bool Recording::take_slots() {
  std::vector<std::uint32_t>& free = shared_.sequence_slots;
  if (free.size() < width()) return false;
  slots_.assign(free.end() - static_cast<std::ptrdiff_t>(width()), free.end());
  free.resize(free.size() - width());
  if (transcript_.needs_language()) {
    stage_ = Stage::kDetect;
  } else {
    begin_attempt();
  }
  return true;
}

void Recording::release_slots() {
  shared_.sequence_slots.insert(shared_.sequence_slots.end(), slots_.begin(), slots_.end());
  slots_.clear();
}

void Recording::begin_attempt() {
  prefix_ = transcript_.prefix();
  computed_ = 0;
  no_speech_prob_ = 0;
  search_ = Search::create(shared_.vocabulary, {.temperature = temperature(),
                                                .width = width(),
                                                .max_tokens = transcript_.max_sampled(prefix_.size()),
                                                .seed = attempt_seed(request_.seed, window_.start, rung_)});
  stage_ = Stage::kPrompt;
}

std::uint32_t Recording::add_rows(DecoderStep& step, std::uint32_t prompt_room) {
  n_rows_ = 0;
  if (stage_ == Stage::kDetect) {
    const TokenId start = shared_.vocabulary.special().start_of_transcript;
    first_output_ = step.want(step.add({&start, 1}, 0, slots_.front(), window_slot_));
    n_rows_ = 1;
    return 0;
  }
  if (stage_ == Stage::kSearch) {
    const std::span<const Hypothesis> live = search_->live();
    for (std::size_t i = 0; i < live.size(); ++i) {
      const auto at = static_cast<std::uint32_t>(prefix_.size() + live[i].tokens.size() - 1);
      const std::uint32_t output =
          step.want(step.add({&live[i].tokens.back(), 1}, at, slots_[i], window_slot_));
      if (i == 0) first_output_ = output;
    }
    n_rows_ = static_cast<std::uint32_t>(live.size());
    return 0;
  }
  const auto size = static_cast<std::uint32_t>(prefix_.size());
  n_rows_ = std::min(prompt_room, size - computed_);
  if (n_rows_ == 0) return 0;
  const std::uint32_t row =
      step.add(std::span(prefix_).subspan(computed_, n_rows_), computed_, slots_.front(), window_slot_);
  // Whether somebody speaks is asked where the transcript starts.
  const auto start = static_cast<std::uint32_t>(size - transcript_.task_tokens().size());
  no_speech_output_.reset();
  prompt_output_.reset();
  if (start >= computed_ && start < computed_ + n_rows_) {
    no_speech_output_ = step.want(row + start - computed_);
  }
  if (computed_ + n_rows_ == size) {
    prompt_output_ = start + 1 == size ? no_speech_output_ : step.want(row + n_rows_ - 1);
  }
  return n_rows_;
}

void Recording::take_rows(DecoderStep& step, std::uint64_t now) {
  if (n_rows_ == 0) return;
  if (stage_ == Stage::kDetect) {
    take_language(step.logits(first_output_));
  } else if (stage_ == Stage::kPrompt) {
    take_prompt(step);
  } else {
    continue_search(
        [&](std::size_t i) { return step.logits(first_output_ + static_cast<std::uint32_t>(i)); });
  }
  if (stage_ == Stage::kSearch && search_->done()) conclude(now);
}

void Recording::take_language(std::span<const float> logits) {
  if (!all_finite(logits)) return fail(not_numbers());
  const SpecialTokens& special = shared_.vocabulary.special();
  const auto languages =
      logits.subspan(static_cast<std::size_t>(special.first_language), special.n_languages);
  transcript_.set_language(
      static_cast<std::uint32_t>(std::ranges::max_element(languages) - languages.begin()));
  begin_attempt();
}

void Recording::take_prompt(DecoderStep& step) {
  computed_ += n_rows_;
  if (no_speech_output_) {
    const std::span<const float> logits = step.logits(*no_speech_output_);
    if (!all_finite(logits)) return fail(not_numbers());
    no_speech_prob_ = probability(logits, shared_.vocabulary.special().no_speech);
  }
  if (!prompt_output_) return;
  stage_ = Stage::kSearch;
  continue_search([&](std::size_t) { return step.logits(*prompt_output_); });
}

void Recording::continue_search(Search::Rows rows) {
  std::vector<std::size_t> lengths;
  for (std::size_t i = 0; i < search_->live().size(); ++i) {
    if (!all_finite(rows(i))) return fail(not_numbers());
    lengths.push_back(prefix_.size() + search_->live()[i].tokens.size());
  }
  search_->advance(rows, parents_);
  shared_.metrics.tokens.Increment(static_cast<double>(lengths.size()));
  move_slots(parents_, lengths);
}

// The first child of a hypothesis goes on in its slot, others in slots of hypotheses that do not go on.
void Recording::move_slots(std::span<const std::uint32_t> parents, std::span<const std::size_t> lengths) {
  const std::vector<std::uint32_t> before = slots_;
  std::vector<bool> kept(before.size());
  for (const std::uint32_t parent : parents) kept[parent] = true;
  std::vector<std::uint32_t> free;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (!kept[i]) free.push_back(before[i]);
  }
  slots_.clear();
  for (std::size_t i = 0; i < parents.size(); ++i) {
    const std::uint32_t from = before[parents[i]];
    if (i == 0 || parents[i - 1] != parents[i]) {
      slots_.push_back(from);
      continue;
    }
    shared_.model.copy_sequence(shared_.state, from, free.back(),
                                static_cast<std::uint32_t>(lengths[parents[i]]));
    slots_.push_back(free.back());
    free.pop_back();
  }
  slots_.insert(slots_.end(), free.begin(), free.end());
}

// The attempt has its text: it is taken, or there is another attempt.
void Recording::conclude(std::uint64_t now) {
  decoded_ = {};
  decoded_.hypothesis = search_->best();
  decoded_.temperature = temperature();
  search_.reset();
  const std::string text = shared_.vocabulary.decode(decoded_.hypothesis.tokens);
  decoded_.measures = {.avg_logprob = decoded_.hypothesis.avg_logprob(),
                       .compression_ratio = compression_ratio(text),
                       .no_speech_prob = no_speech_prob_,
                       .loops = decoded_.hypothesis.end == Hypothesis::End::kLoop};
  const Verdict verdict = judge(decoded_.measures);
  if (verdict == Verdict::kSilence) {
    transcript_.take_silence();
    return next_window(sound_positions(window_));
  }
  if (verdict == Verdict::kTryAgain && rung_ + 1 < ladder_.size()) {
    shared_.metrics.fallbacks.Increment();
    ++rung_;
    if (slots_.size() >= width()) return begin_attempt();
    release_slots();
    return enter(Stage::kSlots, now);
  }
  decoded_.cut = transcript_.cut(window_, decoded_.hypothesis);
  if (!request_.words || decoded_.cut.pieces.empty()) return finish_window({});
  enter(Stage::kAlign, now);
}

bool Recording::add_aligned_rows(DecoderStep& step) {
  // The text as it stands, behind the tokens that say that it has no timestamps.
  const SpecialTokens& special = shared_.vocabulary.special();
  std::vector<TokenId> tokens = transcript_.task_tokens();
  tokens.push_back(special.no_timestamps);
  pieces_ = transcript_.spoken_pieces(decoded_);
  for (const SpokenPiece& piece : pieces_)
    tokens.insert(tokens.end(), piece.tokens.begin(), piece.tokens.end());
  tokens.push_back(special.end_of_text);
  if (tokens.size() > step.aligned_room()) return false;
  n_rows_ = static_cast<std::uint32_t>(tokens.size());
  first_row_ = step.add(tokens, 0, slots_.front(), window_slot_);
  return true;
}

void Recording::take_alignment(const DecoderStep& step) {
  const std::uint32_t frames = std::min(sound_positions(window_), shared_.model.info().audio_positions);
  const std::vector<float> matrix = alignment_matrix(step.attention(first_row_, n_rows_, frames));
  if (!all_finite(matrix)) return fail(not_numbers());
  // The row before a token says where it is heard; the last row says nothing any more.
  const auto skipped = static_cast<std::uint32_t>(transcript_.task_tokens().size());
  const std::uint32_t rows = n_rows_ - skipped - 1;
  const std::vector<std::uint32_t> columns = first_columns(
      std::span(matrix).subspan(std::size_t{skipped} * frames, std::size_t{rows} * frames), rows, frames);
  finish_window(time_words(shared_.vocabulary, transcript_.language(), pieces_, columns));
}

void Recording::finish_window(std::span<const std::vector<TimedWord>> words) {
  for (Segment& segment : transcript_.take(window_, decoded_, words)) outbox_.send(std::move(segment));
  next_window(decoded_.cut.advance);
}

void Recording::next_window(std::uint32_t advance) {
  const std::uint32_t samples = std::min(advance * kPositionSamples, window_.samples);
  const std::uint64_t next = window_.start + samples;
  const std::uint64_t reached = sound::original_time(window_.spans, next, true);
  if (reached > reported_) {
    shared_.metrics.audio_seconds.Increment(static_cast<double>(reached - reported_) / sound::kSampleRate);
    reported_ = reached;
  }
  outbox_.send(Progress{static_cast<double>(reported_) / sound::kSampleRate});
  release_slots();
  stage_ = Stage::kSound;
  feed_->ask(next);
}

}  // namespace peregrine::speech
