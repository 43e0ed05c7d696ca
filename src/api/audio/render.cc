#include <cmath>
#include <string>
#include <string_view>

#include "api/audio/subtitles.h"
#include "api/audio/wire.h"
#include "api/json/writer.h"
#include "http/sse.h"
#include "speech/languages.h"

namespace peregrine::api {
namespace {

// Without what sums of binary fractions leave behind: microseconds.
double shown(double seconds) {
  constexpr double kPerSecond = 1e6;
  return std::round(seconds * kPerSecond) / kPerSecond;
}

std::string_view task_name(speech::Task task) {
  return task == speech::Task::kTranslate ? "translate" : "transcribe";
}

// In English; empty when there was no speech to tell it by. A translation is in English.
std::string language_name(const Transcript& transcript) {
  if (transcript.task == speech::Task::kTranslate) return "english";
  const auto language = speech::find_language(transcript.language);
  return language ? std::string(language->name) : std::string();
}

void write_words(JsonWriter& json, const std::vector<speech::Segment>& segments) {
  json.key("words").begin_array();
  for (const speech::Segment& segment : segments) {
    for (const speech::Word& word : segment.words) {
      // Words stand alone here; their text has the space before them.
      const std::size_t begin = word.text.find_first_not_of(' ');
      json.begin_object();
      json.key("word").string(begin == std::string::npos ? std::string_view(word.text)
                                                         : std::string_view(word.text).substr(begin));
      json.key("start").number(shown(word.start));
      json.key("end").number(shown(word.end));
      json.end_object();
    }
  }
  json.end_array();
}

// The members of a TranscriptionSegment, into an object that is open.
void write_segment(JsonWriter& json, const speech::Segment& segment) {
  json.key("id").integer(segment.id);
  json.key("seek").integer(static_cast<std::int64_t>(segment.seek));
  json.key("start").number(shown(segment.start));
  json.key("end").number(shown(segment.end));
  json.key("text").string(segment.text);
  json.key("tokens").begin_array();
  for (const speech::TokenId token : segment.tokens) json.integer(token);
  json.end_array();
  json.key("temperature").number(segment.temperature);
  json.key("avg_logprob").number(segment.avg_logprob);
  json.key("compression_ratio").number(segment.compression_ratio);
  json.key("no_speech_prob").number(segment.no_speech_prob);
}

void write_verbose(JsonWriter& json, const AudioCall& call, const Transcript& transcript) {
  json.key("task").string(task_name(transcript.task));
  json.key("language").string(language_name(transcript));
  json.key("duration").number(shown(transcript.duration));
  json.key("text").string(plain_text(transcript, call.format));
  if (call.words) write_words(json, transcript.segments);
  if (!call.segments) return;
  json.key("segments").begin_array();
  for (const speech::Segment& segment : transcript.segments) {
    json.begin_object();
    write_segment(json, segment);
    json.end_object();
  }
  json.end_array();
}

void write_id(JsonWriter& json, std::string_view request_id) {
  if (request_id.empty()) return;
  json.key("x_groq").begin_object().key("id").string(request_id).end_object();
}

}  // namespace

std::string plain_text(const speech::Segment& segment, TranscriptFormat format, bool first) {
  if (!first || format == TranscriptFormat::kVerboseJson) return segment.text;
  const std::size_t begin = segment.text.find_first_not_of(' ');
  return begin == std::string::npos ? std::string() : segment.text.substr(begin);
}

std::string plain_text(const Transcript& transcript, TranscriptFormat format) {
  std::string text;
  for (const speech::Segment& segment : transcript.segments) {
    text += plain_text(segment, format, text.empty());
  }
  return text;
}

std::string_view content_type_of(TranscriptFormat format) {
  switch (format) {
    case TranscriptFormat::kText:
      return "text/plain; charset=utf-8";
    case TranscriptFormat::kSrt:
      return "application/x-subrip; charset=utf-8";
    case TranscriptFormat::kVtt:
      return "text/vtt; charset=utf-8";
    case TranscriptFormat::kJson:
    case TranscriptFormat::kVerboseJson:
      break;
  }
  return "application/json";
}

std::string render_transcript(const AudioCall& call, const Transcript& transcript,
                              std::string_view request_id) {
  switch (call.format) {
    case TranscriptFormat::kText:
      return plain_text(transcript, call.format) + "\n";
    case TranscriptFormat::kSrt:
      return render_srt(transcript.segments);
    case TranscriptFormat::kVtt:
      return render_vtt(transcript.segments);
    case TranscriptFormat::kJson:
    case TranscriptFormat::kVerboseJson:
      break;
  }
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  if (call.format == TranscriptFormat::kVerboseJson) {
    write_verbose(json, call, transcript);
  } else {
    json.key("text").string(plain_text(transcript, call.format));
  }
  write_id(json, request_id);
  json.end_object();
  return out;
}

void append_segment_events(std::string& out, const AudioCall& call, const speech::Segment& segment,
                           bool first) {
  std::string event;
  JsonWriter delta(event);
  delta.begin_object().key("type").string("transcript.text.delta");
  delta.key("delta").string(plain_text(segment, call.format, first)).end_object();
  http::append_sse_event(out, event);
  if (call.format != TranscriptFormat::kVerboseJson) return;
  event.clear();
  JsonWriter json(event);
  json.begin_object().key("type").string("transcript.text.segment");
  write_segment(json, segment);
  if (call.words) write_words(json, {segment});
  json.end_object();
  http::append_sse_event(out, event);
}

void append_done_event(std::string& out, const AudioCall& call, const Transcript& transcript,
                       std::string_view request_id) {
  std::string event;
  JsonWriter json(event);
  json.begin_object().key("type").string("transcript.text.done");
  if (call.format == TranscriptFormat::kVerboseJson) {
    write_verbose(json, call, transcript);
  } else {
    json.key("text").string(plain_text(transcript, call.format));
  }
  write_id(json, request_id);
  json.end_object();
  http::append_sse_event(out, event);
}

}  // namespace peregrine::api
