#include <algorithm>
#include <cmath>
#include <span>

#include "sound/vad/detector.h"
#include "sound/vad/weights.h"

namespace peregrine::sound {
namespace {

// Of scaled inputs, in standard deviations: what no training sound came near says no more than this.
constexpr float kLargestInput = 6.0F;

float dot(std::span<const float> a, std::span<const float> b) {
  float sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

void layer(std::span<const float> in, std::span<const float> weight, std::span<const float> bias,
           std::span<float> out) {
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = std::max(0.0F, bias[i] + dot(weight.subspan(i * in.size(), in.size()), in));
  }
}

}  // namespace

float speech_probability(const VadFeatures& features) {
  const VadWeights& fitted = kVadWeights;
  VadFeatures inputs{};
  for (std::size_t i = 0; i < kVadFeatures; ++i) {
    const float scaled = (features[i] - fitted.mean[i]) * fitted.scale[i];
    inputs[i] = std::clamp(scaled, -kLargestInput, kLargestInput);
  }
  std::array<float, kVadHidden1> first{};
  std::array<float, kVadHidden2> second{};
  layer(inputs, fitted.weight1, fitted.bias1, first);
  layer(first, fitted.weight2, fitted.bias2, second);
  return 1.0F / (1.0F + std::exp(-(fitted.bias3 + dot(fitted.weight3, second))));
}

}  // namespace peregrine::sound
