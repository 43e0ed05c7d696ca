#include "base/thread_pool.h"

#include <algorithm>

namespace peregrine::base {
namespace {

// Iterations of the pause instruction before a waiting worker sleeps: a few microseconds, enough to bridge
// the gap between two ops of one forward pass without holding a core that somebody else could use.
constexpr int kSpins = 2000;

void pause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

}  // namespace

ThreadPool::ThreadPool(unsigned threads) {
  const unsigned workers = std::max(threads, 1U) - 1;
  workers_.reserve(workers);
  for (unsigned i = 0; i < workers; ++i) workers_.emplace_back([this] { work(); });
}

ThreadPool::~ThreadPool() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    generation_.fetch_add(1, std::memory_order_release);
  }
  wake_.notify_all();
  for (std::thread& worker : workers_) worker.join();
}

void ThreadPool::run(std::size_t parts, Body body) {
  if (parts == 0) return;
  if (workers_.empty() || parts == 1) {
    for (std::size_t i = 0; i < parts; ++i) body(i);
    return;
  }
  const std::lock_guard turn(turn_);
  {
    const std::lock_guard lock(mutex_);
    body_ = &body;
    parts_ = parts;
    next_.store(0, std::memory_order_relaxed);
    generation_.fetch_add(1, std::memory_order_release);
  }
  wake_.notify_all();
  claim_parts(body, parts);
  // Parts are all claimed; wait for the workers that still run one. A worker that has not woken up yet finds
  // body_ gone and goes back to sleep, so a thread without a core is not waited for.
  std::unique_lock lock(mutex_);
  body_ = nullptr;
  idle_.wait(lock, [this] { return inside_ == 0; });
}

void ThreadPool::work() {
  std::uint64_t seen = 0;
  for (;;) {
    for (int i = 0; i < kSpins && generation_.load(std::memory_order_acquire) == seen; ++i) pause();
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [&] { return generation_.load(std::memory_order_relaxed) != seen; });
    seen = generation_.load(std::memory_order_relaxed);
    if (stopping_) return;
    if (body_ == nullptr) continue;
    ++inside_;
    const Body body = *body_;
    const std::size_t parts = parts_;
    lock.unlock();
    claim_parts(body, parts);
    lock.lock();
    if (--inside_ == 0) idle_.notify_one();
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
