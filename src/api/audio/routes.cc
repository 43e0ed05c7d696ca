#include "api/audio/routes.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

#include "api/audio/answer.h"
#include "api/audio/source.h"
#include "api/audio/speech.h"
#include "api/audio/wire.h"
#include "api/door/door.h"
#include "api/entry/entry.h"
#include "http/form_reader.h"
#include "http/sse.h"

namespace peregrine::api {
namespace {

using http::Exchange;
using http::Task;

// Room for the fields besides the sound, and for what multipart wraps around them.
constexpr std::uint64_t kFormBytes = 256 * 1024;

// Base64 takes four characters for three bytes.
constexpr std::uint64_t encoded_bytes(std::uint64_t bytes) {
  return bytes / 3 * 4 + kFormBytes;
}

// A request before its first event: it waits for its model, or its transcription runs.
struct StartedAudio {
  AudioCall call;
  std::unique_ptr<service::ModelWait> wait;
  std::unique_ptr<service::TranscriptionStream> stream = {};

  bool waits() const { return stream == nullptr; }
};
using StartResult = tl::expected<StartedAudio, ApiError>;

// What every step of one request needs.
struct Surroundings {
  const Services& services;
  const AudioOptions& options;
  std::string id;  // of the request
};

tl::unexpected<ApiError> refused(const Error& cause, const AudioCall& call, std::string_view id) {
  ApiError error = audio_error(cause, call.request.model);
  log_internal(error, cause, id);
  return tl::unexpected<ApiError>(std::move(error));
}

// Any web page may send a form anywhere without asking; only those that may call the API are listened to.
std::optional<ApiError> refuse_foreign_form(Exchange& exchange) {
  const bool foreign = exchange.request().headers.contains("origin") &&
                       !exchange.response_headers().contains("access-control-allow-origin");
  if (!foreign) return std::nullopt;
  return make_error(ErrorKind::kInvalidRequest,
                    "forms of web pages are taken only from origins that the configuration lists");
}

// Starts the transcription if the wait is over; starts a process, so it runs on a worker.
StartResult go_on(StartedAudio audio, const Surroundings& with) {
  std::optional<Result<service::ModelLease>> lease = audio.wait->poll();
  if (!lease) return audio;
  if (!*lease) return refused(lease->error(), audio.call, with.id);
  auto stream =
      with.services.start_transcription(audio.call.request, audio.call.file.release(), std::move(**lease));
  if (!stream) return refused(stream.error(), audio.call, with.id);
  audio.stream = std::move(*stream);
  return audio;
}

// Gets the sound if the request only tells where it is, and asks for the model; on a worker, too.
StartResult begin(AudioCall call, const Surroundings& with, const std::atomic<bool>& gone) {
  auto wait = with.services.open_model(call.request.model);
  if (!wait) return refused(wait.error(), call, with.id);
  if (!call.url.empty()) {
    auto file = open_url(call.url, with.options, gone);
    if (!file) return refused(file.error(), call, with.id);
    call.file = std::move(*file);
    call.url.clear();
  }
  return go_on({std::move(call), std::move(*wait)}, with);
}

// Renders what is ready, as much as goes into one write. True: there was no more.
bool take_ready(service::TranscriptionStream& stream, AudioAnswer& answer, std::string& out) {
  while (!answer.over() && out.size() < kMaxWriteBytes) {
    const std::optional<speech::Event> event = stream.poll();
    if (!event) return true;
    answer.add(*event, &out);
  }
  return false;
}

// Polled only while no write waits: a reader that is slow to take bytes pauses its own transcription. The
// answer's head waits for the first part of it, so that a file that is no sound still gets its 400.
Task<unsigned> stream_answer(Exchange& exchange, StartedAudio& audio, const std::string& id,
                             std::chrono::milliseconds keep_alive) {
  const std::shared_ptr<http::Signal> signal = exchange.make_signal();
  audio.stream->on_ready([signal] { signal->notify(); });
  AudioAnswer answer(audio.call, id);
  std::string out;
  while (out.empty() && !answer.over()) {
    const bool drained = take_ready(*audio.stream, answer, out);
    if (!drained || !out.empty()) continue;
    co_await exchange.wait(*signal);
    if (exchange.disconnected()) co_return kClientGone;
  }
  if (answer.failure() && out.empty()) {
    ApiError error = audio_error(*answer.failure(), audio.call.request.model);
    log_internal(error, *answer.failure(), id);
    co_return co_await respond_error(exchange, std::move(error));
  }
  http::Headers headers = event_stream_headers();
  const bool begun = co_await exchange.begin_stream(200, std::move(headers));
  if (!begun) co_return kClientGone;
  const std::string comment = http::sse_comment();
  for (;;) {
    if (!out.empty()) {
      const bool written = co_await exchange.write(out);
      if (!written) co_return kClientGone;
      out.clear();
    }
    if (answer.over()) break;
    const bool drained = take_ready(*audio.stream, answer, out);
    if (!drained || !out.empty()) continue;
    const bool notified = co_await exchange.wait_for(*signal, keep_alive);
    if (exchange.disconnected()) co_return kClientGone;
    if (!notified) out = comment;
  }
  if (answer.failure()) {
    const ApiError error = audio_error(*answer.failure(), audio.call.request.model);
    log_internal(error, *answer.failure(), id);
    http::append_sse_event(out, render_error(error, error_row(error.kind).status), "error");
    const bool written = co_await exchange.write(out);
    if (!written) co_return kClientGone;
  }
  co_await exchange.end_stream();
  co_return 200;
}

Task<unsigned> whole_answer(Exchange& exchange, StartedAudio& audio, const std::string& id) {
  const std::shared_ptr<http::Signal> signal = exchange.make_signal();
  audio.stream->on_ready([signal] { signal->notify(); });
  AudioAnswer answer(audio.call, id);
  while (!answer.over()) {
    if (exchange.disconnected()) co_return kClientGone;
    const std::optional<speech::Event> event = audio.stream->poll();
    if (event) {
      answer.add(*event, nullptr);
    } else {
      co_await exchange.wait(*signal);
    }
  }
  if (answer.failure()) {
    ApiError error = audio_error(*answer.failure(), audio.call.request.model);
    log_internal(error, *answer.failure(), id);
    co_return co_await respond_error(exchange, std::move(error));
  }
  http::Response response;
  response.headers.set("content-type", std::string(content_type_of(audio.call.format)));
  const auto render = [&] { return render_transcript(audio.call, answer.transcript(), id); };
  response.body = co_await exchange.offload(render);
  co_await exchange.respond(std::move(response));
  co_return 200;
}

Task<unsigned> listen(Exchange& exchange, const Services& services, const Options& options,
                      speech::Task task) {
  std::optional<ApiError> refusal = refuse_unready(services);
  if (!refusal) refusal = refuse_foreign_form(exchange);
  if (refusal) co_return co_await respond_error(exchange, std::move(*refusal));
  const Surroundings with{services, options.audio, request_id(exchange)};
  http::FormOptions form_options;
  form_options.spool_folder = options.audio.spool_folder;
  form_options.max_file_bytes = options.audio.max_file_bytes;
  form_options.max_field_bytes = encoded_bytes(options.audio.max_file_bytes);
  Result<http::Form> form = co_await http::read_form(exchange, form_options);
  if (!form && form.error().code == ErrorCode::kCancelled) co_return kClientGone;
  if (!form) {
    ApiError error = form_error(form.error());
    log_internal(error, form.error(), with.id);
    co_return co_await respond_error(exchange, std::move(error));
  }
  Result<AudioCall> call = parse_audio_form(std::move(*form), task);
  if (!call) {
    ApiError error = to_api_error(call.error());
    co_return co_await respond_error(exchange, std::move(error));
  }
  const auto gone = std::make_shared<std::atomic<bool>>(false);
  exchange.on_disconnect([gone] { *gone = true; });
  const auto start = [&] { return begin(std::move(*call), with, *gone); };
  StartResult audio = co_await exchange.offload(start);
  const std::function<StartResult(StartedAudio)> resume = [&](StartedAudio waiting) {
    return go_on(std::move(waiting), with);
  };
  const bool here = co_await start_when_loaded(exchange, audio, resume);
  if (!here || exchange.disconnected()) co_return kClientGone;
  if (!audio) co_return co_await respond_error(exchange, std::move(audio.error()));
  if (audio->call.stream) co_return co_await stream_answer(exchange, *audio, with.id, options.keep_alive);
  co_return co_await whole_answer(exchange, *audio, with.id);
}

}  // namespace

void add_audio_routes(http::Router& router, const Services& services, const Options& options) {
  const http::RouteOptions upload{
      .max_body_bytes = options.audio.max_file_bytes + encoded_bytes(options.audio.max_file_bytes),
      .stream_body = true};
  for (const auto& [path, task] : {std::pair{"/audio/transcriptions", speech::Task::kTranscribe},
                                   std::pair{"/audio/translations", speech::Task::kTranslate}}) {
    const speech::Task what = task;
    add_api_route(
        router, services, "POST", path,
        [services, options, what](Exchange& exchange) { return listen(exchange, services, options, what); },
        upload);
  }
  add_speech_route(router, services);
}

}  // namespace peregrine::api
