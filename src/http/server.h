// The HTTP/1.1 server: accepts connections, frames requests, runs handlers as coroutines.
//
// `io_threads` run all coroutines, each connection on one of them; `worker_threads` run what handlers
// offload. start(), drain(), stop() and the destructor are for the owner's thread, never for a handler.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "http/exchange.h"
#include "http/limits.h"
#include "http/protocol_error.h"
#include "http/router.h"
#include "http/task.h"

namespace peregrine::http {

struct Options {
  std::string host = "127.0.0.1";  // address or name; "::" is every address of IPv6 and IPv4
  std::uint16_t port = 8080;       // 0: any free one
  unsigned io_threads = 2;
  unsigned worker_threads = 4;
  std::chrono::milliseconds stop_grace{10'000};  // for handlers to return once stop() cut their connections
  Limits limits;
};

// Runs for every request whose head was understood, routed or not, before its body is read: request().body is
// empty. For headers common to all answers, keys, Host checks. Returns false when it has answered itself.
using Middleware = std::function<Task<bool>(Exchange&)>;

// What became of a request.
struct Outcome {
  unsigned status = 0;                                   // of its answer; 0: there was none
  bool whole = false;                                    // all of the answer was sent
  std::chrono::steady_clock::duration to_first_byte{0};  // from the request's head to the answer's
  std::chrono::steady_clock::duration duration{0};
};

// Told of every request once, when it is over and its handler has returned. `exchange` is null for one whose
// head was not understood. Must not block or throw.
using Observer = std::function<void(Exchange* exchange, const Headers& answer, const Outcome& outcome)>;

class Server {
 public:
  // Listens when it returns. Errors: kInvalidArgument for a host or route that makes no sense, kUnavailable
  // when the port is taken, kPermissionDenied, kIo; each says what to do. Without a renderer, errors are
  // text.
  static Result<std::unique_ptr<Server>> start(Options options, Router router, ErrorRenderer renderer = {},
                                               Middleware before = {}, Observer observer = {});
  ~Server();

  std::uint16_t port() const;
  // Requests being read, handled or answered.
  std::size_t active_requests() const;

  // New connections are refused by the system from now on. Those that are open go on.
  void stop_accepting();
  // Stops accepting, closes idle connections, ends the others after the request that is under way. True: no
  // request is left; false: `limit` passed first.
  bool drain(std::chrono::milliseconds limit);
  // Cuts every connection, so that handlers see a disconnect, and waits for them and for offloaded work to
  // return. No handler runs afterwards. Idempotent.
  void stop();

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace peregrine::http
