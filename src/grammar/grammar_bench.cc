// Compilation and masks over a vocabulary of 128 K tokens, on the schemas of tests/grammar/schemas.
// Run from the root of the repository, or set PEREGRINE_SOURCE and PEREGRINE_VOCABULARY (a packed GGUF).
#include <benchmark/benchmark.h>
#include <ctime>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <vector>

#include "grammar/matcher.h"
#include "grammar/testing/schema_files.h"
#include "grammar/testing/vocabularies.h"
#include "grammar/testing/walk.h"

namespace peregrine::grammar {
namespace {

std::filesystem::path from_environment(const char* name, const char* otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : value;
}

// Time of this thread on a core, in microseconds: what others do on the machine does not count.
double cpu_us() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

struct Times {
  std::vector<double> us;
  double mean() const {
    double sum = 0;
    for (const double t : us) sum += t;
    return us.empty() ? 0 : sum / static_cast<double>(us.size());
  }
  double quantile(double q) {
    std::sort(us.begin(), us.end());
    return us.empty()
               ? 0
               : us[std::min(us.size() - 1, static_cast<std::size_t>(q * static_cast<double>(us.size())))];
  }
};

void report(benchmark::State& state, const char* what, Times& times) {
  const std::string name = what;
  state.counters[name + "_mean_us"] = times.mean();
  state.counters[name + "_p50_us"] = times.quantile(0.5);
  state.counters[name + "_p99_us"] = times.quantile(0.99);
  state.counters[name + "_max_us"] = times.quantile(1);
  state.counters[name + "_n"] = static_cast<double>(times.us.size());
}

// Each schema is compiled anew and walked like a generation: tokens that lengthen the text, longest first at
// times, so that masks are met as a model meets them. Nothing is warm but the vocabulary.
void BM_SchemasCold(benchmark::State& state) {
  const auto vocabulary = testing::packed_vocabulary(
      from_environment("PEREGRINE_VOCABULARY", "../shared/golden/tokenizer/ggml-vocab-llama-bpe.gguf.xz"));
  if (vocabulary == nullptr) {
    state.SkipWithError("no vocabulary");
    return;
  }
  const auto schemas = testing::read_schemas(from_environment("PEREGRINE_SOURCE", "."));
  std::vector<std::uint64_t> mask(vocabulary->mask_words());
  Times compile;
  Times masks;
  Times steps;
  const bool verbose = std::getenv("PEREGRINE_VERBOSE") != nullptr;
  for (auto _ : state) {
    std::mt19937 random(5);
    for (const auto& [name, schema] : schemas) {
      const double t0 = cpu_us();
      const auto grammar = compile_json_schema(schema).value();
      compile.us.push_back(cpu_us() - t0);
      for (int walk = 0; walk < 2; ++walk) {
        auto matcher = Matcher::create(grammar, vocabulary).value();
        std::string text;
        for (int step = 0; step < 150; ++step) {
          const double t1 = cpu_us();
          static_cast<void>(matcher.compute_mask(mask));
          const double us = cpu_us() - t1;
          masks.us.push_back(us);
          if (verbose && us > 300) std::printf("%8.0f us %s after %s\n", us, name.c_str(), text.c_str());
          const auto allowed = testing::allowed_tokens(mask);
          if (allowed.empty()) break;
          const TokenId id = [&] {
            std::vector<TokenId> closing;
            for (const TokenId t : allowed) {
              if (vocabulary->is_end(t)) return t;
              const char last = vocabulary->bytes(t).back();
              if (last == '"' || last == '}' || last == ']' || last == ',') closing.push_back(t);
            }
            return !closing.empty() && random() % 4 == 0 ? closing[random() % closing.size()]
                                                         : allowed[random() % allowed.size()];
          }();
          if (vocabulary->is_end(id)) break;
          text += vocabulary->bytes(id);
          const double t2 = cpu_us();
          static_cast<void>(matcher.accept_token(id));
          steps.us.push_back(cpu_us() - t2);
        }
      }
    }
  }
  report(state, "compile", compile);
  report(state, "mask", masks);
  report(state, "accept", steps);
}
BENCHMARK(BM_SchemasCold)->Iterations(1)->Unit(benchmark::kMillisecond);

void BM_Vocabulary(benchmark::State& state) {
  const auto vocabulary = testing::packed_vocabulary(
      from_environment("PEREGRINE_VOCABULARY", "../shared/golden/tokenizer/ggml-vocab-llama-bpe.gguf.xz"));
  if (vocabulary == nullptr) {
    state.SkipWithError("no vocabulary");
    return;
  }
  std::vector<std::string_view> pieces;
  for (TokenId id = 0; id < vocabulary->size(); ++id) pieces.push_back(vocabulary->bytes(id));
  for (auto _ : state) {
    const Vocabulary again(pieces, vocabulary->end_ids());
    benchmark::DoNotOptimize(again.trie().nodes.size());
  }
}
BENCHMARK(BM_Vocabulary)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace peregrine::grammar
