// A fixed set of threads that run the parts of one parallel loop at a time; several callers take turns, loop
// by loop, so that models that share a pool never ask for more cores than there are.
//
// Parts are claimed one by one, without a lock, so a thread that loses its core delays one part, not the
// loop; one that was waited for has to rest a while, as somebody else needs its core. Which thread runs a
// part never changes its result: parts must not share state. Waiting threads spin briefly, then sleep.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

#include "base/function_ref.h"

namespace peregrine::base {

class ThreadPool {
 public:
  struct Tuning {
    // Bridges the gap between two ops of one forward pass without holding a core that somebody else could
    // use.
    std::chrono::microseconds spin{50};
    // A wait for a worker that has no core: longer than this, and than an eighth of the loop.
    std::chrono::microseconds stall{1000};
    // A worker that was waited for during a quarter of this time rests: at first for `rest`, and when it
    // happens again soon after for twice as long, up to `longest_rest`.
    std::chrono::milliseconds window{100};
    std::chrono::milliseconds rest{200};
    std::chrono::milliseconds longest_rest{2000};
  };

  // `threads` counts the caller of run(): a pool of one starts no thread.
  explicit ThreadPool(unsigned threads) : ThreadPool(threads, Tuning{}) {}
  ThreadPool(unsigned threads, const Tuning& tuning);
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;
  ~ThreadPool();

  unsigned size() const { return static_cast<unsigned>(workers_.size()) + 1; }

  // Workers that rest at the moment, for metrics. Thread-safe.
  unsigned resting() const { return n_resting_.load(std::memory_order_relaxed); }

  // Calls body(i) for every i in [0, parts), on the pool's threads and the caller's; returns when all are
  // done. Thread-safe; body must not throw and must not call run().
  void run(std::size_t parts, FunctionRef<void(std::size_t)> body);

 private:
  using Body = FunctionRef<void(std::size_t)>;
  using Clock = std::chrono::steady_clock;

  static constexpr std::size_t kCacheLine = 64;

  struct alignas(kCacheLine) Worker {
    std::atomic<bool> inside{false};        // a loop
    std::atomic<std::uint32_t> resting{0};  // 1: until the caller of run() says otherwise
    // The caller's notes, under turn_.
    Clock::time_point window_begun{};
    Clock::duration waited{0};  // for it, in the window
    Clock::time_point rests_until{};
    std::chrono::milliseconds rest{0};
    std::thread thread = {};
  };

  void work(Worker& self);
  void claim_parts(Body body, std::size_t parts);
  bool enter();
  void leave();
  void close(Clock::time_point begun);
  void end_rests();
  void note_stall(Worker& worker, Clock::time_point now, Clock::duration waited);

  static constexpr std::uint32_t kOpen = std::uint32_t{1} << 31;

  const Tuning tuning_;
  std::mutex turn_;                     // held by the caller whose loop runs
  std::atomic<unsigned> n_resting_{0};  // changed under turn_
  const Body* body_ = nullptr;          // of the loop; read inside the gate only, as is parts_
  std::size_t parts_ = 0;
  std::atomic<bool> stopping_{false};
  // Apart from each other: one is written by everybody, one watched, one claimed from.
  alignas(kCacheLine) std::atomic<std::uint32_t> gate_{0};  // kOpen while there are parts, and workers inside
  alignas(kCacheLine) std::atomic<std::uint32_t> generation_{0};  // of loops
  alignas(kCacheLine) std::atomic<std::size_t> next_{0};
  std::vector<Worker> workers_;
};

}  // namespace peregrine::base
