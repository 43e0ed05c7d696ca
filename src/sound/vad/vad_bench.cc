// Voice activity detection of a minute of speech, with all that belongs to it.
#include <benchmark/benchmark.h>

#include <vector>

#include "sound/testing/sounds.h"
#include "sound/vad/speech_reader.h"

namespace peregrine::sound {
namespace {

void speech_reader_minute(benchmark::State& state) {
  constexpr double kSeconds = 60.0;
  const testing::Sound sound =
      testing::mixed(testing::voice(kSeconds), testing::white_noise(kSeconds, 0.001F));
  std::vector<float> out(16000);
  for (auto _ : state) {
    state.PauseTiming();
    testing::VectorSource source(sound);
    state.ResumeTiming();
    SpeechReader reader(source, {});
    while (reader.read(out).value_or(0) == out.size()) benchmark::DoNotOptimize(out.data());
  }
  state.counters["x_real_time"] =
      benchmark::Counter(kSeconds * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}
BENCHMARK(speech_reader_minute)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace peregrine::sound
