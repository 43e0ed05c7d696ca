// Whisper on two threads: windows encoded, and tokens of one and of eight sequences. PEREGRINE_WHISPER names
// the file (peregrine make-model --preset whisper-base makes one); PEREGRINE_WHISPER_INT8 rounds its encoder
// to eight bits, PEREGRINE_THREADS sets their number. GMAC/s counts the products of matrices and attention;
// GB/s the weights and the window's keys and values, once per step.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <memory>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "base/memory_budget.h"
#include "gguf/whisper_file.h"
#include "model/speech/speech_model.h"

namespace peregrine::model {
namespace {

constexpr std::uint32_t kMaxSequences = 8;

struct Loaded {
  base::MemoryBudget budget{std::uint64_t{16} << 30};
  gguf::WhisperFile file;
  std::unique_ptr<backend::Backend> backend;
  std::unique_ptr<SpeechModel> model;
  std::unique_ptr<SpeechState> state;

  static std::unique_ptr<Loaded> open(const char* path) {
    auto file = gguf::WhisperFile::open(path);
    if (!file) return nullptr;
    std::unique_ptr<Loaded> loaded(new Loaded(std::move(*file)));
    const char* threads = std::getenv("PEREGRINE_THREADS");
    const auto n_threads = static_cast<unsigned>(threads == nullptr ? 2 : std::atoi(threads));
    loaded->backend = backend::make_cpu_backend({.threads = n_threads, .isa = {}}, loaded->budget);
    SpeechModelOptions options;
    if (std::getenv("PEREGRINE_WHISPER_INT8") != nullptr) options.encoder = EncoderWeights::kInt8;
    auto model = load_speech_model(loaded->file, *loaded->backend, options);
    if (!model) return nullptr;
    loaded->model = std::move(*model);
    auto state = loaded->model->make_state({.windows = kMaxSequences,
                                            .sequences = kMaxSequences,
                                            .rows = kMaxSequences,
                                            .output_rows = kMaxSequences});
    if (!state) return nullptr;
    loaded->state = std::move(*state);
    // The first pass touches the memory that later ones find in place.
    const std::vector<float> mel(std::size_t{loaded->file.hparams().n_mels} *
                                 loaded->model->info().mel_frames);
    const std::uint32_t window = 0;
    loaded->model->encode(mel, {&window, 1}, *loaded->state);
    return loaded;
  }

  double encoder_macs() const {
    const gguf::WhisperHparams& h = file.hparams();
    const double t = h.n_audio_ctx;
    const double d = h.n_audio_state;
    const double convolutions = 2 * t * 3 * h.n_mels * d + t * 3 * d * d;
    return convolutions + h.n_audio_layer * (12 * t * d * d + 2 * t * t * d) + h.n_text_layer * 2 * t * d * d;
  }
  // What a step of n sequences reads, each with a window of its own.
  double decoder_bytes(double n) const {
    const gguf::WhisperHparams& h = file.hparams();
    double bytes = n * h.n_text_layer * 2.0 * h.n_audio_ctx * h.n_text_state * 2;
    for (const gguf::TensorInfo& tensor : file.tensors()) {
      if (tensor.name.starts_with("decoder.")) bytes += static_cast<double>(tensor.data.size());
    }
    return bytes;
  }

 private:
  explicit Loaded(gguf::WhisperFile of) : file(std::move(of)) {}
};

// The file of the environment, loaded once; null and a message where there is none.
Loaded* loaded(benchmark::State& state) {
  static const std::unique_ptr<Loaded> once = [] {
    const char* path = std::getenv("PEREGRINE_WHISPER");
    return path == nullptr ? nullptr : Loaded::open(path);
  }();
  if (once == nullptr) state.SkipWithError("PEREGRINE_WHISPER names no whisper model");
  return once.get();
}

void rate(benchmark::State& state, const char* name, double per_iteration) {
  state.counters[name] = benchmark::Counter(per_iteration * static_cast<double>(state.iterations()),
                                            benchmark::Counter::kIsRate);
}

std::vector<float> some_mel(const SpeechModelInfo& info) {
  std::vector<float> mel(std::size_t{info.n_mels} * info.mel_frames);
  for (std::size_t i = 0; i < mel.size(); ++i) mel[i] = static_cast<float>(i * 7919 % 1000) / 500.0F - 0.5F;
  return mel;
}

void encode(benchmark::State& state) {
  Loaded* l = loaded(state);
  if (l == nullptr) return;
  const std::vector<float> mel = some_mel(l->model->info());
  const std::uint32_t window = 0;
  for ([[maybe_unused]] auto _ : state) l->model->encode(mel, {&window, 1}, *l->state);
  rate(state, "windows/s", 1.0);
  rate(state, "GMAC/s", l->encoder_macs() * 1e-9);
}

void decode(benchmark::State& state) {
  Loaded* l = loaded(state);
  if (l == nullptr) return;
  const auto n = static_cast<std::uint32_t>(state.range(0));
  const SpeechModelInfo& info = l->model->info();
  const std::vector<float> mel = some_mel(info);
  std::vector<TextSlice> slices;
  for (std::uint32_t i = 0; i < n; ++i) {
    l->model->encode(mel, {&i, 1}, *l->state);
    slices.push_back({.first_row = i, .n_rows = 1, .start = 0, .sequence = i, .window = i});
  }
  const std::vector<TokenId> tokens(n, 440);
  std::vector<std::uint32_t> rows(n);
  std::iota(rows.begin(), rows.end(), 0U);
  std::vector<float> logits(std::size_t{n} * info.n_vocab);
  std::uint32_t step = 0;
  for ([[maybe_unused]] auto _ : state) {
    for (TextSlice& slice : slices) slice.start = step % 128;
    l->model->decode({tokens, slices, rows}, *l->state, logits);
    ++step;
  }
  rate(state, "tokens/s", n);
  rate(state, "GB/s", l->decoder_bytes(n) * 1e-9);
}

BENCHMARK(encode)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(decode)->Arg(1)->Arg(4)->Arg(kMaxSequences)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace peregrine::model
