#include "service/catalogue/rate_meter.h"

namespace peregrine::service {
namespace {

constexpr std::chrono::seconds kRateWindow{5};
constexpr std::chrono::milliseconds kMinRateSpan{400};
constexpr std::chrono::milliseconds kBetweenSamples{100};

}  // namespace

void RateMeter::add(std::uint64_t done, Clock::time_point now) {
  // Less than before: another file, or one that starts over.
  if (!samples_.empty() && done < samples_.back().second) samples_.clear();
  if (!samples_.empty() && now - samples_.back().first < kBetweenSamples) return;
  samples_.emplace_back(now, done);
  while (samples_.size() > 2 && now - samples_.front().first > kRateWindow) samples_.pop_front();
}

double RateMeter::bytes_per_second() const {
  if (samples_.size() < 2) return 0;
  const std::chrono::duration<double> span = samples_.back().first - samples_.front().first;
  if (span < kMinRateSpan) return 0;
  return static_cast<double>(samples_.back().second - samples_.front().second) / span.count();
}

}  // namespace peregrine::service
