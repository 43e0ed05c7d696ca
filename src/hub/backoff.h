// When to try again: failures in a row are counted, and the wait doubles with each.
#pragma once

#include <algorithm>
#include <chrono>

#include "hub/limits.h"

namespace peregrine::hub {

class Backoff {
 public:
  using Clock = std::chrono::steady_clock;

  explicit Backoff(std::chrono::milliseconds first) : first_(first) {}

  // One more failure; the server may have asked for a pause. False when that was one too many. Failures
  // during a wait are part of the one that caused it: when a network goes, all connections break at once.
  bool fail(std::chrono::seconds asked) {
    if (waiting()) return true;
    if (++failures_ >= kMaxFailures) return false;
    const auto doubled = first_ * (1U << (failures_ - 1));
    const auto wait = std::min<std::chrono::milliseconds>(doubled, kMaxBackoff);
    until_ = Clock::now() + std::max<std::chrono::milliseconds>(wait, asked);
    return true;
  }
  void succeed() { failures_ = 0; }

  bool waiting() const { return Clock::now() < until_; }
  std::chrono::milliseconds left() const {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until_ - Clock::now());
    return std::max(left, std::chrono::milliseconds(0));
  }

 private:
  std::chrono::milliseconds first_;
  unsigned failures_ = 0;
  Clock::time_point until_{};
};

}  // namespace peregrine::hub
