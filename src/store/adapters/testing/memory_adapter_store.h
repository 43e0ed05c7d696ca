// An AdapterStore without a disk, for tests of what stands above it. Forgets everything with its end.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>
#include <string>

#include "store/adapters/adapter_store.h"

namespace peregrine::store::testing {

class MemoryAdapterStore final : public AdapterStore {
 public:
  Result<bool> add(const StoredAdapter& adapter, std::size_t most) override {
    const std::lock_guard lock(mutex_);
    std::size_t count = 0;
    for (const auto& [id, other] : adapters_) {
      const bool taken = id == adapter.id || same(other.fine_tuned_model, adapter.fine_tuned_model);
      if (taken) return fail(ErrorCode::kIo, "is there already");
      count += other.organisation == adapter.organisation ? 1 : 0;
    }
    if (count >= most) return false;
    adapters_.emplace(adapter.id, adapter);
    return true;
  }

  Result<std::optional<StoredAdapter>> find(std::string_view id, std::string_view organisation) override {
    const std::lock_guard lock(mutex_);
    const auto found = adapters_.find(id);
    if (found == adapters_.end() || found->second.organisation != organisation) return std::nullopt;
    return found->second;
  }

  Result<std::optional<StoredAdapter>> find_model(std::string_view fine_tuned_model) override {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, adapter] : adapters_) {
      if (same(adapter.fine_tuned_model, fine_tuned_model)) return adapter;
    }
    return std::nullopt;
  }

  Result<std::vector<StoredAdapter>> list(std::string_view organisation) override {
    const std::lock_guard lock(mutex_);
    std::vector<StoredAdapter> all;
    for (const auto& [id, adapter] : adapters_) {
      if (adapter.organisation == organisation) all.push_back(adapter);
    }
    std::reverse(all.begin(), all.end());
    return all;
  }

  Result<bool> remove(std::string_view id, std::string_view organisation) override {
    const std::lock_guard lock(mutex_);
    const auto found = adapters_.find(id);
    if (found == adapters_.end() || found->second.organisation != organisation) return false;
    adapters_.erase(found);
    return true;
  }

  Result<std::vector<StoredAdapter>> scan(std::string_view after, std::size_t most) override {
    const std::lock_guard lock(mutex_);
    std::vector<StoredAdapter> all;
    for (auto at = adapters_.upper_bound(after); at != adapters_.end() && all.size() < most; ++at) {
      all.push_back(at->second);
    }
    return all;
  }

 private:
  static char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
  static bool same(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, lower, lower);
  }

  std::mutex mutex_;
  std::map<std::string, StoredAdapter, std::less<>> adapters_;
};

}  // namespace peregrine::store::testing
