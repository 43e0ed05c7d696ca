#include "api/chat/routes.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

#include "api/chat/answer.h"
#include "api/chat/wire.h"
#include "api/door/door.h"
#include "api/entry/entry.h"
#include "api/entry/refusal.h"
#include "api/entry/request_meter.h"
#include "base/ids.h"
#include "base/log.h"
#include "http/sse.h"

namespace peregrine::api {
namespace {

using http::Exchange;
using http::Task;

// A chat before its first event: it waits for its model, or it has a stream.
struct StartedChat {
  ChatCall call;
  std::unique_ptr<service::ModelWait> wait;
  std::unique_ptr<service::ChatStream> stream = {};

  bool waits() const { return stream == nullptr; }
};
using StartResult = tl::expected<StartedChat, ApiError>;

// The service speaks of tools and of max_completion_tokens; clients may have used the older names.
std::string field_of_client(std::string where, const ChatCall& call) {
  if (where == wire_name(TokenCapField::kMaxCompletionTokens))
    return std::string(wire_name(call.token_cap_field));
  if (!call.old_functions) return where;
  if (where == "tool_choice") return "function_call";
  constexpr std::string_view kTools = "tools";
  if (!where.starts_with(kTools)) return where;
  where.replace(0, kTools.size(), "functions");
  constexpr std::string_view kFunction = ".function.";
  const std::size_t at = where.find(kFunction);
  if (at < where.find('#')) where.replace(at, kFunction.size(), ".");
  return where;
}

ApiError chat_error(const Error& error, const ChatCall& call, const Services& services) {
  const GenerationTerms terms{.model = call.request.model,
                              .conversation = "messages",
                              .token_cap = wire_name(call.token_cap_field),
                              .flexible = call.tier == ServiceTier::kFlex};
  return explain_refusal({error.code, error.message, field_of_client(error.where, call)}, terms,
                         SchemaNames::of(call.request), services);
}

tl::unexpected<ApiError> refused(const Error& cause, const ChatCall& call, const Services& services,
                                 const RequestMeter& meter, std::string_view id) {
  if (auto limited = meter.refusal()) return tl::unexpected<ApiError>(std::move(*limited));
  ApiError error = chat_error(cause, call, services);
  log_internal(error, cause, id);
  return tl::unexpected<ApiError>(std::move(error));
}

// Starts the chat if its wait is over; takes milliseconds for a long prompt, so it runs on a worker.
StartResult go_on(StartedChat chat, const Services& services, const RequestMeter& meter,
                  std::string_view id) {
  std::optional<Result<service::ModelLease>> lease = chat.wait->poll();
  if (!lease) return chat;
  if (!*lease) return refused(lease->error(), chat.call, services, meter, id);
  auto stream = services.start_chat(chat.call.request, std::move(**lease));
  if (!stream) return refused(stream.error(), chat.call, services, meter, id);
  chat.stream = meter.chat(std::move(*stream));
  return chat;
}

// Parses, asks for the model, and starts if it is there; on a worker, too.
StartResult begin_chat(std::string_view body, const Services& services, RequestMeter& meter,
                       std::string_view id) {
  Result<ChatCall> call = parse_chat_call(body);
  if (!call) return tl::unexpected<ApiError>(to_api_error(call.error()));
  if (auto closed = meter.open(call->request.model, wire_name(call->tier))) {
    return tl::unexpected<ApiError>(std::move(*closed));
  }
  call->request.admit = meter.admit();
  auto wait = services.open_model(call->request.model);
  if (!wait) return refused(wait.error(), *call, services, meter, id);
  return go_on({std::move(*call), std::move(*wait)}, services, meter, id);
}

AnswerHead answer_head(const StartedChat& chat, const std::string& id) {
  AnswerHead head;
  head.id = "chatcmpl-" + base::uuid4();
  head.request_id = id;
  head.created =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
          .count();
  head.model = chat.call.request.model;
  head.fingerprint = chat.stream->fingerprint();
  head.seed = chat.stream->seed();
  head.tier = chat.call.tier;
  head.old_functions = chat.call.old_functions;
  const service::ToolChoice choice = chat.call.request.tool_use.choice;
  head.only_calls = choice == service::ToolChoice::kRequired || choice == service::ToolChoice::kFunction;
  return head;
}

// Renders what is ready, as much as goes into one write. True: there was no more.
bool take_ready(service::ChatStream& stream, StreamedAnswer& answer, std::string& out) {
  while (!answer.over() && out.size() < kMaxWriteBytes) {
    const std::optional<service::ChatEvent> event = stream.poll();
    if (!event) return true;
    answer.add(out, *event);
  }
  return false;
}

// The stream is polled only while no write waits: a reader that is slow to take bytes so pauses its own
// sequence, and nobody else's.
Task<unsigned> stream_answer(Exchange& exchange, StartedChat& chat, const AnswerHead& head,
                             std::chrono::milliseconds keep_alive) {
  const std::shared_ptr<http::Signal> signal = exchange.make_signal();
  chat.stream->on_ready([signal] { signal->notify(); });
  http::Headers headers = event_stream_headers();
  const bool begun = co_await exchange.begin_stream(200, std::move(headers));
  if (!begun) co_return kClientGone;

  StreamedAnswer answer(head, chat.call.request.n, chat.call.include_usage);
  std::string out;
  answer.open(out);
  const std::string comment = http::sse_comment();
  while (!answer.over()) {
    const bool drained = take_ready(*chat.stream, answer, out);
    if (!out.empty()) {
      const bool written = co_await exchange.write(out);
      if (!written) co_return kClientGone;
      out.clear();
    }
    if (!drained) continue;
    const bool notified = co_await exchange.wait_for(*signal, keep_alive);
    if (exchange.disconnected()) co_return kClientGone;
    if (!notified) out = comment;
  }
  if (answer.failure()) log_failure(head.request_id, *answer.failure());
  co_await exchange.end_stream();
  co_return 200;
}

Task<unsigned> whole_answer(Exchange& exchange, StartedChat& chat, const AnswerHead& head,
                            const RequestMeter& meter) {
  const std::shared_ptr<http::Signal> signal = exchange.make_signal();
  chat.stream->on_ready([signal] { signal->notify(); });
  CollectedAnswer answer(chat.call.request.n);
  while (!answer.over()) {
    if (exchange.disconnected()) co_return kClientGone;
    std::optional<service::ChatEvent> event = chat.stream->poll();
    if (event) {
      answer.add(std::move(*event));
    } else {
      co_await exchange.wait(*signal);
    }
  }
  meter.tell(exchange.response_headers());
  if (answer.failure()) {
    log_failure(head.request_id, *answer.failure());
    ApiError error = generation_error(*answer.failure());
    co_return co_await respond_error(exchange, std::move(error));
  }
  std::string body = answer.render(head, chat.call.request.top_logprobs.has_value());
  co_return co_await respond_json(exchange, std::move(body));
}

Task<unsigned> complete(Exchange& exchange, const Services& services, std::chrono::milliseconds keep_alive) {
  std::optional<ApiError> refusal = refuse_at_once(exchange, services);
  if (refusal) co_return co_await respond_error(exchange, std::move(*refusal));
  const std::string id = request_id(exchange);
  RequestMeter meter(services, exchange);
  const auto begin = [&] { return begin_chat(exchange.request().body, services, meter, id); };
  StartResult chat = co_await exchange.offload(begin);
  const std::function<StartResult(StartedChat)> resume = [&](StartedChat waiting) {
    return go_on(std::move(waiting), services, meter, id);
  };
  const bool here = co_await start_when_loaded(exchange, chat, resume);
  if (!here) co_return kClientGone;
  if (exchange.disconnected()) co_return kClientGone;
  if (!chat) meter.fail();
  meter.tell(exchange.response_headers());
  if (!chat) co_return co_await respond_error(exchange, std::move(chat.error()));
  const AnswerHead head = answer_head(*chat, id);
  if (chat->call.stream) co_return co_await stream_answer(exchange, *chat, head, keep_alive);
  co_return co_await whole_answer(exchange, *chat, head, meter);
}

}  // namespace

void add_chat_routes(http::Router& router, const Services& services, const Options& options) {
  add_api_route(router, services, "POST", "/chat/completions",
                [services, keep_alive = options.keep_alive](Exchange& exchange) {
                  return complete(exchange, services, keep_alive);
                });
}

}  // namespace peregrine::api
