// Sound for tests: tones that the HearingModel takes for words, from a source that tests control.
#pragma once

#include <algorithm>
#include <cmath>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <numbers>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "sound/audio_source.h"
#include "speech/testing/hearing_model.h"

namespace peregrine::speech::testing {

struct Tone {
  std::uint32_t word = 0;
  double start = 0;  // seconds
  double seconds = 0.3;
};

inline std::vector<float> sound_of(std::span<const Tone> tones, double seconds) {
  std::vector<float> samples(static_cast<std::size_t>(seconds * sound::kSampleRate));
  for (const Tone& tone : tones) {
    const auto first = static_cast<std::size_t>(tone.start * sound::kSampleRate);
    const auto n = static_cast<std::size_t>(tone.seconds * sound::kSampleRate);
    for (std::size_t i = 0; i < n && first + i < samples.size(); ++i) {
      const double phase = 2 * std::numbers::pi * tone_frequency(tone.word) * static_cast<double>(i);
      samples[first + i] = 0.5F * static_cast<float>(std::sin(phase / sound::kSampleRate));
    }
  }
  return samples;
}

// Words one after the other, each 0.3 s long, `every` seconds from 0.2 s on.
inline std::vector<Tone> words_every(double every, std::span<const std::uint32_t> words) {
  std::vector<Tone> tones;
  for (const std::uint32_t word : words)
    tones.push_back({word, 0.2 + every * static_cast<double>(tones.size())});
  return tones;
}

class TestSource final : public sound::AudioSource {
 public:
  struct Plan {
    std::optional<std::size_t> fails_at = {};   // sample
    std::optional<std::size_t> blocks_at = {};  // until it is opened or cancelled
  };

  explicit TestSource(std::vector<float> samples) : TestSource(std::move(samples), Plan{}) {}
  TestSource(std::vector<float> samples, Plan plan) : samples_(std::move(samples)), plan_(plan) {}

  Result<std::size_t> read(std::span<float> out) override {
    std::unique_lock lock(mutex_);
    if (plan_.blocks_at && next_ + out.size() > *plan_.blocks_at) {
      waits_ = true;
      changed_.notify_all();
      changed_.wait(lock, [this] { return open_ || cancelled_; });
    }
    if (cancelled_) return base::fail(ErrorCode::kCancelled, "cancelled");
    if (plan_.fails_at && next_ + out.size() > *plan_.fails_at) {
      return base::fail(ErrorCode::kInvalidArgument, "the file is damaged");
    }
    const std::size_t n = std::min(out.size(), samples_.size() - next_);
    std::copy_n(samples_.begin() + static_cast<std::ptrdiff_t>(next_), n, out.begin());
    next_ += n;
    changed_.notify_all();
    return n;
  }
  // Returns when somebody waits where the source blocks.
  void await_reader() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return waits_; });
  }
  void open() {
    {
      const std::lock_guard lock(mutex_);
      open_ = true;
    }
    changed_.notify_all();
  }
  // Returns when so many samples have been read.
  void await_read(std::size_t samples) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return next_ >= samples; });
  }
  void cancel() override {
    {
      const std::lock_guard lock(mutex_);
      cancelled_ = true;
    }
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  const std::vector<float> samples_;
  const Plan plan_;
  std::size_t next_ = 0;
  bool waits_ = false;
  bool open_ = false;
  bool cancelled_ = false;
};

}  // namespace peregrine::speech::testing
