// A BatchStore without a disk, for tests of what stands above it. Forgets everything with its end.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "store/batches/batch_store.h"

namespace peregrine::store::testing {

class MemoryBatchStore final : public BatchStore {
 public:
  explicit MemoryBatchStore(std::int64_t max_age_seconds = 1'000'000) : max_age_seconds_(max_age_seconds) {}

  Result<bool> add(const StoredBatch& batch, std::uint64_t max_unended) override {
    const std::lock_guard lock(mutex_);
    if (batches_.contains(batch.id)) return fail(ErrorCode::kIo, "is there already");
    const auto unended = std::count_if(batches_.begin(), batches_.end(), [&](const auto& one) {
      return one.second.organisation == batch.organisation && !has_ended(one.second.status);
    });
    if (static_cast<std::uint64_t>(unended) >= max_unended) return false;
    batches_.emplace(batch.id, batch);
    return true;
  }

  Result<std::optional<StoredBatch>> find(std::string_view id, std::string_view organisation,
                                          std::int64_t now) override {
    const std::lock_guard lock(mutex_);
    const auto found = batches_.find(id);
    if (found == batches_.end() || !seen(found->second, organisation, now)) return std::nullopt;
    return found->second;
  }

  Result<BatchPage> list(const BatchQuery& query, std::int64_t now) override {
    const std::lock_guard lock(mutex_);
    BatchPage page;
    for (auto one = batches_.rbegin(); one != batches_.rend(); ++one) {
      if (!seen(one->second, query.organisation, now)) continue;
      if (!query.after.empty() && one->first >= query.after) continue;
      const bool named = std::find(query.ids.begin(), query.ids.end(), one->first) != query.ids.end();
      if (query.ids.empty() || named) page.batches.push_back(one->second);
    }
    page.has_more = page.batches.size() > query.limit;
    if (page.has_more) page.batches.resize(query.limit);
    return page;
  }

  Result<std::vector<StoredBatch>> unended(std::string_view after, std::size_t most) override {
    const std::lock_guard lock(mutex_);
    std::vector<StoredBatch> out;
    for (auto one = batches_.upper_bound(after); one != batches_.end() && out.size() < most; ++one) {
      if (!has_ended(one->second.status)) out.push_back(one->second);
    }
    return out;
  }

  Result<bool> change(const StoredBatch& batch, BatchStatus from) override {
    const std::lock_guard lock(mutex_);
    const auto found = batches_.find(batch.id);
    if (found == batches_.end() || found->second.status != from) return false;
    StoredBatch changed = batch;
    StoredBatch& old = found->second;
    changed.organisation = old.organisation;
    changed.key_id = old.key_id;
    changed.key_endpoints = old.key_endpoints;
    changed.key_models = old.key_models;
    changed.endpoint = old.endpoint;
    changed.input_file_id = old.input_file_id;
    changed.completion_window = old.completion_window;
    changed.metadata = old.metadata;
    changed.created_at = old.created_at;
    changed.expires_at = old.expires_at;
    old = std::move(changed);
    return true;
  }

  Status count(std::string_view id, const BatchCounts& counts) override {
    const std::lock_guard lock(mutex_);
    const auto found = batches_.find(id);
    if (found != batches_.end()) found->second.counts = counts;
    return {};
  }

  Result<std::vector<std::string>> purge(std::int64_t now, std::size_t most) override {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> ids;
    for (auto one = batches_.begin(); one != batches_.end() && ids.size() < most;) {
      if (!has_ended(one->second.status) || one->second.created_at >= now - max_age_seconds_) {
        ++one;
        continue;
      }
      ids.push_back(one->first);
      one = batches_.erase(one);
    }
    return ids;
  }

 private:
  bool seen(const StoredBatch& batch, std::string_view organisation, std::int64_t now) const {
    const bool young = !has_ended(batch.status) || batch.created_at >= now - max_age_seconds_;
    return batch.organisation == organisation && young;
  }

  const std::int64_t max_age_seconds_;
  std::mutex mutex_;
  std::map<std::string, StoredBatch, std::less<>> batches_;
};

}  // namespace peregrine::store::testing
