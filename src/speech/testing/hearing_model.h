// A speech model for tests that hears: pure tones in the spectrogram are words, one filter each, and it
// transcribes them with their times as whisper would, a sentence per word.
//
// It checks all that it is asked against what its slots hold: a slice that continues another sequence or
// listens to another window than before, a window that was not encoded, rows beyond the capacity. What it
// says can be changed by a script, and it can be held before a call, so that tests arrange what others find.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "model/speech/speech_model.h"
#include "speech/vocabulary/vocabulary.h"

namespace peregrine::speech::testing {

inline constexpr std::uint32_t kTones = 12;  // the first words of the test vocabulary
inline constexpr std::uint32_t kTestFrames = 500;
inline constexpr std::uint32_t kTestContext = 96;

// Hertz of a word's tone, and filters that tell tones apart: [kTones, sound::kMelBins].
double tone_frequency(std::uint32_t word);
std::vector<float> tone_filters();

// A tone heard in a window, in positions of 20 ms.
struct Heard {
  std::uint32_t word = 0;
  std::uint32_t start = 0;
  std::uint32_t end = 0;
  bool cut_off = false;  // by the window's end
};

// What the decoder is asked: the next token after `tokens`, in a window where `heard` is heard.
struct Question {
  std::span<const TokenId> tokens;   // of the whole sequence
  std::span<const TokenId> sampled;  // those after the task, and after no-timestamps
  std::span<const Heard> heard;
};

class HearingModel final : public model::SpeechModel {
 public:
  // What to answer; false: what the model would by itself. May be called from the loop's thread only.
  using Script = std::function<bool(const Question&, std::span<float> logits)>;

  // `english_only`: without languages.
  HearingModel(backend::Backend& backend, bool english_only = false);

  const model::SpeechModelInfo& info() const override { return info_; }
  backend::Backend& backend() const override { return backend_; }
  Result<std::unique_ptr<model::SpeechState>> make_state(const model::SpeechCapacity&) const override;
  void encode(std::span<const float> mels, std::span<const std::uint32_t> windows,
              model::SpeechState& state) const override;
  void decode(const model::TextStep& step, model::SpeechState& state, std::span<float> logits,
              std::span<float> alignment) const override;
  void copy_sequence(model::SpeechState& state, std::uint32_t from, std::uint32_t to,
                     std::uint32_t n_tokens) const override;

  const Vocabulary& vocabulary() const { return vocabulary_; }
  void set_script(Script script) { script_ = std::move(script); }

  // From now on calls wait for release(); await_held() returns when one does.
  void hold();
  void await_held();
  void release();

  // The most windows that were encoded, and sequences decoded, by one call.
  std::uint32_t widest_encode() const;
  std::uint32_t widest_decode() const;
  std::uint32_t decodes() const;

 private:
  struct State;
  void wait_for_turn() const;
  std::vector<Heard> hear(std::span<const float> mel) const;
  void answer(const Question& question, std::span<float> logits) const;
  TokenId next_token(const Question& question) const;
  void check(const model::TextStep& step, const State& state, std::span<const float> logits,
             std::span<const float> alignment) const;
  void align(std::span<const TokenId> tokens, std::uint32_t index, std::span<const Heard> heard,
             std::span<float> row) const;
  std::size_t task_length() const { return vocabulary_.multilingual() ? 3 : 1; }

  backend::Backend& backend_;
  Vocabulary vocabulary_;
  model::SpeechModelInfo info_;
  Script script_;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  bool holding_ = false;
  mutable bool held_ = false;
  mutable std::uint32_t widest_encode_ = 0;
  mutable std::uint32_t widest_decode_ = 0;
  mutable std::uint32_t decodes_ = 0;
};

// Logits that make `token` all but certain.
void say(TokenId token, std::span<float> logits);

}  // namespace peregrine::speech::testing
