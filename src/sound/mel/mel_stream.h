// Spectrograms of windows of one sound, which is measured while it comes in: each frame once, however many
// windows have it.
//
// A window's spectrogram is that of LogMel::compute() on its samples alone, bit by bit: frames at its edges,
// which reach beyond it, are measured anew.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sound/mel/log_mel.h"

namespace peregrine::sound {

class MelStream {
 public:
  // Has room for `max_samples`, which are not to be exceeded.
  MelStream(LogMel mel, std::size_t max_samples);
  static std::uint64_t bytes(std::uint32_t n_mels, std::size_t max_samples);

  std::uint32_t n_mels() const { return mel_.n_mels(); }
  // The samples that are held, from number begin() of the sound on.
  std::uint64_t begin() const { return begin_; }
  std::size_t size() const { return samples_.size(); }

  // Samples that follow those before.
  void push(std::span<const float> samples);
  // Those before number `start` are not wanted any more.
  void forget(std::uint64_t start);
  // Of the first `n_samples` samples that are held, as LogMel::compute() has it.
  void window(std::size_t n_samples, std::uint32_t n_frames, std::span<float> out);

 private:
  void measure_new();

  LogMel mel_;
  std::vector<float> samples_;  // from number begin_ on
  std::uint64_t begin_ = 0;
  // Frames of the sound that lie within it whole, as LogMel::measure() has them: [frame][mel], from frame
  // first_frame_ on.
  std::vector<float> frames_;
  std::uint64_t first_frame_;
};

}  // namespace peregrine::sound
