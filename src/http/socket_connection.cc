#include "http/socket_connection.h"

#include <boost/asio/post.hpp>
#include <exception>
#include <utility>

#include "base/log.h"
#include "http/response_head.h"

namespace peregrine::http {
namespace {

namespace asio = boost::asio;
using base::LogLevel;

// A body that nobody asked for is read away up to this size, to keep the connection; else it is closed.
constexpr std::uint64_t kMaxPassedOverBody = 64 * 1024;

Refusal refusal(ProtocolError error, std::string detail) {
  return {error, std::move(detail)};
}

unsigned final_status(unsigned status) {
  if (status >= 200 && status <= 599) return status;
  base::log(LogLevel::kError, "http: {} is no final status", status);
  return 500;
}

}  // namespace

SocketConnection::SocketConnection(ServerCore& core, IoThread& io, std::shared_ptr<SocketTransport> transport)
    : core_(core),
      io_(io),
      transport_(std::move(transport)),
      patience_(core.limits.body_timeout, core.limits.progress_bytes) {
  io_.connections.insert(this);
}

SocketConnection::~SocketConnection() {
  transport_->abort();
  io_.connections.erase(this);
}

void SocketConnection::close_if_idle() {
  if (idle_ && transport_->input().empty()) transport_->abort();
}

void SocketConnection::abort() {
  transport_->abort();
}

void SocketConnection::sever() {
  if (exchange_ != nullptr) detach_signals(*exchange_);
}

Task<void> SocketConnection::serve() {
  bool again = true;
  while (again) again = co_await serve_request();
  co_await transport_->close_gently();
}

Task<void> SocketConnection::turn_away() {
  refused_ = true;
  const Headers none;
  const Response response = core_.render_error(ProtocolError::kOverloaded,
                                               "The server has too many connections at the moment.", nullptr);
  co_await send_response(response, none, false);
  co_await transport_->close_gently();
}

// False: there will be no further request.
Task<bool> SocketConnection::await_request() {
  idle_ = true;
  const auto deadline = Transport::Clock::now() + core_.limits.idle_timeout;
  while (transport_->input().empty()) {
    if (core_.draining) break;
    const SocketTransport::Read read = co_await transport_->read_more(deadline);
    if (read != SocketTransport::Read::kData) break;
  }
  idle_ = false;
  co_return !transport_->input().empty() && !transport_->broken();
}

Task<bool> SocketConnection::serve_request() {
  const bool arrived = co_await await_request();
  if (!arrived) {
    transport_->abort();
    co_return false;
  }
  const Counted active(core_, core_.active_requests);
  begin_request();
  const std::optional<Refusal> refusal = co_await read_head();
  if (transport_->broken()) co_return false;
  begun_ = Transport::Clock::now();
  if (refusal) {
    const Headers none;
    const Response response = core_.render_error(refusal->error, refusal->detail, nullptr);
    const bool sent = co_await send_response(response, none, false);
    tell(nullptr, response.headers, sent);
    co_return false;
  }
  parser_->request().peer = transport_->peer();
  Exchange exchange = make_exchange(std::move(parser_->request()), parser_->http_1_0());
  exchange_ = &exchange;
  transport_->end_at(begun_ + core_.limits.request_timeout);
  co_await run_exchange(exchange);
  transport_->end_at(Transport::TimePoint::max());
  exchange_ = nullptr;
  tell(&exchange, response_headers(exchange), finished(exchange));
  if (!finished(exchange)) transport_->abort();
  if (keep_alive_ && !parser_->done()) co_await pass_over_body();
  reservation_.reset();
  co_return keep_alive_ && !refused_ && !transport_->broken();
}

void SocketConnection::begin_request() {
  parser_.emplace(core_.limits);
  reservation_.emplace(core_.bodies);
  body_refusal_.reset();
  renew_patience();
  continue_due_ = false;
  streaming_ = false;
  status_ = 0;
}

void SocketConnection::renew_patience() {
  patience_ = Patience(core_.limits.body_timeout, core_.limits.progress_bytes);
}

void SocketConnection::tell(Exchange* exchange, const Headers& answer, bool whole) const {
  if (!core_.observer) return;
  Outcome outcome{.status = status_, .whole = whole, .duration = Transport::Clock::now() - begun_};
  if (status_ != 0) outcome.to_first_byte = answered_ - begun_;
  core_.observer(exchange, answer, outcome);
}

// None: there is more input now.
Task<std::optional<Refusal>> SocketConnection::read_more(Transport::TimePoint deadline) {
  const SocketTransport::Read read = co_await transport_->read_more(deadline);
  switch (read) {
    case SocketTransport::Read::kData:
      co_return std::nullopt;
    case SocketTransport::Read::kEnd:
      co_return refusal(ProtocolError::kBadRequest, "The request ended before it was complete.");
    case SocketTransport::Read::kTimeout:
      co_return refusal(ProtocolError::kTimeout, "The request did not arrive in time.");
    case SocketTransport::Read::kFull:
      break;
  }
  co_return refusal(ProtocolError::kHeadersTooLarge, "A header, trailer or chunk header is too large.");
}

Task<std::optional<Refusal>> SocketConnection::read_head() {
  const auto deadline = Transport::Clock::now() + core_.limits.header_timeout;
  for (;;) {
    transport_->consume(parser_->feed(transport_->input()));
    std::optional<Refusal> refusal = parser_->refusal();
    if (!refusal && parser_->head_done()) co_return std::nullopt;
    if (!refusal) refusal = co_await read_more(deadline);
    if (refusal) {
      refused_ = true;
      co_return refusal;
    }
  }
}

Task<std::optional<Refusal>> SocketConnection::read_body() {
  std::optional<Refusal> refusal;
  while (!parser_->done() && !refusal) {
    std::optional<Refusal> outcome = co_await advance_body();
    refusal = std::move(outcome);
  }
  co_return refusal;
}

// Takes in what has come of the body, or waits for more to come.
Task<std::optional<Refusal>> SocketConnection::advance_body() {
  const std::size_t taken = parser_->feed(transport_->input());
  transport_->consume(taken);
  patience_.moved(taken);
  std::optional<Refusal> refusal = parser_->refusal();
  if (!refusal && taken == 0) {
    const auto begin = Transport::Clock::now();
    std::optional<Refusal> outcome = co_await read_more(begin + patience_.left());
    refusal = std::move(outcome);
    patience_.waited(Transport::Clock::now() - begin);
  }
  if (refusal) refused_ = true;
  co_return refusal;
}

Task<std::optional<std::string_view>> SocketConnection::read_body_piece() {
  if (!streaming_) co_return std::string_view();
  if (continue_due_) co_await send_continue();
  std::string& body = parser_->body();
  body.clear();
  while (body.empty() && !parser_->done() && !body_refusal_) {
    std::optional<Refusal> outcome = co_await advance_body();
    body_refusal_ = std::move(outcome);
  }
  if (body_refusal_) co_return std::nullopt;
  co_return body;
}

bool SocketConnection::charge_body(std::uint64_t bytes) {
  if (reservation_->grow(bytes)) return true;
  refused_ = true;
  body_refusal_ = refusal(ProtocolError::kOverloaded, std::string(kTooManyBodies));
  return false;
}

Task<void> SocketConnection::run_exchange(Exchange& exchange) {
  std::optional<Refusal> failure;
  try {
    std::optional<Refusal> outcome = co_await handle(exchange);
    failure = std::move(outcome);
  } catch (const std::exception& error) {
    base::log_about(exchange.log_id(), LogLevel::kError, "http: the handler threw: {}", error.what());
    failure = refusal(ProtocolError::kInternal, "The server made a mistake.");
  } catch (...) {
    base::log_about(exchange.log_id(), LogLevel::kError, "http: the handler threw no exception object");
    failure = refusal(ProtocolError::kInternal, "The server made a mistake.");
  }
  forget_callbacks(exchange);
  if (exchange.responded()) {
    if (!finished(exchange) && !exchange.disconnected()) {
      base::log_about(exchange.log_id(), LogLevel::kError, "http: the answer was not finished");
    }
    co_return;
  }
  if (!failure) {
    if (exchange.disconnected()) co_return;
    base::log_about(exchange.log_id(), LogLevel::kError, "http: the handler gave no answer");
    failure = refusal(ProtocolError::kInternal, "The server made a mistake.");
  }
  Response response = core_.render_error(failure->error, failure->detail, &exchange.request());
  co_await exchange.respond(std::move(response));
}

// A refusal is still to be answered.
Task<std::optional<Refusal>> SocketConnection::handle(Exchange& exchange) {
  const Request& request = exchange.request();
  Router::Match match = core_.router.match(request.method, request.path);
  set_params(exchange, std::move(match.params));
  if (core_.before) {
    const bool go_on = co_await core_.before(exchange);
    if (!go_on || exchange.responded()) co_return std::nullopt;
  }
  if (match.handler == nullptr) {
    if (match.allow.empty()) co_return refusal(ProtocolError::kNotFound, "There is no such path here.");
    exchange.response_headers().set("allow", match.allow);
    co_return refusal(ProtocolError::kMethodNotAllowed, "This path allows: " + match.allow + ".");
  }
  const std::uint64_t limit = match.options.max_body_bytes.value_or(core_.limits.max_body_bytes);
  if (parser_->content_length().value_or(0) > limit) {
    refused_ = true;
    co_return refusal(ProtocolError::kBodyTooLarge,
                      "The request body is larger than " + std::to_string(limit) + " bytes.");
  }
  continue_due_ = parser_->expects_continue();
  streaming_ = match.options.stream_body;
  if (streaming_) {
    parser_->stream_body(limit);
    co_await (*match.handler)(exchange);
    co_return body_refusal_;
  }
  parser_->keep_body(limit, *reservation_);
  if (continue_due_) co_await send_continue();
  std::optional<Refusal> cut_short = co_await read_body();
  if (cut_short) co_return cut_short;
  set_body(exchange, std::move(parser_->body()));
  co_await (*match.handler)(exchange);
  co_return std::nullopt;
}

// A body that is on its way already needs no word.
Task<void> SocketConnection::send_continue() {
  continue_due_ = false;
  if (transport_->input().empty()) co_await transport_->send("HTTP/1.1 100 Continue\r\n\r\n");
}

// An answer was given before the body was read.
bool SocketConnection::body_is_passable() const {
  if (parser_->expects_continue() || !parser_->content_length()) return false;
  return *parser_->content_length() - parser_->body_bytes() <= kMaxPassedOverBody;
}

Task<void> SocketConnection::pass_over_body() {
  parser_->discard_body(kMaxPassedOverBody);
  renew_patience();
  co_await read_body();
}

bool SocketConnection::may_keep_alive() const {
  return !refused_ && !core_.draining && parser_->keep_alive() && (parser_->done() || body_is_passable());
}

void SocketConnection::answer_begins(unsigned status) {
  status_ = status;
  answered_ = Transport::Clock::now();
  transport_->begin_answer();
}

Task<bool> SocketConnection::send_response(const Response& response, const Headers& common, bool head_only) {
  ResponseHead head;
  head.status = final_status(response.status);
  head.framing = status_has_no_body(head.status) ? Framing::kNone : Framing::kLength;
  head.length = response.body.size();
  answer_begins(head.status);
  keep_alive_ = may_keep_alive();
  head.keep_alive = keep_alive_;
  head.http_1_0 = parser_ && parser_->http_1_0();
  const bool has_body = head.framing == Framing::kLength && !head_only;
  const std::string bytes = render_head(head, response.headers, common, io_.date());
  const bool sent = co_await transport_->send(bytes, has_body ? std::string_view(response.body) : "");
  co_return sent;
}

Task<bool> SocketConnection::send_stream_head(unsigned status, const Headers& headers,
                                              const Headers& common) {
  ResponseHead head;
  head.status = final_status(status);
  answer_begins(head.status);
  head.http_1_0 = parser_->http_1_0();
  head.framing = head.http_1_0 ? Framing::kUntilClose : Framing::kChunked;
  keep_alive_ = may_keep_alive() && !head.http_1_0;
  head.keep_alive = keep_alive_;
  const std::string bytes = render_head(head, headers, common, io_.date());
  const bool sent = co_await transport_->send(bytes);
  co_return sent;
}

void SocketConnection::run_on_worker(std::function<void()> work, bool& done) {
  asio::post(core_.workers, [work = std::move(work), transport = transport_, &io = io_, &done]() mutable {
    work();
    asio::post(io.context, [transport = std::move(transport), &done] {
      done = true;
      transport->wake();
    });
  });
}

}  // namespace peregrine::http
