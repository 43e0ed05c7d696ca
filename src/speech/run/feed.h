// A recording's sound, read and measured on a thread of its own: the loop asks for the window that begins at
// a sample, goes on with others, and is woken when its log-mel spectrogram stands.
//
// The thread reads ahead, up to two windows from the last one asked for, and waits there: a slow loop or
// reader pauses it. It measures what it reads at once, so that the next window is ready as soon as the loop
// knows where it begins; and once the first window stands it steps back behind threads that compute. All
// times inside are samples of what voice activity detection passed on.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <vector>

#include "base/result.h"
#include "sound/audio_source.h"
#include "sound/mel/log_mel.h"
#include "sound/mel/mel_stream.h"
#include "sound/vad/speech_reader.h"
#include "speech/run/stream.h"

namespace peregrine::speech {

// Less sound than this is no window: nothing is said in it.
inline constexpr std::uint32_t kMinWindowSamples = sound::kSampleRate / 10;

struct SoundWindow {
  std::uint64_t start = 0;     // its first sample
  std::uint32_t samples = 0;   // of sound; the window's rest is silence. 0: the sound ended before it
  std::uint64_t original = 0;  // samples of the recording that were read: all of them after the end
  std::vector<float> mel;      // [n_mels, mel_frames]
  std::vector<sound::SpeechSpan> spans;  // where its samples lie in the recording
};

class Feed {
 public:
  // Memory of a feed, for the budget.
  static std::uint64_t bytes(std::uint32_t n_mels, std::uint32_t mel_frames);

  // The thread begins at once.
  Feed(std::unique_ptr<sound::AudioSource> source, const sound::VadOptions& vad, sound::LogMel mel,
       std::uint32_t mel_frames, std::shared_ptr<Wakeup> loop);
  Feed(const Feed&) = delete;
  Feed& operator=(const Feed&) = delete;
  // Cancels the source and waits for the thread.
  ~Feed();

  // Of the window that begins at `start`; what lies before it is forgotten. Ascending.
  void ask(std::uint64_t start);
  // What was asked for, once it is there. Errors: those of the source.
  std::optional<Result<SoundWindow>> take();

 private:
  void run();
  Status read_more(sound::SpeechReader& reader);
  SoundWindow measure(const sound::SpeechReader& reader, std::uint64_t start);
  void answer(Result<SoundWindow> window);

  const std::unique_ptr<sound::AudioSource> source_;
  const sound::VadOptions vad_;
  const std::uint32_t mel_frames_;
  const std::shared_ptr<Wakeup> loop_;
  // The thread's.
  sound::MelStream sound_;
  std::vector<float> chunk_;
  bool ended_ = false;

  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  bool stopping_ = false;
  std::optional<std::uint64_t> asked_;
  std::optional<Result<SoundWindow>> answer_;
  std::thread thread_;  // last: it uses the others
};

}  // namespace peregrine::speech
