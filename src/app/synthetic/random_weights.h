// Random weights in any tensor type, from a seed, fast enough for models of billions of parameters.
//
// Values are close to normal: sums of eight uniform numbers, in integers, so that a seed gives the same file
// on every machine. Up to kDirectElements of a tensor are drawn and encoded one by one. Larger tensors are
// put together from cells of kCellElements values, drawn at random from a pool that was encoded once per type
// and distribution: every cell is a true encoding of such values, and all are used over and over. Rows no
// wider than a cell therefore repeat in matrices of more than kPoolCells rows.
#pragma once

#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

#include "app/synthetic/layout.h"
#include "base/rng.h"
#include "gguf/atomic_file.h"

namespace peregrine::app::synthetic {

inline constexpr std::size_t kCellElements = 256;  // whole blocks of every type
inline constexpr std::size_t kPoolCells = 4096;
inline constexpr std::size_t kDirectElements = 65536;

class RandomWeights {
 public:
  explicit RandomWeights(std::uint64_t seed) : seed_(seed) {}

  // Hands the tensor's bytes to `sink` in pieces. They depend on the seed and the tensor alone.
  Status emit(const PlannedTensor& tensor, gguf::ByteSink sink);

 private:
  using Cells = std::vector<std::byte>;
  struct Distribution {
    tensor::DType type;
    float mean;
    float deviation;
    auto operator<=>(const Distribution&) const = default;
  };
  // Made on first use.
  const Cells& pool(const Distribution& distribution);

  std::uint64_t seed_;
  std::map<Distribution, Cells> pools_;
};

}  // namespace peregrine::app::synthetic
