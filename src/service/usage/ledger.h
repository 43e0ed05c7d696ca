// Takes note of what is used. add() never waits for a disk: a thread writes what came in, summed up, once per
// kFlushInterval. What was noted within the last interval is lost when the process is killed, nothing else;
// flush() and the destructor write what there is. If the store refuses, that is logged and tried again.
// Thread-safe.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include "base/result.h"
#include "store/usage/usage_store.h"

namespace peregrine::service {

class UsageLedger {
 public:
  static constexpr std::chrono::milliseconds kFlushInterval{1000};
  // Sums that wait for the store; while it refuses, what would need a further one is lost.
  static constexpr std::size_t kMaxPending = 100'000;

  // The store outlives this.
  explicit UsageLedger(store::UsageStore& store, std::chrono::milliseconds interval = kFlushInterval);
  UsageLedger(const UsageLedger&) = delete;
  UsageLedger& operator=(const UsageLedger&) = delete;
  ~UsageLedger();

  void add(const store::UsageRow& row);
  // Writes what was added before; waits for the disk.
  Status flush();
  // With what is pending.
  Result<std::vector<store::UsageRow>> sum(const store::UsageQuery& query);

 private:
  using Place = std::tuple<std::int64_t, std::string, std::string, std::string>;
  using Sums = std::map<Place, store::UsageAmounts>;

  void run();
  void put_back(Sums sums);

  store::UsageStore& store_;
  const std::chrono::milliseconds interval_;
  std::mutex writing_;  // one flush at a time, so that sum() sees what an earlier one took
  std::mutex mutex_;    // guards what stands below
  std::condition_variable stop_;
  Sums pending_;
  bool stopping_ = false;
  bool told_ = false;  // that the store refuses
  std::thread writer_;
};

}  // namespace peregrine::service
