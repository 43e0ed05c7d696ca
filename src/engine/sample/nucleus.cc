#include "engine/sample/nucleus.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>

#include "engine/sample/row_passes.h"
#include "engine/sample/weights.h"

namespace peregrine::engine {
namespace {

// More tokens than these go through the histogram.
constexpr std::size_t kFewTokens = 2048;
constexpr std::size_t kBlock = 256;

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

// Ranges of weights for a histogram: by exponent and leading bits, hence of one relative width. Numbered from
// that of the lightest weight on, which is 1; those below are 0.
class WeightRanges {
 public:
  explicit WeightRanges(std::uint64_t least) : least_(least) {
    const int octaves = kWeightBits + 2 - static_cast<int>(std::bit_width(least));
    shift_ = kMantissaBits - static_cast<int>(std::bit_width(kMost / static_cast<unsigned>(octaves))) + 1;
    first_ = key(least);
  }
  std::size_t size() const { return key(std::uint64_t{1} << kWeightBits) - first_ + 2; }
  std::size_t operator()(std::uint64_t weight) const {
    return weight < least_ ? 0 : key(weight) - first_ + 1;
  }
  // The smallest weight of a range after the first.
  std::uint64_t begin(std::size_t range) const {
    const std::uint64_t bits = (range - 1 + first_) << shift_;
    return std::max(least_, static_cast<std::uint64_t>(std::ceil(std::bit_cast<double>(bits))));
  }

 private:
  static constexpr int kMantissaBits = 52;
  static constexpr unsigned kMost = 4096;
  std::uint64_t key(std::uint64_t weight) const {
    return std::bit_cast<std::uint64_t>(static_cast<double>(static_cast<std::int64_t>(weight))) >> shift_;
  }
  std::uint64_t least_;
  int shift_ = 0;
  std::uint64_t first_ = 0;
};

}  // namespace

// Leaves in order_ the tokens of the range of weights in which the running sum reaches `target`; returns the
// sum of all heavier ones.
std::uint64_t Nucleus::narrow(std::span<const std::uint64_t> weights, std::uint64_t least,
                              std::uint64_t target) {
  const WeightRanges ranges(least);
  histogram_.assign(ranges.size(), 0);
  for (const std::uint64_t weight : weights) histogram_[ranges(weight)] += weight;
  std::size_t range = ranges.size() - 1;
  std::uint64_t heavier = 0;
  for (; heavier + histogram_[range] < target; --range) heavier += histogram_[range];
  const std::uint64_t begin = ranges.begin(range);
  const std::uint64_t width = ranges.begin(range + 1) - begin;
  for (std::uint32_t token = 0; token < weights.size(); ++token) {
    if (weights[token] - begin < width) order_.push_back({weights[token], token});
  }
  return heavier;
}

void Nucleus::choose(std::span<const std::uint64_t> weights, std::uint64_t total, double top_p) {
  assert(total > 0 && top_p >= 0 && top_p < 1);
  const auto share = static_cast<std::uint64_t>(std::ceil(static_cast<double>(total) * top_p));
  const std::uint64_t target = std::clamp<std::uint64_t>(share, 1, total);
  // All tokens lighter than this hold less than total - target together, so the nucleus does without them.
  const std::uint64_t least = std::max<std::uint64_t>((total - target) / weights.size(), 1);
  order_.clear();
  places_.resize(kFewTokens + 16);
  const std::size_t n =
      row_passes().find_weights(weights.data(), weights.size(), least, kFewTokens, places_.data());
  std::uint64_t heavier = 0;
  if (n <= kFewTokens) {
    for (const std::uint32_t place : std::span(places_).first(n)) order_.push_back({weights[place], place});
  } else {
    heavier = narrow(weights, least, target);
  }
  cut_ = find_cut(order_, target - heavier);
  total_ = heavier;
  for (const WeightedToken& token : order_) total_ += contains(token) ? token.weight : 0;
}

bool Nucleus::contains(const WeightedToken& token) const {
  return !comes_before(cut_, token);
}

std::uint32_t Nucleus::at(std::span<const std::uint64_t> weights, std::uint64_t left) const {
  assert(left < total_);
  std::size_t token = 0;
  // Of tokens up to the cut's, equal weights belong to it; of those behind, heavier ones.
  const auto skip = [&](std::size_t end, std::uint64_t least) {
    while (token + kBlock <= end) {
      const std::uint64_t sum = row_passes().sum_weights(weights.data() + token, kBlock, least);
      if (left < sum) return;
      left -= sum;
      token += kBlock;
    }
  };
  skip(cut_.token + std::size_t{1}, cut_.weight);
  for (;; ++token) {
    if (token > cut_.token && token % kBlock == 0) skip(weights.size(), cut_.weight + 1);
    if (!contains({weights[token], static_cast<std::uint32_t>(token)})) continue;
    if (left < weights[token]) return static_cast<std::uint32_t>(token);
    left -= weights[token];
  }
}

}  // namespace peregrine::engine
