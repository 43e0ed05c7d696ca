// What the kernels' tests share: one test run per instruction set of this machine, random rows, comparison of
// bits.
#pragma once

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernels/table.h"

namespace peregrine::kernels {

using IsaTest = testing::TestWithParam<const KernelTable*>;

// Runs every TEST_P of `suite` once per table.
#define PEREGRINE_FOR_EACH_ISA(suite)                                                        \
  INSTANTIATE_TEST_SUITE_P(                                                                  \
      Isa, suite, testing::ValuesIn(available_kernels().begin(), available_kernels().end()), \
      [](const testing::TestParamInfo<const KernelTable*>& test) { return std::string(test.param->isa); })

// The reference among the tables: plain C++.
inline const KernelTable& scalar_kernels() {
  return *available_kernels().back();
}

inline std::vector<float> random_row(std::size_t n, unsigned seed, float scale = 1.0F) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal(0.0F, scale);
  std::vector<float> row(n);
  for (float& x : row) x = normal(random);
  return row;
}

// Equal bit for bit, any NaN equal to any other. Reports the first difference.
inline testing::AssertionResult same_bits(std::span<const float> a, std::span<const float> b) {
  if (a.size() != b.size()) return testing::AssertionFailure() << "sizes " << a.size() << " and " << b.size();
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (std::isnan(a[i]) && std::isnan(b[i])) continue;
    if (std::bit_cast<std::uint32_t>(a[i]) != std::bit_cast<std::uint32_t>(b[i])) {
      return testing::AssertionFailure() << "at " << i << ": " << a[i] << " and " << b[i];
    }
  }
  return testing::AssertionSuccess();
}

inline constexpr double kEpsilon = 0x1p-24;  // relative error of one rounding to float

}  // namespace peregrine::kernels
