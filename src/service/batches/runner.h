// Works through all batches, a bounded number of lines at a time.
//
// One thread does everything but answering: it opens runs, asks lines round robin, writes answers, syncs them
// in groups, ends batches. Lines that find the server busy are asked again, later each time; none is asked
// with a key that does not open any more. What cannot go on (a full disk) is dropped and opened again after a
// pause. After stop(), and after kill -9, the next start() goes on.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"
#include "service/batches/batch_run.h"

namespace peregrine::service {

struct BatchRunnerOptions {
  std::uint32_t max_running_lines = 16;
  std::size_t max_running_bytes = 64u << 20;  // of lines; one is asked whatever its size
  std::uint32_t max_open = 4;                 // batches that take turns; the others wait
  // Answers are synced together when the oldest of them is that old.
  std::chrono::milliseconds sync_interval{100};
  std::chrono::seconds cancel_grace{600};  // that running lines of a cancelled batch have
  std::chrono::milliseconds first_retry{500};
  std::chrono::milliseconds longest_retry{60'000};
  std::uint32_t max_tries = 12;
  std::chrono::seconds pause_after_failure{60};
};

class BatchRunner {
 public:
  // What `with` refers to outlives this; its `stopping` is set here.
  BatchRunner(BatchSurroundings with, BatchRunnerOptions options);
  BatchRunner(const BatchRunner&) = delete;
  BatchRunner& operator=(const BatchRunner&) = delete;
  ~BatchRunner();

  // Deletes what processes that died have left of batches that have ended, or never came to be. Before
  // anybody can order one.
  void clean_up();
  void start();
  // Gives up what runs, which stays unanswered, and returns when the thread has ended. Idempotent.
  void stop();
  // Something is new among the records, or the clock. Any thread.
  void nudge();

 private:
  using Time = std::chrono::steady_clock::time_point;

  // Where answers arrive; outlives the runner in the hands of those who are late.
  struct Inbox {
    struct Item {
      std::string batch;
      std::uint32_t line = 0;
      std::uint32_t attempt = 0;
      LineOutcome outcome;
    };
    std::mutex mutex;
    std::condition_variable changed;
    std::deque<Item> items;
    bool nudged = false;
    bool stopping = false;
  };

  // A line that is being answered, or waits to be asked again.
  struct Flight {
    BatchLine line;
    std::size_t bytes = 0;
    std::uint32_t attempt = 0;
    Time retry_at;                 // while nobody answers it
    std::shared_ptr<void> handle;  // null: it waits
  };

  struct Slot {
    std::unique_ptr<BatchRun> run;
    std::map<std::uint32_t, Flight> flights;
    Time sync_at = Time::max();
  };

  void run();
  void refresh(Time now);
  void open(const store::StoredBatch& batch, Time now);
  void take_answers(std::deque<Inbox::Item> items, Time now);
  void take_answer(Slot& slot, Inbox::Item item, Time now);
  bool ask_more(Time now);
  Result<bool> ask_one(Slot& slot);
  void launch(Slot& slot, std::uint32_t number, Flight& flight);
  void ask_again(Time now);
  Status ask_waiting(Slot& slot, Time now);
  void land(const Flight& flight);
  void settle(Time now);
  Result<bool> settle_one(Slot& slot, Time now);
  void drop(const std::string& id, const Error& why, Time now);
  Time next_due(Time now) const;

  BatchSurroundings with_;
  const BatchRunnerOptions options_;
  std::shared_ptr<Inbox> inbox_ = std::make_shared<Inbox>();
  std::thread thread_;
  // The thread's.
  std::map<std::string, Slot> slots_;
  std::string turn_;                    // the batch that was asked last
  std::map<std::string, Time> paused_;  // those that could not go on
  std::uint32_t running_lines_ = 0;
  std::size_t running_bytes_ = 0;
  bool stale_ = true;  // the records may know more
};

}  // namespace peregrine::service
