// What whisper's encoder and decoder write: activations of a step, and keys and values of windows and texts.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "backend/backend.h"
#include "gguf/whisper_file.h"
#include "model/speech/speech_model.h"

namespace peregrine::model {

class WhisperState final : public SpeechState {
 public:
  // Errors: kInvalidArgument for a capacity that holds nothing, kResourceExhausted.
  static Result<std::unique_ptr<WhisperState>> create(backend::Backend& backend,
                                                      const gguf::WhisperHparams& hparams,
                                                      const SpeechCapacity& capacity);

  using Slot = std::unique_ptr<backend::Buffer>;
  // Activations of either half, each [rows, its width].
  struct Activations {
    Slot x, normed, delta, q, k, v, mixed, up;
    static Result<Activations> create(backend::Backend& backend, std::uint32_t rows, std::uint32_t width);
  };

  // A slot's block, as the table of a sequence that lies in it alone.
  std::span<const std::uint32_t> block(std::uint32_t slot) const {
    return std::span(slots_).subspan(slot, 1);
  }

  backend::Backend* backend = nullptr;
  SpeechCapacity capacity;
  Activations audio;                            // [audio positions]
  Slot mel;                                     // [mels, frames]
  Slot unfolded;                                // inputs of either convolution
  Slot convolved;                               // [frames, state], of the first
  std::unique_ptr<backend::KvStore> audio_kv;   // of the encoder, one layer that all share
  std::unique_ptr<backend::KvStore> window_kv;  // of the decoder, one block per window
  std::unique_ptr<backend::KvStore> text_kv;    // one block per sequence
  Activations text;                             // [rows]
  Slot outputs, logits;                         // [output rows]
  Slot alignment;                               // [aligned rows, audio positions], of a head; may be null
  std::vector<TokenId> positions;               // of the step's rows
  std::vector<backend::SequenceSlice> sequences, windows;  // of the step

 private:
  WhisperState() = default;
  std::vector<std::uint32_t> slots_;  // 0, 1, 2, ...
};

}  // namespace peregrine::model
