// The list of models, changed while the library works.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "base/log.h"
#include "service/catalogue/catalogue.h"
#include "service/library/entry.h"
#include "service/library/library.h"

namespace peregrine::service {
namespace {

struct NamedModel {
  std::filesystem::path path;
  std::string id;
  bool known = false;  // there is an entry for it
};

bool same_file(const std::filesystem::path& a, const std::filesystem::path& b) {
  std::error_code ignored;
  return std::filesystem::equivalent(a, b, ignored);
}

// Reads every header, so that a list with a mistake in it changes nothing.
Result<std::vector<NamedModel>> examine(const std::vector<std::filesystem::path>& paths) {
  std::vector<NamedModel> models;
  models.reserve(paths.size());
  for (const std::filesystem::path& path : paths) {
    const auto facts = read_model_facts(path);
    if (!facts) return tl::unexpected(facts.error());
    std::string id = served_id(path);
    if (std::ranges::any_of(models, [&](const NamedModel& model) { return same_id(model.id, id); })) {
      return fail(ErrorCode::kInvalidArgument, fmt::format("a model with the id '{}' is served already", id),
                  path.string());
    }
    models.push_back({path, std::move(id)});
  }
  return models;
}

}  // namespace

Status ModelLibrary::reload(const std::vector<std::filesystem::path>& named) {
  PEREGRINE_ASSIGN(std::vector<NamedModel> models, examine(named));
  {
    const std::lock_guard lock(mutex_);
    for (const auto& entry : entries_) {
      if (entry->retired) continue;
      const auto same = std::ranges::find_if(
          models, [&](const NamedModel& model) { return same_file(model.path, entry->path); });
      const bool changed = entry->loaded != nullptr && entry->loaded_from != FileStamp::of(entry->path);
      if (same != models.end() && !changed) {
        entry->named = true;
        same->known = true;
        continue;
      }
      const bool in_folder = same_file(entry->path.parent_path(), options_.folder);
      const bool displaced =
          std::ranges::any_of(models, [&](const NamedModel& model) { return same_id(model.id, entry->id); });
      if (changed || displaced || !in_folder) {
        retire(*entry);
      } else {
        entry->named = false;
      }
    }
    for (NamedModel& model : models) {
      if (!model.known) PEREGRINE_TRY(add_entry(model.path, std::move(model.id), true));
    }
  }
  {
    const std::lock_guard scanning(scanning_);
    trust_scan_ = false;
  }
  scan_folder();
  return {};
}

void ModelLibrary::retire(Entry& entry) {
  entry.retired = true;
  base::log(base::LogLevel::kInfo, "{}: no longer served from {}", entry.id, entry.path.string());
  changed_.notify_all();  // the loading thread unloads it
}

ModelLibrary::Entry* ModelLibrary::idle_leaver() const {
  const auto at = std::ranges::find_if(entries_, [](const auto& entry) {
    return (entry->retired || entry->dismissed) && entry->loaded != nullptr && entry->users == 0 &&
           entry->waiters.empty();
  });
  return at == entries_.end() ? nullptr : at->get();
}

}  // namespace peregrine::service
