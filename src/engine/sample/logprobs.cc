#include "engine/sample/logprobs.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/sample/row_passes.h"

namespace peregrine::engine {
namespace {

using Candidate = std::pair<TokenId, float>;

bool likelier(const Candidate& a, const Candidate& b) {
  return a.second != b.second ? a.second > b.second : a.first < b.first;
}

// Log-softmax of one row. Kept as maximum and log of the sum, since adding the two would round away the
// second when logits are huge.
class LogSoftmax {
 public:
  explicit LogSoftmax(std::span<const float> logits)
      : max_(row_passes().scan(logits.data(), logits.size()).max),
        log_sum_(std::log(row_passes().sum_exp(logits.data(), logits.size(), max_))) {}

  float operator()(float logit) const {
    const double logprob = (static_cast<double>(logit) - max_) - log_sum_;
    return static_cast<float>(std::max(logprob, static_cast<double>(std::numeric_limits<float>::lowest())));
  }

 private:
  double max_;
  double log_sum_;
};

// The k likeliest, descending: a heap whose front is the least likely of those kept.
std::vector<Candidate> top_candidates(std::span<const float> logits, std::size_t k) {
  std::vector<Candidate> heap;
  if (k == 0) return heap;
  heap.reserve(k);
  float least = -std::numeric_limits<float>::infinity();
  for (std::size_t i = 0;; ++i) {
    // An equal logit further on loses to the ids before it.
    i += row_passes().find_above(logits.data() + i, logits.size() - i, least);
    if (i == logits.size()) break;
    if (heap.size() == k) {
      std::ranges::pop_heap(heap, likelier);
      heap.pop_back();
    }
    heap.emplace_back(static_cast<TokenId>(i), logits[i]);
    std::ranges::push_heap(heap, likelier);
    if (heap.size() == k) least = heap.front().second;
  }
  std::ranges::sort_heap(heap, likelier);
  return heap;
}

}  // namespace

TokenLogprobs token_logprobs(std::span<const float> logits, TokenId chosen, std::uint32_t top) {
  const LogSoftmax log_softmax(logits);
  TokenLogprobs result;
  result.chosen = log_softmax(logits[static_cast<std::size_t>(chosen)]);
  result.top = top_candidates(logits, std::min<std::size_t>(top, logits.size()));
  for (Candidate& candidate : result.top) candidate.second = log_softmax(candidate.second);
  return result;
}

}  // namespace peregrine::engine
