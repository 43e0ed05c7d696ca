// Probabilities to stretches of speech: hysteresis, shortest bursts and pauses, padding.
//
// A burst begins at a frame above the threshold, goes on while frames are above a lower one, and is speech if
// it lasts. A pause ends speech if it lasts. What was decided stays, and what is undecided is bounded.
#pragma once

#include <cstdint>
#include <optional>

#include "sound/vad/speech_reader.h"

namespace peregrine::sound {

// Samples [begin, end) of the recording.
struct SpeechRange {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  bool operator==(const SpeechRange&) const = default;
};

class SpeechSegmenter {
 public:
  // Times above 10 s are taken for that.
  explicit SpeechSegmenter(const VadOptions& options);

  // The probability of the next frame of kVadHop samples. Returns what is now known to be speech or beside it
  // and was not returned before. Ranges ascend, may touch, and end with a frame, complete or not, at the
  // latest.
  std::optional<SpeechRange> push(float probability);

  // No later range begins before this sample.
  std::uint64_t decided() const;

 private:
  std::uint64_t padded_begin(std::uint64_t frame) const;

  float enter_;
  float leave_;
  std::uint64_t min_speech_;   // frames
  std::uint64_t min_silence_;  // frames
  std::uint64_t padding_;      // samples

  std::uint64_t frames_ = 0;
  std::optional<std::uint64_t> burst_;  // first frame of the burst that is under way
  bool speech_ = false;                 // within speech, its pauses included
  std::uint64_t speech_end_ = 0;        // the frame after its last one
  std::uint64_t returned_ = 0;          // samples before this one are decided
};

}  // namespace peregrine::sound
