#include "service/library/loaded_model.h"

#include <fmt/format.h>
#include <prometheus/counter.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <system_error>

#include "base/ids.h"
#include "base/mapped_file.h"
#include "model/vocab.h"
#include "service/catalogue/model_id.h"
#include "service/chat/constraint.h"
#include "service/library/builtin_template.h"

namespace peregrine::service {
namespace {

// Changes with the build, the weights' shapes and types, and the metadata; not with where the file lies.
std::string fingerprint_of(const gguf::File& file) {
  std::string facts = PEREGRINE_VERSION;
  for (const auto& entry : file.metadata().entries())
    facts += fmt::format("|{}={}", entry.key, file.metadata().render(entry, 64));
  for (const gguf::TensorInfo& tensor : file.tensors()) {
    facts += fmt::format("|{}:{}:{}", tensor.name, tensor::traits(tensor.type).name, tensor.data.size());
  }
  // The first bytes of the largest tensor tell apart two trainings of one shape.
  const auto tensors = file.tensors();
  const auto largest = std::max_element(tensors.begin(), tensors.end(), [](const auto& a, const auto& b) {
    return a.data.size() < b.data.size();
  });
  if (largest != tensors.end()) {
    constexpr std::size_t kSample = 65536;
    const auto sample = largest->data.first(std::min(kSample, largest->data.size()));
    facts.append(reinterpret_cast<const char*>(sample.data()), sample.size());
  }
  return "fp_" + base::sha256_hex(facts).substr(0, 10);
}

tl::unexpected<Error> in_file(const std::filesystem::path& path, Error error) {
  if (!error.where.starts_with(path.string())) {
    error.where = error.where.empty() ? path.string() : path.string() + ": " + error.where;
  }
  return tl::unexpected<Error>(std::move(error));
}

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

Status load_draft(const std::filesystem::path& path, LoadedModel& loaded) {
  PEREGRINE_ASSIGN(std::unique_ptr<LoadedModel> text_side, load_text_side(path));
  if (auto same = check_same_tokens(loaded.tokenizer->vocabulary(), text_side->tokenizer->vocabulary());
      !same) {
    return in_file(path, std::move(same.error()));
  }
  loaded.draft_file = std::move(text_side->file);
  auto model = model::load_model(*loaded.draft_file, *loaded.backend, model::Weights::kReserved);
  if (!model) return in_file(path, std::move(model.error()));
  loaded.draft_model = std::move(*model);
  return {};
}

Status start_engine(const engine::EngineOptions& options, base::MemoryBudget& budget, base::Metrics& metrics,
                    LoadedModel& loaded) {
  PEREGRINE_ASSIGN(loaded.engine, engine::Engine::start(*loaded.model, options, budget, metrics, loaded.id,
                                                        loaded.draft_model.get()));
  loaded.context_window = loaded.engine->max_context();
  loaded.tool_use_failures =
      &metrics.counter("peregrine_tool_use_failures_total", "Answers that broke off within a tool call",
                       {{"model", loaded.id}});
  return {};
}

Status start_embedder(const engine::EngineOptions& options, base::MemoryBudget& budget,
                      base::Metrics& metrics, LoadedModel& loaded) {
  if (loaded.draft_model != nullptr) {
    return fail(ErrorCode::kInvalidArgument, "generates no text that another model could guess");
  }
  const engine::EmbedderOptions own{.max_context = options.max_context,
                                    .step_tokens = options.step_tokens,
                                    .max_queued = options.max_queued};
  PEREGRINE_ASSIGN(loaded.embedder, engine::Embedder::start(*loaded.model, own, budget, metrics, loaded.id));
  loaded.context_window = loaded.embedder->max_context();
  return {};
}

}  // namespace

std::int64_t modified_at(const std::filesystem::path& path) {
  std::error_code error;
  const auto time = std::filesystem::last_write_time(path, error);
  if (error) return 0;
  const auto system = std::chrono::file_clock::to_sys(time);
  return std::chrono::duration_cast<std::chrono::seconds>(system.time_since_epoch()).count();
}

std::shared_ptr<const grammar::Vocabulary> LoadedModel::grammar_vocabulary() const {
  std::call_once(grammar_vocabulary_once_,
                 [this] { grammar_vocabulary_ = make_grammar_vocabulary(tokenizer->vocabulary()); });
  return grammar_vocabulary_;
}

Result<std::unique_ptr<LoadedModel>> load_text_side(const std::filesystem::path& path) {
  auto loaded = std::make_unique<LoadedModel>();
  loaded->id = model_id_for(path);
  loaded->created = modified_at(path);
  auto file = gguf::File::open(path);
  if (!file) return in_file(path, std::move(file.error()));
  loaded->file = std::make_unique<gguf::File>(std::move(*file));
  loaded->fingerprint = fingerprint_of(*loaded->file);

  auto spec = model::tokenizer_spec(loaded->file->metadata());
  if (!spec) return in_file(path, std::move(spec.error()));
  auto tokenizer = text::make_tokenizer(*spec);
  if (!tokenizer) return in_file(path, std::move(tokenizer.error()));
  loaded->tokenizer = std::move(*tokenizer);

  constexpr std::string_view kTemplateKey = "tokenizer.chat_template";
  auto source = loaded->file->metadata().string_or(kTemplateKey, kChatMlTemplate);
  if (!source) return in_file(path, std::move(source.error()));
  auto parsed = jinja::Template::parse(*source);
  if (!parsed) {
    parsed.error().where = kTemplateKey;
    return in_file(path, std::move(parsed.error()));
  }
  loaded->chat_template = std::make_unique<jinja::Template>(std::move(*parsed));
  loaded->chat = chat_traits(*source, loaded->tokenizer->vocabulary());
  loaded->grammars = std::make_unique<GrammarCache>();
  return loaded;
}

Result<std::unique_ptr<LoadedModel>> load_whole_model(const std::filesystem::path& path, std::string id,
                                                      const std::filesystem::path& draft,
                                                      const backend::CpuOptions& cpu,
                                                      const engine::EngineOptions& options,
                                                      base::MemoryBudget& budget, base::Metrics& metrics,
                                                      const LoadProgress& progress) {
  PEREGRINE_ASSIGN(std::unique_ptr<LoadedModel> loaded, load_text_side(path));
  loaded->id = std::move(id);
  loaded->backend = backend::make_cpu_backend(cpu, budget);
  auto model = model::load_model(*loaded->file, *loaded->backend, model::Weights::kReserved);
  if (!model) return in_file(path, std::move(model.error()));
  loaded->model = std::move(*model);
  const std::size_t n_tokens = loaded->tokenizer->vocabulary().size();
  if (loaded->model->info().n_vocab < n_tokens) {
    return fail(
        ErrorCode::kCorrupt,
        fmt::format("the tokenizer has {} tokens, the weights {}", n_tokens, loaded->model->info().n_vocab),
        path.string() + ": tokenizer.ggml.tokens");
  }
  if (!draft.empty()) PEREGRINE_TRY(load_draft(draft, *loaded));
  const bool generates = loaded->output() == model::OutputKind::kLogits;
  auto started = generates ? start_engine(options, budget, metrics, *loaded)
                           : start_embedder(options, budget, metrics, *loaded);
  if (!started) return in_file(path, std::move(started.error()));
  // Last, so that a model for which there is no room is told so before its weights are read.
  const backend::WeightReading reading{
      .prepare = base::page_in, .release = base::page_out, .progress = progress};
  if (auto status = loaded->backend->read_weights(reading); !status) {
    return in_file(path, std::move(status.error()));
  }
  return loaded;
}

}  // namespace peregrine::service
