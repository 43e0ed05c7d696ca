// Products of a 2048 x 8192 matrix (a feed-forward block of a model of 1 to 3 billion weights) on one thread,
// for each weight type, instruction set and number of rows. GB/s counts the bytes of the weights, once per
// product.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/aligned_buffer.h"
#include "kernels/bench_support.h"
#include "kernels/matmul/interleave.h"
#include "tensor/codec.h"

namespace peregrine::kernels {
namespace {

constexpr std::size_t kOutputs = 8192;
constexpr std::size_t kManyOutputs = 131072;  // more than caches hold
constexpr std::size_t kLength = 2048;

base::AlignedBuffer buffer(std::size_t bytes) {
  return std::move(base::AlignedBuffer::allocate(bytes).value());
}

void multiply(benchmark::State& state, std::size_t n_out) {
  const KernelTable& table = table_of(state);
  const auto type = static_cast<tensor::DType>(state.range(1));
  const auto n_rows = static_cast<std::size_t>(state.range(2));
  state.SetLabel(std::string(table.isa) + " " + std::string(tensor::traits(type).name));
  const std::size_t weight_stride = *tensor::row_bytes(type, kLength);
  base::AlignedBuffer weights = buffer(panel_bytes(n_out, weight_stride));
  weights.prefer_huge_pages();  // as the backend does
  const std::vector<float> values = random_values(kLength);
  // One encoded row many times over: encoding is slow and its values do not matter here.
  std::vector<std::byte> rows(kPanelRows * weight_stride);
  if (!tensor::quantize_row(type, values.data(), rows.data(), kLength)) return;
  for (std::size_t r = 1; r < kPanelRows; ++r)
    std::copy_n(rows.data(), weight_stride, rows.data() + r * weight_stride);
  for (std::size_t o = 0; o < n_out; o += kPanelRows)
    interleave_rows(type, rows.data(), weight_stride, kPanelRows, weights.data() + o * weight_stride);
  const ActivationFormat format = activation_format(type);
  const std::size_t activation_stride = activation_row_bytes(format, kLength);
  base::AlignedBuffer activations = buffer(n_rows * activation_stride);
  for (std::size_t r = 0; r < n_rows; ++r) {
    std::byte* row = activations.data() + r * activation_stride;
    if (table.quantize(format) != nullptr) {
      table.quantize(format)(values.data(), row, kLength);
    } else {
      std::copy_n(reinterpret_cast<const std::byte*>(values.data()), activation_stride, row);
    }
  }
  std::vector<float> out(n_rows * n_out);
  const MatmulTile tile = {.weights = weights.data(),
                           .weight_row_bytes = weight_stride,
                           .first_out = 0,
                           .n_out = n_out,
                           .activations = activations.data(),
                           .activation_row_stride = activation_stride,
                           .n_rows = n_rows,
                           .k = kLength,
                           .out = out.data(),
                           .out_row_stride = n_out};
  const MatmulTileFn run = table.matmul_tile(type);
  for ([[maybe_unused]] auto _ : state) {
    run(tile);
    benchmark::ClobberMemory();
  }
  set_giga_rate(state, "GB/s", static_cast<double>(n_out * weight_stride));
  set_giga_rate(state, "GMAC/s", static_cast<double>(n_out * kLength * n_rows));
}

// Arguments: table, weight type, rows of activations.
void matmul(benchmark::State& state) {
  multiply(state, kOutputs);
}
void matmul_from_memory(benchmark::State& state) {
  multiply(state, kManyOutputs);
}

// The memory bandwidth of one thread, to set the GB/s of a single row against.
void read_memory(benchmark::State& state) {
  const std::size_t bytes = std::size_t{256} << 20;
  base::AlignedBuffer memory = buffer(bytes);
  memory.prefer_huge_pages();
  using Vector = std::uint64_t __attribute__((vector_size(64), aligned(64), may_alias));
  const auto* vectors = reinterpret_cast<const Vector*>(memory.data());
  for ([[maybe_unused]] auto _ : state) {
    Vector sums[2] = {};
    for (std::size_t i = 0; i < bytes / sizeof(Vector); i += 2) {
      sums[0] += vectors[i];
      sums[1] += vectors[i + 1];
    }
    std::uint64_t total = sums[0][0] ^ sums[1][7];
    benchmark::DoNotOptimize(total);
  }
  set_giga_rate(state, "GB/s", static_cast<double>(bytes));
}

void every_isa_and_type(benchmark::internal::Benchmark* bench) {
  for (std::size_t isa = 0; isa < available_kernels().size(); ++isa) {
    const bool slow = available_kernels()[isa]->isa == "scalar";
    for (std::size_t type = 0; type < kMatmulTypes; ++type) {
      for (const std::int64_t rows : {1, 4, 8, 16, 64, 512}) {
        if (slow && rows > 8) continue;
        bench->Args({static_cast<std::int64_t>(isa), static_cast<std::int64_t>(type), rows});
      }
    }
  }
}

void best_isa_and_common_types(benchmark::internal::Benchmark* bench) {
  for (const tensor::DType type : {tensor::DType::kQ4_K, tensor::DType::kQ6_K, tensor::DType::kQ8_0,
                                   tensor::DType::kQ4_0, tensor::DType::kMXFP4, tensor::DType::kF16}) {
    for (const std::int64_t rows : {1, 4, 8, 16}) bench->Args({0, static_cast<std::int64_t>(type), rows});
  }
}

BENCHMARK(matmul_from_memory)
    ->ArgNames({"isa", "type", "rows"})
    ->Apply(best_isa_and_common_types)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(read_memory)->Unit(benchmark::kMillisecond);
BENCHMARK(matmul)
    ->ArgNames({"isa", "type", "rows"})
    ->Apply(every_isa_and_type)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace peregrine::kernels
