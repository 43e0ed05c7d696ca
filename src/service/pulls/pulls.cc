#include "service/pulls/pulls.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/ids.h"
#include "base/log.h"
#include "hub/url.h"
#include "service/library/file_error.h"

namespace peregrine::service {
namespace {

using base::LogLevel;

}  // namespace

std::string_view pull_state_name(PullState state) {
  switch (state) {
    case PullState::kQueued:
      return "queued";
    case PullState::kRunning:
      return "running";
    case PullState::kDone:
      return "done";
    case PullState::kFailed:
      return "failed";
    case PullState::kCancelled:
      return "cancelled";
  }
  return "failed";
}

Pulls::Pulls(PullOffice office) : office_(std::move(office)), thread_([this] { run(); }) {}

Pulls::~Pulls() {
  stop();
}

const Pulls::Job* Pulls::job(std::string_view id) const {
  const auto found = std::ranges::find_if(jobs_, [id](const Job& one) { return one.record.id == id; });
  return found == jobs_.end() ? nullptr : &*found;
}

Pulls::Job* Pulls::job(std::string_view id) {
  const auto found = std::ranges::find_if(jobs_, [id](const Job& one) { return one.record.id == id; });
  return found == jobs_.end() ? nullptr : &*found;
}

Result<PullRecord> Pulls::order(PullOrder order) {
  PEREGRINE_TRY(office_.check(order));
  const std::lock_guard lock(mutex_);
  if (stopping_) return fail(ErrorCode::kUnavailable, "the server is shutting down");
  std::size_t queued = 0;
  for (const Job& one : jobs_) {
    if (!one.record.over() && one.order.source == order.source) return one.record;
    if (one.record.state == PullState::kQueued) ++queued;
  }
  if (queued >= kMaxQueued) {
    return fail(ErrorCode::kUnavailable, fmt::format("{} pulls wait already", queued));
  }
  forget_oldest();
  Job made;
  made.record.id = base::type_id("pull");
  made.record.source = hub::without_query(order.source);
  made.record.created_at = office_.clock();
  made.order = std::move(order);
  base::log(LogLevel::kInfo, "{}: ordered, {}", made.record.id, made.record.source);
  jobs_.push_back(std::move(made));
  changed_.notify_all();
  return jobs_.back().record;
}

void Pulls::forget_oldest() {
  const auto over = [](const Job& one) { return one.record.over(); };
  if (static_cast<std::size_t>(std::ranges::count_if(jobs_, over)) < kMaxKept) return;
  jobs_.erase(std::ranges::find_if(jobs_, over));
}

std::vector<PullRecord> Pulls::list() const {
  const std::lock_guard lock(mutex_);
  std::vector<PullRecord> records;
  records.reserve(jobs_.size());
  for (const Job& one : jobs_) records.push_back(one.record);
  std::ranges::reverse(records);
  return records;
}

std::optional<PullRecord> Pulls::find(std::string_view id) const {
  const std::lock_guard lock(mutex_);
  const Job* found = job(id);
  if (found == nullptr) return std::nullopt;
  return found->record;
}

std::optional<PullRecord> Pulls::cancel(std::string_view id) {
  const std::lock_guard lock(mutex_);
  Job* found = job(id);
  if (found == nullptr) return std::nullopt;
  if (!found->record.over()) end(found->record, PullState::kCancelled);
  return found->record;
}

bool Pulls::fetches(std::string_view file) const {
  const std::lock_guard lock(mutex_);
  return std::ranges::any_of(jobs_, [file](const Job& one) {
    return one.record.state == PullState::kRunning && one.record.file == file;
  });
}

void Pulls::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    for (Job& one : jobs_) {
      if (!one.record.over()) end(one.record, PullState::kCancelled);
    }
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Pulls::end(PullRecord& record, PullState state) {
  record.state = state;
  record.ended_at = office_.clock();
  record.bytes_per_second = 0;
  record.note.clear();
}

void Pulls::run() {
  const auto next = [this] {
    return std::ranges::find_if(jobs_, [](const Job& one) { return one.record.state == PullState::kQueued; });
  };
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return stopping_ || next() != jobs_.end(); });
    if (stopping_) return;
    Job& one = *next();
    one.record.state = PullState::kRunning;
    const std::string id = one.record.id;
    const PullOrder order = one.order;
    lock.unlock();
    carry_out(id, order);
    lock.lock();
  }
}

void Pulls::carry_out(const std::string& id, const PullOrder& order) {
  const auto pulled = office_.fetch(order, [&](const PullProgress& progress) { return note(id, progress); });
  settle(id, pulled);
}

bool Pulls::note(const std::string& id, const PullProgress& progress) {
  const std::lock_guard lock(mutex_);
  Job* found = job(id);
  if (found == nullptr || found->record.over()) return false;
  PullRecord& record = found->record;
  record.stage = progress.stage;
  record.file = progress.file;
  record.file_number = progress.file_number;
  record.file_count = progress.file_count;
  record.done = progress.done;
  record.total = progress.total;
  record.note = progress.stage == hub::Stage::kWaiting ? progress.note : std::string_view();
  if (progress.stage == hub::Stage::kDownloading) {
    found->rate.add(progress.done, RateMeter::Clock::now());
  } else {
    found->rate = RateMeter();
  }
  record.bytes_per_second = found->rate.bytes_per_second();
  return true;
}

void Pulls::settle(const std::string& id, const Result<PulledModel>& pulled) {
  const std::lock_guard lock(mutex_);
  Job* found = job(id);
  // One that was cancelled in its last moment is there all the same.
  if (found == nullptr || (found->record.over() && !pulled)) return;
  PullRecord& record = found->record;
  if (pulled) {
    end(record, PullState::kDone);
    record.model = pulled->id;
    record.done = record.total = pulled->bytes;
    base::log(LogLevel::kInfo, "{}: done, {}", id, pulled->id);
  } else if (pulled.error().code == ErrorCode::kCancelled) {
    end(record, PullState::kCancelled);
  } else {
    end(record, PullState::kFailed);
    record.error = text_without_folder(pulled.error(), office_.folder);
    base::log(LogLevel::kError, "{}: {}", id, pulled.error().text());
  }
}

}  // namespace peregrine::service
