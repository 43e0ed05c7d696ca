// Where decoded sound goes: mono, kSampleRate, in order.
#pragma once

#include <span>

namespace peregrine::sound {

class SampleSink {
 public:
  virtual ~SampleSink() = default;

  // Never with an empty span. Values may lie outside [-1, 1] and need not be numbers. False: no more is
  // wanted.
  virtual bool take(std::span<const float> samples) = 0;
};

}  // namespace peregrine::sound
