// The items of a loop, split among lanes: each lane works through a run of neighbours from its front, and
// when it has none left takes the later half of another lane's.
//
// So lanes read memory in order, and none waits for a slow one as long as items are left. Items 0..2^32 - 2.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace peregrine::base {

class WorkSplit {
 public:
  explicit WorkSplit(std::size_t max_lanes) : runs_(max_lanes) {}

  // Not thread-safe: before lanes start. `lanes` is at most max_lanes.
  void reset(std::size_t items, std::size_t lanes) {
    n_lanes_ = lanes;
    for (std::size_t i = 0; i < lanes; ++i)
      runs_[i].range.store(pack(items * i / lanes, items * (i + 1) / lanes), std::memory_order_relaxed);
  }

  // The next item for a lane, each item once; false: there is none. One caller per lane at a time.
  bool next(std::size_t lane, std::size_t& item) {
    for (;;) {
      if (take_front(runs_[lane], item)) return true;
      if (!steal(lane)) return false;
    }
  }

 private:
  struct alignas(64) Run {
    std::atomic<std::uint64_t> range{0};  // first in the low half, end in the high one
  };
  static std::uint64_t pack(std::uint64_t first, std::uint64_t end) { return first | end << 32; }
  static std::uint64_t first_of(std::uint64_t range) { return range & 0xFFFFFFFFU; }
  static std::uint64_t end_of(std::uint64_t range) { return range >> 32; }

  static bool take_front(Run& run, std::size_t& item) {
    std::uint64_t range = run.range.load(std::memory_order_relaxed);
    while (first_of(range) < end_of(range)) {
      item = first_of(range);
      if (run.range.compare_exchange_weak(range, range + 1, std::memory_order_relaxed)) return true;
    }
    return false;
  }

  // Only the lane itself fills its run, and only an empty one, which nobody else changes.
  bool steal(std::size_t lane) {
    for (std::size_t i = 1; i < n_lanes_; ++i) {
      Run& victim = runs_[(lane + i) % n_lanes_];
      std::uint64_t range = victim.range.load(std::memory_order_relaxed);
      while (first_of(range) < end_of(range)) {
        const std::uint64_t middle = first_of(range) + (end_of(range) - first_of(range)) / 2;
        if (!victim.range.compare_exchange_weak(range, pack(first_of(range), middle),
                                                std::memory_order_relaxed))
          continue;
        runs_[lane].range.store(pack(middle, end_of(range)), std::memory_order_relaxed);
        return true;
      }
    }
    return false;
  }

  std::vector<Run> runs_;
  std::size_t n_lanes_ = 0;
};

}  // namespace peregrine::base
