#include "speech/run/request_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "speech/decode/rules.h"

namespace peregrine::speech {
namespace {

Status check_range(std::uint32_t value, std::uint32_t max, const char* where) {
  if (value >= 1 && value <= max) return {};
  return base::fail(ErrorCode::kInvalidArgument, fmt::format("{} does not lie in 1..{}", value, max), where);
}

Status invalid(std::string message, const char* where) {
  return base::fail(ErrorCode::kInvalidArgument, std::move(message), where);
}

}  // namespace

Status check_options(const TranscriberOptions& options) {
  PEREGRINE_TRY(check_range(options.max_running, kMaxRunning, "max_running"));
  PEREGRINE_TRY(check_range(options.max_queued, kMaxQueued, "max_queued"));
  return check_range(options.max_sequences, kMaxSequences, "max_sequences");
}

Status check_model(const model::SpeechModelInfo& info) {
  const bool fits = info.mel_frames == 2 * info.audio_positions && info.audio_positions > kMaxFirstPosition &&
                    info.text_context >= kMinTextContext && !info.alignment_heads.empty();
  if (fits) return {};
  return base::fail(ErrorCode::kUnsupported,
                    fmt::format("a window of {} frames, {} positions and {} tokens is not whisper's",
                                info.mel_frames, info.audio_positions, info.text_context));
}

Status check_request(const TranscriptionRequest& request, const Vocabulary& vocabulary,
                     std::uint32_t max_sequences) {
  if (!(request.temperature >= 0.0F && request.temperature <= 1.0F)) {
    return invalid("the temperature does not lie in 0..1", "temperature");
  }
  const std::uint32_t max_width = std::min(kMaxWidth, max_sequences);
  PEREGRINE_TRY(check_range(request.beam_size, max_width, "beam_size"));
  PEREGRINE_TRY(check_range(request.best_of, max_width, "best_of"));
  if (!vocabulary.multilingual() && request.task == Task::kTranslate) {
    return invalid("the model knows English only and does not translate", "task");
  }
  if (request.language.empty()) return {};
  const auto language = vocabulary.language(request.language);
  if (!vocabulary.multilingual() && !(language && language->code == "en")) {
    return invalid("the model knows English only", "language");
  }
  if (!language)
    return invalid(fmt::format("the model does not know '{}'", request.language.substr(0, 32)), "language");
  return {};
}

Result<std::vector<TokenId>> encode_prompt(std::string_view prompt, const Vocabulary& vocabulary) {
  const std::size_t first = prompt.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return std::vector<TokenId>{};
  prompt = prompt.substr(first, prompt.find_last_not_of(" \t\r\n") - first + 1);
  return vocabulary.encode(" " + std::string(prompt));
}

}  // namespace peregrine::speech
