#include "api/chat/routes.h"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <memory>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

#include "api/chat/answer.h"
#include "api/door/door.h"
#include "api/models/routes.h"
#include "base/ids.h"
#include "base/log.h"
#include "http/sse.h"

namespace peregrine::api {
namespace {

using http::Exchange;
using http::Task;

// Events that are ready together go out in one write, up to this many bytes.
constexpr std::size_t kMaxWriteBytes = 64 * 1024;

// A chat before its first event: it waits for its model, or it has a stream.
struct StartedChat {
  ChatCall call;
  std::unique_ptr<service::ModelWait> wait;
  std::unique_ptr<service::ChatStream> stream = {};
};
using StartResult = tl::expected<StartedChat, ApiError>;

// A missing type counts as JSON, and so does a form's, which is what `curl -d` sends when nobody tells it
// otherwise. Not so from a web page: these types are the ones that a page may send anywhere unasked.
bool is_json_request(const http::Request& request) {
  std::string_view type = request.headers.get("content-type");
  type = type.substr(0, type.find(';'));
  while (type.ends_with(' ') || type.ends_with('\t')) type.remove_suffix(1);
  if (http::equal_ignoring_case(type, "application/json")) return true;
  const bool untyped = type.empty() || http::equal_ignoring_case(type, "application/x-www-form-urlencoded");
  return untyped && !request.headers.contains("origin");
}

tl::unexpected<ApiError> refused(const Error& cause, const ChatCall& call, const Services& services,
                                 std::string_view id) {
  ApiError error = chat_error(cause, call, services);
  if (error.kind == ErrorKind::kInternal) {
    base::log(base::LogLevel::kError, "api: {}: a chat could not be started: {}", id, cause.text());
  }
  return tl::unexpected<ApiError>(std::move(error));
}

// Starts the chat if its wait is over; takes milliseconds for a long prompt, so it runs on a worker.
StartResult go_on(StartedChat chat, const Services& services, std::string_view id) {
  std::optional<Result<service::ModelLease>> lease = chat.wait->poll();
  if (!lease) return chat;
  if (!*lease) return refused(lease->error(), chat.call, services, id);
  auto stream = services.start_chat(chat.call.request, std::move(**lease));
  if (!stream) return refused(stream.error(), chat.call, services, id);
  chat.stream = std::move(*stream);
  return chat;
}

// Parses, asks for the model, and starts if it is there; on a worker, too.
StartResult begin_chat(std::string_view body, const Services& services, std::string_view id) {
  Result<ChatCall> call = parse_chat_call(body);
  if (!call) return tl::unexpected<ApiError>(to_api_error(call.error()));
  auto wait = services.open_model(call->request.model);
  if (!wait) return refused(wait.error(), *call, services, id);
  return go_on({std::move(*call), std::move(*wait)}, services, id);
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
  http::Headers headers;
  headers.set("content-type", "text/event-stream");
  headers.set("cache-control", "no-cache");
  headers.set("x-accel-buffering", "no");
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

Task<unsigned> whole_answer(Exchange& exchange, StartedChat& chat, const AnswerHead& head) {
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
  if (answer.failure()) {
    log_failure(head.request_id, *answer.failure());
    ApiError error = generation_error(*answer.failure());
    co_return co_await respond_error(exchange, std::move(error));
  }
  std::string body = answer.render(head, chat.call.request.top_logprobs.has_value());
  co_return co_await respond_json(exchange, std::move(body));
}

Task<unsigned> complete(Exchange& exchange, const Services& services, std::chrono::milliseconds keep_alive) {
  if (services.readiness == Readiness::kDraining) {
    ApiError error = make_error(ErrorKind::kUnavailable, "the server is shutting down");
    co_return co_await respond_error(exchange, std::move(error));
  }
  if (!is_json_request(exchange.request())) {
    ApiError error =
        make_error(ErrorKind::kInvalidRequest, "the Content-Type of the request must be application/json");
    co_return co_await respond_error(exchange, std::move(error));
  }
  const std::string id = request_id(exchange);
  const auto begin = [&] { return begin_chat(exchange.request().body, services, id); };
  StartResult chat = co_await exchange.offload(begin);
  if (chat && !chat->stream) {
    // The model is being loaded. No worker waits for it: others have work for them.
    const std::shared_ptr<http::Signal> signal = exchange.make_signal();
    chat->wait->on_ready([signal] { signal->notify(); });
    co_await exchange.wait(*signal);
    if (exchange.disconnected()) co_return kClientGone;
    const auto start = [&] { return go_on(std::move(*chat), services, id); };
    chat = co_await exchange.offload(start);
  }
  if (exchange.disconnected()) co_return kClientGone;
  if (!chat) co_return co_await respond_error(exchange, std::move(chat.error()));
  const AnswerHead head = answer_head(*chat, id);
  if (chat->call.stream) co_return co_await stream_answer(exchange, *chat, head, keep_alive);
  co_return co_await whole_answer(exchange, *chat, head);
}

// Groq's sentence about a completion budget over the model's own.
std::string token_cap_message(const Error& error, const ChatCall& call, const Services& services) {
  const std::optional<service::ModelStatus> model = find_model(services.models(), call.request.model);
  if (!model) return error.message;
  return fmt::format(
      "`{0}` must be less than or equal to `{1}`, the maximum value for `{0}` is less than the "
      "`context_window` for "
      "this model",
      wire_name(call.token_cap_field), model->context_window);
}

}  // namespace

namespace {

// The client's own name of the schema that was refused.
std::string schema_name(const Error& error, const ChatCall& call) {
  if (error.where.starts_with("response_format#")) return call.request.answer.name;
  const std::vector<service::Tool>& tools = call.request.tool_use.tools;
  std::size_t index = 0;
  const std::string_view where = error.where;
  constexpr std::string_view kTools = "tools[";
  if (!where.starts_with(kTools)) return {};
  std::from_chars(where.data() + kTools.size(), where.data() + where.size(), index);
  return index < tools.size() ? tools[index].name : std::string();
}

// The service speaks of tools; a client of the deprecated form gave functions.
Error in_clients_terms(const Error& error, const ChatCall& call) {
  Error out = error;
  if (!call.old_functions) return out;
  if (out.where == "tool_choice") {
    out.where = "function_call";
  } else if (out.where.starts_with("tools")) {
    out.where.replace(0, std::string_view("tools").size(), "functions");
    constexpr std::string_view kFunction = ".function.";
    const std::size_t at = out.where.find(kFunction);
    if (at < out.where.find('#')) out.where.replace(at, kFunction.size(), ".");
  }
  return out;
}

}  // namespace

ApiError chat_error(const Error& cause, const ChatCall& call, const Services& services) {
  const Error error = in_clients_terms(cause, call);
  if (auto schema = to_schema_error(error, schema_name(cause, call))) return std::move(*schema);
  switch (error.code) {
    case ErrorCode::kNotFound:
      return make_error(ErrorKind::kModelNotFound, call.request.model);
    case ErrorCode::kInvalidArgument:
      if (error.where == wire_name(TokenCapField::kMaxCompletionTokens)) {
        return make_error(ErrorKind::kInvalidRequest, token_cap_message(error, call, services),
                          std::string(wire_name(call.token_cap_field)));
      }
      return make_error(ErrorKind::kInvalidRequest, error.message, error.where);
    case ErrorCode::kResourceExhausted:
      return make_error(ErrorKind::kContextLengthExceeded, error.message, "messages");
    case ErrorCode::kUnavailable:
      // The flexible tier does not wait its turn. A server that goes down is another matter.
      if (call.tier == ServiceTier::kFlex && services.readiness != Readiness::kDraining) {
        return make_error(ErrorKind::kCapacityExceeded, error.message);
      }
      return make_error(ErrorKind::kUnavailable, error.message);
    default:
      return make_error(ErrorKind::kInternal);
  }
}

void add_chat_routes(http::Router& router, const Services& services, const Options& options) {
  add_api_route(router, services, "POST", "/chat/completions",
                [services, keep_alive = options.keep_alive](Exchange& exchange) {
                  return complete(exchange, services, keep_alive);
                });
}

}  // namespace peregrine::api
