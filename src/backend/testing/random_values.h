// Numbers for tests of computations.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/rng.h"

namespace peregrine::backend::testing {

// `n` values in [-bound, bound), the same for the same seed.
inline std::vector<float> random_values(std::size_t n, std::uint64_t seed, double bound = 1) {
  base::Rng rng(seed);
  std::vector<float> values(n);
  for (float& value : values) value = static_cast<float>(rng.uniform() * 2 * bound - bound);
  return values;
}

}  // namespace peregrine::backend::testing
