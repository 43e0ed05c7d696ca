// What the connections of one server share, and the io threads that own them.
#pragma once

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_set>

#include "http/body_budget.h"
#include "http/limits.h"
#include "http/protocol_error.h"
#include "http/router.h"
#include "http/server.h"

namespace peregrine::http {

class SocketConnection;

// Immutable after start but for the counters and flags. Any thread.
class ServerCore {
 public:
  ServerCore(const Options& options, Router router, ErrorRenderer renderer, Middleware before,
             Observer observer);

  // The owner's rendering, or plain text where it gives none or throws.
  Response render_error(ProtocolError error, std::string_view detail, const Request* request) const;

  // Counts down and wakes wait_for_none().
  void leave(std::atomic<std::size_t>& count);
  bool wait_for_none(const std::atomic<std::size_t>& count, std::chrono::milliseconds limit);

  const Limits limits;
  const Router router;
  const Middleware before;
  const Observer observer;
  BodyBudget bodies;
  boost::asio::thread_pool workers;
  std::atomic<std::size_t> connections = 0;
  std::atomic<std::size_t> active_requests = 0;
  std::atomic<bool> draining = false;  // no connection starts another request
  std::atomic<bool> stopping = false;  // every connection is being cut

 private:
  const ErrorRenderer renderer_;
  std::mutex mutex_;
  std::condition_variable none_left_;
};

// Counted in for as long as it lives.
class Counted {
 public:
  Counted(ServerCore& core, std::atomic<std::size_t>& count) : core_(core), count_(count) { ++count_; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;
  ~Counted() { core_.leave(count_); }

 private:
  ServerCore& core_;
  std::atomic<std::size_t>& count_;
};

// One thread that runs one context; a connection stays on the thread that it was given to.
class IoThread {
 public:
  IoThread() : work_(context.get_executor()) {}
  ~IoThread() { stop_and_join(); }

  void start();
  void stop_and_join();
  // The current time for a `date` header, formatted once a second.
  const std::string& date();

  std::unordered_set<SocketConnection*> connections;  // this thread only
  boost::asio::io_context context{1};

 private:
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  std::thread thread_;
  std::int64_t date_second_ = -1;
  std::string date_;
};

}  // namespace peregrine::http
