#include "model/speech/speech_model.h"

#include "model/arch/whisper.h"

namespace peregrine::model {

Result<std::unique_ptr<SpeechModel>> load_speech_model(const gguf::WhisperFile& file,
                                                       backend::Backend& backend,
                                                       const SpeechModelOptions& options) {
  PEREGRINE_ASSIGN(std::unique_ptr<SpeechModel> model, load_whisper(file, backend, options));
  if (options.weights == Weights::kRead) PEREGRINE_TRY(backend.read_weights({}));
  return model;
}

}  // namespace peregrine::model
