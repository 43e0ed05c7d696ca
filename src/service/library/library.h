// The models this server has: loading them from files, finding them by id. Thread-safe.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "backend/backend.h"
#include "base/memory_budget.h"
#include "base/metrics.h"
#include "base/result.h"
#include "engine/engine.h"
#include "gguf/file.h"
#include "model/model.h"
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
  std::unique_ptr<backend::Backend> backend;  // null from load_text_side(), like the two below
  std::unique_ptr<model::Model> model;
  std::unique_ptr<engine::Engine> engine;
  std::uint32_t context_window = 0;
};

// File, tokenizer and template of `path`, without weights: what commands that only look at text need.
// Errors name the file and the key in it.
Result<std::unique_ptr<LoadedModel>> load_text_side(const std::filesystem::path& path);

class ModelLibrary {
 public:
  // A file's model id: its base name without ".gguf" and shard suffix, in lower case.
  static std::string id_for(const std::filesystem::path& path);

  // budget and metrics outlive the library.
  ModelLibrary(base::MemoryBudget& budget, base::Metrics& metrics) : budget_(budget), metrics_(metrics) {}

  // Loads `path` and starts its engine. Errors name the file.
  Status add(const std::filesystem::path& path, const backend::CpuOptions& cpu,
             const engine::EngineOptions& options);

  // Ids match without regard to case. nullptr when there is no such model. What is found lives as long as the
  // library.
  const LoadedModel* find(std::string_view id) const;
  // In the order they were added.
  std::vector<const LoadedModel*> models() const;

  // Stops every engine: running generations end, new ones are refused.
  void stop();

 private:
  base::MemoryBudget& budget_;
  base::Metrics& metrics_;
  mutable std::shared_mutex mutex_;
  std::vector<std::unique_ptr<LoadedModel>> models_;  // under mutex_; entries never change
};

}  // namespace peregrine::service
