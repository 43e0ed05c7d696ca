// A BatchStore without a disk.
#pragma once

#include <algorithm>

#include "store/batches/batch_store.h"
#include "store/testing/memory_store.h"

namespace peregrine::store::testing {

class MemoryBatchStore final : public MemoryAgedStore<BatchStore> {
 public:
  using MemoryAgedStore::MemoryAgedStore;

  Result<bool> add(const StoredBatch& batch, std::uint64_t max_unended) override {
    const auto fits = [&](const auto& batches) {
      const auto unended = std::count_if(batches.begin(), batches.end(), [&](const auto& one) {
        return one.second.organisation == batch.organisation && !has_ended(one.second.status);
      });
      return static_cast<std::uint64_t>(unended) < max_unended;
    };
    return records_.add(batch, fits);
  }
  Result<std::vector<StoredBatch>> unended(std::string_view after, std::size_t most) override {
    return records_.scan(after, most, [](const StoredBatch& batch) { return !has_ended(batch.status); });
  }
  Result<bool> change(const StoredBatch& batch, BatchStatus from) override {
    return records_.change(batch.id, [&](StoredBatch& old) {
      if (old.status != from) return false;
      StoredBatch changed = batch;
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
    });
  }
  Status count(std::string_view id, const BatchCounts& counts) override {
    records_.change(id, [&](StoredBatch& batch) {
      batch.counts = counts;
      return true;
    });
    return {};
  }

 protected:
  bool ages(const StoredBatch& batch) const override { return has_ended(batch.status); }
  bool narrowed(const BatchQuery& query, const StoredBatch& batch) const override {
    return query.ids.empty() || std::ranges::find(query.ids, batch.id) != query.ids.end();
  }
};

}  // namespace peregrine::store::testing
