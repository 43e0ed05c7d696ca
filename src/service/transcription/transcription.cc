#include "service/transcription/transcription.h"

#include <fmt/format.h>
#include <prometheus/counter.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <variant>

#include "service/catalogue/catalogue.h"
#include "speech/languages.h"

namespace peregrine::service {
namespace {

// Keeps the model for as long as its transcription runs, and counts what is billed when it has ended.
class LeasedTranscription final : public TranscriptionStream {
 public:
  LeasedTranscription(ModelLease model, std::unique_ptr<speech::Transcription> transcription,
                      prometheus::Counter* billed)
      : model_(std::move(model)), transcription_(std::move(transcription)), billed_(billed) {}

  std::optional<speech::Event> poll() override {
    std::optional<speech::Event> event = transcription_->poll();
    if (!event || billed_ == nullptr) return event;
    if (const auto* finished = std::get_if<speech::Finished>(&*event)) {
      billed_->Increment(static_cast<double>(billed_seconds(finished->duration)));
    }
    return event;
  }
  void on_ready(std::function<void()> callback) override { transcription_->on_ready(std::move(callback)); }

 private:
  ModelLease model_;  // outlives the transcription
  std::unique_ptr<speech::Transcription> transcription_;
  prometheus::Counter* billed_;
};

tl::unexpected<Error> refused(std::string message, std::string where) {
  return fail(ErrorCode::kInvalidArgument, std::move(message), std::move(where));
}

// Code of the vocabulary for what a client calls a language. English-only models take none but English.
Result<std::string> language_code(const TranscriptionRequest& request, bool multilingual) {
  if (request.language.empty()) return std::string();
  const auto language = speech::find_language(request.language);
  if (!language)
    return refused(fmt::format("'{}' is no language that is known", request.language), "language");
  if (multilingual) return std::string(language->code);
  if (language->code != "en") {
    return refused(fmt::format("The model `{}` knows no language but English", request.model), "language");
  }
  return std::string();
}

Status may_start(const TranscriptionRequest& request, const LoadedModel& model) {
  PEREGRINE_TRY(check_transcription(request, model));
  if (!request.admit) return {};
  return request.admit(
      {.prompt_tokens = 0, .most_completion_tokens = 0, .capped = false, .audio_seconds = kMinBilledSeconds});
}

// Of a request that may start.
Result<std::unique_ptr<TranscriptionStream>> submit(const TranscriptionRequest& request,
                                                    std::unique_ptr<sound::AudioSource> audio,
                                                    ModelLease model) {
  const SpeechRecognizer& recognizer = *model->as<SpeechRecognizer>();
  PEREGRINE_ASSIGN(std::string language, language_code(request, recognizer.transcriber->multilingual()));
  speech::TranscriptionRequest asked;
  asked.task = request.task;
  asked.language = std::move(language);
  asked.prompt = request.prompt;
  asked.temperature = request.temperature;
  asked.words = request.words;
  asked.beam_size = request.beam_size;
  asked.vad.enabled = request.detect_speech;
  asked.condition_on_previous_text = request.carry_context;
  PEREGRINE_ASSIGN(auto transcription, recognizer.transcriber->submit(std::move(asked), std::move(audio)));
  return std::make_unique<LeasedTranscription>(std::move(model), std::move(transcription),
                                               recognizer.billed_seconds);
}

}  // namespace

std::uint64_t billed_seconds(double duration) {
  const double whole = std::ceil(std::max(duration, 0.0));
  return std::max(kMinBilledSeconds, static_cast<std::uint64_t>(whole));
}

bool can_translate(const std::string& id, const SpeechRecognizer& recognizer) {
  if (!recognizer.transcriber->multilingual()) return false;
  if (const CatalogueEntry* known = Catalogue::builtin().find(id)) return known->can("translation");
  const std::string& shape = recognizer.model->info().name;
  return shape.find("turbo") == std::string::npos && shape.find("distil") == std::string::npos;
}

Status check_transcription(const TranscriptionRequest& request, const LoadedModel& model) {
  const bool translates = request.task == speech::Task::kTranslate;
  const auto* recognizer = model.as<SpeechRecognizer>();
  if (recognizer == nullptr) {
    return refused(fmt::format("The model `{}` does not support {}", request.model,
                               translates ? "translations" : "transcriptions"),
                   "model");
  }
  if (translates && !can_translate(model.id, *recognizer)) {
    return refused(fmt::format("The model `{}` does not support translations", request.model), "model");
  }
  if (auto code = language_code(request, recognizer->transcriber->multilingual()); !code) {
    return tl::unexpected(std::move(code.error()));
  }
  return {};
}

Result<std::unique_ptr<TranscriptionStream>> start_transcription(const TranscriptionRequest& request,
                                                                 std::unique_ptr<sound::AudioSource> audio,
                                                                 ModelLease model) {
  PEREGRINE_TRY(may_start(request, *model));
  return submit(request, std::move(audio), std::move(model));
}

// No process is started for what is refused anyway.
Result<std::unique_ptr<TranscriptionStream>> transcribe_file(const TranscriptionRequest& request, int file,
                                                             ModelLease model) {
  if (auto status = may_start(request, *model); !status) {
    ::close(file);
    return tl::unexpected(std::move(status.error()));
  }
  sound::DecodeOptions decoding;
  decoding.log_id = request.log_id;
  auto audio = sound::open_audio(file, decoding);
  if (!audio) {
    audio.error().where = audio.error().code == ErrorCode::kInvalidArgument ? "file" : "";
    return tl::unexpected(std::move(audio.error()));
  }
  return submit(request, std::move(*audio), std::move(model));
}

}  // namespace peregrine::service
