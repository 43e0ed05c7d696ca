#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "sound/vad/detector.h"
#include "sound/vad/four.h"
#include "sound/vad/weights.h"

namespace peregrine::sound {
namespace {

// Of scaled inputs, in standard deviations: what no training sound came near says no more than this.
constexpr float kLargestInput = 6.0F;

// Weights of a layer by input instead of by unit: a register holds those of four units.
template <std::size_t kIn, std::size_t kOut>
class Layer {
 public:
  Layer(const std::array<float, kIn * kOut>& by_unit, const std::array<float, kOut>& bias) : bias_(bias) {
    for (std::size_t in = 0; in < kIn; ++in) {
      for (std::size_t out = 0; out < kOut; ++out) weights_[in * kOut + out] = by_unit[out * kIn + in];
    }
  }

  // What is above 0 of each unit.
  std::array<float, kOut> operator()(const std::array<float, kIn>& in) const {
    constexpr std::size_t kVectors = kOut / kFour;
    static_assert(kOut % kFour == 0);
    Four sums[kVectors] = {};
    for (std::size_t i = 0; i < kIn; ++i) {
      const float* weights = weights_.data() + i * kOut;
      for (std::size_t v = 0; v < kVectors; ++v) sums[v] += in[i] * load_four(weights + v * kFour);
    }
    std::array<float, kOut> out;
    for (std::size_t v = 0; v < kVectors; ++v) store_four(sums[v], out.data() + v * kFour);
    for (std::size_t i = 0; i < kOut; ++i) out[i] = std::max(0.0F, bias_[i] + out[i]);
    return out;
  }

 private:
  std::array<float, kIn * kOut> weights_;
  const std::array<float, kOut>& bias_;
};

float dot(std::span<const float> a, std::span<const float> b) {
  float sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

}  // namespace

float speech_probability(const VadFeatures& features) {
  const VadWeights& fitted = kVadWeights;
  VadFeatures inputs{};
  for (std::size_t i = 0; i < kVadFeatures; ++i) {
    const float scaled = (features[i] - fitted.mean[i]) * fitted.scale[i];
    inputs[i] = std::clamp(scaled, -kLargestInput, kLargestInput);
  }
  static const Layer<kVadFeatures, kVadHidden1> first(fitted.weight1, fitted.bias1);
  static const Layer<kVadHidden1, kVadHidden2> second(fitted.weight2, fitted.bias2);
  return 1.0F / (1.0F + std::exp(-(fitted.bias3 + dot(fitted.weight3, second(first(inputs))))));
}

}  // namespace peregrine::sound
