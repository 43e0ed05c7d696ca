// A speech model of whisper's, loaded: its file, its weights, and the transcriber that runs it.
#pragma once

#include <filesystem>
#include <memory>

#include "gguf/whisper_file.h"
#include "model/speech/speech_model.h"
#include "speech/transcriber.h"

namespace prometheus {
class Counter;
}

namespace peregrine::service {

struct SpeechRecognizer {
  std::unique_ptr<gguf::WhisperFile> file;
  std::unique_ptr<model::SpeechModel> model;
  std::unique_ptr<speech::Transcriber> transcriber;
  prometheus::Counter* billed_seconds = nullptr;  // null where nobody counts
};

// Whether the file begins as whisper's do; false where it cannot be read.
bool is_speech_file(const std::filesystem::path& path);

}  // namespace peregrine::service
