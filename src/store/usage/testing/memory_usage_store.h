// A UsageStore without a disk, which can be told to refuse. For tests only.
#pragma once

#include <algorithm>
#include <map>
#include <mutex>
#include <string>
#include <tuple>
#include <vector>

#include "store/usage/usage_store.h"

namespace peregrine::store::testing {

class MemoryUsageStore final : public UsageStore {
 public:
  Status add(const std::vector<UsageRow>& rows) override {
    const std::lock_guard lock(mutex_);
    if (broken_) return fail(ErrorCode::kResourceExhausted, "the disk is full", "memory");
    for (const UsageRow& row : rows) sums_[{row.day, row.organisation, row.key, row.model}] += row.amounts;
    return {};
  }

  Result<std::vector<UsageRow>> sum(const UsageQuery& query) override {
    const std::lock_guard lock(mutex_);
    std::map<Place, UsageAmounts> groups;
    for (const auto& [place, amounts] : sums_) {
      const auto& [day, organisation, key, model] = place;
      if (day < query.first_day || day > query.last_day) continue;
      groups[{query.by_day ? day : 0, query.by_organisation ? organisation : "", query.by_key ? key : "",
              query.by_model ? model : ""}] += amounts;
    }
    if (groups.size() > query.most) return fail(ErrorCode::kResourceExhausted, "too many rows");
    std::vector<UsageRow> rows;
    for (const auto& [place, amounts] : groups) {
      const auto& [day, organisation, key, model] = place;
      rows.push_back({day, key, organisation, model, amounts});
    }
    return rows;
  }

  void break_down(bool broken) {
    const std::lock_guard lock(mutex_);
    broken_ = broken;
  }

 private:
  using Place = std::tuple<std::int64_t, std::string, std::string, std::string>;
  std::mutex mutex_;
  std::map<Place, UsageAmounts> sums_;
  bool broken_ = false;
};

}  // namespace peregrine::store::testing
