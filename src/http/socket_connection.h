// HTTP on one transport: reads a request, runs its exchange, and again while both sides keep the connection.
//
// Requests are answered one at a time in the order they came; pipelined ones wait in the transport's bounded
// input. The body is read after routing and the `before` hook, so that what they refuse is never buffered; on
// a route that streams it, by the handler. A request that was refused for what it is (not for what it asks)
// ends the connection.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/body_budget.h"
#include "http/connection.h"
#include "http/exchange.h"
#include "http/patience.h"
#include "http/request_parser.h"
#include "http/server_core.h"
#include "http/socket_transport.h"
#include "http/task.h"

namespace peregrine::http {

class SocketConnection final : public Connection {
 public:
  SocketConnection(ServerCore& core, IoThread& io, std::shared_ptr<SocketTransport> transport);
  SocketConnection(const SocketConnection&) = delete;
  SocketConnection& operator=(const SocketConnection&) = delete;
  ~SocketConnection() override;

  // Returns when the connection is closed.
  Task<void> serve();
  // Answers kOverloaded without reading a request.
  Task<void> turn_away();

  void close_if_idle();
  void abort();
  // For a coroutine that will not run again: its signals forget the transport. After the io thread ended.
  void sever();

  // The rest is for Exchange.
  Transport& transport() override { return *transport_; }
  Task<std::optional<std::string_view>> read_body_piece() override;
  bool charge_body(std::uint64_t bytes) override;
  Task<bool> send_response(const Response& response, const Headers& common, bool head_only) override;
  Task<bool> send_stream_head(unsigned status, const Headers& headers, const Headers& common) override;
  void run_on_worker(std::function<void()> work, bool& done) override;

 private:
  Task<bool> await_request();
  Task<bool> serve_request();
  void begin_request();
  void renew_patience();
  void tell(Exchange* exchange, const Headers& answer, bool whole) const;
  Task<std::optional<Refusal>> read_head();
  Task<std::optional<Refusal>> read_body();
  Task<std::optional<Refusal>> advance_body();
  Task<std::optional<Refusal>> read_more(Transport::TimePoint deadline);
  Task<void> run_exchange(Exchange& exchange);
  Task<std::optional<Refusal>> handle(Exchange& exchange);
  Task<void> send_continue();
  Task<void> pass_over_body();
  bool body_is_passable() const;
  bool may_keep_alive() const;
  void answer_begins(unsigned status);

  ServerCore& core_;
  IoThread& io_;
  std::shared_ptr<SocketTransport> transport_;
  std::optional<RequestParser> parser_;         // of the current request
  std::optional<BodyReservation> reservation_;  // of the current request
  std::optional<Refusal> body_refusal_;         // of a body that its handler reads
  Patience patience_;                           // with its sender
  bool continue_due_ = false;                   // the client waits for 100 Continue, and the body is wanted
  bool streaming_ = false;                      // the body is the handler's to read
  Exchange* exchange_ = nullptr;                // the current one
  bool idle_ = false;                           // between requests
  bool refused_ = false;                        // what follows on this connection cannot be told apart
  bool keep_alive_ = false;                     // as the last answer said
  unsigned status_ = 0;                         // of the current request's answer; 0: none yet
  Transport::TimePoint begun_;                  // when the current request's head was there
  Transport::TimePoint answered_;               // when the head of its answer was sent
};

}  // namespace peregrine::http
