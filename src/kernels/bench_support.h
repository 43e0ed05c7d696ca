// What the kernels' benchmarks share: one run per instruction set of this machine, random rows, rates.
#pragma once

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "kernels/table.h"

namespace peregrine::kernels {

inline std::vector<float> random_values(std::size_t n) {
  std::mt19937 random(1);
  std::normal_distribution<float> normal;
  std::vector<float> values(n);
  for (float& v : values) v = normal(random);
  return values;
}

// Shows `per_iteration` times 1e-9 per second as `name`.
inline void set_giga_rate(benchmark::State& state, const char* name, double per_iteration) {
  const double total = per_iteration * static_cast<double>(state.iterations()) * 1e-9;
  state.counters[name] = benchmark::Counter(total, benchmark::Counter::kIsRate);
}

// For BENCHMARK(...)->Apply: the first argument counts the tables of this machine.
inline void every_isa(benchmark::internal::Benchmark* bench) {
  for (std::size_t i = 0; i < available_kernels().size(); ++i) bench->Arg(static_cast<std::int64_t>(i));
}

// The table that the first argument means; its name becomes the label.
inline const KernelTable& table_of(benchmark::State& state) {
  const KernelTable& table = *available_kernels()[static_cast<std::size_t>(state.range(0))];
  state.SetLabel(std::string(table.isa));
  return table;
}

}  // namespace peregrine::kernels
