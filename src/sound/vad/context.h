// The second of sound around a frame, summed up in numbers that a small classifier can judge: how loudness
// moves at the rate of syllables, how the spectrum changes shape, whether the pitch glides or stands.
//
// None of them depends on the loudness of the recording. Most are means over the frames near the loudest of
// the second, so that a pause beside a word does not blur the word.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "sound/vad/frame.h"

namespace peregrine::sound {

inline constexpr std::uint32_t kVadReach = 50;  // frames on either side of the one that is judged
inline constexpr std::size_t kVadFeatures = 71;
using VadFeatures = std::array<float, kVadFeatures>;

class VadContext {
 public:
  VadContext();

  // Takes the next frame; frames are numbered from 0.
  void push(const VadFrame& frame);
  std::uint64_t pushed() const { return pushed_; }

  // The features of frame `index`, from what was pushed of [index - kVadReach, index + kVadReach].
  // Precondition: pushed() is index + kVadReach + 1, or less at the end of the sound but more than `index`.
  VadFeatures features(std::uint64_t index);

 private:
  static constexpr std::size_t kLags = 4;
  static constexpr std::size_t kRing = 128;  // frames kept: a power of two above 2 kVadReach

  struct Entry {
    VadFrame frame;
    std::array<float, kLags> change;  // of the shape, against frames before: mean |dB| over the bands
    float flux = 0;                   // rise of the band levels against the frame before, mean dB
    float glide = 0;                  // of the pitch against the frame before, octaves; -1: not voiced
    float floor = 0;                  // lowest level of the last seconds, rising slowly
    float peak = 0;                   // highest, falling slowly
  };
  struct Writer;

  const Entry& at(std::uint64_t index) const { return ring_[index % kRing]; }
  void weigh(std::uint64_t begin, std::uint64_t end);
  void loudness(std::uint64_t index, std::uint64_t begin, std::uint64_t end, Writer& out);
  void shape(std::uint64_t begin, std::uint64_t end, Writer& out);
  void voice(std::uint64_t begin, std::uint64_t end, Writer& out);
  void modulation(std::uint64_t index, std::uint64_t begin, std::uint64_t end, Writer& out);
  void nearby(std::uint64_t index, std::uint64_t begin, std::uint64_t end, Writer& out);

  std::vector<Entry> ring_;
  std::uint64_t pushed_ = 0;
  // Of the window in work.
  std::array<float, 2 * kVadReach + 1> weights_{};  // 0..1: how near to the loudest
  float weight_ = 0;                                // their sum
  float mean_level_ = 0;
  float max_level_ = 0;
};

}  // namespace peregrine::sound
