// The operations on one row of 8192 values, in cache: giga-elements per second.
#include <cstddef>
#include <vector>

#include "kernels/bench_support.h"

namespace peregrine::kernels {
namespace {

constexpr std::size_t kLength = 8192;

using Call = void (*)(const KernelTable& table, const float* a, const float* b, float* out);

void row(benchmark::State& state, Call call) {
  const KernelTable& table = table_of(state);
  const std::vector<float> a = random_values(kLength);
  const std::vector<float> b = random_values(kLength);
  std::vector<float> out(kLength);
  for ([[maybe_unused]] auto _ : state) {
    call(table, a.data(), b.data(), out.data());
    benchmark::ClobberMemory();
  }
  set_giga_rate(state, "Gelements/s", kLength);
}

void silu_mul(const KernelTable& table, const float* a, const float* b, float* out) {
  table.silu_mul(a, b, out, kLength);
}
void softmax(const KernelTable& table, const float* a, const float*, float* out) {
  table.softmax(a, out, kLength);
}
void rms_norm(const KernelTable& table, const float* a, const float* b, float* out) {
  table.rms_norm(a, b, 1e-5F, out, kLength);
}
void rope_neox(const KernelTable& table, const float* a, const float* b, float* out) {
  table.rope_neox(out, kLength / 128, 128, 128, a, b);
}
void quantize_q8x32(const KernelTable& table, const float* a, const float*, float* out) {
  table.quantize_q8x32(a, reinterpret_cast<std::byte*>(out), kLength);
}
void quantize_q8x256(const KernelTable& table, const float* a, const float*, float* out) {
  table.quantize_q8x256(a, reinterpret_cast<std::byte*>(out), kLength);
}

BENCHMARK_CAPTURE(row, silu_mul, silu_mul)->Apply(every_isa);
BENCHMARK_CAPTURE(row, softmax, softmax)->Apply(every_isa);
BENCHMARK_CAPTURE(row, rms_norm, rms_norm)->Apply(every_isa);
BENCHMARK_CAPTURE(row, rope_neox, rope_neox)->Apply(every_isa);
BENCHMARK_CAPTURE(row, quantize_q8x32, quantize_q8x32)->Apply(every_isa);
BENCHMARK_CAPTURE(row, quantize_q8x256, quantize_q8x256)->Apply(every_isa);

}  // namespace
}  // namespace peregrine::kernels
