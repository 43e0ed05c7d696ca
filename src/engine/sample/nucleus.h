// Nucleus (top-p) selection (Holtzman et al., 2020): the fewest likeliest tokens that hold a share of all
// weight.
//
// Ordered by weight, ties by id, and known by its last token in that order, the cut. No full sort: tokens too
// light to matter are left out in one pass, the cut among the rest is found by partitioning; when the rest is
// large, because the row is flat, a histogram first tells in which narrow range of weights the cut lies.
#pragma once

#include <cstddef>
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
  // `total` is the sum of `weights` and not zero; each is at most 2^kWeightBits; top_p in [0, 1). At least
  // one token is chosen.
  void choose(std::span<const std::uint64_t> weights, std::uint64_t total, double top_p);

  // Of the last choice: whether a token of this weight belongs to it, the sum of its weights, and, for `left`
  // below that sum, the token at which the sum of its weights by ascending id exceeds `left`.
  bool contains(const WeightedToken& token) const;
  std::uint64_t total() const { return total_; }
  std::uint32_t at(std::span<const std::uint64_t> weights, std::uint64_t left) const;

 private:
  std::uint64_t narrow(std::span<const std::uint64_t> weights, std::uint64_t least, std::uint64_t target);

  std::vector<std::uint32_t> places_;
  std::vector<WeightedToken> order_;
  std::vector<std::uint64_t> histogram_;
  WeightedToken cut_;
  std::uint64_t total_ = 0;
};

}  // namespace peregrine::engine
