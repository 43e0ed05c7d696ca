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

struct Case {
  float temperature = 1;
  float top_p = 1;
  float penalty = 0;
  bool logprobs = false;
  bool flat = false;
};

void run(benchmark::State& state, const Case& params) {
  std::vector<float> logits = params.flat ? bell_with_peaks(0.1, 0) : bell_with_peaks(4, 20);
  SamplingParams sampling;
  sampling.temperature = params.temperature;
  sampling.top_p = params.top_p;
  sampling.frequency_penalty = params.penalty;
  Sampler sampler(sampling);
  SamplerScratch scratch;
  for ([[maybe_unused]] auto _ : state) {
    const auto token = sampler.sample(logits, scratch);
    benchmark::DoNotOptimize(token);
    if (params.logprobs) benchmark::DoNotOptimize(token_logprobs(logits, *token, 20));
  }
  state.counters["tokens/s"] =
      benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}
BENCHMARK_CAPTURE(run, greedy, Case{.temperature = 0})->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(run, temperature_1, Case{})->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(run, temperature_0_6, Case{.temperature = 0.6F})->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(run, penalty, Case{.penalty = 0.001F})->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(run, top_p_0_95, Case{.top_p = 0.95F})->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(run, top_p_0_95_temperature_0_6, Case{.temperature = 0.6F, .top_p = 0.95F})
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(run, top_p_0_95_penalty, Case{.top_p = 0.95F, .penalty = 0.001F})
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(run, top_p_0_95_flat, Case{.top_p = 0.95F, .flat = true})->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(run, top_p_0_95_logprobs_20, Case{.top_p = 0.95F, .logprobs = true})
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(run, greedy_logprobs_20, Case{.temperature = 0, .logprobs = true})
    ->Unit(benchmark::kMicrosecond);

void logprobs_top_20(benchmark::State& state) {
  const std::vector<float> logits = bell_with_peaks(4, 20);
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(token_logprobs(logits, 5, 20));
}
BENCHMARK(logprobs_top_20)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace peregrine::engine
