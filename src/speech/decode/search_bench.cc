// What choosing a token and aligning a window cost beside the model: one row of large-v3's vocabulary, and
// the attention of ten heads over a full window.
#include <benchmark/benchmark.h>

#include <deque>
#include <string>
#include <vector>

#include "speech/align/dtw.h"
#include "speech/decode/search.h"

namespace peregrine::speech {
namespace {

constexpr std::uint32_t kVocabulary = 51866;
constexpr std::uint32_t kPositions = 1500;
constexpr std::size_t kTextTokens = 50257;

Vocabulary large_vocabulary() {
  static const std::deque<std::string> texts = [] {
    std::deque<std::string> all;
    for (std::size_t i = 0; i < kTextTokens; ++i) {
      all.push_back(i < 256 ? std::string(1, static_cast<char>(i)) : " w" + std::to_string(i));
    }
    return all;
  }();
  static const std::vector<std::string_view> views(texts.begin(), texts.end());
  return Vocabulary::create(views, kVocabulary, kPositions).value();
}

std::vector<float> noise(std::size_t n) {
  base::Rng rng(1);
  std::vector<float> values(n);
  for (float& value : values) value = static_cast<float>(10 * rng.uniform());
  return values;
}

// A token of each of `width` hypotheses: greedy for 1, a beam above; samples where there is a temperature.
void step(benchmark::State& state, float temperature) {
  const Vocabulary vocabulary = large_vocabulary();
  const auto width = static_cast<std::uint32_t>(state.range(0));
  const std::vector<float> logits = noise(kVocabulary);
  std::vector<std::vector<float>> rows(width, logits);
  std::vector<std::uint32_t> parents;
  std::unique_ptr<Search> search;
  std::int64_t tokens = 0;
  for (auto _ : state) {
    if (!search || search->done()) {
      search = Search::create(vocabulary, {.temperature = temperature, .width = width, .max_tokens = 224});
    }
    for (std::vector<float>& row : rows) row = logits;
    tokens += static_cast<std::int64_t>(search->live().size());
    search->advance([&](std::size_t i) { return std::span<float>(rows[i]); }, parents);
  }
  state.SetItemsProcessed(tokens);
}
void bm_likeliest(benchmark::State& state) {
  step(state, 0.0F);
}
void bm_sampled(benchmark::State& state) {
  step(state, 0.8F);
}
BENCHMARK(bm_likeliest)->Arg(1)->Arg(5);
BENCHMARK(bm_sampled)->Arg(1)->Arg(5);

void bm_align(benchmark::State& state) {
  constexpr std::uint32_t kHeads = 10;
  const auto rows = static_cast<std::uint32_t>(state.range(0));
  const std::vector<float> attention = noise(std::size_t{kHeads} * rows * kPositions);
  for (auto _ : state) {
    const std::vector<float> matrix = alignment_matrix({.values = attention,
                                                        .heads = kHeads,
                                                        .all_rows = rows,
                                                        .stride = kPositions,
                                                        .first_row = 0,
                                                        .rows = rows,
                                                        .frames = kPositions});
    benchmark::DoNotOptimize(first_columns(matrix, rows, kPositions));
  }
}
BENCHMARK(bm_align)->Arg(60)->Arg(224)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace peregrine::speech
