#include "speech/run/feed.h"

#include <algorithm>
#include <utility>

namespace peregrine::speech {
namespace {

// What is read at a time: a cancelled feed ends after at most one of these.
constexpr std::size_t kChunk = sound::kSampleRate / 2;

std::size_t window_samples(std::uint32_t mel_frames) {
  return std::size_t{mel_frames} * sound::kMelHop;
}

}  // namespace

std::uint64_t Feed::bytes(std::uint32_t n_mels, std::uint32_t mel_frames) {
  // Two spectrograms: one at the loop's end, one at the thread's.
  const std::uint64_t floats =
      2 * window_samples(mel_frames) + kChunk + 2 * std::uint64_t{n_mels} * mel_frames;
  return floats * sizeof(float);
}

Feed::Feed(std::unique_ptr<sound::AudioSource> source, const sound::VadOptions& vad, sound::LogMel mel,
           std::uint32_t mel_frames, std::shared_ptr<Wakeup> loop)
    : source_(std::move(source)),
      vad_(vad),
      mel_frames_(mel_frames),
      loop_(std::move(loop)),
      mel_(std::move(mel)),
      thread_([this] { run(); }) {}

Feed::~Feed() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  source_->cancel();
  thread_.join();
}

void Feed::ask(std::uint64_t start) {
  {
    const std::lock_guard lock(mutex_);
    asked_ = start;
  }
  changed_.notify_one();
}

std::optional<Result<SoundWindow>> Feed::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(answer_, std::nullopt);
}

void Feed::answer(Result<SoundWindow> window) {
  {
    const std::lock_guard lock(mutex_);
    answer_ = std::move(window);
  }
  loop_->nudge();
}

void Feed::run() {
  const std::size_t window = window_samples(mel_frames_);
  sound::SpeechReader reader(*source_, vad_);
  samples_.reserve(2 * window + kChunk);
  for (;;) {
    std::optional<std::uint64_t> start;
    {
      std::unique_lock lock(mutex_);
      const auto full = [&] { return ended_ || samples_.size() >= 2 * window; };
      changed_.wait(lock, [&] { return stopping_ || asked_ || !full(); });
      if (stopping_) return;
      start = asked_;
    }
    if (start) forget(reader, *start);
    if (start && (ended_ || samples_.size() >= window)) {
      {
        const std::lock_guard lock(mutex_);
        asked_.reset();
      }
      answer(measure(reader, *start));
    } else if (Status read = read_more(reader); !read) {
      answer(tl::unexpected<Error>(std::move(read.error())));
      return;
    }
  }
}

void Feed::forget(sound::SpeechReader& reader, std::uint64_t start) {
  const auto n =
      static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(start - std::min(start, first_), samples_.size()));
  samples_.erase(samples_.begin(), samples_.begin() + n);
  first_ += static_cast<std::uint64_t>(n);
  reader.forget(first_);
}

Status Feed::read_more(sound::SpeechReader& reader) {
  const std::size_t had = samples_.size();
  samples_.resize(had + kChunk);
  const Result<std::size_t> got = reader.read(std::span(samples_).subspan(had));
  samples_.resize(had + (got ? *got : 0));
  if (!got) return tl::unexpected<Error>(got.error());
  ended_ = *got < kChunk;
  return {};
}

SoundWindow Feed::measure(const sound::SpeechReader& reader, std::uint64_t start) {
  SoundWindow window;
  window.start = start;
  window.original = reader.original_samples();
  const std::size_t n = std::min(samples_.size(), window_samples(mel_frames_));
  if (n < kMinWindowSamples) return window;
  window.samples = static_cast<std::uint32_t>(n);
  window.mel.resize(std::size_t{mel_.n_mels()} * mel_frames_);
  mel_.compute(std::span(samples_).first(n), mel_frames_, window.mel);
  for (const sound::SpeechSpan& span : reader.spans()) {
    if (span.passed < start + n && span.passed + span.samples >= start) window.spans.push_back(span);
  }
  return window;
}

}  // namespace peregrine::speech
