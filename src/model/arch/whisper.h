// Whisper (Radford et al., 2022): an encoder of log-mel windows and a decoder that attends to them.
//
// Encoder: two convolutions over time, of which the second halves the frames, learned positions, pre-norm
// blocks in which every position sees the whole window. Decoder: learned positions, blocks of causal
// attention, attention to the window and a feed-forward; the output head is the token embedding.
#pragma once

#include <memory>
#include <vector>

#include "gguf/whisper_file.h"
#include "model/speech/speech_model.h"

namespace peregrine::model {

Result<std::unique_ptr<SpeechModel>> load_whisper(const gguf::WhisperFile& file, backend::Backend& backend,
                                                  const SpeechModelOptions& options);

// The encoder's output for the last window that a state of such a model encoded, [audio_positions,
// n_audio_state]; for tests.
std::vector<float> last_encoding(const SpeechState& state);

}  // namespace peregrine::model
