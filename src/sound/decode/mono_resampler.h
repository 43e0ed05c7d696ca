// Decoded frames of any rate, layout and sample format to mono at kSampleRate, over libswresample.
//
// Output begins at the time of the input's first sample, without the filter's delay. Where the format
// changes between two frames the old one is played out to its last sample first.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "sound/decode/av_handle.h"
#include "sound/decode/sample_sink.h"

namespace peregrine::sound {

// Real recordings lie well within; outside, filters grow large or a sample stands for seconds.
inline constexpr int kMinInputRate = 1000;
inline constexpr int kMaxInputRate = 768000;
inline constexpr int kMaxChannels = 64;         // libswresample's own
inline constexpr int kMaxFormatChanges = 1000;  // within a file: each makes a new filter

class MonoResampler {
 public:
  // The sink outlives it.
  explicit MonoResampler(SampleSink& sink) : sink_(sink) {}

  // Errors: kInvalidArgument for a format outside the limits (for the client to read), kCancelled when the
  // sink wants no more, kResourceExhausted.
  Status push(const AVFrame& frame);

  // Plays out what the filter holds back. Errors as push().
  Status flush();

  std::uint64_t produced() const { return produced_; }

 private:
  Status configure(const AVFrame& frame);
  bool same_format(const AVFrame& frame) const;
  Status convert(const std::uint8_t** planes, int n_samples);

  SampleSink& sink_;
  AvHandle<SwrContext> resampler_;
  int rate_ = 0;
  int format_ = -1;
  int channels_ = 0;
  std::uint64_t channel_mask_ = 0;
  int format_changes_ = 0;
  std::uint64_t produced_ = 0;
  std::vector<float> out_;
};

}  // namespace peregrine::sound
