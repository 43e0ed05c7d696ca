// What was used under one limit: it grows when something is taken and runs off at the rate of the limit, all
// of it within one window. Exact: no rounding, however often it is asked.
//
// The limit is given at every call, so that it can change. It is 1 .. kMaxLimit, and amounts are no larger
// than kMaxAmount; time never runs backwards.
#pragma once

#include <chrono>
#include <cstdint>

namespace peregrine::service {

inline constexpr std::int64_t kMaxAmount = 1'000'000'000'000'000;

class Bucket {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;
  using Nanoseconds = std::chrono::nanoseconds;

  // A limit and what it holds for.
  struct Rate {
    std::int64_t limit;
    Nanoseconds window;
  };

  // Rounded up: what does not count as used can be taken.
  std::int64_t used(Rate rate, TimePoint now);
  // `amount` more fits under the limit.
  bool fits(Rate rate, TimePoint now, std::int64_t amount);
  // Fits or not. A negative amount gives back; never below nothing.
  void take(Rate rate, TimePoint now, std::int64_t amount);
  // Until `amount` <= limit fits, if nothing is taken meanwhile.
  Nanoseconds until_fits(Rate rate, TimePoint now, std::int64_t amount);
  // Until nothing counts as used.
  Nanoseconds until_empty(Rate rate, TimePoint now);

 private:
  // A limit of 10^12 over a day of nanoseconds is 2^87.
  using Wide = __int128;

  Nanoseconds time_to_run_off(Rate rate, Wide surplus) const;
  void run_off(Rate rate, TimePoint now);

  Wide level_ = 0;  // amount x nanoseconds of the window
  TimePoint at_{};  // when that was
};

}  // namespace peregrine::service
