#include "speech/decode/thresholds.h"

#include <cmath>

namespace peregrine::speech {

Verdict judge(const Measures& measures) {
  const bool unsure = measures.avg_logprob < kMinAvgLogprob;
  if (unsure && measures.no_speech_prob > kMaxNoSpeech) return Verdict::kSilence;
  const bool repeats = measures.loops || measures.compression_ratio > kMaxCompressionRatio;
  return unsure || repeats ? Verdict::kTryAgain : Verdict::kTaken;
}

std::vector<float> temperature_ladder(float first) {
  // The small addition keeps rounding from losing a rung.
  std::vector<float> ladder;
  const auto rungs = static_cast<int>(std::floor((1.0F - first) / 0.2F + 1e-3F)) + 1;
  ladder.reserve(static_cast<std::size_t>(rungs));
  for (int i = 0; i < rungs; ++i) ladder.push_back(std::fmin(1.0F, first + 0.2F * static_cast<float>(i)));
  return ladder;
}

}  // namespace peregrine::speech
