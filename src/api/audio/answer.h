// From a transcription's events to an answer, whole or streamed. No sockets here; routes.cc moves the bytes.
#pragma once

#include <optional>
#include <string>

#include "api/audio/wire.h"
#include "api/errors/errors.h"
#include "speech/transcriber.h"

namespace peregrine::api {

// What went wrong on the way to a transcript, as the client reads it: `error` of the model, of starting, or
// an event. What is wrong with the file is a 400.
ApiError audio_error(const Error& error, const std::string& model);

class AudioAnswer {
 public:
  // `call` outlives it.
  AudioAnswer(const AudioCall& call, std::string request_id);

  // Appends the event to the answer, and to `out`, unless null, what the client of a stream is sent of it.
  void add(const speech::Event& event, std::string* out);
  // Nothing follows.
  bool over() const { return over_; }
  // How much of the recording was transcribed, in seconds; all of it once over() without a failure.
  double heard() const { return heard_; }
  // Why there is no transcript, once over().
  const std::optional<Error>& failure() const { return failure_; }
  // Once over() without a failure.
  const Transcript& transcript() const { return transcript_; }

 private:
  const AudioCall& call_;
  const std::string request_id_;
  Transcript transcript_;
  double heard_ = 0;
  bool begun_ = false;  // something of the text was sent
  bool over_ = false;
  std::optional<Error> failure_;
};

}  // namespace peregrine::api
