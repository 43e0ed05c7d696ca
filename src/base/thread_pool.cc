#include "base/thread_pool.h"

#include <algorithm>

namespace peregrine::base {
namespace {

void pause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

// Waits until done() says so, but no longer than `most`; returns whether it did.
template <class Done>
bool spin_until(Done done, std::chrono::microseconds most) {
  constexpr int kPausesPerLook = 32;  // at the clock
  const auto end = std::chrono::steady_clock::now() + most;
  do {
    for (int i = 0; i < kPausesPerLook; ++i) {
      if (done()) return true;
      pause();
    }
  } while (std::chrono::steady_clock::now() < end);
  return false;
}

}  // namespace

ThreadPool::ThreadPool(unsigned threads, const Tuning& tuning)
    : tuning_(tuning), workers_(std::max(threads, 1U) - 1) {
  for (Worker& worker : workers_) worker.thread = std::thread([this, &worker] { work(worker); });
}

ThreadPool::~ThreadPool() {
  stopping_.store(true);
  for (Worker& worker : workers_) {
    worker.resting.store(0);
    worker.resting.notify_one();
  }
  generation_.fetch_add(1);
  generation_.notify_all();
  for (Worker& worker : workers_) worker.thread.join();
}

void ThreadPool::run(std::size_t parts, Body body) {
  if (parts == 0) return;
  if (workers_.empty() || parts == 1) {
    for (std::size_t i = 0; i < parts; ++i) body(i);
    return;
  }
  const std::lock_guard turn(turn_);
  if (resting() > 0) end_rests();
  const auto begun = Clock::now();
  body_ = &body;
  parts_ = parts;
  next_.store(0, std::memory_order_relaxed);
  gate_.store(kOpen, std::memory_order_release);
  generation_.fetch_add(1, std::memory_order_release);
  generation_.notify_all();
  claim_parts(body, parts);
  close(begun);
}

// All parts are claimed: nobody else comes in, and those that still run one are waited for.
void ThreadPool::close(Clock::time_point begun) {
  if ((gate_.fetch_and(~kOpen, std::memory_order_acq_rel) & ~kOpen) == 0) return;
  const auto empty = [this] { return gate_.load(std::memory_order_acquire) == 0; };
  if (spin_until(empty, tuning_.spin)) return;
  const auto slept = Clock::now();
  std::vector<Worker*> late;
  for (Worker& worker : workers_) {
    if (worker.inside.load(std::memory_order_relaxed)) late.push_back(&worker);
  }
  for (std::uint32_t inside; (inside = gate_.load(std::memory_order_acquire)) != 0;) gate_.wait(inside);
  const auto now = Clock::now();
  if (now - slept < std::max<Clock::duration>(tuning_.stall, (now - begun) / 8)) return;
  for (Worker* worker : late) note_stall(*worker, now, now - slept);
}

void ThreadPool::note_stall(Worker& worker, Clock::time_point now, Clock::duration waited) {
  if (now - worker.window_begun > tuning_.window) {
    worker.window_begun = now - waited;
    worker.waited = {};
  }
  worker.waited += waited;
  if (worker.waited < tuning_.window / 4) return;
  const bool again = worker.rest.count() != 0 && now - worker.rests_until < 2 * tuning_.window;
  worker.rest = again ? std::min(2 * worker.rest, tuning_.longest_rest) : tuning_.rest;
  worker.rests_until = now + worker.rest;
  worker.waited = {};
  worker.resting.store(1, std::memory_order_relaxed);
  n_resting_.fetch_add(1, std::memory_order_relaxed);
}

void ThreadPool::end_rests() {
  const auto now = Clock::now();
  for (Worker& worker : workers_) {
    if (worker.resting.load(std::memory_order_relaxed) == 0 || now < worker.rests_until) continue;
    worker.resting.store(0, std::memory_order_relaxed);
    worker.resting.notify_one();
    n_resting_.fetch_sub(1, std::memory_order_relaxed);
  }
}

bool ThreadPool::enter() {
  std::uint32_t gate = gate_.load(std::memory_order_relaxed);
  while ((gate & kOpen) != 0) {
    if (gate_.compare_exchange_weak(gate, gate + 1, std::memory_order_acquire, std::memory_order_relaxed))
      return true;
  }
  return false;
}

void ThreadPool::leave() {
  // The last one out of a closed gate; the caller may sleep there.
  if (gate_.fetch_sub(1, std::memory_order_release) == 1) gate_.notify_one();
}

void ThreadPool::work(Worker& self) {
  std::uint32_t seen = 0;
  for (;;) {
    const auto called = [&] { return generation_.load(std::memory_order_acquire) != seen; };
    if (!spin_until(called, tuning_.spin)) generation_.wait(seen, std::memory_order_acquire);
    self.resting.wait(1, std::memory_order_relaxed);
    if (stopping_.load(std::memory_order_acquire)) return;
    seen = generation_.load(std::memory_order_acquire);
    // A worker that comes late finds the gate closed and waits for the next loop.
    if (!enter()) continue;
    self.inside.store(true, std::memory_order_relaxed);
    claim_parts(*body_, parts_);
    self.inside.store(false, std::memory_order_relaxed);
    leave();
  }
}

void ThreadPool::claim_parts(Body body, std::size_t parts) {
  for (;;) {
    const std::size_t part = next_.fetch_add(1, std::memory_order_relaxed);
    if (part >= parts) return;
    body(part);
  }
}

}  // namespace peregrine::base
