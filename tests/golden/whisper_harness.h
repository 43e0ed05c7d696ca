// Whisper's golden files, and a tiny whisper that runs them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/memory_budget.h"
#include "gguf/whisper_file.h"
#include "model/speech/speech_model.h"

namespace peregrine::golden {

using Tokens = std::vector<model::TokenId>;

struct MelSample {
  std::uint32_t bin = 0;
  std::uint32_t frame = 0;
  float value = 0;
};
struct EncoderSample {
  std::uint32_t frame = 0;
  std::uint32_t channel = 0;
  float truth = 0;
};

// What is known of the logits after a token.
struct LogitSamples {
  std::vector<std::uint32_t> indices;
  std::vector<float> truth;  // by index
  double logsumexp = 0;
};

struct SpeechGolden {
  std::vector<float> audio;  // 16 kHz
  std::vector<MelSample> mel;
  std::vector<EncoderSample> encoder;
  Tokens prefix;
  std::vector<LogitSamples> positions;  // by token of the prefix
  Tokens greedy;
  std::vector<float> greedy_margin;
  float mel_max_abs = 0;
  float encoder_max_abs = 0;
  float max_abs = 0;
  float rms = 0;
};

// Whether the shared folder has "whisper/NAME.json" and its model.
bool has_speech_golden(const std::string& name);
SpeechGolden read_speech_golden(const std::string& name);
// The model's bytes, unpacked.
std::vector<std::byte> speech_model_bytes(const std::string& name);

// By the definition, in double precision, slowly: [n_mels, frames].
std::vector<float> reference_mel(const std::vector<float>& audio, const gguf::WhisperFile& file,
                                 std::uint32_t frames);

// A model with room for three windows and eight sequences.
class SpeechHarness {
 public:
  SpeechHarness(const std::vector<std::byte>& bytes, const std::string& isa, unsigned threads,
                const model::SpeechModelOptions& options = {});

  const gguf::WhisperFile& file() const { return file_; }
  const model::SpeechModel& model() const { return *model_; }
  model::SpeechState& state() { return *state_; }

  void encode(const std::vector<float>& mel, std::uint32_t window) {
    model_->encode(mel, {&window, 1}, *state_);
  }
  // Appends `tokens` to what the sequence has; logits of all rows.
  std::vector<float> decode(const Tokens& tokens, std::uint32_t start, std::uint32_t sequence,
                            std::uint32_t window);
  // The same for several slices, one step; alignment too if `alignment`.
  std::vector<float> decode(const Tokens& tokens, const std::vector<model::TextSlice>& slices,
                            std::vector<float>* alignment = nullptr);

  static constexpr std::uint32_t kWindows = 3;
  static constexpr std::uint32_t kSequences = 8;

 private:
  base::MemoryBudget budget_{std::uint64_t{1} << 30};
  gguf::WhisperFile file_;
  std::unique_ptr<backend::Backend> backend_;
  std::unique_ptr<model::SpeechModel> model_;
  std::unique_ptr<model::SpeechState> state_;
};

}  // namespace peregrine::golden
