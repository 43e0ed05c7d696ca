#include "app/synthetic/type_mix.h"

#include <algorithm>
#include <array>

namespace peregrine::app::synthetic {
namespace {

using tensor::DType;

// A mix of one type, and Q6_K for the output.
constexpr TypeMix mostly(std::string_view name, DType type, std::uint32_t file_type, bool more_bits = false) {
  return {name, type, DType::kQ6_K, type, more_bits, file_type};
}
constexpr TypeMix all(std::string_view name, DType type, std::uint32_t file_type) {
  return {name, type, type, type, false, file_type};
}

constexpr std::array kMixes = {
    all("F32", DType::kF32, 0),
    all("F16", DType::kF16, 1),
    all("BF16", DType::kBF16, 32),
    all("Q8_0", DType::kQ8_0, 7),
    mostly("Q4_0", DType::kQ4_0, 2),
    mostly("Q4_1", DType::kQ4_1, 3),
    mostly("Q5_0", DType::kQ5_0, 8),
    mostly("Q5_1", DType::kQ5_1, 9),
    mostly("Q2_K_S", DType::kQ2_K, 21),
    mostly("Q3_K_S", DType::kQ3_K, 11),
    mostly("Q4_K_S", DType::kQ4_K, 14),
    mostly("Q4_K_M", DType::kQ4_K, 15, true),
    mostly("Q5_K_S", DType::kQ5_K, 16),
    mostly("Q5_K_M", DType::kQ5_K, 17, true),
    mostly("Q6_K", DType::kQ6_K, 18),
    mostly("IQ4_NL", DType::kIQ4_NL, 25),
    mostly("IQ4_XS", DType::kIQ4_XS, 30),
    TypeMix{"MXFP4", DType::kQ8_0, DType::kQ8_0, DType::kMXFP4, false, 38},
};

// For rows that do not fill blocks of 256: about as many bits in blocks of 32.
DType smaller_blocks(DType type) {
  switch (type) {
    case DType::kQ2_K:
    case DType::kQ3_K:
    case DType::kIQ4_XS:
      return DType::kIQ4_NL;
    case DType::kQ4_K:
      return DType::kQ5_0;
    case DType::kQ5_K:
      return DType::kQ5_1;
    case DType::kQ6_K:
      return DType::kQ8_0;
    default:
      return type;
  }
}

DType fallback(DType type, std::uint64_t n_in) {
  const auto fills = [n_in](DType candidate) { return n_in % tensor::traits(candidate).block_elements == 0; };
  if (fills(type)) return type;
  const DType smaller = smaller_blocks(type);
  return fills(smaller) ? smaller : DType::kF16;
}

bool gets_more_bits(std::uint32_t layer, std::uint32_t layers) {
  const std::uint32_t eighth = layers / 8;
  return layer < eighth || layer >= 7 * layers / 8 || (layer - eighth) % 3 == 2;
}

}  // namespace

std::span<const TypeMix> type_mixes() {
  return kMixes;
}

const TypeMix* find_type_mix(std::string_view name) {
  const auto* found = std::ranges::find(kMixes, name, &TypeMix::name);
  return found == kMixes.end() ? nullptr : found;
}

tensor::DType type_of(const TypeMix& mix, MatrixRole role, std::uint32_t layer, std::uint32_t layers,
                      std::uint64_t n_in) {
  const bool experts = role == MatrixRole::kExperts || role == MatrixRole::kExpertsDown;
  DType type = experts ? mix.experts : mix.matrices;
  if (role == MatrixRole::kOutput) type = mix.output;
  const bool may_have_more = role == MatrixRole::kValueOrDown || role == MatrixRole::kExpertsDown;
  if (may_have_more && mix.more_bits && gets_more_bits(layer, layers)) type = DType::kQ6_K;
  return fallback(type, n_in);
}

}  // namespace peregrine::app::synthetic
