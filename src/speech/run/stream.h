// The line between a Transcription and its recording in the loop: a bounded channel of events and two signals
// back. Events that find the channel full wait at the loop's end, and the recording with them.
#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "base/channel.h"
#include "speech/transcriber.h"

namespace peregrine::speech {

// Wakes the loop: something happened elsewhere. Thread-safe.
class Wakeup {
 public:
  virtual ~Wakeup() = default;
  virtual void nudge() = 0;
};

inline constexpr std::size_t kEventCapacity = 64;

struct Stream {
  base::Channel<Event> events{kEventCapacity};
  std::atomic<bool> cancelled{false};
};

// The reader's end.
class TranscriptionHandle final : public Transcription {
 public:
  TranscriptionHandle(std::shared_ptr<Stream> stream, std::shared_ptr<Wakeup> loop);
  TranscriptionHandle(const TranscriptionHandle&) = delete;
  TranscriptionHandle& operator=(const TranscriptionHandle&) = delete;
  ~TranscriptionHandle() override;

  std::optional<Event> poll() override;
  void on_ready(std::function<void()> callback) override;

 private:
  std::shared_ptr<Stream> stream_;
  std::shared_ptr<Wakeup> loop_;
};

// The loop's end.
class Outbox {
 public:
  explicit Outbox(std::shared_ptr<Stream> stream) : stream_(std::move(stream)) {}

  bool cancelled() const { return stream_->cancelled.load(std::memory_order_relaxed); }
  // Events wait for room.
  bool holding() const { return !held_.empty(); }

  void send(Event event);
  // Sends what the reader has made room for.
  void flush();
  // The last event; nothing may wait.
  void finish(Event event);
  // The last event, in place of those that wait.
  void abort(Error error);

 private:
  std::shared_ptr<Stream> stream_;
  std::deque<Event> held_;  // of one window at most
};

}  // namespace peregrine::speech
