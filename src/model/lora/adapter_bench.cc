// What adapters cost a step: a small llama in Q8_0, decodes of several sequences and pieces of a prompt, with
// no adapter, with one for all rows, and with one for each sequence.
//
// One thread, so that processor time is what a step costs on a busy machine too. "overhead_bytes" is what the
// adapters of the step hold, beside the bytes of the weights.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/rng.h"
#include "gguf/writer.h"
#include "model/lora/adapter.h"
#include "model/model.h"
#include "model/testing/random_adapter.h"

namespace peregrine::model {
namespace {

constexpr std::uint32_t kWidth = 2048;
constexpr std::uint32_t kFeedForward = 5632;
constexpr std::uint32_t kKvWidth = 512;
constexpr std::uint32_t kLayers = 4;
constexpr std::uint32_t kVocabulary = 1024;
constexpr std::uint32_t kContext = 512;
constexpr std::uint32_t kBlockTokens = 16;
constexpr std::uint32_t kSequences = 8;
constexpr std::uint32_t kMaxRows = 256;

template <class T>
T need(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().text());
  return std::move(*result);
}

// Rows of the same random values, each turned by one block.
std::vector<std::byte> q8_0_rows(std::uint64_t rows, std::uint64_t cols, base::Rng& rng) {
  std::vector<float> values(cols);
  for (float& v : values)
    v = static_cast<float>((rng.uniform() - 0.5) * 3 / std::sqrt(static_cast<double>(cols)));
  const std::size_t row_bytes = *tensor::row_bytes(tensor::DType::kQ8_0, cols);
  const std::size_t block_bytes = tensor::traits(tensor::DType::kQ8_0).block_bytes;
  std::vector<std::byte> row(row_bytes);
  if (!tensor::quantize_row(tensor::DType::kQ8_0, values.data(), row.data(), cols)) row.clear();
  std::vector<std::byte> bytes;
  bytes.reserve(rows * row_bytes);
  for (std::uint64_t r = 0; r < rows; ++r) {
    bytes.insert(bytes.end(), row.begin(), row.end());
    std::rotate(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(block_bytes), row.end());
  }
  return bytes;
}

std::vector<std::byte> llama() {
  gguf::Writer writer;
  writer.add_string("general.architecture", "llama");
  writer.add_u32("llama.context_length", kContext);
  writer.add_u32("llama.embedding_length", kWidth);
  writer.add_u32("llama.block_count", kLayers);
  writer.add_u32("llama.feed_forward_length", kFeedForward);
  writer.add_u32("llama.attention.head_count", kWidth / 64);
  writer.add_u32("llama.attention.head_count_kv", kKvWidth / 64);
  writer.add_f32("llama.attention.layer_norm_rms_epsilon", 1e-5F);
  base::Rng rng(1);
  const auto matrix = [&](const std::string& name, std::uint64_t n_out, std::uint64_t n_in) {
    const std::vector<std::uint64_t> shape = {n_in, n_out};
    writer.add_tensor(name, tensor::DType::kQ8_0, gguf::Shape{std::span(shape)}, q8_0_rows(n_out, n_in, rng));
  };
  const auto norm = [&](const std::string& name) {
    const std::vector<std::uint64_t> shape = {kWidth};
    const std::vector<float> ones(kWidth, 1.0F);
    const auto bytes = std::as_bytes(std::span(ones));
    writer.add_tensor(name, tensor::DType::kF32, gguf::Shape{std::span(shape)},
                      std::vector<std::byte>(bytes.begin(), bytes.end()));
  };
  matrix("token_embd.weight", kVocabulary, kWidth);
  norm("output_norm.weight");
  for (std::uint32_t i = 0; i < kLayers; ++i) {
    const std::string prefix = "blk." + std::to_string(i) + ".";
    norm(prefix + "attn_norm.weight");
    norm(prefix + "ffn_norm.weight");
    matrix(prefix + "attn_q.weight", kWidth, kWidth);
    matrix(prefix + "attn_k.weight", kKvWidth, kWidth);
    matrix(prefix + "attn_v.weight", kKvWidth, kWidth);
    matrix(prefix + "attn_output.weight", kWidth, kWidth);
    matrix(prefix + "ffn_gate.weight", kFeedForward, kWidth);
    matrix(prefix + "ffn_up.weight", kFeedForward, kWidth);
    matrix(prefix + "ffn_down.weight", kWidth, kFeedForward);
  }
  return need(writer.bytes());
}

// The model with an adapter for each sequence; all sequences have their own blocks of one cache.
struct Loaded {
  Loaded()
      : bytes(llama()),
        file(need(gguf::File::parse(bytes))),
        backend(backend::make_cpu_backend({.threads = 1, .isa = {}}, budget)),
        model(need(load_model(file, *backend))),
        kv(need(allocate_kv(*model, kBlockTokens, tensor::DType::kF16, kSequences * kBlocks))),
        workspace(need(model->make_workspace(kMaxRows, kSequences, kContext))) {}

  void bind(std::uint32_t rank) {
    adapters.clear();
    for (std::uint32_t i = 0; i < kSequences; ++i) {
      AdapterWeights weights = testing::random_adapter(file, testing::kAttentionParts, rank, i);
      AdapterWeights more = testing::random_adapter(file, testing::kFeedForwardParts, rank, kSequences + i);
      for (AdapterLayer& layer : more.layers) weights.layers.push_back(std::move(layer));
      adapters.push_back(need(model->bind(weights)));
    }
  }

  static constexpr std::uint32_t kBlocks = kContext / kBlockTokens;  // of a sequence
  base::MemoryBudget budget{std::uint64_t{4} << 30};
  std::vector<std::byte> bytes;
  gguf::File file;
  std::unique_ptr<backend::Backend> backend;
  std::unique_ptr<Model> model;
  std::vector<std::unique_ptr<backend::KvStore>> kv;
  std::unique_ptr<Workspace> workspace;
  std::vector<std::shared_ptr<const Adapter>> adapters;
};

enum Kind { kNone, kShared, kOneEach };

// range: sequences, rows of each, rank, kind.
void step(benchmark::State& state) {
  static Loaded loaded;
  const auto n_sequences = static_cast<std::uint32_t>(state.range(0));
  const auto n_rows = static_cast<std::uint32_t>(state.range(1));
  const auto kind = static_cast<Kind>(state.range(3));
  loaded.bind(static_cast<std::uint32_t>(state.range(2)));
  std::vector<std::uint32_t> blocks(kSequences * Loaded::kBlocks);
  std::iota(blocks.begin(), blocks.end(), 0U);
  std::vector<SequenceSlice> slices;
  std::vector<const Adapter*> adapters;
  std::vector<std::uint32_t> outputs;
  std::vector<std::int32_t> positions;
  for (std::uint32_t s = 0; s < n_sequences; ++s) {
    slices.push_back(
        {.first_row = s * n_rows,
         .n_rows = n_rows,
         .start = 128,
         .blocks = std::span(blocks).subspan(std::size_t{s} * Loaded::kBlocks, Loaded::kBlocks)});
    adapters.push_back(kind == kNone ? nullptr : loaded.adapters[kind == kShared ? 0 : s].get());
    outputs.push_back((s + 1) * n_rows - 1);
    for (std::uint32_t r = 0; r < n_rows; ++r) positions.push_back(static_cast<std::int32_t>(128 + r));
  }
  const std::vector<TokenId> tokens(positions.size(), 7);
  const std::span<const SequenceSlice> group = slices;
  std::vector<float> logits(outputs.size() * kVocabulary);
  const Batch batch{.tokens = tokens,
                    .positions = positions,
                    .slices = {&group, 1},
                    .output_rows = outputs,
                    .adapters = adapters};
  for ([[maybe_unused]] auto _ : state) loaded.model->forward(batch, loaded.kv, *loaded.workspace, logits);
  state.counters["weight_bytes"] = static_cast<double>(loaded.model->info().weight_bytes);
  const double used = kind == kNone ? 0 : kind == kShared ? 1 : n_sequences;
  state.counters["overhead_bytes"] = used * static_cast<double>(loaded.adapters[0]->bytes());
}

BENCHMARK(step)
    ->ArgNames({"sequences", "rows", "rank", "kind"})
    ->ArgsProduct({{1, 8}, {1}, {16}, {kNone, kShared, kOneEach}})
    ->ArgsProduct({{1}, {256}, {16, 64}, {kNone, kShared}})
    ->ArgsProduct({{8}, {32}, {16}, {kNone, kOneEach}})
    ->MeasureProcessCPUTime()
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace peregrine::model
