#include "sound/vad/segmenter.h"

#include <algorithm>
#include <cmath>

#include "sound/vad/frame.h"

namespace peregrine::sound {
namespace {

// Bursts go on this far below the threshold at which they began, or down to half of it.
constexpr float kHysteresis = 0.15F;
constexpr float kMaxSeconds = 10.0F;

std::uint64_t samples_of(float seconds) {
  const float bounded = std::isnan(seconds) ? 0.0F : std::clamp(seconds, 0.0F, kMaxSeconds);
  return static_cast<std::uint64_t>(std::lround(bounded * static_cast<float>(kSampleRate)));
}

// At least one.
std::uint64_t frames_of(float seconds) {
  return std::max<std::uint64_t>(1, (samples_of(seconds) + kVadHop / 2) / kVadHop);
}

}  // namespace

SpeechSegmenter::SpeechSegmenter(const VadOptions& options)
    : enter_(options.threshold),
      leave_(options.threshold - std::min(kHysteresis, 0.5F * options.threshold)),
      min_speech_(frames_of(options.min_speech_seconds)),
      min_silence_(frames_of(options.min_silence_seconds)),
      padding_(samples_of(options.padding_seconds)) {}

std::uint64_t SpeechSegmenter::padded_begin(std::uint64_t frame) const {
  const std::uint64_t sample = frame * kVadHop;
  return std::max(returned_, sample - std::min(sample, padding_));
}

std::optional<SpeechRange> SpeechSegmenter::push(float probability) {
  const std::uint64_t frame = frames_++;
  if (!burst_ && probability >= enter_) burst_ = frame;
  if (burst_ && !(probability >= leave_)) burst_.reset();

  const std::uint64_t heard = frames_ * kVadHop;
  std::uint64_t begin = returned_;
  std::uint64_t end = returned_;
  if (burst_ && frames_ - *burst_ >= min_speech_) {
    if (!speech_) begin = padded_begin(*burst_);
    speech_ = true;
    speech_end_ = frames_;
    end = heard;
  } else if (speech_) {
    const std::uint64_t padded_end = speech_end_ * kVadHop + padding_;
    end = std::min(heard, padded_end);
    // A burst that may yet become speech leaves it open whether the pause before it lasted.
    const std::uint64_t silent_until = burst_.value_or(frames_);
    if (silent_until - speech_end_ >= min_silence_ && heard >= padded_end) speech_ = false;
  }
  if (end <= begin) return std::nullopt;
  returned_ = end;
  return SpeechRange{begin, end};
}

std::uint64_t SpeechSegmenter::decided() const {
  return speech_ ? returned_ : padded_begin(burst_.value_or(frames_));
}

}  // namespace peregrine::sound
