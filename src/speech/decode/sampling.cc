#include "speech/decode/sampling.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace peregrine::speech {
namespace {

// Lanes of a reduction: their order is part of the result, so it does not follow the machine's.
constexpr std::size_t kLanes = 16;
constexpr std::size_t kDrawPart = 1024;
constexpr float kNever = -std::numeric_limits<float>::infinity();

// e^x for x <= 0 to about 2e-7 of its value, 0 below -87. Straight code, which compilers turn into vector
// instructions: a vocabulary has 50000 of these per token.
float exp_of_negative(float x) {
  constexpr float kLog2E = 1.44269504F;
  constexpr float kLn2High = 0.693359375F;
  constexpr float kLn2Low = -2.12194440e-4F;
  constexpr float kRound = 12582912.0F;  // 1.5 * 2^23: adding it rounds to an integer
  const float clamped = std::max(x, -87.0F);
  const float shifted = clamped * kLog2E + kRound;
  const float n = shifted - kRound;
  const float r = (clamped - n * kLn2High) - n * kLn2Low;
  float p = 1.9875691500e-4F;
  p = p * r + 1.3981999507e-3F;
  p = p * r + 8.3334519073e-3F;
  p = p * r + 4.1665795894e-2F;
  p = p * r + 1.6666665459e-1F;
  p = p * r + 5.0000001201e-1F;
  p = p * r * r + r + 1.0F;
  const auto bits = static_cast<std::uint32_t>(std::bit_cast<std::int32_t>(shifted) << 23);
  const float value = std::bit_cast<float>(std::bit_cast<std::uint32_t>(p) + bits);
  return x < -87.0F ? 0.0F : value;
}

float largest(std::span<const float> logits) {
  std::array<float, kLanes> best;
  best.fill(kNever);
  const std::size_t whole = logits.size() / kLanes * kLanes;
  for (std::size_t i = 0; i < whole; i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) best[lane] = std::max(best[lane], logits[i + lane]);
  }
  float max = *std::ranges::max_element(best);
  for (std::size_t i = whole; i < logits.size(); ++i) max = std::max(max, logits[i]);
  return max;
}

// Sum of e^((x - max) * inverse), where max is at least the largest, and finite.
double sum_of_exp(std::span<const float> logits, float max, float inverse = 1.0F) {
  std::array<float, kLanes> sums{};
  const std::size_t whole = logits.size() / kLanes * kLanes;
  for (std::size_t i = 0; i < whole; i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      sums[lane] += exp_of_negative((logits[i + lane] - max) * inverse);
    }
  }
  double sum = 0;
  for (const float lane : sums) sum += static_cast<double>(lane);
  for (std::size_t i = whole; i < logits.size(); ++i) {
    sum += static_cast<double>(exp_of_negative((logits[i] - max) * inverse));
  }
  return sum;
}

Choice choice(std::span<const float> logits, std::size_t token, float normaliser) {
  return {static_cast<TokenId>(token), logits[token] - normaliser};
}

}  // namespace

bool all_finite(std::span<const float> logits) {
  constexpr std::uint32_t kExponent = 0x7F800000;
  std::uint32_t bad = 0;
  for (const float x : logits) {
    bad |= static_cast<std::uint32_t>((std::bit_cast<std::uint32_t>(x) & kExponent) == kExponent);
  }
  return bad == 0;
}

float log_sum_exp(std::span<const float> logits) {
  const float max = largest(logits);
  if (max == kNever) return kNever;
  return max + static_cast<float>(std::log(sum_of_exp(logits, max)));
}

Choice most_likely(std::span<const float> logits) {
  const float max = largest(logits);
  const auto token = static_cast<std::size_t>(std::ranges::find(logits, max) - logits.begin());
  return choice(logits, token, log_sum_exp(logits));
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
    const auto weight = static_cast<double>(exp_of_negative((logits[i] - max) * inverse));
    if (weight > 0) token = i;
    sum += weight;
  }
  return choice(logits, token, log_sum_exp(logits));
}

void most_likely(std::span<const float> logits, std::uint32_t n, std::vector<Choice>& out) {
  const float normaliser = log_sum_exp(logits);
  out.clear();
  for (std::size_t token = 0; token < logits.size(); ++token) {
    const float logprob = logits[token] - normaliser;
    if (logits[token] == kNever || (out.size() == n && logprob <= out.back().logprob)) continue;
    if (out.size() == n) out.pop_back();
    const auto place = std::ranges::upper_bound(out, logprob, std::ranges::greater{}, &Choice::logprob);
    out.insert(place, choice(logits, token, normaliser));
  }
}

float probability(std::span<const float> logits, TokenId token) {
  return std::exp(logits[static_cast<std::size_t>(token)] - log_sum_exp(logits));
}

}  // namespace peregrine::speech
