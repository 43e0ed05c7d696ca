// Cost of one token over a vocabulary of 128 K, by parameters. Logits are spread as those of a language
// model: a wide bell of unlikely tokens, and a few dozen that hold nearly all the probability.
#include <benchmark/benchmark.h>

#include <vector>

#include "engine/sample/logprobs.h"
#include "engine/sample/sampler.h"

namespace peregrine::engine {
namespace {

constexpr std::size_t kVocab = 128256;

std::vector<float> bell_with_peaks(double spread, double peak) {
  base::Rng rng(1);
  std::vector<float> logits(kVocab);
  for (float& logit : logits) {
    const double sum = rng.uniform() + rng.uniform() + rng.uniform() + rng.uniform();
    logit = static_cast<float>((sum - 2.0) * spread);
  }
  for (int i = 0; i < 40; ++i) logits[rng.next() % kVocab] += static_cast<float>(peak * rng.uniform());
  return logits;
}

void run(benchmark::State& state, bool peaked, float temperature, float top_p, float penalty) {
  std::vector<float> logits = peaked ? bell_with_peaks(4, 20) : bell_with_peaks(0.1, 0);
  SamplingParams params;
  params.temperature = temperature;
  params.top_p = top_p;
  params.frequency_penalty = penalty;
  Sampler sampler(params);
  SamplerScratch scratch;
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(sampler.sample(logits, scratch));
  state.counters["tokens/s"] =
      benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}
BENCHMARK_CAPTURE(run, greedy, true, 0, 1, 0)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(run, temperature_1, true, 1, 1, 0)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(run, top_p_0_9, true, 1, 0.9F, 0)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(run, top_p_0_9_of_a_flat_row, false, 1, 0.9F, 0)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(run, top_p_0_9_with_penalty, true, 1, 0.9F, 0.001F)->Unit(benchmark::kMicrosecond);

void logprobs_top_20(benchmark::State& state) {
  const std::vector<float> logits = bell_with_peaks(4, 20);
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(token_logprobs(logits, 5, 20));
}
BENCHMARK(logprobs_top_20)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace peregrine::engine
