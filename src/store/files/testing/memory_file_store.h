// A FileStore without a disk, for tests of what stands above it. Forgets everything with its end.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "store/files/file_store.h"

namespace peregrine::store::testing {

class MemoryFileStore final : public FileStore {
 public:
  explicit MemoryFileStore(std::int64_t max_age_seconds = 1'000'000) : max_age_seconds_(max_age_seconds) {}

  Result<bool> add(const StoredFile& file, std::uint64_t max_bytes) override {
    const std::lock_guard lock(mutex_);
    if (files_.contains(file.id)) return fail(ErrorCode::kIo, "is there already");
    std::uint64_t used = file.bytes;
    for (const auto& [id, other] : files_) {
      if (seen(other, file.organisation, file.created_at)) used += other.bytes;
    }
    if (used > max_bytes) return false;
    files_.emplace(file.id, file);
    return true;
  }

  Result<std::optional<StoredFile>> find(std::string_view id, std::string_view organisation,
                                         std::int64_t now) override {
    const std::lock_guard lock(mutex_);
    const auto found = files_.find(id);
    if (found == files_.end() || !seen(found->second, organisation, now)) return std::nullopt;
    return found->second;
  }

  Result<FilePage> list(const FileQuery& query, std::int64_t now) override {
    const std::lock_guard lock(mutex_);
    FilePage page;
    for (const auto& [id, file] : files_) {
      if (!seen(file, query.organisation, now)) continue;
      if (!query.purpose.empty() && file.purpose != query.purpose) continue;
      const bool behind = query.descending ? id < query.after : id > query.after;
      if (query.after.empty() || behind) page.files.push_back(file);
    }
    if (query.descending) std::reverse(page.files.begin(), page.files.end());
    page.has_more = page.files.size() > query.limit;
    if (page.has_more) page.files.resize(query.limit);
    return page;
  }

  Result<bool> remove(std::string_view id, std::string_view organisation, std::int64_t now) override {
    const std::lock_guard lock(mutex_);
    const auto found = files_.find(id);
    if (found == files_.end() || !seen(found->second, organisation, now)) return false;
    files_.erase(found);
    return true;
  }

  Result<std::vector<std::string>> purge(std::int64_t now, std::size_t most) override {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> ids;
    for (auto file = files_.begin(); file != files_.end() && ids.size() < most;) {
      if (file->second.created_at >= now - max_age_seconds_) {
        ++file;
        continue;
      }
      ids.push_back(file->first);
      file = files_.erase(file);
    }
    return ids;
  }

  Result<std::vector<StoredFile>> scan(std::string_view after, std::size_t most) override {
    const std::lock_guard lock(mutex_);
    std::vector<StoredFile> files;
    for (auto file = files_.upper_bound(after); file != files_.end() && files.size() < most; ++file) {
      files.push_back(file->second);
    }
    return files;
  }

 private:
  bool seen(const StoredFile& file, std::string_view organisation, std::int64_t now) const {
    return file.organisation == organisation && file.created_at >= now - max_age_seconds_;
  }

  const std::int64_t max_age_seconds_;
  std::mutex mutex_;
  std::map<std::string, StoredFile, std::less<>> files_;
};

}  // namespace peregrine::store::testing
