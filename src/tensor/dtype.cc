#include "tensor/dtype.h"

#include <array>

#include "base/checked.h"

namespace peregrine::tensor {
namespace {

// Indexed by DType.
constexpr std::array<DTypeTraits, 13> kTraits = {{
    {"F32", 1, 4},
    {"F16", 1, 2},
    {"BF16", 1, 2},
    {"Q8_0", 32, 34},
    {"Q4_0", 32, 18},
    {"Q4_K", 256, 144},
    {"Q5_K", 256, 176},
    {"Q6_K", 256, 210},
    {"I8", 1, 1},
    {"I16", 1, 2},
    {"I32", 1, 4},
    {"I64", 1, 8},
    {"F64", 1, 8},
}};

}  // namespace

const DTypeTraits& traits(DType type) noexcept {
  return kTraits[static_cast<std::size_t>(type)];
}

std::optional<std::uint64_t> row_bytes(DType type, std::uint64_t elements) noexcept {
  const DTypeTraits& t = traits(type);
  if (elements % t.block_elements != 0) return std::nullopt;
  return base::checked_mul<std::uint64_t>(elements / t.block_elements, t.block_bytes);
}

}  // namespace peregrine::tensor
