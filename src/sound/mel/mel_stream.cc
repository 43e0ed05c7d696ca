#include "sound/mel/mel_stream.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace peregrine::sound {
namespace {

constexpr std::size_t kHalf = kMelWindow / 2;
// The first frame that does not reach before the sample it counts from.
constexpr std::uint64_t kFirstWhole = (kHalf + kMelHop - 1) / kMelHop;

}  // namespace

MelStream::MelStream(LogMel mel, std::size_t max_samples) : mel_(std::move(mel)), first_frame_(kFirstWhole) {
  samples_.reserve(max_samples);
  frames_.reserve(max_samples / kMelHop * n_mels());
}

std::uint64_t MelStream::bytes(std::uint32_t n_mels, std::size_t max_samples) {
  return (max_samples + std::uint64_t{max_samples / kMelHop} * n_mels) * sizeof(float);
}

void MelStream::push(std::span<const float> samples) {
  assert(samples_.size() + samples.size() <= samples_.capacity());
  samples_.insert(samples_.end(), samples.begin(), samples.end());
  measure_new();
}

void MelStream::measure_new() {
  const std::uint64_t end = begin_ + samples_.size();
  std::uint64_t next = first_frame_ + frames_.size() / n_mels();
  for (; next * kMelHop + kHalf <= end; ++next) {
    // The frame as the first whole one of a sound that begins so far before it.
    const std::uint64_t from = (next - kFirstWhole) * kMelHop;
    assert(from >= begin_);
    frames_.resize(frames_.size() + n_mels());
    mel_.measure(std::span(samples_).subspan(from - begin_), kFirstWhole, std::span(frames_).last(n_mels()));
  }
}

void MelStream::forget(std::uint64_t start) {
  const auto n = std::min<std::uint64_t>(start - std::min(start, begin_), samples_.size());
  samples_.erase(samples_.begin(), samples_.begin() + static_cast<std::ptrdiff_t>(n));
  begin_ += n;
  // Windows begin between frames only where the sound ends; then frames of before it are none of theirs.
  const std::uint64_t first = (begin_ + kMelHop - 1) / kMelHop + kFirstWhole;
  if (first <= first_frame_) return;
  const auto frames = std::min<std::uint64_t>((first - first_frame_) * n_mels(), frames_.size());
  frames_.erase(frames_.begin(), frames_.begin() + static_cast<std::ptrdiff_t>(frames));
  first_frame_ = first;
}

void MelStream::window(std::size_t n_samples, std::uint32_t n_frames, std::span<float> out) {
  assert(n_samples <= samples_.size());
  const std::uint64_t base = begin_ / kMelHop;
  const bool aligned = begin_ % kMelHop == 0;
  mel_.compute(std::span(samples_).first(n_samples), n_frames, out,
               [&](std::size_t frame) -> std::span<const float> {
                 if (!aligned || frame < kFirstWhole || frame * kMelHop + kHalf > n_samples) return {};
                 return std::span(frames_).subspan((base + frame - first_frame_) * n_mels(), n_mels());
               });
}

}  // namespace peregrine::sound
