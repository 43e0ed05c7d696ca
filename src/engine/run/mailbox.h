// Everything that reaches the loop from other threads: new sequences, signals from readers, the order to
// stop.
//
// Bounded: sequences that were never admitted count until the loop reports that they left the queue. Outlives
// the engine in the hands of Generations, so they may be cancelled at any time.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "base/result.h"
#include "engine/engine.h"
#include "engine/run/sequence.h"

namespace peregrine::engine {

class Mailbox final : public Wakeup {
 public:
  struct Mail {
    std::vector<std::unique_ptr<Sequence>> arrived;  // in order of arrival
    bool attention = false;                          // some reader cancelled, or made room
    bool stopping = false;
  };

  explicit Mailbox(std::uint32_t max_queued) : max_queued_(max_queued) {}

  // Clients. All of them or none. Errors: kUnavailable when the queue is full or the engine stops.
  Status post(std::vector<std::unique_ptr<Sequence>> sequences);
  void nudge() override;
  void stop();
  EngineSnapshot snapshot() const;

  // The loop. Replaces `mail`; with `wait`, sleeps until there is some.
  void take(bool wait, Mail& mail);
  // So many sequences were admitted for the first time, or ended before.
  void left_queue(std::uint32_t n);
  // The loop's own count, without what lies here.
  void publish(const EngineSnapshot& snapshot);

 private:
  const std::uint32_t max_queued_;
  mutable std::mutex mutex_;
  std::condition_variable mail_;
  std::vector<std::unique_ptr<Sequence>> arrived_;
  bool attention_ = false;
  bool stopping_ = false;
  std::uint32_t queued_ = 0;
  std::uint64_t next_id_ = 0;
  EngineSnapshot snapshot_;
};

}  // namespace peregrine::engine
