#include "api/audio/answer.h"

#include <fmt/format.h>

#include <utility>
#include <variant>

namespace peregrine::api {
namespace {

// The decoder's own words where clients match on them; else Groq's sentence, and the reason behind it.
std::string file_message(const std::string& reason) {
  if (reason.starts_with("Audio file is too short.")) return reason;
  return fmt::format("could not process file - is it a valid media file? ({})", reason);
}

}  // namespace

ApiError audio_error(const Error& error, const std::string& model) {
  switch (error.code) {
    case ErrorCode::kNotFound:
      return make_error(ErrorKind::kModelNotFound, model);
    case ErrorCode::kInvalidArgument:
      if (error.where.empty() || error.where == "file") {
        return make_error(ErrorKind::kInvalidRequest, file_message(error.message), "file");
      }
      return make_error(ErrorKind::kInvalidRequest, error.message, error.where);
    case ErrorCode::kResourceExhausted:
      return make_error(ErrorKind::kRequestTooLarge, error.message, error.where);
    case ErrorCode::kUnavailable:
    case ErrorCode::kCancelled:
      return make_error(ErrorKind::kUnavailable, error.message);
    default:
      return make_error(ErrorKind::kInternal);
  }
}

AudioAnswer::AudioAnswer(const AudioCall& call, std::string request_id)
    : call_(call), request_id_(std::move(request_id)) {
  transcript_.task = call.request.task;
}

void AudioAnswer::add(const speech::Event& event, std::string* out) {
  if (const auto* segment = std::get_if<speech::Segment>(&event)) {
    if (out != nullptr) append_segment_events(*out, call_, *segment, !begun_);
    begun_ = begun_ || !plain_text(*segment, call_.format, true).empty();
    transcript_.segments.push_back(*segment);
  } else if (const auto* progress = std::get_if<speech::Progress>(&event)) {
    heard_ = progress->seconds;
  } else if (const auto* finished = std::get_if<speech::Finished>(&event)) {
    transcript_.language = finished->language;
    transcript_.duration = finished->duration;
    heard_ = finished->duration;
    if (out != nullptr) append_done_event(*out, call_, transcript_, request_id_);
    over_ = true;
  } else if (const auto* error = std::get_if<Error>(&event)) {
    failure_ = *error;
    over_ = true;
  }
}

}  // namespace peregrine::api
