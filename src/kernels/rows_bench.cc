// The operations on one row of 8192 values, in cache: giga-elements per second.
#include <array>
#include <cstdint>

#include "kernels/bench_support.h"

namespace peregrine::kernels {
namespace {

constexpr std::size_t kLength = 8192;

template <class Call>
bool bench_row(std::string_view name, Call call) {
  return bench_every_isa(name, [call](benchmark::State& state, const KernelTable& table) {
    const std::vector<float> a = random_values(kLength);
    const std::vector<float> b = random_values(kLength);
    std::vector<float> out(kLength);
    for (auto _ : state) {
      call(table, a.data(), b.data(), out.data());
      benchmark::ClobberMemory();
    }
    set_giga_rate(state, "Gelements/s", kLength);
  });
}

[[maybe_unused]] const std::array kRegistered = {
    bench_row("silu_mul", [](const KernelTable& t, const float* a, const float* b,
                             float* out) { t.silu_mul(a, b, out, kLength); }),
    bench_row("softmax", [](const KernelTable& t, const float* a, const float*,
                            float* out) { t.softmax(a, out, kLength); }),
    bench_row("rms_norm", [](const KernelTable& t, const float* a, const float* b,
                             float* out) { t.rms_norm(a, b, 1e-5F, out, kLength); }),
    bench_row("rope_neox", [](const KernelTable& t, const float* a, const float* b,
                              float* out) { t.rope_neox(out, kLength / 128, 128, 128, a, b); }),
    bench_row("quantize_q8x32",
              [](const KernelTable& t, const float* a, const float*, float* out) {
                t.quantize_q8x32(a, reinterpret_cast<std::byte*>(out), kLength);
              }),
    bench_row("quantize_q8x256",
              [](const KernelTable& t, const float* a, const float*, float* out) {
                t.quantize_q8x256(a, reinterpret_cast<std::byte*>(out), kLength);
              }),
};

}  // namespace
}  // namespace peregrine::kernels
