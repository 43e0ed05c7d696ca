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
  // Activations of either half, each [rows, its width]. What a layer has done with serves what comes next.
  struct Activations {
    Slot x;
    Slot normed;        // inputs of attention and feed-forward; then what attention gives
    Slot queries_keys;  // [2, rows, width]: queries, which then become what is added to x, and keys
    Slot values;
    Slot up;  // [rows, 4 * width]
    static Result<Activations> create(backend::Backend& backend, std::uint32_t rows, std::uint32_t width);

    backend::Tensor queries() const { return half(0); }
    backend::Tensor keys() const { return half(1); }

   private:
    backend::Tensor half(std::size_t which) const {
      const backend::Tensor both = queries_keys->tensor();
      const std::uint32_t rows = both.rows / 2;
      return {both.data + which * rows * both.cols, rows, both.cols};
    }
  };

  // A slot's block, as the table of a sequence that lies in it alone.
  std::span<const std::uint32_t> block(std::uint32_t slot) const {
    return std::span(slots_).subspan(slot, 1);
  }

  backend::Backend* backend = nullptr;
  SpeechCapacity capacity;
  // [frames, state], what the first convolution gives; and the inputs of either. No layer has begun yet.
  backend::Tensor convolved() const { return audio.queries_keys->tensor(); }
  float* unfolded() const { return (wide_unfolded == nullptr ? audio.up : wide_unfolded)->tensor().data; }

  Activations audio;                            // [audio positions]
  Slot mel;                                     // [mels, frames]
  Slot wide_unfolded;                           // null where audio.up has room for it
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
