#include "service/housekeeping/housekeeper.h"

#include <chrono>
#include <utility>

#include "base/log.h"

namespace peregrine::service {
namespace {

// The clock may be set, and machines sleep: nobody tells us.
constexpr std::chrono::seconds kLookEvery{5};

}  // namespace

Housekeeper::Housekeeper(Clock clock, std::vector<Task> tasks)
    : clock_(std::move(clock)), tasks_(std::move(tasks)) {}

Housekeeper::~Housekeeper() {
  stop();
}

void Housekeeper::start() {
  thread_ = std::thread([this] {
    for (;;) {
      work_if_due();
      std::unique_lock lock(mutex_);
      changed_.wait_for(lock, kLookEvery, [this] { return stopping_ || nudged_; });
      if (stopping_) return;
      nudged_ = false;
    }
  });
}

void Housekeeper::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

void Housekeeper::nudge() {
  const std::lock_guard lock(mutex_);
  nudged_ = true;
  changed_.notify_all();
}

bool Housekeeper::work_if_due() {
  const std::int64_t now = clock_();
  // A clock that was set back does not put the next turn off.
  if (last_turn_ && now >= *last_turn_ && now < *last_turn_ + kHousekeepingSeconds) return false;
  last_turn_ = now;
  for (const Task& task : tasks_) {
    const Status done = task.run(now);
    if (!done) base::log(base::LogLevel::kError, "{}: {}", task.name, done.error().text());
  }
  return true;
}

}  // namespace peregrine::service
