// A bounded queue from producers that never wait to one consumer that is woken by a callback.
//
// A full channel refuses, and tells the producer through `on_space` when there is room again: that is how a
// slow reader pauses its own sequence and nobody else. Thread-safe. Callbacks run on the thread that caused
// them, outside the lock, and must not block.
#pragma once

#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <utility>

namespace peregrine::base {

template <class T>
class Channel {
 public:
  explicit Channel(std::size_t capacity) : capacity_(capacity) {}

  // Producer: called once when a consumer makes room in a channel that refused a push.
  void set_on_space(std::function<void()> callback) {
    const std::lock_guard lock(mutex_);
    on_space_ = std::move(callback);
  }

  // Consumer: called after a push to an empty channel and after close(); at once if there is something to
  // read.
  void set_on_ready(const std::function<void()>& callback) {
    bool ready;
    {
      const std::lock_guard lock(mutex_);
      on_ready_ = callback;
      ready = !items_.empty() || closed_;
    }
    if (ready && callback) callback();
  }

  // Producer: false when full, leaving `item` untouched.
  bool try_push(T& item) {
    std::function<void()> wake;
    {
      const std::lock_guard lock(mutex_);
      if (items_.size() >= capacity_) {
        refused_ = true;
        return false;
      }
      if (items_.empty()) wake = on_ready_;
      items_.push_back(std::move(item));
    }
    if (wake) wake();
    return true;
  }

  // Producer: takes the last item even when the channel is full, and closes it. Later pushes are our own bug.
  void push_last(T item) {
    std::function<void()> wake;
    {
      const std::lock_guard lock(mutex_);
      items_.push_back(std::move(item));
      closed_ = true;
      wake = on_ready_;
    }
    if (wake) wake();
  }

  // Consumer: the next item, or nothing for now.
  std::optional<T> try_pop() {
    std::function<void()> wake;
    std::optional<T> item;
    {
      const std::lock_guard lock(mutex_);
      if (items_.empty()) return std::nullopt;
      item = std::move(items_.front());
      items_.pop_front();
      if (std::exchange(refused_, false)) wake = on_space_;
    }
    if (wake) wake();
    return item;
  }

  bool full() const {
    const std::lock_guard lock(mutex_);
    return items_.size() >= capacity_;
  }

 private:
  const std::size_t capacity_;
  mutable std::mutex mutex_;
  std::deque<T> items_;
  bool closed_ = false;
  bool refused_ = false;
  std::function<void()> on_space_;
  std::function<void()> on_ready_;
};

}  // namespace peregrine::base
