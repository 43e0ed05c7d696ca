// Where an exchange's request came from and its answer goes: a client (socket_connection.h), or the program
// itself (in_process.h). On the exchange's io thread.
#pragma once

#include <any>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "http/exchange.h"
#include "http/message.h"
#include "http/task.h"
#include "http/transport.h"

namespace peregrine::http {

class Connection {
 public:
  virtual ~Connection() = default;

  virtual Transport& transport() = 0;
  virtual Task<std::optional<std::string_view>> read_body_piece() = 0;
  virtual bool charge_body(std::uint64_t bytes) = 0;
  virtual Task<bool> send_response(const Response& response, const Headers& common, bool head_only) = 0;
  virtual Task<bool> send_stream_head(unsigned status, const Headers& headers, const Headers& common) = 0;
  // `done` becomes true on the io thread, with a wake-up, after `work` ran on a worker. It must stay in
  // place.
  virtual void run_on_worker(std::function<void()> work, bool& done) = 0;

 protected:
  // What its connection may do with an exchange besides.
  Exchange make_exchange(Request request, bool http_1_0) { return {*this, std::move(request), http_1_0}; }
  static void set_params(Exchange& exchange, Params params) { exchange.params_ = std::move(params); }
  static void set_body(Exchange& exchange, std::string body) { exchange.request_.body = std::move(body); }
  static const Headers& response_headers(const Exchange& exchange) { return exchange.response_headers_; }
  // The answer is whole.
  static bool finished(const Exchange& exchange) { return exchange.finished_; }
  // What the callbacks refer to may have lived in the handler, which has returned.
  static void forget_callbacks(Exchange& exchange) { exchange.disconnect_callbacks_.clear(); }
  static void detach_signals(Exchange& exchange) { exchange.detach_signals(); }
};

}  // namespace peregrine::http
