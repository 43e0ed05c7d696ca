// Nucleus (top-p) selection (Holtzman et al., 2020): the fewest likeliest tokens that hold a share of all
// weight.
//
// Ordered by weight, ties by id. No full sort: tokens too light to matter are left out in one pass, and the
// cut among the rest is found by partitioning, in linear time.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace peregrine::engine {

struct WeightedToken {
  std::uint64_t weight = 0;
  std::uint32_t token = 0;
};

class Nucleus {
 public:
  // `total` is the sum of `weights` and not zero; top_p in [0, 1). At least one token is chosen.
  void choose(std::span<const std::uint64_t> weights, std::uint64_t total, double top_p);

  // The chosen ones by ascending id, and the sum of their weights.
  std::span<const WeightedToken> tokens() const { return members_; }
  std::uint64_t total() const { return total_; }

 private:
  std::vector<WeightedToken> members_;
  std::vector<WeightedToken> order_;
  std::uint64_t total_ = 0;
};

}  // namespace peregrine::engine
