#include "service/batches/runner.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/log.h"

namespace peregrine::service {
namespace {

using base::LogLevel;
using store::BatchStatus;
using store::StoredBatch;

constexpr std::size_t kRecordsAtOnce = 100;
// Batches end with their windows, whoever tells us of it.
constexpr std::chrono::seconds kLongestSleep{5};

}  // namespace

BatchRunner::BatchRunner(BatchSurroundings with, BatchRunnerOptions options)
    : with_(std::move(with)), options_(options) {
  with_.stopping = [inbox = inbox_] {
    const std::lock_guard lock(inbox->mutex);
    return inbox->stopping;
  };
}

BatchRunner::~BatchRunner() {
  stop();
}

void BatchRunner::start() {
  thread_ = std::thread([this] { run(); });
}

void BatchRunner::stop() {
  {
    const std::lock_guard lock(inbox_->mutex);
    inbox_->stopping = true;
    inbox_->changed.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

void BatchRunner::nudge() {
  const std::lock_guard lock(inbox_->mutex);
  inbox_->nudged = true;
  inbox_->changed.notify_all();
}

void BatchRunner::run() {
  for (;;) {
    Time now = std::chrono::steady_clock::now();
    refresh(now);
    settle(now);  // nothing is asked of what is over
    ask_again(now);
    const bool busy = ask_more(now);
    settle(now);
    std::deque<Inbox::Item> items;
    {
      std::unique_lock lock(inbox_->mutex);
      const Time due = busy ? now : next_due(now);
      inbox_->changed.wait_until(
          lock, due, [this] { return inbox_->stopping || inbox_->nudged || !inbox_->items.empty(); });
      if (inbox_->stopping) break;
      stale_ = stale_ || std::exchange(inbox_->nudged, false);
      items.swap(inbox_->items);
    }
    now = std::chrono::steady_clock::now();
    take_answers(std::move(items), now);
  }
  // What was answered until now is kept; what runs is asked again by the next start.
  for (auto& [id, slot] : slots_) {
    if (const Status synced = slot.run->sync(); !synced) {
      base::log(LogLevel::kError, "batches: {}: {}", id, synced.error().text());
    }
  }
  slots_.clear();
}

void BatchRunner::clean_up() {
  std::set<std::string> unended;
  for (std::string after;;) {
    const auto some = with_.records.unended(after, kRecordsAtOnce);
    if (!some) return;
    if (some->empty()) break;
    for (const StoredBatch& batch : *some) unended.insert(batch.id);
    after = some->back().id;
  }
  std::set<std::string> left;
  const Status listed = with_.inputs.list([&](const store::BlobEntry& entry) {
    const std::string id = entry.name.substr(0, entry.name.find('.'));
    if (id.starts_with("batch_") && !unended.contains(id)) left.insert(id);
  });
  if (!listed) base::log(LogLevel::kWarning, "batches: {}", listed.error().text());
  for (const std::string& id : left) drop_batch_files(with_.inputs, id);
}

// Takes over what the records say of open batches, and opens others where there is room.
void BatchRunner::refresh(Time now) {
  std::erase_if(paused_, [&](const auto& one) {
    stale_ = stale_ || one.second <= now;
    return one.second <= now;
  });
  if (!std::exchange(stale_, false)) return;
  for (std::string after;;) {
    const auto some = with_.records.unended(after, kRecordsAtOnce);
    if (!some) {
      base::log(LogLevel::kError, "batches: {}", some.error().text());
      return;
    }
    if (some->empty()) return;
    after = some->back().id;
    for (const StoredBatch& batch : *some) {
      const auto slot = slots_.find(batch.id);
      if (slot != slots_.end()) {
        slot->second.run->refresh(batch);
      } else if (slots_.size() < options_.max_open && !paused_.contains(batch.id)) {
        open(batch, now);
      }
    }
  }
}

void BatchRunner::open(const StoredBatch& batch, Time now) {
  auto run = BatchRun::open(with_, batch);
  if (!run) {
    drop(batch.id, run.error(), now);
  } else if (store::has_ended((*run)->batch().status)) {
    drop_batch_files(with_.inputs, batch.id);
  } else {
    slots_[batch.id].run = std::move(*run);
  }
}

void BatchRunner::drop(const std::string& id, const Error& why, Time now) {
  const auto slot = slots_.find(id);
  if (slot != slots_.end()) {
    for (const auto& [number, flight] : slot->second.flights) land(flight);
    slots_.erase(slot);
  }
  if (why.code == ErrorCode::kCancelled) return;
  base::log(LogLevel::kError, "batches: {} cannot go on, and is tried again later: {}", id, why.text());
  paused_[id] = now + options_.pause_after_failure;
}

void BatchRunner::take_answers(std::deque<Inbox::Item> items, Time now) {
  for (Inbox::Item& item : items) {
    const auto slot = slots_.find(item.batch);
    if (slot != slots_.end()) take_answer(slot->second, std::move(item), now);
  }
}

void BatchRunner::take_answer(Slot& slot, Inbox::Item item, Time now) {
  const auto found = slot.flights.find(item.line);
  if (found == slot.flights.end() || found->second.attempt != item.attempt) return;
  Flight& flight = found->second;
  const bool later = item.outcome.kind == LineOutcome::Kind::kGivenUp ||
                     (item.outcome.kind == LineOutcome::Kind::kBusy && flight.attempt < options_.max_tries);
  if (later && !slot.run->ends_early()) {
    const std::uint32_t doublings = std::min<std::uint32_t>(flight.attempt, 20) - 1;
    flight.handle = nullptr;
    flight.retry_at =
        now + std::min(options_.longest_retry, options_.first_retry * (std::int64_t{1} << doublings));
    return;
  }
  land(flight);
  slot.flights.erase(found);
  if (later) return;  // it will be answered with the rest
  if (item.outcome.kind == LineOutcome::Kind::kBusy) item.outcome.kind = LineOutcome::Kind::kFailed;
  const Status written = slot.run->write(item.line, item.outcome);
  if (!written) drop(item.batch, written.error(), now);
}

void BatchRunner::launch(Slot& slot, std::uint32_t number, Flight& flight) {
  ++flight.attempt;
  flight.handle = with_.work.start(
      flight.line, slot.run->key(),
      [inbox = inbox_, id = slot.run->batch().id, number, attempt = flight.attempt](LineOutcome outcome) {
        const std::lock_guard lock(inbox->mutex);
        inbox->items.push_back({id, number, attempt, std::move(outcome)});
        inbox->changed.notify_all();
      });
}

void BatchRunner::ask_again(Time now) {
  std::vector<std::pair<std::string, Error>> failed;
  for (auto& [id, slot] : slots_) {
    Status asked = ask_waiting(slot, now);
    if (!asked) failed.emplace_back(id, std::move(asked.error()));
  }
  for (const auto& [id, why] : failed) drop(id, why, now);
}

// Those of its lines that wait for their turn and may have it.
Status BatchRunner::ask_waiting(Slot& slot, Time now) {
  const bool authorised = slot.run->authorised();
  for (auto at = slot.flights.begin(); at != slot.flights.end();) {
    Flight& flight = at->second;
    if (flight.handle == nullptr && !authorised) {
      PEREGRINE_TRY(slot.run->refuse(at->first, flight.line.custom_id));
      land(flight);
      at = slot.flights.erase(at);
      continue;
    }
    if (flight.handle == nullptr && flight.retry_at <= now) launch(slot, at->first, flight);
    ++at;
  }
  return {};
}

// It takes no room any more.
void BatchRunner::land(const Flight& flight) {
  --running_lines_;
  running_bytes_ -= flight.bytes;
}

// False: it has no line to ask now.
Result<bool> BatchRunner::ask_one(Slot& slot) {
  bool again = false;
  PEREGRINE_ASSIGN(std::optional<BatchRun::Line> next, slot.run->next(again));
  if (!next) return again;
  Flight& flight = slot.flights[next->number];
  flight.line = std::move(next->line);
  flight.bytes = next->bytes;
  ++running_lines_;
  running_bytes_ += flight.bytes;
  launch(slot, next->number, flight);
  return true;
}

// Batches take turns. True: there is more to do at once.
bool BatchRunner::ask_more(Time now) {
  const std::size_t batches = slots_.size();
  for (std::size_t idle = 0; idle < batches && !slots_.empty();) {
    const bool room = running_lines_ < options_.max_running_lines &&
                      (running_lines_ == 0 || running_bytes_ < options_.max_running_bytes);
    if (!room) return false;
    auto slot = slots_.upper_bound(turn_);
    if (slot == slots_.end()) slot = slots_.begin();
    turn_ = slot->first;
    if (slot->second.run->winding_up()) {
      ++idle;
      continue;
    }
    const auto asked = ask_one(slot->second);
    if (!asked) {
      drop(turn_, asked.error(), now);
      return true;
    }
    idle = *asked ? 0 : idle + 1;
  }
  return false;
}

void BatchRunner::settle(Time now) {
  std::vector<std::string> ids;
  ids.reserve(slots_.size());
  for (const auto& [id, slot] : slots_) ids.push_back(id);
  for (const std::string& id : ids) {
    const auto ended = settle_one(slots_.at(id), now);
    if (!ended) {
      drop(id, ended.error(), now);
    } else if (*ended) {
      slots_.erase(id);
      stale_ = true;  // another may take its place
    }
  }
}

// Syncs what is due; winds up what has no more to ask. True: it has ended.
Result<bool> BatchRunner::settle_one(Slot& slot, Time now) {
  BatchRun& run = *slot.run;
  if (slot.sync_at <= now) {
    slot.sync_at = Time::max();
    PEREGRINE_TRY(run.sync());
  } else if (run.unsynced()) {
    slot.sync_at = std::min(slot.sync_at, now + options_.sync_interval);
  }
  const std::int64_t clock = with_.clock();
  const StoredBatch& batch = run.batch();
  const bool may_expire = batch.status == BatchStatus::kInProgress && !batch.expired_at;
  if (may_expire && clock >= batch.expires_at) PEREGRINE_TRY(run.expire());
  if (!run.winding_up()) return false;
  const bool out_of_patience = batch.expired_at || (batch.cancelling_at && clock - *batch.cancelling_at >=
                                                                               options_.cancel_grace.count());
  if (!slot.flights.empty()) {
    if (batch.status == BatchStatus::kCancelling) {
      // Those that wait to be asked again are not.
      std::erase_if(slot.flights, [this](const auto& one) {
        if (one.second.handle != nullptr) return false;
        land(one.second);
        return true;
      });
    }
    if (!out_of_patience && !slot.flights.empty()) return false;
    for (const auto& [number, flight] : slot.flights) land(flight);
    slot.flights.clear();
  }
  PEREGRINE_ASSIGN(const bool ended, run.finish());
  if (!ended) stale_ = true;
  return ended;
}

BatchRunner::Time BatchRunner::next_due(Time now) const {
  Time due = now + kLongestSleep;
  if (stale_) return now;
  for (const auto& [id, slot] : slots_) {
    due = std::min(due, slot.sync_at);
    for (const auto& [number, flight] : slot.flights) {
      if (flight.handle == nullptr) due = std::min(due, flight.retry_at);
    }
  }
  for (const auto& [id, until] : paused_) due = std::min(due, until);
  return due;
}

}  // namespace peregrine::service
