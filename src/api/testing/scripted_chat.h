// A chat that says what a test tells it to, when the test tells it to. For tests only.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "service/chat/chat.h"

namespace peregrine::api::testing {

// How long a test waits for what must happen anyway, before it fails instead of hanging.
inline constexpr std::chrono::seconds kPatience{20};

// The test's end of one stream of events. Thread-safe.
template <class Event>
class EventScript {
 public:
  void say(Event event) {
    const std::lock_guard lock(mutex_);
    events_.push_back(std::move(event));
    changed_.notify_all();
    // Under the lock, as a real stream would: the reader must not poll from inside its callback.
    if (ready_) ready_();
  }

  std::optional<Event> next() {
    const std::lock_guard lock(mutex_);
    if (events_.empty()) return std::nullopt;
    Event event = std::move(events_.front());
    events_.pop_front();
    ++polled_;
    changed_.notify_all();
    return event;
  }

  void on_ready(std::function<void()> callback) {
    const std::lock_guard lock(mutex_);
    ready_ = std::move(callback);
    if (!events_.empty()) ready_();
  }

  void end() {
    const std::lock_guard lock(mutex_);
    ready_ = nullptr;
    ended_ = true;
    changed_.notify_all();
  }

  // Events taken so far.
  std::size_t polled() const {
    const std::lock_guard lock(mutex_);
    return polled_;
  }
  bool wait_polled(std::size_t count) const {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, kPatience, [&] { return polled_ >= count; });
  }
  // The stream was destroyed, which is how it is cancelled.
  bool wait_ended() const {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, kPatience, [&] { return ended_; });
  }

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  std::deque<Event> events_;
  std::function<void()> ready_;
  std::size_t polled_ = 0;
  bool ended_ = false;
};

using Script = EventScript<service::ChatEvent>;

class ScriptedStream : public service::ChatStream {
 public:
  ScriptedStream(std::shared_ptr<Script> script, std::uint64_t seed)
      : script_(std::move(script)), seed_(seed) {}
  ScriptedStream(const ScriptedStream&) = delete;
  ScriptedStream& operator=(const ScriptedStream&) = delete;
  ~ScriptedStream() override { script_->end(); }

  std::optional<service::ChatEvent> poll() override { return script_->next(); }
  void on_ready(std::function<void()> callback) override { script_->on_ready(std::move(callback)); }
  std::uint64_t seed() const override { return seed_; }
  const std::string& fingerprint() const override { return fingerprint_; }

 private:
  std::shared_ptr<Script> script_;
  std::uint64_t seed_;
  std::string fingerprint_ = "fp_0123456789";
};

// A wait for a model that is over when the test says so. Thread-safe.
class Gate {
 public:
  // With an error: the model cannot be loaded.
  void open(std::optional<Error> error = std::nullopt) {
    const std::lock_guard lock(mutex_);
    open_ = true;
    error_ = std::move(error);
    if (ready_) ready_();
  }
  std::optional<Result<service::ModelLease>> poll() {
    const std::lock_guard lock(mutex_);
    if (!open_) return std::nullopt;
    if (error_) return Result<service::ModelLease>(tl::unexpected(*error_));
    return Result<service::ModelLease>(service::ModelLease());
  }
  void on_ready(std::function<void()> callback) {
    const std::lock_guard lock(mutex_);
    ready_ = std::move(callback);
    changed_.notify_all();
    if (open_) ready_();
  }
  void end() {
    const std::lock_guard lock(mutex_);
    ready_ = nullptr;
    ended_ = true;
    changed_.notify_all();
  }
  // Somebody waits, or the wait was given up.
  bool wait_for_reader() {
    return wait([this] { return ready_ != nullptr; });
  }
  bool wait_ended() {
    return wait([this] { return ended_; });
  }

 private:
  template <class Condition>
  bool wait(Condition condition) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, kPatience, condition);
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::function<void()> ready_;
  std::optional<Error> error_;
  bool open_ = false;
  bool ended_ = false;
};

// Without a gate, the model is there at once.
class ScriptedWait : public service::ModelWait {
 public:
  explicit ScriptedWait(std::shared_ptr<Gate> gate) : gate_(std::move(gate)) {}
  ScriptedWait(const ScriptedWait&) = delete;
  ScriptedWait& operator=(const ScriptedWait&) = delete;
  ~ScriptedWait() override {
    if (gate_) gate_->end();
  }
  std::optional<Result<service::ModelLease>> poll() override {
    return gate_ ? gate_->poll() : Result<service::ModelLease>(service::ModelLease());
  }
  void on_ready(std::function<void()> callback) override {
    gate_ ? gate_->on_ready(std::move(callback)) : callback();
  }

 private:
  std::shared_ptr<Gate> gate_;
};

}  // namespace peregrine::api::testing
