#include "speech/transcriber.h"

#include "speech/run/start.h"

namespace peregrine::speech {

Result<std::unique_ptr<Transcriber>> Transcriber::start(const gguf::WhisperFile& file,
                                                        const model::SpeechModel& model,
                                                        const TranscriberOptions& options,
                                                        base::MemoryBudget& budget, base::Metrics& metrics,
                                                        const std::string& label) {
  const std::span<const float> filters = file.mel_filters();
  return start_transcriber({.tokens = file.tokens(), .mel_filters = {filters.begin(), filters.end()}}, model,
                           options, budget, metrics, label);
}

}  // namespace peregrine::speech
