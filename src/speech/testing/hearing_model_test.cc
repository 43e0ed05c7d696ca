#include "speech/testing/hearing_model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "sound/audio_source.h"
#include "sound/mel/log_mel.h"
#include "speech/testing/test_vocabulary.h"

namespace peregrine::speech::testing {
namespace {

constexpr std::uint32_t kFirstBin = 10;
constexpr std::uint32_t kBinsApart = 8;
constexpr float kLoud = 1.0F;
// Frames that a tone fades over, beside its edges.
constexpr std::uint32_t kMinToneFrames = 5;

constexpr TokenId kFirstWord = 256;
constexpr float kSure = 20.0F;

}  // namespace

double tone_frequency(std::uint32_t word) {
  return static_cast<double>(kFirstBin + kBinsApart * word) * sound::kSampleRate / sound::kMelWindow;
}

std::vector<float> tone_filters() {
  std::vector<float> filters(std::size_t{kTones} * sound::kMelBins);
  for (std::uint32_t word = 0; word < kTones; ++word) {
    filters[std::size_t{word} * sound::kMelBins + kFirstBin + kBinsApart * word] = 1.0F;
  }
  return filters;
}

void say(TokenId token, std::span<float> logits) {
  std::ranges::fill(logits, 0.0F);
  logits[static_cast<std::size_t>(token)] = kSure;
}

struct HearingModel::State final : model::SpeechState {
  struct Window {
    std::uint64_t epoch = 0;  // 0: never encoded
    std::vector<Heard> heard;
  };
  struct Sequence {
    std::vector<TokenId> tokens;
    std::uint32_t window = 0;
    std::uint64_t epoch = 0;
  };
  model::SpeechCapacity capacity;
  std::vector<Window> windows;
  std::vector<Sequence> sequences;
  std::uint64_t epochs = 0;
};

HearingModel::HearingModel(backend::Backend& backend, bool english_only)
    : backend_(backend), vocabulary_(test_vocabulary(english_only ? 0 : kTestLanguages)) {
  info_.name = "hearing";
  info_.n_vocab = vocabulary_.size();
  info_.n_mels = kTones;
  info_.mel_frames = kTestFrames;
  info_.audio_positions = kTestPositions;
  info_.text_context = kTestContext;
  info_.alignment_heads = {{0, 0}, {0, 1}};
}

Result<std::unique_ptr<model::SpeechState>> HearingModel::make_state(
    const model::SpeechCapacity& capacity) const {
  auto state = std::make_unique<State>();
  state->capacity = capacity;
  state->windows.resize(capacity.windows);
  state->sequences.resize(capacity.sequences);
  return state;
}

std::vector<Heard> HearingModel::hear(std::span<const float> mel) const {
  std::vector<Heard> heard;
  std::uint32_t begin = 0;
  std::optional<std::uint32_t> word;
  const auto end_of_tone = [&](std::uint32_t frame) {
    if (word && frame - begin >= kMinToneFrames) {
      heard.push_back({*word, begin / 2, frame / 2, frame == kTestFrames});
    }
  };
  for (std::uint32_t frame = 0; frame < kTestFrames; ++frame) {
    std::optional<std::uint32_t> loudest;
    for (std::uint32_t tone = 0; tone < kTones; ++tone) {
      const float value = mel[std::size_t{tone} * kTestFrames + frame];
      if (value > kLoud && (!loudest || value > mel[std::size_t{*loudest} * kTestFrames + frame]))
        loudest = tone;
    }
    if (loudest == word) continue;
    end_of_tone(frame);
    begin = frame;
    word = loudest;
  }
  end_of_tone(kTestFrames);
  return heard;
}

void HearingModel::encode(std::span<const float> mels, std::span<const std::uint32_t> windows,
                          model::SpeechState& opaque) const {
  wait_for_turn();
  auto& state = static_cast<State&>(opaque);
  const std::size_t size = std::size_t{kTones} * kTestFrames;
  EXPECT_LE(windows.size(), state.capacity.encode_batch);
  ASSERT_EQ(mels.size(), windows.size() * size);
  for (std::size_t i = 0; i < windows.size(); ++i) {
    ASSERT_LT(windows[i], state.windows.size());
    EXPECT_EQ(std::ranges::count(windows, windows[i]), 1);
    state.windows[windows[i]] = {++state.epochs, hear(mels.subspan(i * size, size))};
  }
  const std::lock_guard lock(mutex_);
  widest_encode_ = std::max(widest_encode_, static_cast<std::uint32_t>(windows.size()));
}

void HearingModel::check(const model::TextStep& step, const State& state, std::span<const float> logits,
                         std::span<const float> alignment) const {
  std::uint32_t next_row = 0;
  std::vector<std::uint32_t> seen;
  for (const model::TextSlice& slice : step.slices) {
    EXPECT_EQ(slice.first_row, next_row);
    EXPECT_GE(slice.n_rows, 1U);
    next_row += slice.n_rows;
    ASSERT_LT(slice.sequence, state.sequences.size());
    ASSERT_LT(slice.window, state.windows.size());
    EXPECT_EQ(std::ranges::count(seen, slice.sequence), 0) << "two slices of one sequence";
    seen.push_back(slice.sequence);
    const State::Window& window = state.windows[slice.window];
    EXPECT_NE(window.epoch, 0U) << "a window that was not encoded";
    EXPECT_LE(slice.start + slice.n_rows, kTestContext);
    if (slice.start == 0) continue;
    const State::Sequence& sequence = state.sequences[slice.sequence];
    EXPECT_LE(slice.start, sequence.tokens.size()) << "tokens were left out";
    EXPECT_EQ(sequence.window, slice.window) << "the sequence listened to another window";
    EXPECT_EQ(sequence.epoch, window.epoch) << "the window was encoded anew";
  }
  EXPECT_EQ(next_row, step.tokens.size());
  EXPECT_LE(step.tokens.size(), state.capacity.rows);
  EXPECT_LE(step.output_rows.size(), state.capacity.output_rows);
  EXPECT_TRUE(std::ranges::is_sorted(step.output_rows, std::ranges::less_equal{}) ||
              step.output_rows.size() < 2);
  EXPECT_EQ(logits.size(), step.output_rows.size() * info_.n_vocab);
  if (alignment.empty()) return;
  EXPECT_LE(step.tokens.size(), state.capacity.aligned_rows);
  EXPECT_EQ(alignment.size(), info_.alignment_heads.size() * step.tokens.size() * kTestPositions);
}

void HearingModel::decode(const model::TextStep& step, model::SpeechState& opaque, std::span<float> logits,
                          std::span<float> alignment) const {
  wait_for_turn();
  auto& state = static_cast<State&>(opaque);
  check(step, state, logits, alignment);
  if (::testing::Test::HasFatalFailure()) return;
  std::size_t output = 0;
  for (const model::TextSlice& slice : step.slices) {
    const State::Window& window = state.windows[slice.window];
    State::Sequence& sequence = state.sequences[slice.sequence];
    sequence.tokens.resize(slice.start);
    sequence.window = slice.window;
    sequence.epoch = window.epoch;
    const std::size_t end = slice.start + slice.n_rows;
    for (std::uint32_t i = 0; i < slice.n_rows; ++i)
      sequence.tokens.push_back(step.tokens[slice.first_row + i]);
    for (std::uint32_t i = 0; i < slice.n_rows; ++i) {
      const std::uint32_t row = slice.first_row + i;
      for (std::size_t head = 0; head < info_.alignment_heads.size() && !alignment.empty(); ++head) {
        const std::span<float> weights =
            alignment.subspan((head * step.tokens.size() + row) * kTestPositions, kTestPositions);
        // The second head looks at nothing.
        std::ranges::fill(weights, 1.0F / kTestPositions);
        if (head == 0) align(std::span(sequence.tokens).first(end), slice.start + i, window.heard, weights);
      }
      if (output == step.output_rows.size() || step.output_rows[output] != row) continue;
      const auto tokens = std::span<const TokenId>(sequence.tokens).first(slice.start + i + 1);
      const auto start =
          std::ranges::find(tokens.rbegin(), tokens.rend(), vocabulary_.special().start_of_transcript);
      const std::size_t after_task = static_cast<std::size_t>(tokens.rend() - start) - 1 + task_length();
      const Question question{tokens, tokens.subspan(std::min(after_task, tokens.size())), window.heard};
      answer(question, logits.subspan(output * info_.n_vocab, info_.n_vocab));
      ++output;
    }
  }
  const std::lock_guard lock(mutex_);
  ++decodes_;
  widest_decode_ = std::max(widest_decode_, static_cast<std::uint32_t>(step.slices.size()));
}

void HearingModel::answer(const Question& question, std::span<float> logits) const {
  if (script_ && script_(question, logits)) return;
  const SpecialTokens& special = vocabulary_.special();
  const bool at_start = question.tokens.back() == special.start_of_transcript;
  if (question.heard.empty()) {
    std::ranges::fill(logits, 0.0F);  // no idea
    if (at_start) logits[static_cast<std::size_t>(special.no_speech)] = kSure;
    return;
  }
  say(at_start && vocabulary_.multilingual() ? special.first_language : next_token(question), logits);
}

TokenId HearingModel::next_token(const Question& question) const {
  const SpecialTokens& special = vocabulary_.special();
  const auto timestamp = [&](std::uint32_t position) {
    return special.first_timestamp + static_cast<TokenId>(std::min(position, kTestPositions));
  };
  const auto said = static_cast<std::size_t>(
      std::ranges::count_if(question.sampled, [&](TokenId token) { return vocabulary_.is_text(token); }));
  const auto& heard = question.heard;
  if (question.sampled.empty()) return timestamp(std::min(heard.front().start, 50U));
  if (vocabulary_.is_text(question.sampled.back()))
    return timestamp(heard[std::min(said, heard.size()) - 1].end);
  const bool closed =
      question.sampled.size() >= 2 && vocabulary_.is_text(question.sampled[question.sampled.size() - 2]);
  if (said >= heard.size()) return special.end_of_text;
  if (closed) return timestamp(heard[said].start);
  if (heard[said].cut_off && said > 0) return special.end_of_text;
  return kFirstWord + static_cast<TokenId>(heard[said].word);
}

// The row of a token attends to where the one after it is heard; the last word's to the end.
void HearingModel::align(std::span<const TokenId> tokens, std::uint32_t index, std::span<const Heard> heard,
                         std::span<float> row) const {
  if (index + 1 >= tokens.size()) return;
  const auto said = static_cast<std::size_t>(std::ranges::count_if(
      tokens.first(index + 1), [&](TokenId token) { return vocabulary_.is_text(token); }));
  std::ranges::fill(row, 0.001F);
  if (vocabulary_.is_text(tokens[index + 1])) {
    if (said >= heard.size()) return;
    std::ranges::fill(row.subspan(heard[said].start, heard[said].end - heard[said].start), 1.0F);
  } else if (tokens[index + 1] == vocabulary_.special().end_of_text && !heard.empty() && said > 0) {
    const Heard& last = heard[std::min(said, heard.size()) - 1];
    std::ranges::fill(row.subspan(std::min(last.end, kTestPositions - 1)), 1.0F);
  }
}

void HearingModel::copy_sequence(model::SpeechState& opaque, std::uint32_t from, std::uint32_t to,
                                 std::uint32_t n_tokens) const {
  auto& state = static_cast<State&>(opaque);
  ASSERT_LT(from, state.sequences.size());
  ASSERT_LT(to, state.sequences.size());
  ASSERT_LE(n_tokens, state.sequences[from].tokens.size());
  state.sequences[to] = state.sequences[from];
  state.sequences[to].tokens.resize(n_tokens);
}

void HearingModel::hold() {
  const std::lock_guard lock(mutex_);
  holding_ = true;
}

void HearingModel::await_held() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return held_; });
}

void HearingModel::release() {
  {
    const std::lock_guard lock(mutex_);
    holding_ = false;
  }
  changed_.notify_all();
}

void HearingModel::wait_for_turn() const {
  std::unique_lock lock(mutex_);
  if (!holding_) return;
  held_ = true;
  changed_.notify_all();
  changed_.wait(lock, [this] { return !holding_; });
  held_ = false;
}

std::uint32_t HearingModel::widest_encode() const {
  const std::lock_guard lock(mutex_);
  return widest_encode_;
}

std::uint32_t HearingModel::widest_decode() const {
  const std::lock_guard lock(mutex_);
  return widest_decode_;
}

std::uint32_t HearingModel::decodes() const {
  const std::lock_guard lock(mutex_);
  return decodes_;
}

}  // namespace peregrine::speech::testing
