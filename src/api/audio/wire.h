// Forms of sound to transcribe or translate, and what is answered.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/form_reader.h"
#include "service/transcription/transcription.h"

namespace peregrine::api {

enum class TranscriptFormat : std::uint8_t { kJson, kText, kVerboseJson, kSrt, kVtt };

struct AudioCall {
  service::TranscriptionRequest request;
  TranscriptFormat format = TranscriptFormat::kJson;
  bool words = false;  // in verbose_json
  bool segments = true;
  bool stream = false;
  // One of the two.
  http::FileDescriptor file;
  std::string url;  // as the client wrote it: an address, a data URL, or base64
};

// What a transcript consists of, however it is written.
struct Transcript {
  speech::Task task = speech::Task::kTranscribe;
  std::vector<speech::Segment> segments;
  std::string language;  // code; may be empty
  double duration = 0;   // seconds
};

// Largest text of `prompt`: only the last 224 tokens of it count.
inline constexpr std::size_t kMaxPromptBytes = 64 * 1024;

// Reads a form whose fields are closed. Errors: kInvalidArgument with the field as `where`.
Result<AudioCall> parse_audio_form(http::Form form, speech::Task task);

// The text of a transcript, or of a part of it that follows others (`first` false). Whisper begins sentences
// with a space, which the plain formats drop at the beginning of the whole; verbose_json keeps it.
std::string plain_text(const speech::Segment& segment, TranscriptFormat format, bool first);
std::string plain_text(const Transcript& transcript, TranscriptFormat format);

// The whole body of an answer in `call.format`, and its content type. `request_id` may be empty: none is
// shown.
std::string render_transcript(const AudioCall& call, const Transcript& transcript,
                              std::string_view request_id);
std::string_view content_type_of(TranscriptFormat format);

// Server-sent events of a streamed transcript.
void append_segment_events(std::string& out, const AudioCall& call, const speech::Segment& segment,
                           bool first);
void append_done_event(std::string& out, const AudioCall& call, const Transcript& transcript,
                       std::string_view request_id);

}  // namespace peregrine::api
