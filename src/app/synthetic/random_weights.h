// Random weights in any tensor type, from a seed, fast enough for models of billions of parameters.
//
// Values are close to normal: sums of eight uniform numbers, in integers, so that a seed gives the same file
// on every machine. Up to kDirectElements of a tensor are drawn and encoded one by one. Larger tensors are
// put together from cells of kCellElements values, taken at random from the kPoolCells of their type and
// distribution: every cell is a true encoding of such values, and all are used over and over. Rows no wider
// than a cell therefore repeat in matrices of many rows.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "app/synthetic/layout.h"
#include "base/atomic_file.h"
#include "base/rng.h"

namespace peregrine::app::synthetic {

inline constexpr std::size_t kCellElements = 256;  // whole blocks of every type
inline constexpr std::size_t kPoolCells = 4096;
inline constexpr std::size_t kDirectElements = 65536;

class RandomWeights {
 public:
  explicit RandomWeights(std::uint64_t seed) : seed_(seed) {}

  // Hands the tensor's bytes to `sink` in pieces. They depend on the seed and the tensor alone.
  Status emit(const PlannedTensor& tensor, base::ByteSink sink);

 private:
  struct Distribution {
    tensor::DType type;
    float mean;
    float deviation;
    auto operator<=>(const Distribution&) const = default;
  };
  // Cells of one distribution, each made on first use.
  class Pool {
   public:
    Pool(std::uint64_t seed, const Distribution& distribution);
    std::size_t cell_bytes() const { return cell_bytes_; }
    std::span<const std::byte> cell(std::size_t index);

   private:
    std::uint64_t seed_;
    Distribution distribution_;
    std::size_t cell_bytes_;
    std::vector<std::byte> cells_;
    std::vector<bool> made_;
  };
  Pool& pool(const Distribution& distribution);

  std::uint64_t seed_;
  std::map<Distribution, Pool> pools_;
};

}  // namespace peregrine::app::synthetic
