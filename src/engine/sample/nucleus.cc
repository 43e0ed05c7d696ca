#include "engine/sample/nucleus.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace peregrine::engine {
namespace {

bool comes_before(const WeightedToken& a, const WeightedToken& b) {
  return a.weight != b.weight ? a.weight > b.weight : a.token < b.token;
}

std::uint64_t sum_of(std::span<const WeightedToken> tokens) {
  std::uint64_t sum = 0;
  for (const WeightedToken& token : tokens) sum += token.weight;
  return sum;
}

// The token at which the running sum, in order, reaches `target`. Permutes `tokens`, whose sum is at least
// that.
WeightedToken find_cut(std::span<WeightedToken> tokens, std::uint64_t target) {
  constexpr std::size_t kSortBelow = 64;
  while (tokens.size() > kSortBelow) {
    const std::size_t half = tokens.size() / 2;
    std::ranges::nth_element(tokens, tokens.begin() + static_cast<std::ptrdiff_t>(half), comes_before);
    const std::uint64_t heavier = sum_of(tokens.first(half));
    if (heavier >= target) {
      tokens = tokens.first(half);
    } else {
      target -= heavier;
      tokens = tokens.subspan(half);
    }
  }
  std::ranges::sort(tokens, comes_before);
  std::size_t i = 0;
  for (; i + 1 < tokens.size() && tokens[i].weight < target; ++i) target -= tokens[i].weight;
  return tokens[i];
}

}  // namespace

void Nucleus::choose(std::span<const std::uint64_t> weights, std::uint64_t total, double top_p) {
  assert(total > 0 && top_p >= 0 && top_p < 1);
  const auto share = static_cast<std::uint64_t>(std::ceil(static_cast<double>(total) * top_p));
  const std::uint64_t target = std::clamp<std::uint64_t>(share, 1, total);
  // All tokens lighter than this hold less than total - target together, so the nucleus does without them.
  const std::uint64_t least = std::max<std::uint64_t>((total - target) / weights.size(), 1);
  members_.clear();
  for (std::uint32_t token = 0; token < weights.size(); ++token) {
    if (weights[token] >= least) members_.push_back({weights[token], token});
  }
  order_.assign(members_.begin(), members_.end());
  const WeightedToken cut = find_cut(order_, target);
  std::erase_if(members_, [&](const WeightedToken& member) { return comes_before(cut, member); });
  total_ = sum_of(members_);
}

}  // namespace peregrine::engine
