// Sound as the rest of the program takes it: mono, 16 kHz, F32 in [-1, 1], pulled piece by piece, so that a
// long recording never has to be in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/result.h"

namespace peregrine::sound {

inline constexpr std::uint32_t kSampleRate = 16000;

class AudioSource {
 public:
  virtual ~AudioSource() = default;

  // Fills `out` from its beginning and returns how many samples that were: less than asked for only at the
  // end of the sound, 0 from then on. Blocks. Errors stay.
  virtual Result<std::size_t> read(std::span<float> out) = 0;

  // Makes a read() that is under way, and every later one, fail with kCancelled. From any thread; idempotent.
  virtual void cancel() = 0;
};

}  // namespace peregrine::sound
