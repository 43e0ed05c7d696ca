// Predicts what a step costs, and so how many rows of prompts it may have while others decode.
//
// Model: seconds = base(decodes) + offset + row * rows of prompts. base is what such a step takes without
// prompts; row and offset come from the last mixed steps, whose size and context are those of the next one.
// row is all that a step took divided by its rows of prompts: more than one row more would cost, since the
// first ones hide behind what waits for memory. So rows grow towards the target from below. All are medians
// of few values: an outlier is forgotten at once, a lasting change followed within two steps. Has no clock:
// it is told durations.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace peregrine::engine {

// So slow may a step become, by prompts beside its decodes, compared with one that only decodes.
inline constexpr double kDecodeSlowdown = 2.2;
// Rows that a step always has for prompts, whatever they cost: they have to progress.
inline constexpr std::uint32_t kMinPrefillRows = 8;
inline constexpr std::uint32_t kUnboundedRows = std::numeric_limits<std::uint32_t>::max();

// The last three values: of more, the median would lag behind rows that become dearer from step to step.
class Recent {
 public:
  void add(double value) {
    values_[next_] = value;
    next_ = (next_ + 1) % kSize;
    size_ = std::min(size_ + 1, kSize);
  }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  double operator[](std::size_t i) const { return values_[i]; }
  // Of none: zero.
  double median() const {
    if (size_ == 0) return 0;
    std::array<double, kSize> sorted = values_;
    for (std::size_t i = size_; i < kSize; ++i) sorted[i] = std::numeric_limits<double>::infinity();
    std::ranges::sort(sorted);
    return (sorted[(size_ - 1) / 2] + sorted[size_ / 2]) / 2;
  }

 private:
  static constexpr std::size_t kSize = 3;
  std::array<double, kSize> values_{};
  std::size_t size_ = 0;
  std::size_t next_ = 0;
};

class StepCost {
 public:
  // What a mixed step may take; 0: kDecodeSlowdown times what its decodes take alone; infinity: whatever it
  // takes.
  explicit StepCost(double target_seconds) : target_seconds_(target_seconds) {}

  // A step of `decodes` decoding rows and `prefills` rows of prompts took so long. Not for steps with drafts.
  void observe(std::uint32_t decodes, std::uint32_t prefills, double seconds);

  // The rows of prompts that the next step may have beside `decodes` decoding rows: kUnboundedRows when there
  // are none, else at least kMinPrefillRows; or 0, now and then, for a step that shows what decodes cost.
  std::uint32_t prefill_rows(std::uint32_t decodes) const;

 private:
  // Decoding rows one by one up to eight, then four ranges between a power of two and the next.
  static constexpr std::size_t kBuckets = 48;
  static std::size_t bucket_of(std::uint32_t decodes);

  struct Base {
    Recent seconds;
    std::uint64_t seen = 0;  // mixed_steps_ at that time
  };

  double base(std::uint32_t decodes) const;
  bool wants_base(std::uint32_t decodes) const;

  const double target_seconds_;
  std::array<Base, kBuckets> bases_;
  Recent alone_row_;  // seconds per row of steps without decodes
  // Of the last mixed steps: seconds per row of prompts, these rows, and seconds beyond the base.
  Recent mixed_row_;
  Recent mixed_size_;
  Recent mixed_extra_;
  std::uint64_t mixed_steps_ = 0;
  std::uint64_t plain_seen_ = 0;  // mixed_steps_ at the last step that only decoded
  bool any_base_ = false;
};

}  // namespace peregrine::engine
