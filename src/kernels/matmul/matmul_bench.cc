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
#include "tensor/codec.h"

namespace peregrine::kernels {
namespace {

constexpr std::size_t kOutputs = 8192;
constexpr std::size_t kLength = 2048;

base::AlignedBuffer buffer(std::size_t bytes) {
  return std::move(base::AlignedBuffer::allocate(bytes).value());
}

void multiply(benchmark::State& state, const KernelTable& table, tensor::DType type) {
  const auto n_rows = static_cast<std::size_t>(state.range(0));
  const std::size_t weight_stride = *tensor::row_bytes(type, kLength);
  base::AlignedBuffer weights = buffer(kOutputs * weight_stride);
  const std::vector<float> values = random_values(kLength);
  for (std::size_t o = 0; o < kOutputs; ++o) {
    // One encoded row many times over: encoding is slow and its values do not matter here.
    if (o == 0) {
      if (!tensor::quantize_row(type, values.data(), weights.data(), kLength)) return;
    } else {
      std::copy_n(weights.data(), weight_stride, weights.data() + o * weight_stride);
    }
  }
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
  std::vector<float> out(n_rows * kOutputs);
  const MatmulTile tile = {.weights = weights.data(),
                           .weight_row_stride = weight_stride,
                           .n_out = kOutputs,
                           .activations = activations.data(),
                           .activation_row_stride = activation_stride,
                           .n_rows = n_rows,
                           .k = kLength,
                           .out = out.data(),
                           .out_row_stride = kOutputs};
  const MatmulTileFn run = table.matmul_tile(type);
  for (auto _ : state) {
    run(tile);
    benchmark::ClobberMemory();
  }
  set_giga_rate(state, "GB/s", static_cast<double>(kOutputs * weight_stride));
  set_giga_rate(state, "GMAC/s", static_cast<double>(kOutputs * kLength * n_rows));
}

// The memory bandwidth of one thread, to set the GB/s of a single row against.
void read_memory(benchmark::State& state) {
  const std::size_t bytes = std::size_t{256} << 20;
  base::AlignedBuffer memory = buffer(bytes);
  using Vector = std::uint64_t __attribute__((vector_size(64), aligned(64), may_alias));
  const auto* vectors = reinterpret_cast<const Vector*>(memory.data());
  for (auto _ : state) {
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

void register_all() {
  benchmark::RegisterBenchmark("read_memory", read_memory)->Unit(benchmark::kMillisecond);
  for (const KernelTable* table : available_kernels()) {
    for (std::size_t type = 0; type < kMatmulTypes; ++type) {
      const auto dtype = static_cast<tensor::DType>(type);
      const std::string name =
          "matmul/" + std::string(table->isa) + "/" + std::string(tensor::traits(dtype).name);
      auto* bench = benchmark::RegisterBenchmark(
          name.c_str(), [table, dtype](benchmark::State& state) { multiply(state, *table, dtype); });
      bench->Unit(benchmark::kMillisecond)->Arg(1)->Arg(8);
      if (table->isa != "scalar") bench->Arg(64)->Arg(512);
    }
  }
}

[[maybe_unused]] const bool kRegistered = (register_all(), true);

}  // namespace
}  // namespace peregrine::kernels
