// What the kernels' benchmarks share: one registration per instruction set of this machine, random rows,
// rates.
#pragma once

#include <benchmark/benchmark.h>

#include <cstddef>
#include <random>
#include <string>
#include <string_view>
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

// Registers run(state, table) as "name/ISA" for each table.
template <class Run>
bool bench_every_isa(std::string_view name, Run run) {
  for (const KernelTable* table : available_kernels()) {
    const std::string full = std::string(name) + "/" + std::string(table->isa);
    benchmark::RegisterBenchmark(full.c_str(), [run, table](benchmark::State& state) { run(state, *table); });
  }
  return true;
}

}  // namespace peregrine::kernels
