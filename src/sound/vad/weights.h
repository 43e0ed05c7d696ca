// The fitted numbers of speech_probability(): inputs to 32 units to 16 units to one, row by row.
#pragma once

#include <array>
#include <cstddef>

#include "sound/vad/context.h"

namespace peregrine::sound {

inline constexpr std::size_t kVadHidden1 = 32;
inline constexpr std::size_t kVadHidden2 = 16;

struct VadWeights {
  std::array<float, kVadFeatures> mean;   // of the inputs, taken from them
  std::array<float, kVadFeatures> scale;  // that they are multiplied with then
  std::array<float, kVadHidden1> bias1;
  std::array<float, kVadHidden1 * kVadFeatures> weight1;
  std::array<float, kVadHidden2> bias2;
  std::array<float, kVadHidden2 * kVadHidden1> weight2;
  float bias3;
  std::array<float, kVadHidden2> weight3;
};

extern const VadWeights kVadWeights;

}  // namespace peregrine::sound
