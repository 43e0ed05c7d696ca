#include "kernels/table.h"

#include <cstdlib>
#include <vector>

#include "base/log.h"
#include "kernels/isa/isa.h"

namespace peregrine::kernels {
namespace {

// Best first. Each test also covers the operating system's saving of the registers.
std::vector<const KernelTable*> tables_of_this_machine() {
  std::vector<const KernelTable*> tables;
#if defined(__x86_64__)
  const bool avx2 =
      __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("f16c");
  const bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
                      __builtin_cpu_supports("avx512vnni");
  if (avx2 && avx512) tables.push_back(&kAvx512Table);
  if (avx2) tables.push_back(&kAvx2Table);
#endif
  tables.push_back(&kScalarTable);
  return tables;
}

}  // namespace

std::span<const KernelTable* const> available_kernels() {
  static const std::vector<const KernelTable*> tables = tables_of_this_machine();
  return tables;
}

const KernelTable& select_kernels(std::string_view isa, std::span<const KernelTable* const> available) {
  const KernelTable& best = *available.front();
  if (isa.empty()) return best;
  for (const KernelTable* table : available) {
    if (table->isa == isa) return *table;
  }
  base::log(base::LogLevel::kWarning,
            "PEREGRINE_ISA={} is unknown or not supported by this machine; using {}", isa, best.isa);
  return best;
}

const KernelTable& kernels() {
  static const KernelTable& chosen = [&]() -> const KernelTable& {
    const char* isa = std::getenv("PEREGRINE_ISA");
    const KernelTable& table = select_kernels(isa != nullptr ? isa : "", available_kernels());
    base::log(base::LogLevel::kInfo, "kernels: {}", table.isa);
    return table;
  }();
  return chosen;
}

}  // namespace peregrine::kernels
