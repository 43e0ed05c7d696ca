// One model file, loaded: what reads its texts, its weights, and the engine or embedder that runs it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "backend/backend.h"
#include "base/memory_budget.h"
#include "base/metrics.h"
#include "base/result.h"
#include "engine/embed/embedder.h"
#include "engine/engine.h"
#include "gguf/file.h"
#include "grammar/vocabulary.h"
#include "model/model.h"
#include "service/chat/grammar_cache.h"
#include "service/chat/traits.h"
#include "text/jinja/template.h"
#include "text/tokenizer/tokenizer.h"

namespace peregrine::service {

// Everything that belongs to one model file. Immutable after loading; the engine inside runs.
struct LoadedModel {
  std::string id;
  std::int64_t created = 0;  // Unix seconds: the file's modification time
  std::string fingerprint;   // "fp_" and ten hexadecimal digits
  std::unique_ptr<gguf::File> file;
  std::unique_ptr<text::Tokenizer> tokenizer;
  std::unique_ptr<jinja::Template> chat_template;
  std::unique_ptr<backend::Backend> backend;  // null from load_text_side(), like what stands below
  std::unique_ptr<model::Model> model;
  std::unique_ptr<gguf::File> draft_file;  // of the model that guesses ahead; null when there is none
  std::unique_ptr<model::Model> draft_model;
  // One of the two, as the model generates text, or makes vectors or scores of it.
  std::unique_ptr<engine::Engine> engine;
  std::unique_ptr<engine::Embedder> embedder;
  std::uint32_t context_window = 0;
  ChatTraits chat;
  std::unique_ptr<GrammarCache> grammars;
  prometheus::Counter* tool_use_failures = nullptr;  // null from load_text_side()

  model::OutputKind output() const { return model->info().output; }
  // The tokens as grammars see them; made when it is first asked for.
  std::shared_ptr<const grammar::Vocabulary> grammar_vocabulary() const;

 private:
  mutable std::once_flag grammar_vocabulary_once_;
  mutable std::shared_ptr<const grammar::Vocabulary> grammar_vocabulary_;
};

// Unix seconds; 0 when it cannot be told.
std::int64_t modified_at(const std::filesystem::path& path);

// File, tokenizer and template of `path`, without weights: what commands that only look at text need.
// Errors name the file and the key in it.
Result<std::unique_ptr<LoadedModel>> load_text_side(const std::filesystem::path& path);

// Told how many bytes of the weights are in memory; false stops the loading.
using LoadProgress = std::function<bool(std::uint64_t done, std::uint64_t total)>;

// The whole of it, engine or embedder running. `id` is the model's; `draft` the file of a smaller model of
// the same vocabulary that guesses ahead, or empty; budget and metrics outlive the result. Errors name the
// file; kInvalidArgument when the vocabularies differ, or when something is to guess for a model that
// generates nothing, kResourceExhausted when the budget has no room, kCancelled when `progress` stopped it.
Result<std::unique_ptr<LoadedModel>> load_whole_model(const std::filesystem::path& path, std::string id,
                                                      const std::filesystem::path& draft,
                                                      const backend::CpuOptions& cpu,
                                                      const engine::EngineOptions& options,
                                                      base::MemoryBudget& budget, base::Metrics& metrics,
                                                      const LoadProgress& progress);

}  // namespace peregrine::service
