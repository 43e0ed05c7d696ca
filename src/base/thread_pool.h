// A fixed set of threads that run the parts of one parallel loop at a time; several callers take turns, loop
// by loop, so that models that share a pool never ask for more cores than there are.
//
// Parts are claimed one by one, so a thread that loses its core delays one part, not the loop. Which thread
// runs a part never changes its result: parts must not share state. Waiting threads spin briefly, then sleep.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

#include "base/function_ref.h"

namespace peregrine::base {

class ThreadPool {
 public:
  // `threads` counts the caller of run(): a pool of one starts no thread.
  explicit ThreadPool(unsigned threads);
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;
  ~ThreadPool();

  unsigned size() const { return static_cast<unsigned>(workers_.size()) + 1; }

  // Calls body(i) for every i in [0, parts), on the pool's threads and the caller's; returns when all are
  // done. Thread-safe; body must not throw and must not call run().
  void run(std::size_t parts, FunctionRef<void(std::size_t)> body);

 private:
  using Body = FunctionRef<void(std::size_t)>;

  void work();
  void claim_parts(Body body, std::size_t parts);

  std::mutex turn_;  // held by the caller whose loop runs
  std::mutex mutex_;
  std::condition_variable wake_;
  std::condition_variable idle_;
  bool stopping_ = false;  // under mutex_
  unsigned inside_ = 0;    // workers that entered the current loop, under mutex_
  std::atomic<std::uint64_t> generation_{0};
  const Body* body_ = nullptr;  // set while a loop has parts to claim, under mutex_
  std::size_t parts_ = 0;       // under mutex_
  std::atomic<std::size_t> next_{0};
  std::vector<std::thread> workers_;
};

}  // namespace peregrine::base
