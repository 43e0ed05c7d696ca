// Jobs between those who ask and the thread that computes: taken input by input, in turn, so that a job of
// many inputs does not keep others waiting.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "base/function_ref.h"
#include "base/memory_budget.h"
#include "base/result.h"
#include "engine/embed/embedder.h"

namespace peregrine::engine {

// What asker and thread share of one job.
class EmbedTask {
 public:
  // `reservation` holds what inputs and result take.
  EmbedTask(std::vector<EmbedInput> inputs, std::uint32_t width, base::MemoryBudget::Reservation reservation);

  const std::vector<EmbedInput>& inputs() const { return inputs_; }
  std::chrono::steady_clock::time_point submitted() const { return submitted_; }

  // The computing thread.
  std::span<float> row(std::size_t input) {
    return std::span(result_.values).subspan(input * result_.width, result_.width);
  }
  // An input's row stands; with the last one the result is out.
  void finish_input();
  // The job ends without a result. What has ended already stays as it is.
  void fail(Error error);

  // The asker.
  std::optional<Result<EmbedResult>> poll();
  void on_ready(const std::function<void()>& callback);
  void cancel();
  bool cancelled() const;

 private:
  void settle(Result<EmbedResult> outcome);

  const std::vector<EmbedInput> inputs_;
  const std::chrono::steady_clock::time_point submitted_ = std::chrono::steady_clock::now();
  const base::MemoryBudget::Reservation reservation_;
  EmbedResult result_;        // the computing thread's, until it is out
  std::size_t finished_ = 0;  // inputs; the computing thread's
  mutable std::mutex mutex_;  // guards what follows
  bool over_ = false;         // there was an outcome, or there will be none
  std::optional<Result<EmbedResult>> outcome_;
  std::function<void()> callback_;
};

class EmbedQueue {
 public:
  // One input of a task, to be computed.
  struct Item {
    std::shared_ptr<EmbedTask> task;
    std::size_t input = 0;
  };

  explicit EmbedQueue(std::uint32_t max_tasks) : max_tasks_(max_tasks) {}

  // Errors: kUnavailable when it is full or stopped.
  Status post(std::shared_ptr<EmbedTask> task);
  // Waits for inputs, and takes the next of each task in turn as long as `fits` says so, which sees every
  // input once and may count on taking it. None: stopped. What was cancelled is dropped.
  void take(base::FunctionRef<bool(const EmbedInput&)> fits, std::vector<Item>& items);
  // Ends the jobs in it with kUnavailable; take() returns nothing more.
  void stop();
  std::uint64_t inputs() const;

 private:
  struct Place {
    std::shared_ptr<EmbedTask> task;
    std::size_t next = 0;  // input
  };
  void drop_cancelled();

  const std::uint32_t max_tasks_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Place> places_;
  bool stopped_ = false;
};

}  // namespace peregrine::engine
