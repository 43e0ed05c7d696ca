#include "speech/run/mailbox.h"

#include <fmt/format.h>

#include <utility>

namespace peregrine::speech {

Status Mailbox::post(Order order) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return base::fail(ErrorCode::kUnavailable, "the transcriber is stopping");
    if (queued_ >= max_queued_) {
      return base::fail(ErrorCode::kUnavailable, fmt::format("{} recordings are waiting already", queued_));
    }
    ++queued_;
    arrived_.push_back(std::move(order));
  }
  changed_.notify_one();
  return {};
}

void Mailbox::nudge() {
  {
    const std::lock_guard lock(mutex_);
    nudged_ = true;
  }
  changed_.notify_one();
}

void Mailbox::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
}

std::uint32_t Mailbox::queued() const {
  const std::lock_guard lock(mutex_);
  return queued_;
}

void Mailbox::take(bool wait, Mail& mail) {
  mail.arrived.clear();
  std::unique_lock lock(mutex_);
  if (wait) changed_.wait(lock, [this] { return !arrived_.empty() || nudged_ || stopping_; });
  mail.arrived.swap(arrived_);
  mail.stopping = stopping_;
  nudged_ = false;
}

void Mailbox::left_queue(std::uint32_t n) {
  const std::lock_guard lock(mutex_);
  queued_ -= n;
}

}  // namespace peregrine::speech
