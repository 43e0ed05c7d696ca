#include "service/library/loaded_model.h"

#include <fmt/format.h>
#include <prometheus/counter.h>

#include <chrono>
#include <system_error>
#include <utility>

#include "base/mapped_file.h"
#include "service/library/file_error.h"
#include "service/library/fingerprint.h"
#include "service/library/weights_key.h"

namespace peregrine::service {
namespace {

// The surroundings in which a model is loaded.
struct Loading {
  const std::filesystem::path& path;
  const std::filesystem::path& draft;
  const RunOptions& options;
  base::MemoryBudget& budget;
  base::Metrics& metrics;
};

// The two have to mean the same by a token.
Status check_same_tokens(const text::Vocabulary& model, const text::Vocabulary& draft) {
  if (model.size() != draft.size()) {
    return fail(
        ErrorCode::kInvalidArgument,
        fmt::format("its vocabulary of {} tokens is not that of the model it is to guess for, which has {}",
                    draft.size(), model.size()));
  }
  for (std::size_t i = 0; i < model.size(); ++i) {
    const auto id = static_cast<text::TokenId>(i);
    if (model.piece(id) == draft.piece(id)) continue;
    return fail(
        ErrorCode::kInvalidArgument,
        fmt::format("its vocabulary is not that of the model it is to guess for: token {} is another one",
                    i));
  }
  return {};
}

Status load_draft(const std::filesystem::path& path, backend::Backend& backend, TextGenerator& generator) {
  PEREGRINE_ASSIGN(TokenizedFile draft, load_tokenized_file(path));
  if (auto same = check_same_tokens(generator.text->tokenizer->vocabulary(), draft.tokenizer->vocabulary());
      !same) {
    return in_file(path, std::move(same.error()));
  }
  generator.draft_file = std::move(draft.file);
  auto model = model::load_model(*generator.draft_file, backend, model::Weights::kReserved);
  if (!model) return in_file(path, std::move(model.error()));
  generator.draft_model = std::move(*model);
  return {};
}

Status start_generator(const Loading& loading, TokenizedFile file, std::unique_ptr<model::Model> model,
                       LoadedModel& loaded) {
  TextGenerator generator;
  PEREGRINE_ASSIGN(generator.text, make_text_side(loading.path, std::move(file)));
  generator.model = std::move(model);
  if (!loading.draft.empty()) PEREGRINE_TRY(load_draft(loading.draft, *loaded.backend, generator));
  auto engine = engine::Engine::start(*generator.model, loading.options.engine, loading.budget,
                                      loading.metrics, loaded.id, generator.draft_model.get());
  if (!engine) return in_file(loading.path, std::move(engine.error()));
  generator.engine = std::move(*engine);
  generator.adapters = std::make_unique<AdapterCache>();
  generator.tool_use_failures =
      &loading.metrics.counter("peregrine_tool_use_failures_total",
                               "Answers that broke off within a tool call", {{"model", loaded.id}});
  loaded.context_window = generator.engine->max_context();
  loaded.kind = std::move(generator);
  return {};
}

Status start_encoder(const Loading& loading, TokenizedFile file, std::unique_ptr<model::Model> model,
                     LoadedModel& loaded) {
  if (!loading.draft.empty()) {
    return in_file(loading.path,
                   {ErrorCode::kInvalidArgument, "generates no text that another model could guess", {}});
  }
  TextEncoder encoder{.text = std::move(file), .model = std::move(model), .embedder = nullptr};
  const engine::EmbedderOptions own{.max_context = loading.options.engine.max_context,
                                    .step_tokens = loading.options.engine.step_tokens,
                                    .max_queued = loading.options.engine.max_queued};
  auto embedder = engine::Embedder::start(*encoder.model, own, loading.budget, loading.metrics, loaded.id);
  if (!embedder) return in_file(loading.path, std::move(embedder.error()));
  encoder.embedder = std::move(*embedder);
  loaded.context_window = encoder.embedder->max_context();
  loaded.kind = std::move(encoder);
  return {};
}

// A model of a GGUF file, of which only the weights tell what it makes of texts.
Status start_text_model(const Loading& loading, LoadedModel& loaded) {
  PEREGRINE_ASSIGN(TokenizedFile file, load_tokenized_file(loading.path));
  loaded.fingerprint = fingerprint_of(*file.file);
  auto model = model::load_model(*file.file, *loaded.backend, model::Weights::kReserved);
  if (!model) return in_file(loading.path, std::move(model.error()));
  const std::size_t n_tokens = file.tokenizer->vocabulary().size();
  if ((*model)->info().n_vocab < n_tokens) {
    return fail(
        ErrorCode::kCorrupt,
        fmt::format("the tokenizer has {} tokens, the weights {}", n_tokens, (*model)->info().n_vocab),
        loading.path.string() + ": tokenizer.ggml.tokens");
  }
  const bool generates = (*model)->info().output == model::OutputKind::kLogits;
  return generates ? start_generator(loading, std::move(file), std::move(*model), loaded)
                   : start_encoder(loading, std::move(file), std::move(*model), loaded);
}

Status start_speech_model(const Loading& loading, LoadedModel& loaded) {
  if (!loading.draft.empty()) {
    return in_file(loading.path,
                   {ErrorCode::kInvalidArgument, "generates no text that another model could guess", {}});
  }
  auto file = gguf::WhisperFile::open(loading.path);
  if (!file) return in_file(loading.path, std::move(file.error()));
  SpeechRecognizer recognizer;
  recognizer.file = std::make_unique<gguf::WhisperFile>(std::move(*file));
  loaded.fingerprint = fingerprint_of(*recognizer.file);
  auto model =
      model::load_speech_model(*recognizer.file, *loaded.backend, {.weights = model::Weights::kReserved});
  if (!model) return in_file(loading.path, std::move(model.error()));
  recognizer.model = std::move(*model);
  auto transcriber = speech::Transcriber::start(*recognizer.file, *recognizer.model, loading.options.speech,
                                                loading.budget, loading.metrics, loaded.id);
  if (!transcriber) return in_file(loading.path, std::move(transcriber.error()));
  recognizer.transcriber = std::move(*transcriber);
  recognizer.billed_seconds = &loading.metrics.counter(
      "peregrine_audio_seconds_billed_total",
      "Seconds of sound that were transcribed, whole ones, ten at least for each recording",
      {{"model", loaded.id}});
  loaded.context_window = recognizer.model->info().text_context;
  loaded.kind = std::move(recognizer);
  return {};
}

// One file for each name of a model, so that what is kept of a model that has changed is replaced.
void keep_weights(backend::WeightReading& reading, const std::filesystem::path& folder,
                  const std::filesystem::path& path, const std::filesystem::path& draft) {
  const std::string key = weights_key(path);
  const std::string draft_key = draft.empty() ? "none" : weights_key(draft);
  if (key.empty() || draft_key.empty()) return;
  reading.kept = folder / (path.filename().string() + ".weights");
  reading.key = key + " " + draft_key;
}

}  // namespace

std::int64_t modified_at(const std::filesystem::path& path) {
  std::error_code error;
  const auto time = std::filesystem::last_write_time(path, error);
  if (error) return 0;
  const auto system = std::chrono::file_clock::to_sys(time);
  return std::chrono::duration_cast<std::chrono::seconds>(system.time_since_epoch()).count();
}

void LoadedModel::stop() {
  if (auto* generator = std::get_if<TextGenerator>(&kind)) generator->engine->stop();
  if (auto* encoder = std::get_if<TextEncoder>(&kind)) encoder->embedder->stop();
  if (auto* recognizer = std::get_if<SpeechRecognizer>(&kind)) recognizer->transcriber->stop();
}

Result<std::unique_ptr<LoadedModel>> load_whole_model(const std::filesystem::path& path, std::string id,
                                                      const std::filesystem::path& draft,
                                                      const backend::CpuOptions& cpu,
                                                      const RunOptions& options, base::MemoryBudget& budget,
                                                      base::Metrics& metrics, const LoadProgress& progress) {
  auto loaded = std::make_unique<LoadedModel>();
  loaded->id = std::move(id);
  loaded->created = modified_at(path);
  loaded->backend = backend::make_cpu_backend(cpu, budget);
  const Loading loading{path, draft, options, budget, metrics};
  PEREGRINE_TRY(is_speech_file(path) ? start_speech_model(loading, *loaded)
                                     : start_text_model(loading, *loaded));
  // Last, so that a model for which there is no room is told so before its weights are read.
  backend::WeightReading reading{.prepare = base::page_in, .release = base::page_out, .progress = progress};
  if (!options.kept_weights.empty()) keep_weights(reading, options.kept_weights, path, draft);
  if (auto status = loaded->backend->read_weights(reading); !status) {
    return in_file(path, std::move(status.error()));
  }
  return loaded;
}

}  // namespace peregrine::service
