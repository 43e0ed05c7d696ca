// A transcriber over parts that need no model file: what Transcriber::start() is made of, and tests.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "speech/transcriber.h"

namespace peregrine::speech {

struct TranscriberParts {
  std::span<const std::string_view> tokens;  // text tokens; their bytes outlive the transcriber
  std::vector<float> mel_filters;            // [n_mels, sound::kMelBins]
};

// As Transcriber::start().
Result<std::unique_ptr<Transcriber>> start_transcriber(TranscriberParts parts,
                                                       const model::SpeechModel& model,
                                                       const TranscriberOptions& options,
                                                       base::MemoryBudget& budget, base::Metrics& metrics,
                                                       const std::string& label);

}  // namespace peregrine::speech
