// Speech to text as a use case: a file of sound and what is asked of it, in domain types, to the parts of its
// transcript. No HTTP, no wire JSON.
//
// A destroyed stream cancels its transcription and ends the process that decodes its sound.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "service/library/library.h"
#include "service/metering/admission.h"
#include "sound/audio_source.h"
#include "sound/decode/decoder.h"
#include "speech/transcriber.h"

namespace peregrine::service {

struct TranscriptionRequest {
  std::string model = {};
  speech::Task task = speech::Task::kTranscribe;
  // Code or English name of what is spoken, in whatever case; empty: detected.
  std::string language = {};
  std::string prompt = {};
  float temperature = 0.0F;
  bool words = false;
  std::uint32_t beam_size = 1;
  bool detect_speech = true;  // leaves out what is no speech
  bool carry_context = true;  // each window is heard with the text before it in mind
  std::string log_id = {};    // what lines of the log about it are marked with
  Admit admit = {};           // asked for kMinBilledSeconds: how long it is, nobody knows yet
};

class TranscriptionStream {
 public:
  virtual ~TranscriptionStream() = default;
  // The next event, or nothing for now. An Error with kInvalidArgument is the file's: its message can be
  // shown to a client.
  virtual std::optional<speech::Event> poll() = 0;
  // Called, on some other thread, when poll() may have something; at once if it has. Must not block.
  virtual void on_ready(std::function<void()> callback) = 0;
};

// A recording is charged for in whole seconds, and for at least so many.
inline constexpr std::uint64_t kMinBilledSeconds = 10;
std::uint64_t billed_seconds(double duration);

// Whether models of that kind were trained to put what they hear into English. Of those that know several
// languages, the turbo and the distilled ones were not.
bool can_translate(const std::string& id, const SpeechRecognizer& recognizer);

// Begins the transcription of `audio` by `model`, which request.model named; the stream keeps the lease.
// Errors: kInvalidArgument, where `where` names the field: "model" (it does not listen, or does not
// translate), "language", "prompt", "temperature"; kPermissionDenied: request.admit's; kUnavailable: queue
// full, or shutting down.
Result<std::unique_ptr<TranscriptionStream>> start_transcription(const TranscriptionRequest& request,
                                                                 std::unique_ptr<sound::AudioSource> audio,
                                                                 ModelLease model);

// The same of the sound in `file`, an open descriptor that is taken over and closed. Also kInvalidArgument
// with "file": no sound; later ones come from the stream. kIo: the process that decodes cannot be started.
Result<std::unique_ptr<TranscriptionStream>> transcribe_file(const TranscriptionRequest& request, int file,
                                                             ModelLease model);

// What either would refuse whatever the sound.
Status check_transcription(const TranscriptionRequest& request, const LoadedModel& model);

}  // namespace peregrine::service
