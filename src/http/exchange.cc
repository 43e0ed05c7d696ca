#include "http/exchange.h"

#include <fmt/format.h>

#include "base/log.h"
#include "http/connection.h"
#include "http/transport.h"

namespace peregrine::http {

using base::LogLevel;

Exchange::Exchange(Connection& connection, Request request, bool http_1_0)
    : connection_(connection),
      request_(std::move(request)),
      http_1_0_(http_1_0),
      head_only_(request_.method == "HEAD") {
  connection_.transport().watch([this] { peer_left(); });
}

Exchange::~Exchange() {
  connection_.transport().unwatch();
  detach_signals();
}

void Exchange::detach_signals() {
  for (const std::shared_ptr<Signal>& signal : signals_) signal->detach();
}

std::string_view Exchange::param(std::string_view name) const {
  for (const auto& [key, value] : params_) {
    if (key == name) return value;
  }
  return {};
}

bool Exchange::disconnected() const {
  return connection_.transport().peer_closed();
}

void Exchange::on_disconnect(std::function<void()> callback) {
  if (disconnected()) {
    callback();
  } else {
    disconnect_callbacks_.push_back(std::move(callback));
  }
}

void Exchange::peer_left() {
  const auto callbacks = std::exchange(disconnect_callbacks_, {});
  for (const std::function<void()>& callback : callbacks) {
    try {
      callback();
    } catch (const std::exception& error) {
      base::log_about(log_id_, LogLevel::kError, "http: a disconnect callback threw: {}", error.what());
    }
  }
}

Task<std::optional<std::string_view>> Exchange::read_body() {
  const std::optional<std::string_view> piece = co_await connection_.read_body_piece();
  co_return piece;
}

bool Exchange::charge_body(std::uint64_t bytes) {
  return connection_.charge_body(bytes);
}

Task<void> Exchange::respond(Response response) {
  if (responded_) {
    base::log_about(log_id_, LogLevel::kError, "http: a second answer was dropped");
    co_return;
  }
  responded_ = true;
  finished_ = co_await connection_.send_response(response, response_headers_, head_only_);
}

Task<bool> Exchange::begin_stream(unsigned status, Headers headers) {
  if (responded_) {
    base::log_about(log_id_, LogLevel::kError, "http: a second answer was dropped");
    co_return false;
  }
  responded_ = true;
  if (disconnected()) co_return false;
  stream_ = http_1_0_ ? Stream::kUntilClose : Stream::kChunked;
  const bool sent = co_await connection_.send_stream_head(status, headers, response_headers_);
  co_return sent && !disconnected();
}

Task<bool> Exchange::write(std::string_view bytes) {
  if (stream_ == Stream::kNone || disconnected()) co_return false;
  if (bytes.empty() || head_only_) co_return true;
  Transport& transport = connection_.transport();
  bool sent = false;
  if (stream_ == Stream::kChunked) {
    const std::string size = fmt::format("{:x}\r\n", bytes.size());
    sent = co_await transport.send(size, bytes, "\r\n");
  } else {
    sent = co_await transport.send(bytes);
  }
  co_return sent && !disconnected();
}

Task<void> Exchange::end_stream() {
  if (stream_ == Stream::kNone || disconnected()) co_return;
  const bool has_last_chunk = stream_ == Stream::kChunked && !head_only_;
  stream_ = Stream::kNone;
  finished_ = true;
  if (has_last_chunk) finished_ = co_await connection_.transport().send("0\r\n\r\n");
}

Task<void> Exchange::run_on_worker(std::function<void()> work) {
  bool done = false;
  connection_.run_on_worker(
      [this, work = std::move(work)] {
        const base::LogScope scope(log_id_);
        work();
      },
      done);
  // NOLINTNEXTLINE(bugprone-infinite-loop): set through the reference that run_on_worker was given
  while (!done) co_await connection_.transport().sleep_until(Transport::TimePoint::max());
}

std::shared_ptr<Signal> Exchange::make_signal() {
  signals_.push_back(std::make_shared<Signal>(connection_.transport()));
  return signals_.back();
}

Task<void> Exchange::wait(Signal& signal) {
  co_await wait_until(signal, Transport::TimePoint::max());
}

Task<bool> Exchange::wait_for(Signal& signal, std::chrono::milliseconds timeout) {
  const bool notified = co_await wait_until(signal, Transport::Clock::now() + timeout);
  co_return notified;
}

Task<bool> Exchange::wait_until(Signal& signal, std::chrono::steady_clock::time_point deadline) {
  while (!signal.take() && !disconnected()) {
    if (Transport::Clock::now() >= deadline) co_return false;
    co_await connection_.transport().sleep_until(deadline);
  }
  // A handler that waits in a loop without looking at disconnected() must not take the thread from others.
  if (disconnected()) co_await connection_.transport().yield();
  co_return true;
}

}  // namespace peregrine::http
