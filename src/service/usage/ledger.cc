#include "service/usage/ledger.h"

#include <utility>

#include "base/log.h"

namespace peregrine::service {

UsageLedger::UsageLedger(store::UsageStore& store, std::chrono::milliseconds interval)
    : store_(store), interval_(interval), writer_([this] { run(); }) {}

UsageLedger::~UsageLedger() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stop_.notify_all();
  writer_.join();
  const Status last = flush();
  if (!last) base::log(base::LogLevel::kError, "usage: the last of it is lost: {}", last.error().text());
}

void UsageLedger::add(const store::UsageRow& row) {
  const std::lock_guard lock(mutex_);
  Place place{row.day, row.key, row.organisation, row.model};
  if (pending_.size() >= kMaxPending && !pending_.contains(place)) return;
  pending_[std::move(place)] += row.amounts;
}

Status UsageLedger::flush() {
  const std::lock_guard writing(writing_);
  Sums sums;
  {
    const std::lock_guard lock(mutex_);
    std::swap(sums, pending_);
  }
  if (sums.empty()) return {};
  std::vector<store::UsageRow> rows;
  rows.reserve(sums.size());
  for (const auto& [place, amounts] : sums) {
    const auto& [day, key, organisation, model] = place;
    rows.push_back({day, key, organisation, model, amounts});
  }
  const Status status = store_.add(rows);
  if (!status) put_back(std::move(sums));
  const std::lock_guard lock(mutex_);
  if (!status && !told_) {
    base::log(base::LogLevel::kError, "usage: cannot be written, and is kept in memory until it can: {}",
              status.error().text());
  }
  told_ = !status;
  return status;
}

void UsageLedger::put_back(Sums sums) {
  const std::lock_guard lock(mutex_);
  for (const auto& [place, amounts] : pending_) sums[place] += amounts;
  pending_ = std::move(sums);
}

Result<std::vector<store::UsageRow>> UsageLedger::sum(const store::UsageQuery& query) {
  PEREGRINE_TRY(flush());
  return store_.sum(query);
}

void UsageLedger::run() {
  std::unique_lock lock(mutex_);
  while (!stop_.wait_for(lock, interval_, [this] { return stopping_; })) {
    lock.unlock();
    static_cast<void>(flush());  // logged there
    lock.lock();
  }
}

}  // namespace peregrine::service
