// How fast something comes, over the last few seconds.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <utility>

namespace peregrine::service {

class RateMeter {
 public:
  using Clock = std::chrono::steady_clock;

  void add(std::uint64_t done, Clock::time_point now);
  // 0 when too little is known.
  double bytes_per_second() const;

 private:
  std::deque<std::pair<Clock::time_point, std::uint64_t>> samples_;
};

}  // namespace peregrine::service
