// Does what is due once in a while, such as deleting what is too old, on a thread of its own.
//
// When something is due is a matter of the clock that is handed in alone; the thread looks at it every few
// seconds. A task that fails is logged and has its next turn with the others.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"

namespace peregrine::service {

inline constexpr std::int64_t kHousekeepingSeconds = 3600;

class Housekeeper {
 public:
  using Clock = std::function<std::int64_t()>;  // Unix seconds
  struct Task {
    std::string name;  // in the log
    std::function<Status(std::int64_t now)> run;
  };

  // What the tasks refer to outlives this.
  Housekeeper(Clock clock, std::vector<Task> tasks);
  Housekeeper(const Housekeeper&) = delete;
  Housekeeper& operator=(const Housekeeper&) = delete;
  ~Housekeeper();

  // The first turn is at once, the others kHousekeepingSeconds apart.
  void start();
  // Returns when a task that runs has ended. Idempotent.
  void stop();
  // The clock has moved. Any thread.
  void nudge();

  // The turn that is due, if any is; whether it was. The thread's, or of who has none.
  bool work_if_due();

 private:
  const Clock clock_;
  const std::vector<Task> tasks_;
  std::optional<std::int64_t> last_turn_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  bool nudged_ = false;
  std::thread thread_;
};

}  // namespace peregrine::service
