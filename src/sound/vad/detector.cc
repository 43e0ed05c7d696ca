#include "sound/vad/detector.h"

#include <cstddef>

#include "base/checked.h"

namespace peregrine::sound {

VadFeatureStream::VadFeatureStream() : samples_(kVadWindowLead, 0.0F) {}

void VadFeatureStream::push(std::span<const float> samples) {
  samples_.erase(samples_.begin(), samples_.begin() + static_cast<std::ptrdiff_t>(first_));
  first_ = 0;
  samples_.insert(samples_.end(), samples.begin(), samples.end());
  pushed_ += samples.size();
}

void VadFeatureStream::finish() {
  finished_ = true;
  samples_.insert(samples_.end(), kVadWindow, 0.0F);
}

// One more frame into the context, if all its samples are there.
bool VadFeatureStream::analyse_next() {
  const std::uint64_t frames = base::ceil_div(pushed_, std::uint64_t{kVadHop});
  if (finished_ && context_.pushed() == frames) return false;
  if (samples_.size() - first_ < kVadWindow) return false;
  context_.push(analyser_.analyse(std::span<const float>(samples_).subspan(first_, kVadWindow)));
  first_ += kVadHop;
  return true;
}

bool VadFeatureStream::next(VadFeatures& features) {
  const std::uint64_t needed = answered_ + kVadReach + 1;
  while (context_.pushed() < needed && analyse_next()) {
  }
  if (context_.pushed() < needed && !(finished_ && answered_ < context_.pushed())) return false;
  features = context_.features(answered_);
  ++answered_;
  return true;
}

}  // namespace peregrine::sound
