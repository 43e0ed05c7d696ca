#include "tensor/iq4_codebook.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace peregrine::tensor {
namespace {

constexpr std::array<float, 15> kMidpoints = [] {
  std::array<float, 15> out{};
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = static_cast<float>(kIq4Codebook[i] + kIq4Codebook[i + 1]) / 2.0F;
  }
  return out;
}();

struct Candidate {
  float scale = 0.0F;
  double gain = -std::numeric_limits<double>::infinity();  // |x|^2 less the squared error
};

// Least squares of x on the entries that `trial` gives.
Candidate refine(std::span<const float> x, float trial) noexcept {
  double sum_cc = 0.0;
  double sum_cx = 0.0;
  for (const float value : x) {
    const double entry = kIq4Codebook[nearest_iq4(value / trial)];
    sum_cc += entry * entry;
    sum_cx += entry * value;
  }
  return {static_cast<float>(sum_cx / sum_cc), sum_cx * sum_cx / sum_cc};
}

}  // namespace

std::uint8_t nearest_iq4(float value) noexcept {
  return static_cast<std::uint8_t>(std::ranges::lower_bound(kMidpoints, value) - kMidpoints.begin());
}

float fit_iq4(std::span<const float> x) noexcept {
  // Trials put the largest weight near either end of the codebook, up to a level (16) off.
  constexpr int kTrials = 9;
  constexpr float kTrialStep = 1.75F;
  float largest = 0.0F;
  for (const float value : x) {
    if (std::fabs(value) > std::fabs(largest)) largest = value;
  }
  if (std::fabs(largest) <= std::numeric_limits<float>::min()) return 0.0F;
  Candidate best;
  for (int t = -kTrials; t <= kTrials; ++t) {
    for (const std::int8_t end : {kIq4Codebook.front(), kIq4Codebook.back()}) {
      const Candidate candidate =
          refine(x, largest / (static_cast<float>(end) + kTrialStep * static_cast<float>(t)));
      if (candidate.gain > best.gain) best = candidate;
    }
  }
  return best.scale;
}

}  // namespace peregrine::tensor
