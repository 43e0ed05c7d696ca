// What stores without a disk have in common: records by id, in order, under a mutex. For tests of what stands
// above them; they forget everything with their end.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/page.h"

namespace peregrine::store::testing {

// Every call locks; what is handed in is called under the lock.
template <class Record>
class MemoryRecords {
 public:
  using Condition = std::function<bool(const Record&)>;
  static bool any(const Record&) { return true; }
  static bool none(const Record&) { return false; }

  // False: `fits` says no, given all there are. An error if its id, or one that `clashes`, is there.
  template <class Fits>
  Result<bool> add(const Record& record, Fits fits, const Condition& clashes = none) {
    const std::lock_guard lock(mutex_);
    const auto clash = [&](const auto& one) { return clashes(one.second); };
    if (records_.contains(record.id) || std::any_of(records_.begin(), records_.end(), clash)) {
      return fail(ErrorCode::kIo, "is there already");
    }
    if (!fits(records_)) return false;
    records_.emplace(record.id, record);
    return true;
  }
  std::optional<Record> find(std::string_view id, const Condition& condition) const {
    const std::lock_guard lock(mutex_);
    const auto found = records_.find(id);
    if (found == records_.end() || !condition(found->second)) return std::nullopt;
    return found->second;
  }
  bool remove(std::string_view id, const Condition& condition) {
    const std::lock_guard lock(mutex_);
    const auto found = records_.find(id);
    if (found == records_.end() || !condition(found->second)) return false;
    records_.erase(found);
    return true;
  }
  // False: there is none of that id, or `edit` did nothing to it.
  bool change(std::string_view id, const std::function<bool(Record&)>& edit) {
    const std::lock_guard lock(mutex_);
    const auto found = records_.find(id);
    return found != records_.end() && edit(found->second);
  }
  // The next `most` behind the id `after`, ascending.
  std::vector<Record> scan(std::string_view after, std::size_t most, const Condition& condition = any) const {
    const std::lock_guard lock(mutex_);
    std::vector<Record> out;
    for (auto one = records_.upper_bound(after); one != records_.end() && out.size() < most; ++one) {
      if (condition(one->second)) out.push_back(one->second);
    }
    return out;
  }
  Page<Record> page(const PageQuery& query, const Condition& condition) const {
    Page<Record> page;
    page.records = scan("", SIZE_MAX, [&](const Record& record) {
      const bool behind = query.descending ? record.id < query.after : record.id > query.after;
      return record.organisation == query.organisation && (query.after.empty() || behind) &&
             condition(record);
    });
    if (query.descending) std::reverse(page.records.begin(), page.records.end());
    page.has_more = page.records.size() > query.limit;
    if (page.has_more) page.records.resize(query.limit);
    return page;
  }
  // Removes the first `most`, and returns their ids.
  std::vector<std::string> purge(std::size_t most, const Condition& condition) {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> ids;
    for (auto one = records_.begin(); one != records_.end() && ids.size() < most;) {
      if (!condition(one->second)) {
        ++one;
        continue;
      }
      ids.push_back(one->first);
      one = records_.erase(one);
    }
    return ids;
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, Record, std::less<>> records_;
};

// The part of an AgedStore, Interface, that is the same for all of them.
template <class Interface>
class MemoryAgedStore : public Interface {
 public:
  using typename Interface::Query;
  using typename Interface::Record;

  explicit MemoryAgedStore(std::int64_t max_age_seconds = 1'000'000) : max_age_seconds_(max_age_seconds) {}

  Result<std::optional<Record>> find(std::string_view id, std::string_view organisation,
                                     std::int64_t now) override {
    return records_.find(id, seen(organisation, now));
  }
  Result<Page<Record>> list(const Query& query, std::int64_t now) override {
    return records_.page(
        query, [&](const Record& record) { return !too_old(record, now) && narrowed(query, record); });
  }
  Result<std::vector<std::string>> purge(std::int64_t now, std::size_t most) override {
    return records_.purge(most, [&](const Record& record) { return too_old(record, now); });
  }

 protected:
  // Whether age ends it.
  virtual bool ages(const Record& record) const = 0;
  // Whether it is what the query asks for, besides.
  virtual bool narrowed(const Query& query, const Record& record) const = 0;

  bool too_old(const Record& record, std::int64_t now) const {
    return ages(record) && record.created_at < now - max_age_seconds_;
  }
  auto seen(std::string_view organisation, std::int64_t now) const {
    return [this, organisation, now](const Record& record) {
      return record.organisation == organisation && !too_old(record, now);
    };
  }

  MemoryRecords<Record> records_;

 private:
  const std::int64_t max_age_seconds_;
};

}  // namespace peregrine::store::testing
