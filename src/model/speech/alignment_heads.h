// Which heads of whisper's decoder follow the sound, by the shape of the model.
//
// OpenAI published the heads of its own models; all that a file says of which one it holds is its shape. Of
// other shapes, distilled models among them, every head in the upper half of the decoder's layers counts.
#pragma once

#include <string_view>
#include <vector>

#include "gguf/whisper_file.h"
#include "model/speech/speech_model.h"

namespace peregrine::model {

// "tiny", "base.en", "large-v3-turbo"; empty for other shapes. large-v1 and large-v2 have one shape, and
// count as large-v2.
std::string_view whisper_shape_name(const gguf::WhisperHparams& hparams);

// At least one; each within the decoder.
std::vector<AlignmentHead> alignment_heads_of(const gguf::WhisperHparams& hparams);

}  // namespace peregrine::model
