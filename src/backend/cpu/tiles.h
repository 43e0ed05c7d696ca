// How a matrix product is cut into tiles that threads claim.
#pragma once

#include <cstddef>

namespace peregrine::backend::cpu {

// Enough outputs to amortise the claim of an item, enough rows that a weight row is used many times while it
// is in cache.
inline constexpr std::size_t kTileOutputs = 32;
inline constexpr std::size_t kTileRows = 64;

constexpr std::size_t tiles_of(std::size_t n_out, std::size_t n_rows) {
  return (n_out + kTileOutputs - 1) / kTileOutputs * ((n_rows + kTileRows - 1) / kTileRows);
}

}  // namespace peregrine::backend::cpu
