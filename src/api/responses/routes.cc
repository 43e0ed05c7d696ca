#include "api/responses/routes.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "api/door/door.h"
#include "api/entry/entry.h"
#include "api/responses/ending.h"
#include "api/responses/start.h"
#include "api/responses/stored.h"
#include "base/ids.h"
#include "http/sse.h"

namespace peregrine::api {
namespace {

using http::Exchange;
using http::Signal;
using http::Task;

service::IdSource type_ids() {
  return [](std::string_view prefix) { return base::type_id(prefix); };
}

// "Groq-Beta: inference-metrics", perhaps among others.
bool wants_timings(const http::Request& request) {
  std::string_view list = request.headers.get("groq-beta");
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    std::string_view name = list.substr(0, comma);
    while (name.starts_with(' ')) name.remove_prefix(1);
    while (name.ends_with(' ')) name.remove_suffix(1);
    if (http::equal_ignoring_case(name, "inference-metrics")) return true;
    list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
  }
  return false;
}

// Renders what is ready, as much as goes into one write. True: there was no more.
bool take_ready(StartedResponse& response, service::OutputAssembler& output, ResponseEvents& events,
                std::string& out) {
  if (response.run->cancelled()) {
    for (const service::OutputStep& step : output.cancel()) events.step(out, step);
  }
  while (!output.over() && out.size() < kMaxWriteBytes) {
    std::optional<service::ChatEvent> event = response.stream->poll();
    if (!event) return true;
    for (const service::OutputStep& step : output.add(std::move(*event))) events.step(out, step);
  }
  return output.over();
}

// Lets go of the generation, and settles how the response ended: for one that is kept, in the store, before
// anybody is told.
Task<Ending> settle(Exchange& exchange, const Services& services, StartedResponse& response,
                    const service::OutputAssembler& output, std::string_view request_id) {
  const auto work = [&] {
    response.stream.reset();
    return end_response(response, output, *services.responses, request_id);
  };
  Ending ending;
  if (response.head.echo.store) {
    ending = co_await exchange.offload(work);
  } else {
    ending = work();
  }
  response.run->end(ending.body);
  co_return ending;
}

// The client went away: what there is of the answer is the answer.
Task<unsigned> give_up(Exchange& exchange, const Services& services, StartedResponse& response,
                       service::OutputAssembler& output, std::string_view request_id) {
  output.cancel();
  co_await settle(exchange, services, response, output, request_id);
  co_return kClientGone;
}

// The stream is polled only while no write waits: a reader that is slow to take bytes so pauses its own
// sequence, and nobody else's.
Task<unsigned> stream_answer(Exchange& exchange, const Services& services, StartedResponse& response,
                             Signal& signal, std::chrono::milliseconds keep_alive) {
  const std::string id = request_id(exchange);
  service::OutputAssembler output(type_ids());
  ResponseEvents events(output);
  std::string out;
  events.open(out, render_response(response.head, output));
  http::Headers headers = event_stream_headers();
  const bool begun = co_await exchange.begin_stream(200, std::move(headers));
  if (!begun) co_return co_await give_up(exchange, services, response, output, id);
  const std::string comment = http::sse_comment();
  while (!output.over()) {
    const bool drained = take_ready(response, output, events, out);
    if (!out.empty()) {
      const bool written = co_await exchange.write(out);
      if (!written) co_return co_await give_up(exchange, services, response, output, id);
      out.clear();
    }
    if (!drained || output.over()) continue;
    const bool notified = co_await exchange.wait_for(signal, keep_alive);
    if (exchange.disconnected()) co_return co_await give_up(exchange, services, response, output, id);
    if (!notified) out = comment;
  }
  const Ending ending = co_await settle(exchange, services, response, output, id);
  events.close(out, ending.body, ending.status);
  const bool written = co_await exchange.write(out);
  if (!written) co_return kClientGone;
  co_await exchange.end_stream();
  co_return 200;
}

Task<unsigned> whole_answer(Exchange& exchange, const Services& services, StartedResponse& response,
                            Signal& signal) {
  const std::string id = request_id(exchange);
  service::OutputAssembler output(type_ids());
  while (!output.over()) {
    if (exchange.disconnected()) co_return co_await give_up(exchange, services, response, output, id);
    if (response.run->cancelled()) {
      output.cancel();
      break;
    }
    std::optional<service::ChatEvent> event = response.stream->poll();
    if (event) {
      output.add(std::move(*event));
    } else {
      co_await exchange.wait(signal);
    }
  }
  Ending ending = co_await settle(exchange, services, response, output, id);
  if (ending.error) co_return co_await respond_error(exchange, std::move(*ending.error));
  co_return co_await respond_json(exchange, std::move(ending.body));
}

Task<unsigned> create(Exchange& exchange, const Services& services, std::chrono::milliseconds keep_alive) {
  std::optional<ApiError> refusal = refuse_at_once(exchange, services);
  if (refusal) co_return co_await respond_error(exchange, std::move(*refusal));
  const std::shared_ptr<Signal> signal = exchange.make_signal();
  ResponseCaller caller;
  RequestMeter meter(services, exchange);
  caller.meter = &meter;
  caller.owner = owner_of(exchange);
  caller.request_id = request_id(exchange);
  caller.timings = wants_timings(exchange.request());
  caller.on_cancel = [signal] { signal->notify(); };
  const auto begin = [&] { return begin_response(exchange.request().body, services, caller); };
  StartResult response = co_await exchange.offload(begin);
  const std::function<StartResult(StartedResponse)> resume = [&](StartedResponse waiting) {
    return go_on(std::move(waiting), services, caller);
  };
  const bool here = co_await start_when_loaded(exchange, response, resume);
  if (!here) co_return kClientGone;
  if (!response) meter.fail();
  meter.tell(exchange.response_headers());
  if (!response) co_return co_await respond_error(exchange, std::move(response.error()));
  response->stream->on_ready([signal] { signal->notify(); });
  if (response->call.stream) {
    co_return co_await stream_answer(exchange, services, *response, *signal, keep_alive);
  }
  co_return co_await whole_answer(exchange, services, *response, *signal);
}

}  // namespace

void add_response_routes(http::Router& router, const Services& services, const Options& options) {
  add_api_route(router, services, "POST", "/responses",
                [services, keep_alive = options.keep_alive](Exchange& exchange) {
                  return create(exchange, services, keep_alive);
                });
  add_stored_response_routes(router, services);
}

}  // namespace peregrine::api
