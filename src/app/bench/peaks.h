// What the machine can do at most with a number of threads, measured now: other work on it counts.
#pragma once

#include <string_view>

#include "base/memory_budget.h"
#include "base/result.h"
#include "base/thread_pool.h"

namespace peregrine::app::bench {

struct Peaks {
  double read_bytes = 0;      // per second, from memory
  double int8_macs = 0;       // multiply-accumulates per second
  double fp32_flops = 0;      // per second, a multiply-add being two
  std::string_view int8_isa;  // instructions behind int8_macs: "avx512-vnni", "avx2", "scalar"
  std::string_view fp32_isa;
};

// Takes a few seconds at most. Each figure is the median of several passes on all threads of the pool.
// Errors: kResourceExhausted when the budget has no room for a buffer larger than the caches.
Result<Peaks> probe_peaks(base::ThreadPool& pool, base::MemoryBudget& budget);

}  // namespace peregrine::app::bench
