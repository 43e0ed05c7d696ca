#include "service/catalogue/model_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <system_error>
#include <tuple>

#include "gguf/format.h"
#include "gguf/printable.h"
#include "gguf/shards.h"
#include "hub/download.h"
#include "hub/part_file.h"
#include "service/catalogue/catalogue.h"
#include "service/catalogue/model_id.h"
#include "service/catalogue/reference.h"
#include "service/library/speech_recognizer.h"

namespace peregrine::service {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPartSuffix = ".part";

// File names directly in the folder, and their sizes.
using Names = std::map<std::string, std::uint64_t>;

Result<Names> names_in(const fs::path& folder) {
  Names names;
  std::error_code error;
  fs::directory_iterator entry(folder, error);
  if (error == std::errc::no_such_file_or_directory) return names;
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    if (names.size() >= kMaxFolderEntries) {
      return fail(ErrorCode::kResourceExhausted,
                  fmt::format("has more than {} files; that is no folder of models", kMaxFolderEntries),
                  folder.string());
    }
    std::error_code ignored;
    std::string name = entry->path().filename().string();
    if (name.starts_with('.') || !entry->is_regular_file(ignored)) continue;
    const std::uint64_t bytes = entry->file_size(ignored);
    names.emplace(std::move(name), ignored ? 0 : bytes);
  }
  if (error) return fail(ErrorCode::kIo, "cannot be listed: " + error.message(), folder.string());
  return names;
}

// All shards of the set that begins with `first`; empty when one is missing.
std::vector<std::string> shard_set(const Names& names, const gguf::ShardName& first) {
  std::vector<std::string> set;
  if (first.count > gguf::kMaxShards) return set;
  for (std::uint32_t number = 1; number <= first.count; ++number) {
    std::string name = gguf::shard_filename(first.prefix, number, first.count);
    if (names.find(name) == names.end()) return {};
    set.push_back(std::move(name));
  }
  return set;
}

std::optional<StoredModel> model_at(const fs::path& folder, const Names& names, const std::string& name) {
  std::vector<std::string> set{name};
  if (const auto shard = gguf::parse_shard_name(name)) {
    if (shard->number != 1) return std::nullopt;
    set = shard_set(names, *shard);
  }
  if (set.empty()) return std::nullopt;
  StoredModel model;
  for (const std::string& file : set) {
    model.files.push_back(folder / file);
    model.bytes += names.at(file);
  }
  model.origin = read_origin(folder / name);
  // Whisper's .bin is a name that many things have; what was pulled is known by its origin.
  if (!is_gguf_name(name) && !model.origin && !is_speech_file(folder / name)) return std::nullopt;
  const CatalogueEntry* entry = model.origin ? Catalogue::builtin().find(model.origin->id) : nullptr;
  model.id = entry != nullptr ? entry->id : model_id_for(name);
  return model;
}

UnfinishedDownload unfinished_at(const fs::path& folder, std::string name) {
  UnfinishedDownload download;
  if (const auto state = hub::read_part_state(folder / name)) {
    download.done = state->done();
    download.total = state->remote.size;
  }
  download.name = std::move(name);
  return download;
}

Status remove_file(const fs::path& file) {
  std::error_code error;
  fs::remove(file, error);
  if (error) return fail(ErrorCode::kIo, "cannot be removed: " + error.message(), file.string());
  return {};
}

bool is_called(const StoredModel& model, std::string_view name) {
  const fs::path& file = model.files.front();
  if (same_id(model.id, name) || file.filename() == name || file == fs::path(name)) return true;
  const CatalogueEntry* entry = Catalogue::builtin().find(name);
  return entry != nullptr && entry->id == model.id;
}

std::string shown(std::string_view name) {
  constexpr std::size_t kShownChars = 120;
  return gguf::printable(name, gguf::PrintStyle::kQuoted, kShownChars);
}

}  // namespace

Result<FolderListing> ModelFolder::list() const {
  PEREGRINE_ASSIGN(const Names names, names_in(folder_));
  FolderListing listing;
  for (const auto& [name, bytes] : names) {
    if (name.ends_with(kPartSuffix)) {
      listing.unfinished.push_back(unfinished_at(folder_, name.substr(0, name.size() - kPartSuffix.size())));
    } else if (is_gguf_name(name) || is_whisper_name(name)) {
      if (auto model = model_at(folder_, names, name)) listing.models.push_back(std::move(*model));
    }
  }
  std::sort(listing.models.begin(), listing.models.end(), [](const StoredModel& a, const StoredModel& b) {
    return std::tie(a.id, a.files) < std::tie(b.id, b.files);
  });
  return listing;
}

Result<StoredModel> ModelFolder::find(std::string_view name) const {
  PEREGRINE_ASSIGN(FolderListing listing, list());
  std::vector<StoredModel> found;
  for (StoredModel& model : listing.models) {
    if (is_called(model, name)) found.push_back(std::move(model));
  }
  if (found.size() == 1) return std::move(found.front());
  if (found.empty()) {
    return fail(ErrorCode::kNotFound,
                fmt::format("is no model in {}; 'peregrine list' tells what there is", folder_.string()),
                shown(name));
  }
  std::string files;
  for (const StoredModel& model : found) files += "\n  " + shown(model.files.front().filename().string());
  return fail(ErrorCode::kInvalidArgument, "several models are called that; name the file:" + files,
              shown(name));
}

Status ModelFolder::remove(const StoredModel& model) const {
  for (const fs::path& file : model.files) {
    PEREGRINE_TRY(remove_file(file));
    PEREGRINE_TRY(remove_file(origin_path(file)));
    PEREGRINE_TRY(hub::discard(file));
  }
  return {};
}

Status ModelFolder::remove_unfinished(std::string_view name) const {
  PEREGRINE_ASSIGN(const FolderListing listing, list());
  const auto found =
      std::find_if(listing.unfinished.begin(), listing.unfinished.end(),
                   [name](const UnfinishedDownload& download) { return download.name == name; });
  if (found == listing.unfinished.end())
    return fail(ErrorCode::kNotFound, "is no unfinished download", shown(name));
  return hub::discard(folder_ / found->name);
}

}  // namespace peregrine::service
