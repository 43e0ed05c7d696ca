// The models this server has: loading them from files, finding them by id.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

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
  std::unique_ptr<model::Model> model;
  std::unique_ptr<engine::Engine> engine;
  std::uint32_t context_window = 0;
};

class ModelLibrary {
 public:
  // A file's model id: its base name without ".gguf" and shard suffix, in lower case.
  static std::string id_for(const std::filesystem::path& path);

  // Loads `path` and starts its engine. backend, budget and metrics outlive the library. Errors name the file.
  Status add(const std::filesystem::path& path, backend::Backend& backend, const engine::EngineOptions& options,
             base::MemoryBudget& budget, base::Metrics& metrics);

  // Ids match without regard to case. nullptr when there is no such model.
  const LoadedModel* find(std::string_view id) const;
  const std::vector<std::unique_ptr<LoadedModel>>& models() const { return models_; }

  // Stops every engine: running generations end, new ones are refused.
  void stop();

 private:
  std::vector<std::unique_ptr<LoadedModel>> models_;
};

}  // namespace peregrine::service
