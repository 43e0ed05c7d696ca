// What who runs the server sees of its models, and does to them.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "service/catalogue/catalogue.h"
#include "service/catalogue/model_folder.h"
#include "service/library/entry.h"
#include "service/library/library.h"

namespace peregrine::service {
namespace {

Error unknown(std::string_view id) {
  return {ErrorCode::kNotFound, fmt::format("no model '{}'", id), "model"};
}

}  // namespace

ModelUse ModelLibrary::use_of(const Entry& entry) const {
  ModelUse use;
  use.status = status_of(entry);
  use.file = entry.path.filename().string();
  use.named = entry.named;
  use.unloading = entry.dismissed;
  use.file_bytes = entry.facts.file_bytes;
  use.memory_bytes = entry.memory.used();
  use.in_use = entry.users;
  use.waiting = static_cast<std::uint32_t>(entry.waiters.size());
  if (entry.loaded == nullptr) return use;
  if (const auto* generator = entry.loaded->as<TextGenerator>()) {
    use.engine = generator->engine->snapshot();
  } else if (const auto* encoder = entry.loaded->as<TextEncoder>()) {
    use.queued_inputs = encoder->embedder->queued_inputs();
  }
  return use;
}

std::vector<ModelUse> ModelLibrary::uses() {
  scan_folder();
  const std::lock_guard lock(mutex_);
  std::vector<ModelUse> all;
  for (const auto& entry : entries_) {
    if (!entry->gone()) all.push_back(use_of(*entry));
  }
  return all;
}

std::vector<ModelUse> ModelLibrary::in_memory() const {
  const std::lock_guard lock(mutex_);
  std::vector<ModelUse> all;
  for (const auto& entry : entries_) {
    if (entry->loaded != nullptr || entry->state == ModelState::kLoading) all.push_back(use_of(*entry));
  }
  return all;
}

Status ModelLibrary::order(std::string_view id) {
  Lock lock(mutex_);
  Entry* entry = find_or_scan(id, lock);
  if (entry == nullptr) return tl::unexpected(unknown(id));
  if (stopping_) return fail(ErrorCode::kUnavailable, "the server is shutting down");
  if (entry->dismissed) {
    return fail(ErrorCode::kUnavailable, fmt::format("the model `{}` is being unloaded", entry->id));
  }
  if (entry->hopeless && *entry->hopeless == FileStamp::of(entry->path)) {
    return fail(ErrorCode::kUnavailable, entry->error);
  }
  if (entry->state == ModelState::kLoaded) return {};
  entry->ordered = true;
  if (entry->state != ModelState::kLoading) want(*entry);
  return {};
}

Status ModelLibrary::dismiss(std::string_view id) {
  Lock lock(mutex_);
  Entry* entry = find_or_scan(id, lock);
  if (entry == nullptr) return tl::unexpected(unknown(id));
  if (entry->state == ModelState::kLoading) {
    return fail(ErrorCode::kUnsupported,
                fmt::format("the model `{}` is being loaded: it can be unloaded when it is", entry->id));
  }
  if (entry->loaded == nullptr) return {};
  entry->dismissed = true;
  changed_.notify_all();  // the loading thread unloads it
  return {};
}

Status ModelLibrary::remove(std::string_view id) {
  const ModelFolder folder(options_.folder);
  Lock lock(mutex_);
  const Entry* entry = find_or_scan(id, lock);
  if (entry == nullptr) {
    lock.unlock();
    PEREGRINE_ASSIGN(const FolderListing listing, folder.list());
    const bool unfinished = std::ranges::any_of(
        listing.unfinished, [&](const UnfinishedDownload& download) { return download.name == id; });
    if (!unfinished) return tl::unexpected(unknown(id));
    return folder.remove_unfinished(id);
  }
  if (entry->named) {
    return fail(ErrorCode::kUnsupported,
                fmt::format("the model `{}` was named to this server when it was started", entry->id));
  }
  if (entry->loaded != nullptr || entry->state == ModelState::kLoading) {
    return fail(ErrorCode::kUnsupported,
                fmt::format("the model `{}` is in memory: unload it first", entry->id));
  }
  const std::string name = entry->path.filename().string();
  lock.unlock();
  PEREGRINE_ASSIGN(const StoredModel model, folder.find(name));
  return folder.remove(model);
}

}  // namespace peregrine::service
