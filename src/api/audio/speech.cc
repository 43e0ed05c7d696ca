#include "api/audio/speech.h"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "api/door/door.h"
#include "api/entry/entry.h"
#include "api/json/document.h"
#include "api/json/schema.h"

namespace peregrine::api {
namespace {

struct SpeechCall {
  std::string model;
};

Result<std::string_view> read_bounded(const Json& value, const Path& path, std::size_t max_bytes) {
  PEREGRINE_ASSIGN(const std::string_view text, read_string(value, path));
  if (text.empty()) return wrong(path, "minimum string length is 1");
  if (text.size() > max_bytes) return wrong(path, fmt::format("maximum string length is {}", max_bytes));
  return text;
}

Status read_model(const Json& value, const Path& path, SpeechCall& call) {
  constexpr std::size_t kMaxModelIdBytes = 256;
  PEREGRINE_ASSIGN(call.model, read_bounded(value, path, kMaxModelIdBytes));
  return {};
}

Status check_input(const Json& value, const Path& path, SpeechCall&) {
  PEREGRINE_TRY(read_bounded(value, path, kMaxSpeechInputBytes));
  return {};
}

Status check_voice(const Json& value, const Path& path, SpeechCall&) {
  constexpr std::size_t kMaxVoiceBytes = 256;
  PEREGRINE_TRY(read_bounded(value, path, kMaxVoiceBytes));
  return {};
}

Status check_format(const Json& value, const Path& path, SpeechCall&) {
  PEREGRINE_TRY(read_enum(value, path, {"flac", "mp3", "mulaw", "ogg", "wav"}));
  return {};
}

Status check_sample_rate(const Json& value, const Path& path, SpeechCall&) {
  PEREGRINE_ASSIGN(const std::int64_t rate, read_integer(value, path, 8000, 48000));
  for (const std::int64_t known : {8000, 16000, 22050, 24000, 32000, 44100, 48000}) {
    if (rate == known) return {};
  }
  return wrong(path, "value must be one of 8000, 16000, 22050, 24000, 32000, 44100, 48000");
}

Status check_speed(const Json& value, const Path& path, SpeechCall&) {
  PEREGRINE_TRY(read_number(value, path, 0.5, 5.0));
  return {};
}

constexpr Field<SpeechCall> kFields[] = {
    {"model", read_model, Presence::kRequired},  {"input", check_input, Presence::kRequired},
    {"voice", check_voice, Presence::kRequired}, {"response_format", check_format},
    {"sample_rate", check_sample_rate},          {"speed", check_speed},
};

http::Task<unsigned> speak(http::Exchange& exchange, const Services& services) {
  std::optional<ApiError> refusal = refuse_at_once(exchange, services);
  if (refusal) co_return co_await respond_error(exchange, std::move(*refusal));
  const Result<std::string> model = parse_speech_call(exchange.request().body);
  if (!model) {
    ApiError error = to_api_error(model.error());
    co_return co_await respond_error(exchange, std::move(error));
  }
  ApiError error = make_error(ErrorKind::kModelNotFound, clip(*model));
  co_return co_await respond_error(exchange, std::move(error));
}

}  // namespace

Result<std::string> parse_speech_call(std::string_view body) {
  PEREGRINE_ASSIGN(SpeechCall call, parse_body<SpeechCall>(body, kFields));
  return std::move(call.model);
}

void add_speech_route(http::Router& router, const Services& services) {
  add_api_route(router, services, "POST", "/audio/speech",
                [services](http::Exchange& exchange) { return speak(exchange, services); });
}

}  // namespace peregrine::api
