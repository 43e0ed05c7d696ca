#include "speech/decode/row_passes.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

#include "kernels/simd/region.h"
#include "kernels/table.h"

namespace peregrine::speech {
namespace {

// Of a reduction: their order is part of the result, so their number does not follow the machine.
constexpr std::size_t kLanes = 16;
constexpr float kLeastArgument = -87.0F;  // e^x is 0 below it

namespace baseline {
constexpr std::size_t kWide = 4;
#include "speech/decode/row_passes_impl.h"
}  // namespace baseline

#if defined(__x86_64__)
PEREGRINE_TARGET_PUSH("avx2")
namespace avx2 {
constexpr std::size_t kWide = 8;
#include "speech/decode/row_passes_impl.h"  // NOLINT(readability-duplicate-include): once per set
}  // namespace avx2
PEREGRINE_TARGET_POP

PEREGRINE_TARGET_PUSH("avx512f,avx512bw,avx512vl,avx512dq")
namespace avx512 {
constexpr std::size_t kWide = 16;
#include "speech/decode/row_passes_impl.h"  // NOLINT(readability-duplicate-include)
}  // namespace avx512
PEREGRINE_TARGET_POP
#endif

constexpr RowPasses kBaseline = baseline::make_passes("baseline");
#if defined(__x86_64__)
constexpr RowPasses kAvx2 = avx2::make_passes("avx2");
constexpr RowPasses kAvx512 = avx512::make_passes("avx512");
#endif

const RowPasses* passes_for(std::string_view kernel_isa) {
#if defined(__x86_64__)
  if (kernel_isa == kAvx2.isa) return &kAvx2;
  if (kernel_isa == kAvx512.isa) return &kAvx512;
#endif
  static_cast<void>(kernel_isa);
  return &kBaseline;
}

}  // namespace

const RowPasses& row_passes() {
  static const RowPasses& passes = *passes_for(kernels::kernels().isa);
  return passes;
}

std::span<const RowPasses* const> available_row_passes() {
  static const std::vector<const RowPasses*> all = [] {
    std::vector<const RowPasses*> passes;
    for (const kernels::KernelTable* table : kernels::available_kernels())
      passes.push_back(passes_for(table->isa));
    return passes;
  }();
  return all;
}

}  // namespace peregrine::speech
