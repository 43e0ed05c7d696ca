#include "tensor/dtype.h"

#include <array>

#include "base/checked.h"

namespace peregrine::tensor {
namespace {

// Indexed by DType.
constexpr std::array kTraits = std::to_array<DTypeTraits>({
    {"F32", 1, 4},        {"F16", 1, 2},      {"BF16", 1, 2},     {"Q8_0", 32, 34},   {"Q4_0", 32, 18},
    {"Q4_1", 32, 20},     {"Q5_0", 32, 22},   {"Q5_1", 32, 24},   {"IQ4_NL", 32, 18}, {"MXFP4", 32, 17},
    {"Q2_K", 256, 84},    {"Q3_K", 256, 110}, {"Q4_K", 256, 144}, {"Q5_K", 256, 176}, {"Q6_K", 256, 210},
    {"IQ4_XS", 256, 136}, {"Q16_0", 32, 68},  {"I8", 1, 1},       {"I16", 1, 2},      {"I32", 1, 4},
    {"I64", 1, 8},        {"F64", 1, 8},
});
static_assert(kTraits.size() == static_cast<std::size_t>(DType::kF64) + 1);

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
