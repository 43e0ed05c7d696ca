// The line between one Generation and its sequence in the loop: a bounded channel of events and two signals
// back.
//
// The reader's end is a GenerationHandle, the loop's end an Outbox. An event that finds the channel full is
// held in the outbox; its sequence is paused until the reader has made room.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>

#include "base/channel.h"
#include "engine/generation.h"

namespace peregrine::engine {

// Wakes the loop: something happened at a reader's end. Thread-safe.
class Wakeup {
 public:
  virtual ~Wakeup() = default;
  virtual void nudge() = 0;
};

struct Stream {
  explicit Stream(std::uint32_t capacity) : events(capacity) {}
  base::Channel<Event> events;
  std::atomic<bool> cancelled{false};
  std::atomic<bool> has_space{false};  // a refused event may be tried again
};

class GenerationHandle final : public Generation {
 public:
  GenerationHandle(std::shared_ptr<Stream> stream, std::shared_ptr<Wakeup> loop);
  GenerationHandle(const GenerationHandle&) = delete;
  GenerationHandle& operator=(const GenerationHandle&) = delete;
  ~GenerationHandle() override;

  std::optional<Event> poll() override;
  void on_ready(std::function<void()> callback) override;
  void cancel() override;

 private:
  std::shared_ptr<Stream> stream_;
  std::shared_ptr<Wakeup> loop_;
  bool finished_ = false;  // the last event has been read
};

class Outbox {
 public:
  explicit Outbox(std::shared_ptr<Stream> stream) : stream_(std::move(stream)) {}

  bool cancelled() const { return stream_->cancelled.load(std::memory_order_relaxed); }
  // An event waits for room: nothing may be sent.
  bool holding() const { return held_.has_value(); }

  void send(TokenEvent event);
  // Sends the held event if the reader made room since it was refused.
  void retry();
  // The last event, with the number of those before it; a held one is dropped.
  void finish(Finished finished);

 private:
  void try_held();

  std::shared_ptr<Stream> stream_;
  std::optional<Event> held_;  // a TokenEvent
  std::uint32_t sent_ = 0;     // tokens
};

}  // namespace peregrine::engine
