#include "service/limits/bucket.h"

#include <algorithm>

namespace peregrine::service {

void Bucket::run_off(Rate rate, TimePoint now) {
  const Nanoseconds elapsed = now - at_;
  if (elapsed.count() <= 0) return;
  at_ = now;
  // Beyond the time in which all of it runs off, the product could overflow.
  if (elapsed >= time_to_run_off(rate, level_)) {
    level_ = 0;
  } else {
    level_ -= Wide{elapsed.count()} * rate.limit;
  }
}

Bucket::Nanoseconds Bucket::time_to_run_off(Rate rate, Wide surplus) const {
  if (surplus <= 0) return Nanoseconds(0);
  constexpr Wide kForever = Nanoseconds::max().count();
  return Nanoseconds(static_cast<std::int64_t>(std::min((surplus + rate.limit - 1) / rate.limit, kForever)));
}

std::int64_t Bucket::used(Rate rate, TimePoint now) {
  run_off(rate, now);
  const Wide window = rate.window.count();
  return static_cast<std::int64_t>((level_ + window - 1) / window);
}

bool Bucket::fits(Rate rate, TimePoint now, std::int64_t amount) {
  run_off(rate, now);
  return level_ + Wide{amount} * rate.window.count() <= Wide{rate.limit} * rate.window.count();
}

void Bucket::take(Rate rate, TimePoint now, std::int64_t amount) {
  run_off(rate, now);
  const Wide most = Wide{kMaxAmount} * rate.window.count();
  level_ = std::clamp<Wide>(level_ + Wide{amount} * rate.window.count(), 0, most);
}

Bucket::Nanoseconds Bucket::until_fits(Rate rate, TimePoint now, std::int64_t amount) {
  run_off(rate, now);
  return time_to_run_off(rate, level_ - Wide{rate.limit - amount} * rate.window.count());
}

Bucket::Nanoseconds Bucket::until_empty(Rate rate, TimePoint now) {
  run_off(rate, now);
  return time_to_run_off(rate, level_);
}

}  // namespace peregrine::service
