#include "service/live/board.h"

#include <algorithm>

namespace peregrine::service {
namespace {

// A model that was unloaded and loaded again counts anew.
double per_second(std::uint64_t now, std::uint64_t before, std::chrono::duration<double> span) {
  return now > before && span.count() > 0 ? static_cast<double>(now - before) / span.count() : 0.0;
}

}  // namespace

LiveBoard::LiveBoard(std::function<std::vector<ModelUse>()> look, std::chrono::milliseconds interval)
    : look_(std::move(look)), thread_([this, interval] { run(interval); }) {}

LiveBoard::~LiveBoard() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stop_.notify_all();
  thread_.join();
}

LivePicture LiveBoard::latest() const {
  const std::lock_guard lock(mutex_);
  return picture_;
}

std::optional<LiveBoard::Listening> LiveBoard::listen(std::function<void()> on_picture) {
  const std::lock_guard lock(mutex_);
  if (listeners_.size() >= kMaxListeners) return std::nullopt;
  listeners_.emplace(next_listener_, std::move(on_picture));
  return Listening(this, next_listener_++);
}

LiveBoard::Listening::~Listening() {
  if (board_ == nullptr) return;
  const std::lock_guard lock(board_->mutex_);
  board_->listeners_.erase(id_);
}

TokenRates LiveBoard::rates_of(const std::string& id, const Counts& now, Clock::time_point at) const {
  if (samples_.empty()) return {};
  const Sample& before = samples_.front();
  const auto found = before.models.find(id);
  const Counts then = found == before.models.end() ? Counts() : found->second;
  const auto span = at - before.at;
  return {per_second(now.prompt, then.prompt, span), per_second(now.generated, then.generated, span)};
}

void LiveBoard::look(Clock::time_point now) {
  std::vector<ModelUse> uses = look_();
  const std::lock_guard lock(mutex_);
  // The youngest of the samples that are old enough is what rates are counted from.
  while (samples_.size() > 1 && now - samples_[1].at >= kRateSpan) samples_.pop_front();
  Sample sample{now, {}};
  LivePicture picture;
  picture.at = std::chrono::system_clock::now();
  picture.models.reserve(uses.size());
  for (ModelUse& use : uses) {
    LiveModel model{std::move(use), {}};
    if (model.use.engine) {
      const Counts counts{model.use.engine->prompt_tokens, model.use.engine->generated_tokens};
      model.rates = rates_of(model.use.status.id, counts, now);
      sample.models.emplace(model.use.status.id, counts);
    }
    picture.rates.prompt += model.rates.prompt;
    picture.rates.generated += model.rates.generated;
    picture.models.push_back(std::move(model));
  }
  samples_.push_back(std::move(sample));
  picture_ = std::move(picture);
  for (const auto& [id, listener] : listeners_) listener();
}

void LiveBoard::run(std::chrono::milliseconds interval) {
  std::unique_lock lock(mutex_);
  do {
    lock.unlock();
    look(Clock::now());
    lock.lock();
  } while (!stop_.wait_for(lock, interval, [this] { return stopping_; }));
}

}  // namespace peregrine::service
