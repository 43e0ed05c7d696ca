// Everything that reaches the loop from other threads: recordings, signals from readers and feeds, the order
// to stop.
//
// Bounded: recordings that do not run yet count until the loop reports that they left the queue. Outlives the
// transcriber in the hands of its Transcriptions.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>

#include "base/result.h"
#include "speech/run/recording.h"
#include "speech/run/stream.h"

namespace peregrine::speech {

class Mailbox final : public Wakeup {
 public:
  struct Mail {
    std::deque<Order> arrived;
    bool stopping = false;
  };

  explicit Mailbox(std::uint32_t max_queued) : max_queued_(max_queued) {}

  // Clients. Errors: kUnavailable when the queue is full or the transcriber stops.
  Status post(Order order);
  void nudge() override;
  void stop();
  // Recordings that do not run yet.
  std::uint32_t queued() const;

  // The loop. Replaces `mail`; with `wait`, sleeps until there is some or somebody nudges.
  void take(bool wait, Mail& mail);
  // So many recordings began to run, or ended before.
  void left_queue(std::uint32_t n);

 private:
  const std::uint32_t max_queued_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Order> arrived_;
  bool nudged_ = false;
  bool stopping_ = false;
  std::uint32_t queued_ = 0;
};

}  // namespace peregrine::speech
