// A KV head of an 8-billion llama, four query heads of 128: a decoded row and a tile of sixteen rows of a
// prompt, over contexts of 64 to 4096 tokens, and for decoding of 131072, which no cache holds. GB/s counts
// stored keys and values once, as a row reads them; GFLOP/s counts what the rows see.
#include "kernels/attention/attention_testing.h"
#include "kernels/bench_support.h"

namespace peregrine::kernels {
namespace {

constexpr std::size_t kHeads = 4;
constexpr std::size_t kDim = 128;

void attend(benchmark::State& state, tensor::DType type, std::size_t n_rows) {
  const KernelTable& table = table_of(state);
  const auto n_tokens = static_cast<std::size_t>(state.range(1));
  AttentionProblem problem{.n_heads = kHeads,
                           .key_dim = kDim,
                           .value_dim = kDim,
                           .visible = {},
                           .q = random_values(n_rows * kHeads * kDim),
                           .keys = random_values(n_tokens * kDim),
                           .values = random_values(n_tokens * kDim),
                           .scale = 0.088F};
  double seen = 0.0;
  for (std::size_t i = n_tokens - n_rows; i < n_tokens; ++i) {
    problem.visible.push_back({0, static_cast<std::uint32_t>(i + 1)});
    seen += static_cast<double>(i + 1);
  }
  AttentionSolver solver(table, type, problem);
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(solver.solve());
  const std::size_t tiles = (n_tokens + kKvTileTokens - 1) / kKvTileTokens;
  set_giga_rate(state, "GB/s", 2.0 * static_cast<double>(tiles * tile_bytes(type, kDim)));
  set_giga_rate(state, "GFLOP/s", 4.0 * seen * kDim * kHeads);
}

void decode_f16(benchmark::State& state) {
  attend(state, tensor::DType::kF16, 1);
}
void decode_q8_0(benchmark::State& state) {
  attend(state, tensor::DType::kQ8_0, 1);
}
void prefill_f16(benchmark::State& state) {
  attend(state, tensor::DType::kF16, 16);
}
void prefill_q8_0(benchmark::State& state) {
  attend(state, tensor::DType::kQ8_0, 16);
}

void contexts(benchmark::internal::Benchmark* bench) {
  for (std::size_t i = 0; i < available_kernels().size(); ++i) {
    for (const std::int64_t tokens : {64, 512, 4096}) bench->Args({static_cast<std::int64_t>(i), tokens});
  }
}

void long_contexts(benchmark::internal::Benchmark* bench) {
  contexts(bench);
  bench->Args({0, 1 << 17});
}

BENCHMARK(decode_f16)->Apply(long_contexts);
BENCHMARK(decode_q8_0)->Apply(long_contexts);
BENCHMARK(prefill_f16)->Apply(contexts);
BENCHMARK(prefill_q8_0)->Apply(contexts);

}  // namespace
}  // namespace peregrine::kernels
