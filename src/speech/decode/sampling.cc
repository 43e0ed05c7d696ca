#include "speech/decode/sampling.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "speech/decode/row_passes.h"

namespace peregrine::speech {
namespace {

constexpr std::size_t kDrawPart = 1024;
constexpr float kNever = -std::numeric_limits<float>::infinity();

double sum_of_exp(std::span<const float> logits, float max, float inverse = 1.0F) {
  return row_passes().sum_of_exp(logits.data(), logits.size(), max, inverse);
}

// The first from `begin` on that is at least `least`, or the number of all.
std::size_t find_at_least(std::span<const float> logits, float least, std::size_t begin = 0) {
  return begin + row_passes().find_at_least(logits.data() + begin, logits.size() - begin, least);
}

Choice choice(std::span<const float> logits, std::size_t token, float normaliser) {
  return {static_cast<TokenId>(token), logits[token] - normaliser};
}

}  // namespace

bool all_finite(std::span<const float> logits) {
  return row_passes().all_finite(logits.data(), logits.size());
}

float largest(std::span<const float> logits) {
  return row_passes().largest(logits.data(), logits.size());
}

float log_sum_exp(std::span<const float> logits) {
  const float max = largest(logits);
  if (max == kNever) return kNever;
  return max + static_cast<float>(std::log(sum_of_exp(logits, max)));
}

Choice most_likely(std::span<const float> logits) {
  const float max = largest(logits);
  return choice(logits, find_at_least(logits, max), log_sum_exp(logits));
}

Choice draw(std::span<const float> logits, float temperature, base::Rng& rng) {
  const float max = largest(logits);
  const float inverse = 1.0F / temperature;
  // Sums of parts first: the token is then looked for in one of them.
  std::vector<double> sums;
  sums.reserve(logits.size() / kDrawPart + 1);
  double total = 0;
  for (std::size_t i = 0; i < logits.size(); i += kDrawPart) {
    const std::size_t size = std::min(kDrawPart, logits.size() - i);
    sums.push_back(sum_of_exp(logits.subspan(i, size), max, inverse));
    total += sums.back();
  }
  double target = rng.uniform() * total;
  std::size_t part = 0;
  while (part + 1 < sums.size() && sums[part] <= target) target -= sums[part++];
  // Rounding may leave the target at the sum itself: then it is the last that is possible, of the last part
  // that has one.
  while (part > 0 && sums[part] == 0) --part;
  std::size_t token = part * kDrawPart;
  const std::size_t end = std::min(token + kDrawPart, logits.size());
  double sum = 0;
  for (std::size_t i = token; i < end && sum <= target; ++i) {
    const double weight = sum_of_exp(logits.subspan(i, 1), max, inverse);
    if (weight > 0) token = i;
    sum += weight;
  }
  return choice(logits, token, log_sum_exp(logits));
}

void most_likely(std::span<const float> logits, std::uint32_t n, std::vector<Choice>& out) {
  const float normaliser = log_sum_exp(logits);
  out.clear();
  // Once there are enough, only what reaches the last one can take its place.
  float least = kNever;
  for (std::size_t token = 0; (token = find_at_least(logits, least, token)) < logits.size(); ++token) {
    const float logprob = logits[token] - normaliser;
    if (logits[token] == kNever || (out.size() == n && logprob <= out.back().logprob)) continue;
    if (out.size() == n) out.pop_back();
    const auto place = std::ranges::upper_bound(out, logprob, std::ranges::greater{}, &Choice::logprob);
    out.insert(place, choice(logits, token, normaliser));
    if (out.size() == n) least = logits[static_cast<std::size_t>(out.back().token)];
  }
}

float probability(std::span<const float> logits, TokenId token) {
  return std::exp(logits[static_cast<std::size_t>(token)] - log_sum_exp(logits));
}

}  // namespace peregrine::speech
