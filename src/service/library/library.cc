#include "service/library/library.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <mutex>
#include <string>
#include <system_error>

#include "base/ids.h"
#include "model/vocab.h"
#include "service/library/builtin_template.h"

namespace peregrine::service {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

// Takes "-00001-of-00003" off the end of a shard's name.
std::string_view without_shard(std::string_view name) {
  constexpr std::size_t kSuffix = std::string_view("-00001-of-00001").size();
  if (name.size() <= kSuffix) return name;
  const std::string_view suffix = name.substr(name.size() - kSuffix);
  const auto digits = [](std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  const bool shard = suffix[0] == '-' && digits(suffix.substr(1, 5)) && suffix.substr(6, 4) == "-of-" &&
                     digits(suffix.substr(10));
  return shard ? name.substr(0, name.size() - kSuffix) : name;
}

std::int64_t modified_at(const std::filesystem::path& path) {
  std::error_code error;
  const auto time = std::filesystem::last_write_time(path, error);
  if (error) return 0;
  const auto system = std::chrono::file_clock::to_sys(time);
  return std::chrono::duration_cast<std::chrono::seconds>(system.time_since_epoch()).count();
}

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

}  // namespace

std::string ModelLibrary::id_for(const std::filesystem::path& path) {
  std::string name = path.filename().string();
  if (lower(path.extension().string()) == ".gguf") name = path.stem().string();
  return lower(without_shard(name));
}

Result<std::unique_ptr<LoadedModel>> load_text_side(const std::filesystem::path& path) {
  auto loaded = std::make_unique<LoadedModel>();
  loaded->id = ModelLibrary::id_for(path);
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
  return loaded;
}

Status ModelLibrary::add(const std::filesystem::path& path, const backend::CpuOptions& cpu,
                         const engine::EngineOptions& options) {
  PEREGRINE_ASSIGN(std::unique_ptr<LoadedModel> loaded, load_text_side(path));
  if (find(loaded->id) != nullptr) {
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("a model with the id '{}' is loaded already", loaded->id), path.string());
  }
  loaded->backend = backend::make_cpu_backend(cpu, budget_);
  auto model = model::load_model(*loaded->file, *loaded->backend);
  if (!model) return in_file(path, std::move(model.error()));
  loaded->model = std::move(*model);
  const std::size_t n_tokens = loaded->tokenizer->vocabulary().size();
  if (loaded->model->info().n_vocab < n_tokens) {
    return fail(
        ErrorCode::kCorrupt,
        fmt::format("the tokenizer has {} tokens, the weights {}", n_tokens, loaded->model->info().n_vocab),
        path.string() + ": tokenizer.ggml.tokens");
  }
  auto engine = engine::Engine::start(*loaded->model, options, budget_, metrics_, loaded->id);
  if (!engine) return in_file(path, std::move(engine.error()));
  loaded->engine = std::move(*engine);
  loaded->context_window = loaded->engine->max_context();
  const std::unique_lock lock(mutex_);
  models_.push_back(std::move(loaded));
  return {};
}

const LoadedModel* ModelLibrary::find(std::string_view id) const {
  const std::string wanted = lower(id);
  const std::shared_lock lock(mutex_);
  const auto at =
      std::find_if(models_.begin(), models_.end(), [&](const auto& model) { return model->id == wanted; });
  return at == models_.end() ? nullptr : at->get();
}

std::vector<const LoadedModel*> ModelLibrary::models() const {
  const std::shared_lock lock(mutex_);
  std::vector<const LoadedModel*> all;
  all.reserve(models_.size());
  for (const auto& model : models_) all.push_back(model.get());
  return all;
}

void ModelLibrary::stop() {
  for (const LoadedModel* model : models()) model->engine->stop();
}

}  // namespace peregrine::service
