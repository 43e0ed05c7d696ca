#include "engine/sample/weights.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <limits>

#include "engine/sample/exp.h"

namespace peregrine::engine {
namespace {

inline std::uint64_t to_weight(double distance) {
  // Adding 2^52 rounds to an integer and leaves it in the low bits.
  constexpr double kShift = 0x1.0p52;
  const double shifted =
      exp_nonpositive(distance) * static_cast<double>(std::uint64_t{1} << kWeightBits) + kShift;
  return std::bit_cast<std::uint64_t>(shifted) - std::bit_cast<std::uint64_t>(kShift);
}

}  // namespace

std::uint64_t weight_at(double distance) {
  return to_weight(distance);
}

RowScan scan_row(std::span<const float> logits) {
  constexpr std::size_t kLanes = 16;  // independent maxima, for the vector units
  std::array<float, kLanes> max;
  max.fill(-std::numeric_limits<float>::infinity());
  std::array<std::uint32_t, kLanes> bad{};
  std::size_t i = 0;
  const auto take = [&](std::size_t lane, float logit) {
    max[lane] = max[lane] < logit ? logit : max[lane];
    bad[lane] |= logit <= std::numeric_limits<float>::max() ? 0U : 1U;
  };
  for (; i + kLanes <= logits.size(); i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) take(lane, logits[i + lane]);
  }
  for (; i < logits.size(); ++i) take(0, logits[i]);
  return {.max = *std::ranges::max_element(max), .drawable = std::ranges::max(bad) == 0};
}

std::uint64_t fill_weights(std::span<const float> logits, double max, double inverse_temperature,
                           std::span<std::uint64_t> weights) {
  assert(weights.size() == logits.size() && logits.size() <= kMaxVocab);
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < logits.size(); ++i) {
    weights[i] = to_weight((static_cast<double>(logits[i]) - max) * inverse_temperature);
    sum += weights[i];
  }
  return sum;
}

}  // namespace peregrine::engine
