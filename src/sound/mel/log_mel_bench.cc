// A window of 30 s of sound, as whisper's encoder takes it.
#include <benchmark/benchmark.h>

#include <random>

#include "sound/audio_source.h"
#include "sound/mel/log_mel.h"
#include "sound/mel/mel_stream.h"
#include "sound/testing/sounds.h"

namespace peregrine::sound {
namespace {

void log_mel_window(benchmark::State& state) {
  const auto n_mels = static_cast<std::uint32_t>(state.range(0));
  constexpr std::uint32_t kFrames = 3000;
  auto mel = LogMel::create(n_mels, slaney_mel_filters(n_mels));
  std::mt19937 random(1);
  std::uniform_real_distribution<float> uniform(-0.5F, 0.5F);
  std::vector<float> samples(std::size_t{kFrames} * kMelHop);
  for (float& sample : samples) sample = uniform(random);
  std::vector<float> out(std::size_t{n_mels} * kFrames);
  for (auto _ : state) {
    mel->compute(samples, kFrames, out);
    benchmark::DoNotOptimize(out.data());
  }
  const double seconds = static_cast<double>(samples.size()) / kSampleRate;
  state.counters["x_real_time"] =
      benchmark::Counter(seconds * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}
// What is left of it when the sound was measured while it came in.
void log_mel_known_window(benchmark::State& state) {
  const auto n_mels = static_cast<std::uint32_t>(state.range(0));
  constexpr std::uint32_t kFrames = 3000;
  const auto samples = testing::white_noise(30.0, 0.1F);
  MelStream stream(LogMel::create(n_mels, slaney_mel_filters(n_mels)).value(), samples.size());
  stream.push(samples);
  std::vector<float> out(std::size_t{n_mels} * kFrames);
  for (auto _ : state) {
    stream.window(samples.size(), kFrames, out);
    benchmark::DoNotOptimize(out.data());
  }
}
BENCHMARK(log_mel_known_window)->Arg(80)->Arg(128)->Unit(benchmark::kMillisecond);

BENCHMARK(log_mel_window)->Arg(80)->Arg(128)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace peregrine::sound
