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
#include "api/audio/json_form.h"
#include "api/audio/source.h"
#include "api/audio/speech.h"
#include "api/audio/wire.h"
#include "api/door/door.h"
#include "api/entry/entry.h"
#include "api/entry/form.h"
#include "api/entry/request_meter.h"
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
  const std::string id;  // of the request
  RequestMeter meter;

  // What was heard until now is what the request used.
  void settle(const AudioAnswer& answer) const {
    meter.finish({.prompt_tokens = 0,
                  .cached_tokens = 0,
                  .completion_tokens = 0,
                  .audio_seconds = service::billed_seconds(answer.heard())});
  }
};

tl::unexpected<ApiError> refused(const Error& cause, const AudioCall& call, const Surroundings& with) {
  if (auto limited = with.meter.refusal()) return tl::unexpected<ApiError>(std::move(*limited));
  ApiError error = audio_error(cause, call.request.model);
  log_internal(error, cause, with.id);
  return tl::unexpected<ApiError>(std::move(error));
}

// Starts the transcription if the wait is over; starts a process, so it runs on a worker.
StartResult go_on(StartedAudio audio, const Surroundings& with) {
  std::optional<Result<service::ModelLease>> lease = audio.wait->poll();
  if (!lease) return audio;
  if (!*lease) return refused(lease->error(), audio.call, with);
  auto stream =
      with.services.start_transcription(audio.call.request, audio.call.file.release(), std::move(**lease));
  if (!stream) return refused(stream.error(), audio.call, with);
  audio.stream = std::move(*stream);
  return audio;
}

// Gets the sound if the request only tells where it is, and asks for the model; on a worker, too.
StartResult begin(AudioCall call, Surroundings& with, const std::atomic<bool>& gone) {
  if (auto closed = with.meter.open(call.request.model)) return tl::unexpected<ApiError>(std::move(*closed));
  call.request.admit = with.meter.admit();
  call.request.log_id = with.id;
  auto wait = with.services.open_model(call.request.model);
  if (!wait) return refused(wait.error(), call, with);
  if (!call.url.empty()) {
    auto file = open_url(call.url, with.options, gone);
    if (!file) return refused(file.error(), call, with);
    call.file = std::move(*file);
    call.url.clear();
  }
  return go_on({std::move(call), std::move(*wait)}, with);
}

// Renders what is ready, as much as goes into one write. True: there was no more. Who reads the end finds
// what it took in the ledger.
bool take_ready(service::TranscriptionStream& stream, AudioAnswer& answer, const Surroundings& with,
                std::string& out) {
  while (!answer.over() && out.size() < kMaxWriteBytes) {
    const std::optional<speech::Event> event = stream.poll();
    if (!event) return true;
    answer.add(*event, &out);
  }
  if (answer.over() && !answer.failure()) with.settle(answer);
  return false;
}

tl::unexpected<ApiError> broken(const AudioAnswer& answer, const AudioCall& call, const Surroundings& with) {
  return refused(*answer.failure(), call, with);
}

// Polled only while no write waits: a reader that is slow to take bytes pauses its own transcription. `out`
// is the first part of the answer, or its end. False: the client went away.
Task<bool> send_events(Exchange& exchange, service::TranscriptionStream& stream, AudioAnswer& answer,
                       const Surroundings& with, http::Signal& signal, std::string& out,
                       std::chrono::milliseconds keep_alive) {
  http::Headers headers = event_stream_headers();
  const bool begun = co_await exchange.begin_stream(200, std::move(headers));
  if (!begun) co_return false;
  const std::string comment = http::sse_comment();
  for (;;) {
    if (!out.empty()) {
      const bool written = co_await exchange.write(out);
      if (!written) co_return false;
      out.clear();
    }
    if (answer.over()) co_return true;
    const bool drained = take_ready(stream, answer, with, out);
    if (!drained || !out.empty()) continue;
    const bool notified = co_await exchange.wait_for(signal, keep_alive);
    if (exchange.disconnected()) co_return false;
    if (!notified) out = comment;
  }
}

// The answer's head waits for the first part of it, so that a file that is no sound still gets its 400.
Task<unsigned> stream_answer(Exchange& exchange, StartedAudio& audio, AudioAnswer& answer,
                             const Surroundings& with, std::chrono::milliseconds keep_alive) {
  const std::shared_ptr<http::Signal> signal = exchange.make_signal();
  audio.stream->on_ready([signal] { signal->notify(); });
  std::string out;
  while (out.empty() && !answer.over()) {
    const bool drained = take_ready(*audio.stream, answer, with, out);
    if (!drained || !out.empty()) continue;
    co_await exchange.wait(*signal);
    if (exchange.disconnected()) co_return kClientGone;
  }
  if (answer.failure() && out.empty()) {
    with.meter.fail();
    ApiError error = broken(answer, audio.call, with).value();
    co_return co_await respond_error(exchange, std::move(error));
  }
  const bool sent = co_await send_events(exchange, *audio.stream, answer, with, *signal, out, keep_alive);
  if (!sent) co_return kClientGone;
  if (answer.failure()) {
    with.meter.fail();
    const ApiError error = broken(answer, audio.call, with).value();
    http::append_sse_event(out, render_error(error, error_row(error.kind).status), "error");
    const bool written = co_await exchange.write(out);
    if (!written) co_return kClientGone;
  }
  co_await exchange.end_stream();
  co_return 200;
}

Task<unsigned> whole_answer(Exchange& exchange, StartedAudio& audio, AudioAnswer& answer,
                            const Surroundings& with) {
  const std::shared_ptr<http::Signal> signal = exchange.make_signal();
  audio.stream->on_ready([signal] { signal->notify(); });
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
    with.meter.fail();
    ApiError error = broken(answer, audio.call, with).value();
    co_return co_await respond_error(exchange, std::move(error));
  }
  with.settle(answer);
  with.meter.tell(exchange.response_headers());
  http::Response response;
  response.headers.set("content-type", std::string(content_type_of(audio.call.format)));
  const auto render = [&] { return render_transcript(audio.call, answer.transcript(), with.id); };
  response.body = co_await exchange.offload(render);
  co_await exchange.respond(std::move(response));
  co_return 200;
}

// What was heard counts, unless the file was to blame or the server.
Task<unsigned> answer_started(Exchange& exchange, StartedAudio& audio, const Surroundings& with,
                              std::chrono::milliseconds keep_alive) {
  AudioAnswer answer(audio.call, with.id);
  unsigned status = 0;
  if (audio.call.stream) {
    status = co_await stream_answer(exchange, audio, answer, with, keep_alive);
  } else {
    status = co_await whole_answer(exchange, audio, answer, with);
  }
  if (!answer.failure()) with.settle(answer);
  co_return status;
}

bool says_json(const http::Request& request) {
  std::string_view type = request.headers.get("content-type");
  type = type.substr(0, type.find(';'));
  while (type.ends_with(' ')) type.remove_suffix(1);
  return http::equal_ignoring_case(type, "application/json");
}

// The fields of a JSON body. Without them the error is the status to return, as of read_form_or_answer().
Task<tl::expected<http::Form, unsigned>> read_json_or_answer(Exchange& exchange) {
  std::string body;
  for (;;) {
    const std::optional<std::string_view> piece = co_await exchange.read_body();
    if (!piece || !exchange.charge_body(piece->size())) co_return tl::unexpected(kClientGone);
    if (piece->empty()) break;
    body += *piece;
  }
  const auto parse = [&] { return form_of_json(body); };
  Result<http::Form> form = co_await exchange.offload(parse);
  if (form) co_return std::move(*form);
  ApiError error = to_api_error(form.error());
  co_return tl::unexpected(co_await respond_error(exchange, std::move(error)));
}

Task<tl::expected<http::Form, unsigned>> read_fields_or_answer(Exchange& exchange,
                                                               const http::FormOptions& options) {
  if (says_json(exchange.request())) co_return co_await read_json_or_answer(exchange);
  co_return co_await read_form_or_answer(exchange, options);
}

Task<unsigned> listen(Exchange& exchange, const Services& services, const Options& options,
                      speech::Task task) {
  std::optional<ApiError> refusal = refuse_unready(services);
  if (refusal) co_return co_await respond_error(exchange, std::move(*refusal));
  Surroundings with{services, options.audio, request_id(exchange), RequestMeter(services, exchange)};
  http::FormOptions form_options;
  form_options.spool_folder = options.audio.spool_folder;
  form_options.max_file_bytes = options.audio.max_file_bytes;
  form_options.max_field_bytes = encoded_bytes(options.audio.max_file_bytes);
  tl::expected<http::Form, unsigned> form = co_await read_fields_or_answer(exchange, form_options);
  if (!form) co_return form.error();
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
  with.meter.tell(exchange.response_headers());
  if (!audio) {
    with.meter.fail();
    co_return co_await respond_error(exchange, std::move(audio.error()));
  }
  co_return co_await answer_started(exchange, *audio, with, options.keep_alive);
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
