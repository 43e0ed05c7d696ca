#include "speech/run/feed.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

namespace peregrine::speech {
namespace {

// What is read at a time: a cancelled feed ends after at most one of these.
constexpr std::size_t kChunk = sound::kSampleRate / 2;

// By which the scheduler prefers other threads: a tenth of a core is enough to be a window ahead, and one
// that takes half a core from a thread of the encoder makes all of them wait.
constexpr int kStepBack = 10;

// The calling thread takes from now on what others leave.
void step_back() {
  const auto thread = static_cast<id_t>(::gettid());
  // Fails only where it is as low as can be.
  static_cast<void>(::setpriority(PRIO_PROCESS, thread, ::getpriority(PRIO_PROCESS, thread) + kStepBack));
}

std::size_t window_samples(std::uint32_t mel_frames) {
  return std::size_t{mel_frames} * sound::kMelHop;
}

// The most that is held: two windows, and what was read when the second was not complete yet.
std::size_t samples_ahead(std::uint32_t mel_frames) {
  return 2 * window_samples(mel_frames) + kChunk;
}

}  // namespace

std::uint64_t Feed::bytes(std::uint32_t n_mels, std::uint32_t mel_frames) {
  // Two spectrograms: one at the loop's end, one at the thread's.
  const std::uint64_t floats = kChunk + 2 * std::uint64_t{n_mels} * mel_frames;
  return sound::MelStream::bytes(n_mels, samples_ahead(mel_frames)) + floats * sizeof(float);
}

Feed::Feed(std::unique_ptr<sound::AudioSource> source, const sound::VadOptions& vad, sound::LogMel mel,
           std::uint32_t mel_frames, std::shared_ptr<Wakeup> loop)
    : source_(std::move(source)),
      vad_(vad),
      mel_frames_(mel_frames),
      loop_(std::move(loop)),
      sound_(std::move(mel), samples_ahead(mel_frames)),
      chunk_(kChunk),
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
  bool first = true;
  std::optional<Error> failed;  // told when there is no whole window any more: the loop may not be that far
  for (;;) {
    std::optional<std::uint64_t> start;
    {
      std::unique_lock lock(mutex_);
      const auto full = [&] { return ended_ || failed || sound_.size() >= 2 * window; };
      changed_.wait(lock, [&] { return stopping_ || asked_ || !full(); });
      if (stopping_) return;
      start = asked_;
    }
    if (start) {
      sound_.forget(*start);
      reader.forget(sound_.begin());
    }
    if (start && (ended_ || sound_.size() >= window)) {
      {
        const std::lock_guard lock(mutex_);
        asked_.reset();
      }
      SoundWindow measured = measure(reader, *start);
      // The first window is waited for. What is read from now on is wanted when it has been transcribed.
      if (std::exchange(first, false)) step_back();
      answer(std::move(measured));
    } else if (start && failed) {
      return answer(tl::unexpected<Error>(std::move(*failed)));
    } else if (Status read = read_more(reader); !read) {
      failed = std::move(read.error());
    }
  }
}

Status Feed::read_more(sound::SpeechReader& reader) {
  PEREGRINE_ASSIGN(const std::size_t got, reader.read(chunk_));
  sound_.push(std::span(chunk_).first(got));
  ended_ = got < kChunk;
  return {};
}

SoundWindow Feed::measure(const sound::SpeechReader& reader, std::uint64_t start) {
  SoundWindow window;
  window.start = start;
  window.original = reader.original_samples();
  const std::size_t n = std::min(sound_.size(), window_samples(mel_frames_));
  if (n < kMinWindowSamples) return window;
  window.samples = static_cast<std::uint32_t>(n);
  window.mel.resize(std::size_t{sound_.n_mels()} * mel_frames_);
  sound_.window(n, mel_frames_, window.mel);
  for (const sound::SpeechSpan& span : reader.spans()) {
    if (span.passed < start + n && span.passed + span.samples >= start) window.spans.push_back(span);
  }
  return window;
}

}  // namespace peregrine::speech
