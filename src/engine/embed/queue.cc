#include "engine/embed/queue.h"

#include <fmt/format.h>

#include <utility>

namespace peregrine::engine {

EmbedTask::EmbedTask(std::vector<EmbedInput> inputs, std::uint32_t width,
                     base::MemoryBudget::Reservation reservation)
    : inputs_(std::move(inputs)), reservation_(std::move(reservation)) {
  result_.width = width;
  result_.values.resize(inputs_.size() * width);
  for (const EmbedInput& input : inputs_) result_.tokens += input.tokens.size();
}

void EmbedTask::finish_input() {
  if (++finished_ == inputs_.size()) settle(std::move(result_));
}

void EmbedTask::fail(Error error) {
  settle(tl::unexpected(std::move(error)));
}

void EmbedTask::settle(Result<EmbedResult> outcome) {
  std::function<void()> wake;
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(over_, true)) return;
    outcome_ = std::move(outcome);
    wake = callback_;
  }
  if (wake) wake();
}

std::optional<Result<EmbedResult>> EmbedTask::poll() {
  const std::lock_guard lock(mutex_);
  return std::exchange(outcome_, std::nullopt);
}

void EmbedTask::on_ready(const std::function<void()>& callback) {
  {
    const std::lock_guard lock(mutex_);
    callback_ = callback;
    if (!outcome_) return;
  }
  callback();
}

void EmbedTask::cancel() {
  const std::lock_guard lock(mutex_);
  over_ = true;
  callback_ = nullptr;
}

bool EmbedTask::cancelled() const {
  const std::lock_guard lock(mutex_);
  return over_;
}

Status EmbedQueue::post(std::shared_ptr<EmbedTask> task) {
  {
    const std::lock_guard lock(mutex_);
    if (stopped_) return fail(ErrorCode::kUnavailable, "the engine is stopping");
    if (places_.size() >= max_tasks_) {
      return fail(ErrorCode::kUnavailable, fmt::format("{} requests are waiting already", places_.size()));
    }
    places_.push_back({std::move(task)});
  }
  changed_.notify_one();
  return {};
}

void EmbedQueue::drop_cancelled() {
  std::erase_if(places_, [](const Place& place) { return place.task->cancelled(); });
}

void EmbedQueue::take(base::FunctionRef<bool(const EmbedInput&)> fits, std::vector<Item>& items) {
  items.clear();
  std::unique_lock lock(mutex_);
  while (items.empty()) {
    changed_.wait(lock, [this] { return stopped_ || !places_.empty(); });
    if (stopped_) return;
    drop_cancelled();
    // The first that does not fit will be the first of the next step.
    while (!places_.empty() && fits(places_.front().task->inputs()[places_.front().next])) {
      Place place = std::move(places_.front());
      places_.pop_front();
      items.push_back({place.task, place.next});
      if (++place.next < place.task->inputs().size()) places_.push_back(std::move(place));
    }
  }
}

void EmbedQueue::stop() {
  std::deque<Place> left;
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    left.swap(places_);
  }
  changed_.notify_all();
  for (const Place& place : left) {
    place.task->fail({ErrorCode::kUnavailable, "the engine is stopping", {}});
  }
}

std::uint64_t EmbedQueue::inputs() const {
  const std::lock_guard lock(mutex_);
  std::uint64_t count = 0;
  for (const Place& place : places_) count += place.task->inputs().size() - place.next;
  return count;
}

}  // namespace peregrine::engine
