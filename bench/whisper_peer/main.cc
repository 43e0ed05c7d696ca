// Times whisper.cpp on one model and one sound, and prints a JSON object a run.
//
//   whisper_peer MODEL PCM THREADS encode|full REPEAT
//
// PCM: F32 samples, mono, 16 kHz, no header. `encode` times the encoder on the first 30 s; `full` the whole
// pipeline at temperature 1 without timestamps and the ladder of fallbacks, so that the work does not depend
// on what random weights say.
#include <whisper.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

namespace {

std::vector<float> read_samples(const char* path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  std::vector<float> samples(static_cast<std::size_t>(file.tellg()) / sizeof(float));
  file.seekg(0);
  file.read(reinterpret_cast<char*>(samples.data()),
            static_cast<std::streamsize>(samples.size() * sizeof(float)));
  return samples;
}

double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

[[noreturn]] void fail(const char* what) {
  std::fprintf(stderr, "whisper_peer: %s\n", what);
  std::exit(1);
}

double encode(whisper_context* context, const std::vector<float>& samples, int threads) {
  if (whisper_pcm_to_mel(context, samples.data(), static_cast<int>(samples.size()), threads) != 0) {
    fail("no spectrogram");
  }
  const double start = now();
  if (whisper_encode(context, 0, threads) != 0) fail("the encoder failed");
  return now() - start;
}

struct Transcription {
  double seconds = 0;
  int windows = 0;
  int tokens = 0;  // of the text, timestamps not among them
};

Transcription transcribe(whisper_context* context, const std::vector<float>& samples, int threads) {
  whisper_full_params params = whisper_full_default_params(WHISPER_SAMPLING_GREEDY);
  params.n_threads = threads;
  params.language = "en";
  params.temperature = 1;
  params.temperature_inc = 0;
  params.greedy.best_of = 1;
  params.no_context = true;
  params.no_timestamps =
      true;  // random ones end a window after a few tokens: every window is to be decoded to its limit
  params.print_progress = false;
  params.print_realtime = false;
  params.print_timestamps = false;
  Transcription result;
  params.encoder_begin_callback_user_data = &result.windows;
  params.encoder_begin_callback = [](whisper_context*, whisper_state*, void* windows) {
    ++*static_cast<int*>(windows);
    return true;
  };
  const double start = now();
  if (whisper_full(context, params, samples.data(), static_cast<int>(samples.size())) != 0) fail("it failed");
  result.seconds = now() - start;
  for (int i = 0; i < whisper_full_n_segments(context); ++i)
    result.tokens += whisper_full_n_tokens(context, i);
  return result;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6) fail("usage: whisper_peer MODEL PCM THREADS encode|full REPEAT");
  const std::vector<float> samples = read_samples(argv[2]);
  const int threads = std::atoi(argv[3]);
  const std::string mode = argv[4];
  whisper_log_set([](ggml_log_level, const char*, void*) {}, nullptr);
  whisper_context_params options = whisper_context_default_params();
  options.use_gpu = false;
  whisper_context* context = whisper_init_from_file_with_params(argv[1], options);
  if (context == nullptr) fail("the model cannot be loaded");
  for (int i = 0; i < std::atoi(argv[5]); ++i) {
    if (mode == "encode") {
      std::printf("{\"seconds\": %.6f}\n", encode(context, samples, threads));
    } else {
      const Transcription done = transcribe(context, samples, threads);
      std::printf("{\"seconds\": %.6f, \"windows\": %d, \"tokens\": %d}\n", done.seconds, done.windows,
                  done.tokens);
    }
    std::fflush(stdout);
  }
  whisper_free(context);
  return 0;
}
