// Overhead of planning one step: 64 sequences that decode, beside a queue that does or does not fit.
#include <benchmark/benchmark.h>

#include <vector>

#include "engine/sched/scheduler.h"

namespace peregrine::engine {
namespace {

void plan_steps(benchmark::State& state, std::uint32_t decoding, std::uint32_t prefilling,
                std::uint32_t queued) {
  const SchedulerLimits limits{.step_tokens = 512, .max_sequences = 64, .block_tokens = 16};
  std::vector<RunningSequence> running(
      decoding, {.known = 1001, .computed = 1000, .blocks = 63, .private_blocks = 60, .paused = false});
  running.insert(running.end(), prefilling,
                 {.known = 4000, .computed = 512, .blocks = 32, .private_blocks = 32, .paused = false});
  const std::vector<WaitingSequence> waiting(queued, {.known = 500, .held = false});
  Scheduler scheduler(limits);
  StepPlan plan;
  for ([[maybe_unused]] auto _ : state) {
    scheduler.plan(
        {.running = running, .waiting = waiting, .available_blocks = 10000},
        [](std::uint32_t) { return PrefixHit{.blocks = 4, .unreferenced = 0}; }, plan);
    benchmark::DoNotOptimize(plan);
  }
}
BENCHMARK_CAPTURE(plan_steps, decodes_64, 64, 0, 0);
BENCHMARK_CAPTURE(plan_steps, decodes_60_prefills_4_queued_256, 60, 4, 256);
BENCHMARK_CAPTURE(plan_steps, admits_from_256, 32, 0, 256);

}  // namespace
}  // namespace peregrine::engine
