// What a transcriber takes: options, models, requests.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "speech/transcriber.h"
#include "speech/vocabulary/vocabulary.h"

namespace peregrine::speech {

inline constexpr std::uint32_t kMaxRunning = 256;
inline constexpr std::uint32_t kMaxQueued = 1U << 16;
inline constexpr std::uint32_t kMaxSequences = 1024;
inline constexpr std::uint32_t kMaxWidth = 16;  // beams or samples of a recording
// Room for a task, some context and a few words.
inline constexpr std::uint32_t kMinTextContext = 32;

// Errors: kInvalidArgument.
Status check_options(const TranscriberOptions& options);

// Errors: kUnsupported for a model whose windows do not hang together, or hold too little.
Status check_model(const model::SpeechModelInfo& info);

// Errors: kInvalidArgument, `where` the field.
Status check_request(const TranscriptionRequest& request, const Vocabulary& vocabulary,
                     std::uint32_t max_sequences);

// Tokens of the text before a recording, which begins like any word.
Result<std::vector<TokenId>> encode_prompt(std::string_view prompt, const Vocabulary& vocabulary);

}  // namespace peregrine::speech
