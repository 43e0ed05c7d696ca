// An AdapterStore without a disk.
#pragma once

#include <algorithm>

#include "store/adapters/adapter_store.h"
#include "store/testing/memory_store.h"

namespace peregrine::store::testing {

class MemoryAdapterStore final : public AdapterStore {
 public:
  Result<bool> add(const StoredAdapter& adapter, std::size_t most) override {
    const auto fits = [&](const auto& adapters) {
      const auto count = std::count_if(adapters.begin(), adapters.end(), [&](const auto& one) {
        return one.second.organisation == adapter.organisation;
      });
      return static_cast<std::size_t>(count) < most;
    };
    return records_.add(adapter, fits, makes(adapter.fine_tuned_model));
  }
  Result<std::optional<StoredAdapter>> find(std::string_view id, std::string_view organisation) override {
    return records_.find(id, of(organisation));
  }
  Result<std::optional<StoredAdapter>> find_model(std::string_view fine_tuned_model) override {
    const std::vector<StoredAdapter> found = records_.scan("", 1, makes(fine_tuned_model));
    if (found.empty()) return std::nullopt;
    return found.front();
  }
  Result<std::vector<StoredAdapter>> list(std::string_view organisation) override {
    std::vector<StoredAdapter> all = records_.scan("", SIZE_MAX, of(organisation));
    std::reverse(all.begin(), all.end());
    return all;
  }
  Result<bool> remove(std::string_view id, std::string_view organisation) override {
    return records_.remove(id, of(organisation));
  }
  Result<std::vector<StoredAdapter>> scan(std::string_view after, std::size_t most) override {
    return records_.scan(after, most);
  }

 private:
  using Condition = MemoryRecords<StoredAdapter>::Condition;

  static Condition of(std::string_view organisation) {
    return [organisation](const StoredAdapter& adapter) { return adapter.organisation == organisation; };
  }
  static char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
  static Condition makes(std::string_view model) {
    return [model](const StoredAdapter& adapter) {
      return std::ranges::equal(adapter.fine_tuned_model, model, {}, lower, lower);
    };
  }

  MemoryRecords<StoredAdapter> records_;
};

}  // namespace peregrine::store::testing
