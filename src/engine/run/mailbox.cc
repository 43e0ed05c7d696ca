#include "engine/run/mailbox.h"

#include <fmt/format.h>

#include <utility>

namespace peregrine::engine {

Status Mailbox::post(std::vector<std::unique_ptr<Sequence>> sequences) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return fail(ErrorCode::kUnavailable, "the engine is stopping");
    if (sequences.size() > max_queued_ - queued_) {
      return fail(ErrorCode::kUnavailable, fmt::format("{} generations are waiting already", queued_));
    }
    queued_ += static_cast<std::uint32_t>(sequences.size());
    for (std::unique_ptr<Sequence>& sequence : sequences) {
      sequence->id = next_id_++;
      arrived_.push_back(std::move(sequence));
    }
  }
  mail_.notify_one();
  return {};
}

void Mailbox::nudge() {
  {
    const std::lock_guard lock(mutex_);
    attention_ = true;
  }
  mail_.notify_one();
}

void Mailbox::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  mail_.notify_one();
}

EngineSnapshot Mailbox::snapshot() const {
  const std::lock_guard lock(mutex_);
  EngineSnapshot snapshot = snapshot_;
  snapshot.queued += static_cast<std::uint32_t>(arrived_.size());
  return snapshot;
}

void Mailbox::take(bool wait, Mail& mail) {
  mail.arrived.clear();
  std::unique_lock lock(mutex_);
  if (wait) mail_.wait(lock, [this] { return !arrived_.empty() || attention_ || stopping_; });
  std::swap(mail.arrived, arrived_);
  mail.attention = std::exchange(attention_, false);
  mail.stopping = stopping_;
  snapshot_.queued += static_cast<std::uint32_t>(mail.arrived.size());
}

void Mailbox::left_queue(std::uint32_t n) {
  const std::lock_guard lock(mutex_);
  queued_ -= n;
}

void Mailbox::publish(const EngineSnapshot& snapshot) {
  const std::lock_guard lock(mutex_);
  snapshot_ = snapshot;
}

}  // namespace peregrine::engine
