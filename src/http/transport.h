// What an exchange's bytes and wake-ups go through: an accepted socket (socket_transport.h), or nothing but
// memory (in_process.h).
//
// Everything but post_wake() is called on the exchange's io thread. One coroutine at a time sleeps here, in
// one place (sleep_until); whatever may end a wait wakes it, and the sleeper looks at its own condition
// again.
#pragma once

#include <chrono>
#include <functional>
#include <string_view>

#include "http/task.h"

namespace peregrine::http {

class Transport {
 public:
  using Clock = std::chrono::steady_clock;
  using TimePoint = Clock::time_point;
  using Duration = Clock::duration;

  virtual ~Transport() = default;

  // Calls `on_peer_closed`, once, when the peer goes; at most one watcher at a time.
  virtual void watch(std::function<void()> on_peer_closed) = 0;
  virtual void unwatch() = 0;
  // The peer will send no more, or the connection is broken.
  virtual bool peer_closed() const = 0;

  // Writes all of a, b and c, which must stay in place meanwhile. False: the connection is broken, be it
  // because the peer took less than Limits' least rate.
  virtual Task<bool> send(std::string_view a, std::string_view b = {}, std::string_view c = {}) = 0;

  // Returns at the deadline or after any wake-up.
  virtual Task<void> sleep_until(TimePoint deadline) = 0;
  // Lets the io thread do what else is due.
  virtual Task<void> yield() = 0;
  virtual void post_wake() = 0;  // any thread, as long as the io thread's context exists
};

}  // namespace peregrine::http
