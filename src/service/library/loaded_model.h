// One model file, loaded: what all kinds of models have, and beside it the part of its own kind, whose engine
// runs. A service asks for the kind that it serves.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <variant>

#include "backend/backend.h"
#include "base/memory_budget.h"
#include "base/metrics.h"
#include "base/result.h"
#include "engine/embed/embedder.h"
#include "engine/engine.h"
#include "gguf/file.h"
#include "model/model.h"
#include "service/adapters/adapter_cache.h"
#include "service/library/speech_recognizer.h"
#include "service/library/text_side.h"
#include "speech/transcriber.h"

namespace peregrine::service {

// A model that goes on with texts.
struct TextGenerator {
  std::unique_ptr<TextSide> text;
  std::unique_ptr<model::Model> model;
  std::unique_ptr<gguf::File> draft_file;  // of the model that guesses ahead; null when there is none
  std::unique_ptr<model::Model> draft_model;
  std::unique_ptr<AdapterCache> adapters = {};
  std::unique_ptr<engine::Engine> engine;
  prometheus::Counter* tool_use_failures = nullptr;  // null where nobody counts
};

// A model that makes vectors or scores of texts.
struct TextEncoder {
  TokenizedFile text;
  std::unique_ptr<model::Model> model;
  std::unique_ptr<engine::Embedder> embedder;

  model::OutputKind output() const { return model->info().output; }
};

// Immutable after loading; the engine inside runs.
struct LoadedModel {
  std::string id;
  std::int64_t created = 0;                   // Unix seconds: the file's modification time
  std::string fingerprint;                    // of fingerprint.h
  std::uint32_t context_window = 0;           // in tokens
  std::unique_ptr<backend::Backend> backend;  // outlives what stands below
  std::variant<TextGenerator, TextEncoder, SpeechRecognizer> kind;

  // Null if it is none.
  template <class Kind>
  const Kind* as() const {
    return std::get_if<Kind>(&kind);
  }
  // What runs ends, what is new is refused. Idempotent.
  void stop();
};

// Unix seconds; 0 when it cannot be told.
std::int64_t modified_at(const std::filesystem::path& path);

// What runs the models of either sort.
struct RunOptions {
  engine::EngineOptions engine;
  speech::TranscriberOptions speech;
  // Weights are kept here in the layout that they are computed with, for the next start. Empty: nowhere.
  std::filesystem::path kept_weights = {};
};

// Told how many bytes of the weights are in memory; false stops the loading.
using LoadProgress = std::function<bool(std::uint64_t done, std::uint64_t total)>;

// Loads the model and starts what runs it. `id` is the model's; `draft` the file of a smaller model of the
// same vocabulary that guesses ahead, or empty; budget and metrics outlive the result. Errors name the file;
// kInvalidArgument when the vocabularies differ, or when something is to guess for a model that generates
// nothing, kResourceExhausted when the budget has no room, kCancelled when `progress` stopped it.
Result<std::unique_ptr<LoadedModel>> load_whole_model(const std::filesystem::path& path, std::string id,
                                                      const std::filesystem::path& draft,
                                                      const backend::CpuOptions& cpu,
                                                      const RunOptions& options, base::MemoryBudget& budget,
                                                      base::Metrics& metrics, const LoadProgress& progress);

}  // namespace peregrine::service
