// One query token over 4096 tokens in blocks of 32, four query heads of 128 on one KV head in F16: a decode
// step of one KV head of an 8-billion llama. GB/s counts keys and values once.
#include <cstdint>

#include "kernels/bench_support.h"

namespace peregrine::kernels {
namespace {

constexpr std::size_t kHeads = 4;
constexpr std::size_t kDim = 128;
constexpr std::size_t kTokens = 4096;
constexpr std::size_t kBlockTokens = 32;

void attention_f16(benchmark::State& state) {
  const KernelTable& table = table_of(state);
  const std::vector<float> values = random_values(kTokens * kDim);
  std::vector<std::uint16_t> halves(values.size());
  table.f32_to_f16(values.data(), halves.data(), values.size());
  std::vector<std::uint16_t> more_halves = halves;
  std::vector<const std::byte*> key_blocks;
  std::vector<const std::byte*> value_blocks;
  for (std::size_t t = 0; t < kTokens; t += kBlockTokens) {
    key_blocks.push_back(reinterpret_cast<const std::byte*>(halves.data() + t * kDim));
    value_blocks.push_back(reinterpret_cast<const std::byte*>(more_halves.data() + t * kDim));
  }
  std::vector<float> scores(attention_workspace(kHeads, kTokens));
  std::vector<float> out(kHeads * kDim);
  const AttentionTask task = {.q = values.data(),
                              .n_heads = kHeads,
                              .key_dim = kDim,
                              .value_dim = kDim,
                              .value_stride = kDim,
                              .key_blocks = key_blocks.data(),
                              .value_blocks = value_blocks.data(),
                              .block_tokens = kBlockTokens,
                              .first_token = 0,
                              .n_tokens = kTokens,
                              .scale = 0.088F,
                              .scores = scores.data(),
                              .out = out.data()};
  for ([[maybe_unused]] auto _ : state) {
    table.attention_f16(task);
    benchmark::ClobberMemory();
  }
  set_giga_rate(state, "GB/s", 2.0 * kTokens * kDim * sizeof(std::uint16_t));
  set_giga_rate(state, "GMAC/s", 2.0 * kTokens * kDim * kHeads);
}

BENCHMARK(attention_f16)->Apply(every_isa);

}  // namespace
}  // namespace peregrine::kernels
