// Sound in, text with times out: whisper's decoding loop over one model, for many recordings at a time.
//
// One thread runs the loop: windows of whoever needs one are encoded, then all sequences decode a step
// together. Sound is read and measured on threads of its own, which a slow reader pauses. The queue is
// bounded: a full one refuses with kUnavailable. Destroying a Transcription cancels it within one step.
// The same request gives the same bytes, whatever else runs.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/memory_budget.h"
#include "base/metrics.h"
#include "base/result.h"
#include "gguf/whisper_file.h"
#include "model/speech/speech_model.h"
#include "sound/audio_source.h"
#include "sound/vad/speech_reader.h"

namespace peregrine::speech {

using model::TokenId;

struct TranscriberOptions {
  std::uint32_t max_running = 8;     // recordings that decode at once
  std::uint32_t max_queued = 64;     // recordings that wait; beyond it submit() answers kUnavailable
  std::uint32_t max_sequences = 16;  // rows of a decoder's step: beams and samples of all recordings
};

enum class Task : std::uint8_t { kTranscribe, kTranslate };

struct TranscriptionRequest {
  Task task = Task::kTranscribe;
  std::string language;         // code of languages.h; empty: detected
  std::string prompt;           // text before the recording; the last 224 tokens of it count
  float temperature = 0.0F;     // 0..1: where the ladder of fallbacks starts
  bool words = false;           // times of words too
  std::uint32_t beam_size = 1;  // at temperature 0; 1: greedy
  std::uint32_t best_of = 1;    // samples at temperatures above 0
  bool condition_on_previous_text = true;
  std::uint64_t seed = 0;
  sound::VadOptions vad = {};
};

struct Word {
  std::string text;  // with the space before it
  double start = 0;  // seconds in the recording
  double end = 0;
  float probability = 0;
};

// Times never go back: start <= end, and a segment starts where the one before ended, or later.
struct Segment {
  std::uint32_t id = 0;
  std::uint64_t seek = 0;  // of its window in the recording, in frames of 10 ms
  double start = 0;        // seconds in the recording
  double end = 0;
  std::string text;             // whole UTF-8, usually with a leading space
  std::vector<TokenId> tokens;  // timestamps among them
  float temperature = 0;
  float avg_logprob = 0;
  float compression_ratio = 0;  // of the window's text
  float no_speech_prob = 0;
  std::vector<Word> words;  // where they were asked for
};

// How far the recording was transcribed.
struct Progress {
  double seconds = 0;
};

struct Finished {
  std::string language;  // code, detected or given; empty when there was no speech to detect it in
  double duration = 0;   // of the recording, seconds
};

// After Finished or an Error there is nothing more. Errors: those of the AudioSource, kUnavailable when the
// transcriber stops, kInternal when the model's numbers are none.
using Event = std::variant<Segment, Progress, Finished, Error>;

class Transcription {
 public:
  virtual ~Transcription() = default;
  // The next event, or nothing for now.
  virtual std::optional<Event> poll() = 0;
  // Called, on some other thread, when poll() may have something; at once if it has. Must not block.
  virtual void on_ready(std::function<void()> callback) = 0;
};

class Transcriber {
 public:
  // `label` becomes the metrics' label "model". file, model, budget and metrics outlive the transcriber and
  // its transcriptions. Errors: kInvalidArgument (options), kResourceExhausted, kUnsupported for a vocabulary
  // that is not whisper's.
  static Result<std::unique_ptr<Transcriber>> start(const gguf::WhisperFile& file,
                                                    const model::SpeechModel& model,
                                                    const TranscriberOptions& options,
                                                    base::MemoryBudget& budget, base::Metrics& metrics,
                                                    const std::string& label);
  virtual ~Transcriber() = default;

  // Errors: kInvalidArgument (a language the model does not have, translation or a language asked of an
  // English-only model, figures out of range), kUnavailable (queue full, or stopping).
  virtual Result<std::unique_ptr<Transcription>> submit(TranscriptionRequest request,
                                                        std::unique_ptr<sound::AudioSource> audio) = 0;

  virtual bool multilingual() const = 0;

  // Refuses new recordings and ends those that run; returns when the threads have ended. Also done by the
  // destructor.
  virtual void stop() = 0;
};

}  // namespace peregrine::speech
