// Voice activity detection: where in a recording somebody speaks, found while it is read.
//
// SpeechReader passes on the speech of an AudioSource and leaves out the rest; what it passes on is a shorter
// recording, whose every sample knows its time in the whole one. Silence within and around speech is kept up
// to a bound, so that words keep their edges and sentences their pauses.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/result.h"
#include "sound/audio_source.h"

namespace peregrine::sound {

struct VadOptions {
  bool enabled = true;               // false: everything is passed on
  float threshold = 0.5F;            // of the probability of speech, 0..1
  float min_speech_seconds = 0.1F;   // shorter bursts are no speech
  float min_silence_seconds = 0.5F;  // shorter pauses are part of speech
  float padding_seconds = 0.2F;      // kept before and after speech
};

// Consecutive samples that were passed on and are consecutive in the recording too.
struct SpeechSpan {
  std::uint64_t passed = 0;    // index of its first sample among those passed on
  std::uint64_t original = 0;  // and in the recording
  std::uint64_t samples = 0;
  bool operator==(const SpeechSpan&) const = default;
};

class SpeechReader {
 public:
  // `source` outlives the reader.
  SpeechReader(AudioSource& source, const VadOptions& options);
  ~SpeechReader();

  // As AudioSource::read(), of the speech.
  Result<std::size_t> read(std::span<float> out);

  // Of what was passed on so far, ascending; those before `passed` may be dropped with forget().
  std::span<const SpeechSpan> spans() const;
  void forget(std::uint64_t passed);
  // Samples of the recording that were read: its length, after the end.
  std::uint64_t original_samples() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Where in the recording a time among the samples passed on lies, in samples of the recording. At a border of
// two spans: the end of the first for `end_of_something`, else the beginning of the second.
std::uint64_t original_time(std::span<const SpeechSpan> spans, std::uint64_t passed, bool end_of_something);

}  // namespace peregrine::sound
