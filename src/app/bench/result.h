// A measured cell as figures: tokens per second, the active work behind them, and shares of the peaks.
#pragma once

#include <span>

#include "app/bench/cell.h"
#include "app/bench/peaks.h"
#include "app/bench/spread.h"
#include "app/bench/work.h"

namespace peregrine::app::bench {

// Of one phase, all streams together. Rates and shares belong to the median.
struct Phase {
  std::uint64_t tokens = 0;  // timed in each repetition
  Spread tokens_per_second;
  double bytes_per_second = 0;
  double macs_per_second = 0;
  double read_share = 0;        // of the peak of reading memory
  double arithmetic_share = 0;  // of the peaks of arithmetic: the time they would need, over the time taken
};

struct CellResult {
  Cell cell;
  std::uint32_t repeat = 0;
  Phase prefill;
  Phase decode;
};

// `seconds`: at least one.
CellResult evaluate(const Cell& cell, std::span<const Seconds> seconds, const Work& work, const Peaks& peaks);

}  // namespace peregrine::app::bench
