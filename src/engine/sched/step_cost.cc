#include "engine/sched/step_cost.h"

#include <bit>

namespace peregrine::engine {
namespace {

// Mixed steps after which a base is measured again, and at least between two such measurements.
constexpr std::uint64_t kRefreshSteps = 64;
constexpr std::uint64_t kStepsBetweenRefreshes = 16;

}  // namespace

std::size_t StepCost::bucket_of(std::uint32_t decodes) {
  if (decodes < 8) return std::max(decodes, 1U) - 1;
  const auto width = static_cast<std::uint32_t>(std::bit_width(decodes));
  const std::uint32_t bucket = 7 + (width - 4) * 4 + (decodes >> (width - 3) & 3);
  return std::min<std::size_t>(bucket, kBuckets - 1);
}

void StepCost::observe(std::uint32_t decodes, std::uint32_t prefills, double seconds) {
  // A handful of rows tells little: what they cost drowns in what a step varies by.
  const bool tells = prefills >= kMinPrefillRows;
  if (decodes == 0) {
    if (tells) alone_row_.add(seconds / prefills);
  } else if (prefills == 0) {
    Base& base = bases_[bucket_of(decodes)];
    base.seconds.add(seconds);
    base.seen = plain_seen_ = mixed_steps_;
    any_base_ = true;
  } else {
    ++mixed_steps_;
    if (!tells || !any_base_) return;
    mixed_row_.add(seconds / prefills);
    mixed_size_.add(prefills);
    mixed_extra_.add(seconds - base(decodes));
  }
}

// Of the nearest number of rows that was seen; of fewer rows rather than of more, which promises less.
double StepCost::base(std::uint32_t decodes) const {
  const std::size_t wanted = bucket_of(decodes);
  for (std::size_t distance = 0; distance < kBuckets; ++distance) {
    if (distance <= wanted && !bases_[wanted - distance].seconds.empty()) {
      return bases_[wanted - distance].seconds.median();
    }
    if (wanted + distance < kBuckets && !bases_[wanted + distance].seconds.empty()) {
      return bases_[wanted + distance].seconds.median();
    }
  }
  return 0;
}

bool StepCost::wants_base(std::uint32_t decodes) const {
  if (!any_base_) return true;
  const Base& own = bases_[bucket_of(decodes)];
  const bool fresh = !own.seconds.empty() && mixed_steps_ - own.seen < kRefreshSteps;
  return !fresh && mixed_steps_ - plain_seen_ >= kStepsBetweenRefreshes;
}

std::uint32_t StepCost::prefill_rows(std::uint32_t decodes) const {
  if (decodes == 0 || target_seconds_ == std::numeric_limits<double>::infinity()) return kUnboundedRows;
  if (wants_base(decodes)) return 0;
  const double row = mixed_row_.empty() ? alone_row_.median() : mixed_row_.median();
  if (row <= 0) return kMinPrefillRows;
  Recent offsets;
  for (std::size_t i = 0; i < mixed_row_.size(); ++i) offsets.add(mixed_extra_[i] - row * mixed_size_[i]);
  const double alone = base(decodes);
  const double target = target_seconds_ > 0 ? target_seconds_ : kDecodeSlowdown * alone;
  const double rows = (target - alone - offsets.median()) / row;
  return static_cast<std::uint32_t>(
      std::clamp(rows, static_cast<double>(kMinPrefillRows), static_cast<double>(kUnboundedRows)));
}

}  // namespace peregrine::engine
