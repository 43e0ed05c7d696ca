// Counts what keys and organisations use of models, and says no beyond their limits. Thread-safe; pure but
// for the clock, which is given.
//
// Admission is one step: either everything that a request asks for is taken under every limit that it comes
// under, or nothing. So any number of threads together get exactly what the limits have. What is taken runs
// off evenly over the window of its limit, hence in a burst all of a limit can be used at once, and over a
// long time no more than the limit per window, besides that burst. Counted in memory: a restart forgets.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "service/limits/bucket.h"
#include "service/limits/limits.h"

namespace peregrine::service {

// For whom it is counted, and under which limits now.
struct Account {
  std::string key;           // id; empty where no keys are needed
  std::string organisation;  // name
  std::string model;         // id
  Limits of_key;
  Limits of_organisation;
};

struct LimitRefusal {
  LimitKind kind = LimitKind::kRequestsPerMinute;
  std::int64_t limit = 0;
  std::int64_t used = 0;
  std::int64_t requested = 0;
  bool never = false;  // more than the limit in itself: waiting does not help
  std::chrono::nanoseconds retry_after{0};
};

// What is left, as the rate-limit headers tell it: the tightest of all limits of that kind.
struct Remaining {
  std::int64_t limit = 0;
  std::int64_t remaining = 0;
  std::chrono::nanoseconds reset{0};  // until all of it is back
};

class Limiter {
 public:
  using Clock = std::function<Bucket::TimePoint()>;

  explicit Limiter(Clock clock = std::chrono::steady_clock::now) : clock_(std::move(clock)) {}
  Limiter(const Limiter&) = delete;
  Limiter& operator=(const Limiter&) = delete;

  // Takes `cost`, or says why not; of several reasons one that waiting does not help, else the one with the
  // longest wait.
  std::optional<LimitRefusal> admit(const Account& account, const Cost& cost);
  // What admit() would say, without taking anything.
  std::optional<LimitRefusal> check(const Account& account, const Cost& cost);
  // A request that took `reserved` used `used`: the difference is given back, or taken even beyond a limit.
  void settle(const Account& account, const Cost& reserved, const Cost& used);

  // Nothing: not limited.
  std::optional<Remaining> remaining(const Account& account, LimitKind kind);

  // Accounts that something counts against; the others are forgotten from time to time.
  std::size_t size() const;

 private:
  struct Entry {
    std::array<Bucket, kLimitKinds> buckets;
    std::array<std::int64_t, kLimitKinds> limits{};  // when it was last used
  };
  using Name = std::pair<std::string, std::string>;  // of the key or organisation, and of the model
  // One limit of an account, and what counts against it.
  struct Line {
    const LimitFacts& facts;
    Bucket& bucket;
    Bucket::Rate rate;
  };

  template <class Visit>
  void for_each_line(const Account& account, Visit visit);
  Entry& entry(std::map<Name, Entry>& entries, const std::string& name, const Account& account);
  std::optional<LimitRefusal> refusal(const Account& account, const Cost& cost, Bucket::TimePoint now);
  void forget_idle(std::map<Name, Entry>& entries, Bucket::TimePoint now) const;

  const Clock clock_;
  mutable std::mutex mutex_;
  std::map<Name, Entry> keys_;
  std::map<Name, Entry> organisations_;
  std::size_t worth_a_look_ = kFirstLook;  // entries of either kind at which idle ones are looked for

  static constexpr std::size_t kFirstLook = 1024;
};

// "14ms", "7.66s", "2m59.56s", "1h0m3s": as Go writes durations, rounded up to whole milliseconds. "0s" for
// nothing.
std::string duration_text(std::chrono::nanoseconds duration);

}  // namespace peregrine::service
