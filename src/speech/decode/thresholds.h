// When a window's transcript is taken, tried again at a higher temperature, or taken for silence; the figures
// of Radford et al., 2022, section 4.5.
#pragma once

#include <cstdint>
#include <vector>

namespace peregrine::speech {

inline constexpr float kMaxCompressionRatio = 2.4F;
inline constexpr float kMinAvgLogprob = -1.0F;
inline constexpr float kMaxNoSpeech = 0.6F;
// Above this temperature, what was said is no context for what follows.
inline constexpr float kMaxContextTemperature = 0.5F;

struct Measures {
  float avg_logprob = 0;
  float compression_ratio = 0;
  float no_speech_prob = 0;
  bool loops = false;
};

enum class Verdict : std::uint8_t { kTaken, kTryAgain, kSilence };
Verdict judge(const Measures& measures);

// From `first`, in 0..1, in steps of 0.2 up to 1.
std::vector<float> temperature_ladder(float first);

}  // namespace peregrine::speech
