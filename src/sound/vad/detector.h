// The probability that somebody speaks, every 10 ms, while the sound comes in.
//
// Frame i stands for samples [160 i, 160 (i + 1)); its answer needs kVadLookahead samples from its first one
// on, or the end. Answers depend on the sound alone, not on how it was cut into pieces, and on no thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sound/vad/context.h"
#include "sound/vad/frame.h"

namespace peregrine::sound {

inline constexpr std::uint32_t kVadLookahead = kVadReach * kVadHop + kVadWindow - kVadWindowLead;

// Sound to features.
class VadFeatureStream {
 public:
  VadFeatureStream();

  void push(std::span<const float> samples);
  // No sample follows.
  void finish();
  // The features of the next frame, if its lookahead has been pushed.
  bool next(VadFeatures& features);

 private:
  bool analyse_next();

  VadFrameAnalyser analyser_;
  VadContext context_;
  std::vector<float> samples_;  // from first_ on; silence before the beginning is part of it
  std::size_t first_ = 0;       // of the next frame's window, in samples_
  std::uint64_t pushed_ = 0;
  std::uint64_t answered_ = 0;  // frames
  bool finished_ = false;
};

// Features to a probability: a perceptron with two hidden layers, fitted by tools/fit-vad.
float speech_probability(const VadFeatures& features);

}  // namespace peregrine::sound
