// What the tests of this room share: the types under test, random rows, a round trip.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <random>
#include <span>
#include <vector>

#include "tensor/codec.h"

namespace peregrine::tensor {

using Bytes = std::vector<std::byte>;

inline constexpr std::array kBlockTypes = {
    DType::kQ8_0, DType::kQ4_0, DType::kQ4_1, DType::kQ5_0, DType::kQ5_1, DType::kIQ4_NL, DType::kMXFP4,
    DType::kQ2_K, DType::kQ3_K, DType::kQ4_K, DType::kQ5_K, DType::kQ6_K, DType::kIQ4_XS, DType::kQ16_0};

inline std::vector<DType> float_types() {
  std::vector<DType> types = {DType::kF32, DType::kF16, DType::kBF16};
  types.insert(types.end(), kBlockTypes.begin(), kBlockTypes.end());
  return types;
}

inline std::vector<float> normal_values(std::size_t n, unsigned seed, float scale = 1.0F, float mean = 0.0F) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal(mean, scale);
  std::vector<float> values(n);
  for (float& value : values) value = normal(random);
  return values;
}

inline std::vector<float> decode(DType type, const Bytes& bytes) {
  const DTypeTraits& t = traits(type);
  std::vector<float> out(bytes.size() / t.block_bytes * t.block_elements);
  dequantize_row(type, bytes.data(), out.data(), out.size());
  return out;
}

inline std::vector<float> round_trip(DType type, std::span<const float> values) {
  Bytes bytes(row_bytes(type, values.size()).value());
  EXPECT_TRUE(quantize_row(type, values.data(), bytes.data(), values.size()));
  return decode(type, bytes);
}

}  // namespace peregrine::tensor
