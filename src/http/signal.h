// A wake-up for a waiting exchange, from any thread. Remembers one notification until a wait takes it, so a
// notify between two waits is never lost; several before one wait count as one.
#pragma once

#include <atomic>
#include <mutex>

namespace peregrine::http {

class Transport;

class Signal {
 public:
  explicit Signal(Transport& transport) : transport_(&transport) {}  // Exchange::make_signal()
  Signal(const Signal&) = delete;
  Signal& operator=(const Signal&) = delete;

  // Any thread, at any time: does nothing once the exchange is over. What the caller wrote before is visible
  // to the coroutine that the wait returns to.
  void notify();

 private:
  friend class Exchange;
  bool take() { return notified_.exchange(false); }
  void detach();

  std::atomic<bool> notified_ = false;
  std::mutex mutex_;
  Transport* transport_;  // guarded by mutex_; null once the exchange is over
};

}  // namespace peregrine::http
