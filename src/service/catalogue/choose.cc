#include "service/catalogue/choose.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <numeric>
#include <optional>

#include "gguf/format.h"
#include "gguf/shards.h"
#include "service/catalogue/catalogue.h"
#include "service/catalogue/reference.h"

namespace peregrine::service {
namespace {

constexpr std::string_view kUsualQuantisation = "Q4_K_M";
constexpr std::size_t kMaxListed = 60;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

bool is_helper(std::string_view file_name) {
  const std::string name = lower(file_name);
  return name.starts_with("mmproj") || name.find("imatrix") != std::string::npos;
}

// The path without what tells shards of one model apart.
std::string model_name(std::string_view path) {
  if (const auto shard = gguf::parse_shard_name(path)) return shard->prefix;
  return std::string(path.substr(0, path.rfind('.')));
}

// Whether the shards found are all of them; sorts them.
bool complete_set(std::vector<hub::RepositoryFile>& files) {
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  const auto first = gguf::parse_shard_name(files.front().path);
  if (!first) return files.size() == 1;
  if (first->count != files.size() || first->count > gguf::kMaxShards) return false;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const auto shard = gguf::parse_shard_name(files[i].path);
    if (!shard || shard->number != i + 1 || shard->count != first->count) return false;
  }
  return true;
}

bool is_boundary(char c) {
  return c == '-' || c == '.' || c == '_' || c == '/';
}

// The quantisation stands at the end of the name, "gemma-2-9b-it-Q4_K_M" or "Llama-Guard-3-8B.Q4_K_M".
bool has_quantisation(const RepositoryModel& model, std::string_view quantisation) {
  const std::string_view name = model.name;
  if (name.size() < quantisation.size()) return false;
  const std::size_t at = name.size() - quantisation.size();
  return same_id(name.substr(at), quantisation) && (at == 0 || is_boundary(name[at - 1]));
}

// "X-UD-Q4_K_M" beside "X-Q4_K_M" is a variant that is asked for as UD-Q4_K_M.
bool is_variant_of(const RepositoryModel& variant, const RepositoryModel& plain,
                   std::string_view quantisation) {
  const auto stem = [quantisation](const RepositoryModel& model) {
    return lower(base_name(model.name)).substr(0, base_name(model.name).size() - quantisation.size());
  };
  return stem(variant) == stem(plain) + "ud-";
}

std::vector<RepositoryModel> with_quantisation(const std::vector<RepositoryModel>& models,
                                               std::string_view quantisation) {
  std::vector<RepositoryModel> found;
  std::copy_if(models.begin(), models.end(), std::back_inserter(found),
               [quantisation](const auto& model) { return has_quantisation(model, quantisation); });
  const std::vector<RepositoryModel> all = found;
  std::erase_if(found, [&](const auto& model) {
    return std::any_of(all.begin(), all.end(),
                       [&](const auto& plain) { return is_variant_of(model, plain, quantisation); });
  });
  return found;
}

std::optional<RepositoryModel> with_path(const std::vector<RepositoryModel>& models, std::string_view path) {
  const std::string name = model_name(path);
  const auto found = std::find_if(models.begin(), models.end(),
                                  [&](const auto& model) { return same_id(model.name, name); });
  if (found != models.end()) return *found;
  // Large models lie in folders; their names alone will do.
  std::vector<RepositoryModel> by_base;
  std::copy_if(models.begin(), models.end(), std::back_inserter(by_base),
               [&](const auto& model) { return same_id(base_name(model.name), name); });
  return by_base.size() == 1 ? std::optional(std::move(by_base.front())) : std::nullopt;
}

std::string list_of(std::string_view repository, const std::vector<RepositoryModel>& models) {
  std::string text;
  for (std::size_t i = 0; i < std::min(models.size(), kMaxListed); ++i) {
    text += fmt::format("\n  peregrine pull hf:{}:{}  ({:.1f} GB)", repository, models[i].files.front().path,
                        static_cast<double>(models[i].bytes()) / 1e9);
  }
  if (models.size() > kMaxListed) text += fmt::format("\n  and {} more", models.size() - kMaxListed);
  return text;
}

}  // namespace

std::uint64_t RepositoryModel::bytes() const {
  return std::accumulate(files.begin(), files.end(), std::uint64_t{0},
                         [](std::uint64_t sum, const auto& file) { return sum + file.size; });
}

std::vector<RepositoryModel> models_of(std::span<const hub::RepositoryFile> files) {
  std::map<std::string, RepositoryModel> by_name;
  for (const hub::RepositoryFile& file : files) {
    const std::string_view name = base_name(file.path);
    const bool model = is_gguf_name(name) || (is_whisper_name(name) && lower(name).starts_with("ggml-"));
    if (!model || is_helper(name) || !is_repository_path(file.path) || !check_model_file_name(name)) continue;
    by_name[model_name(file.path)].files.push_back(file);
  }
  std::vector<RepositoryModel> models;
  for (auto& [name, model] : by_name) {
    model.name = name;
    if (complete_set(model.files)) models.push_back(std::move(model));
  }
  return models;
}

Result<RepositoryModel> choose_model(std::string_view repository, std::vector<RepositoryModel> models,
                                     std::string_view wanted, std::string_view usual, bool usual_first) {
  const std::string where = fmt::format("hf:{}", repository);
  if (models.empty()) {
    return fail(ErrorCode::kNotFound, "has no GGUF files; look for a repository whose name ends in -GGUF",
                where);
  }
  if (!wanted.empty()) {
    if (auto model = with_path(models, wanted)) return std::move(*model);
    auto fitting = with_quantisation(models, wanted);
    if (fitting.size() == 1) return std::move(fitting.front());
    if (fitting.empty()) {
      return fail(ErrorCode::kNotFound,
                  fmt::format("there is no '{}'; there is{}", wanted, list_of(repository, models)), where);
    }
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("several files are '{}'; name one:{}", wanted, list_of(repository, fitting)),
                where);
  }
  auto the_usual = usual.empty() ? std::nullopt : with_path(models, usual);
  if (usual_first && the_usual) return std::move(*the_usual);
  auto fitting = with_quantisation(models, kUsualQuantisation);
  if (fitting.size() == 1) return std::move(fitting.front());
  if (the_usual) return std::move(*the_usual);
  if (models.size() == 1) return std::move(models.front());
  return fail(ErrorCode::kInvalidArgument, "has several models; name one:" + list_of(repository, models),
              where);
}

}  // namespace peregrine::service
