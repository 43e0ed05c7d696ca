// One request and its answer. Belongs to one coroutine on one io thread; only Signal crosses threads.
//
// Exactly one answer: respond(), or begin_stream() / write()... / end_stream(). A stream that is not ended
// closes the connection, so that the client can tell a cut answer from a whole one. A peer that closes its
// side, even half of it, counts as gone: waits return, stream writes return false, on_disconnect runs.
// respond() is still tried then. Whoever sees disconnected() may return without an answer.
#pragma once

#include <any>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "http/message.h"
#include "http/signal.h"
#include "http/task.h"

namespace peregrine::http {

class Connection;

class Exchange {
 public:
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;
  ~Exchange();

  const Request& request() const { return request_; }
  // A path parameter of the route, decoded; "" when the route has none of that name.
  std::string_view param(std::string_view name) const;

  // On a route with RouteOptions::stream_body: the next bytes of the body, in place until the next call;
  // empty when it has come whole. None: it never will, be it over the limit, malformed, too slow, or cut: a
  // handler that has not answered returns without an answer, and the server gives the one that fits. Only the
  // time spent in here counts as the peer's (Limits::body_timeout). On other routes the body is in request().
  Task<std::optional<std::string_view>> read_body();
  // For what a handler keeps of such a body until the exchange ends: counted in
  // Limits::max_buffered_body_bytes. False: that is over it, and the server gives the answer, as above.
  bool charge_body(std::uint64_t bytes);

  // Go out with whatever answer is sent, except where the answer has a field of the same name.
  Headers& response_headers() { return response_headers_; }
  // For what the `before` hook learnt of the request, and the handler wants to know.
  std::any& context() { return context_; }
  // What the log's lines about this request are marked with; also those of offloaded work.
  void set_log_id(std::string id) { log_id_ = std::move(id); }
  const std::string& log_id() const { return log_id_; }
  // The head of an answer was sent, or is being sent.
  bool responded() const { return responded_; }

  Task<void> respond(Response response);

  // Sends the head at once; the body is chunked (for an HTTP/1.0 client: until close). False: the peer is
  // gone.
  Task<bool> begin_stream(unsigned status, Headers headers);
  // Returns when the kernel has taken all of `bytes`, which must stay in place meanwhile. False: the peer is
  // gone, or took less than the least rate (Limits::write_timeout).
  Task<bool> write(std::string_view bytes);
  template <class S>
    requires std::same_as<S, std::string>
  Task<bool> write(S&& temporary) = delete;  // name it; see task.h
  Task<void> end_stream();

  // Runs once on this io thread, while the handler is suspended, when the peer goes or the server stops; at
  // once when that has happened already; never after the handler has returned. Must not block or throw.
  void on_disconnect(std::function<void()> callback);
  bool disconnected() const;

  // Runs f() on the server's worker pool and resumes here with its value or exception. Also when the peer
  // goes, this waits for f: what f refers to may live in the calling coroutine. An f that owns memory
  // (captures strings, vectors...) is passed by its name and stays in place meanwhile; one that does not may
  // be temporary.
  template <class F>
  Task<std::invoke_result_t<F&>> offload(F&& f) {
    static_assert(std::is_lvalue_reference_v<F> || std::is_trivially_destructible_v<F>,
                  "name the function object and offload(name): see task.h for what GCC 12 does otherwise");
    return call_on_worker<F>(std::forward<F>(f));
  }

  std::shared_ptr<Signal> make_signal();
  // Returns after a notify() since the last wait, or when the peer is gone. `signal` is this exchange's own.
  Task<void> wait(Signal& signal);
  // The same; false when `timeout` passed first.
  Task<bool> wait_for(Signal& signal, std::chrono::milliseconds timeout);

 private:
  friend class Connection;
  enum class Stream : unsigned char { kNone, kChunked, kUntilClose };

  Exchange(Connection& connection, Request request, bool http_1_0);
  void peer_left();
  void detach_signals();
  template <class F>  // an lvalue reference, or a value
  Task<std::invoke_result_t<F&>> call_on_worker(F f);
  Task<void> run_on_worker(std::function<void()> work);
  Task<bool> wait_until(Signal& signal, std::chrono::steady_clock::time_point deadline);

  Connection& connection_;
  Request request_;
  Params params_;
  Headers response_headers_;
  std::any context_;
  std::string log_id_;
  std::vector<std::function<void()>> disconnect_callbacks_;
  std::vector<std::shared_ptr<Signal>> signals_;
  const bool http_1_0_;
  const bool head_only_;  // a HEAD request: bodies are counted, not sent
  bool responded_ = false;
  bool finished_ = false;  // the answer is whole
  Stream stream_ = Stream::kNone;
};

template <class F>
Task<std::invoke_result_t<F&>> Exchange::call_on_worker(F f) {
  using Value = std::invoke_result_t<F&>;
  std::exception_ptr error;
  if constexpr (std::is_void_v<Value>) {
    std::function<void()> work = [&f, &error] {
      try {
        f();
      } catch (...) {
        error = std::current_exception();
      }
    };
    co_await run_on_worker(std::move(work));
    if (error) std::rethrow_exception(error);
  } else {
    std::optional<Value> value;
    std::function<void()> work = [&f, &error, &value] {
      try {
        value.emplace(f());
      } catch (...) {
        error = std::current_exception();
      }
    };
    co_await run_on_worker(std::move(work));
    if (error) std::rethrow_exception(error);
    co_return std::move(*value);
  }
}

}  // namespace peregrine::http
