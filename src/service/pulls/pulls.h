// Pulls that somebody orders from a server that runs: one after the other, in the order in which they were
// ordered, on a thread of their own. What is over is remembered for a while, in memory; what was fetched of a
// pull that was cancelled, broke or did not live through a restart stays on the disk, and the same order goes
// on from there. Thread-safe.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/result.h"
#include "service/catalogue/pull.h"
#include "service/catalogue/rate_meter.h"

namespace peregrine::service {

struct PullOrder {
  std::string source;  // as parse_model_reference() takes it
  std::string sha256;  // that a URL's file must have, 64 hexadecimal digits; empty: any
};

enum class PullState : std::uint8_t { kQueued, kRunning, kDone, kFailed, kCancelled };
std::string_view pull_state_name(PullState state);

struct PullRecord {
  std::string id;      // "pull_..."
  std::string source;  // without the query of a URL, which may be a signature
  PullState state = PullState::kQueued;
  hub::Stage stage = hub::Stage::kAsking;  // while it runs
  std::string file;                        // that is fetched now; empty while asking what there is
  std::size_t file_number = 0;             // from 1
  std::size_t file_count = 0;
  std::uint64_t done = 0;  // bytes of all files together
  std::uint64_t total = 0;
  double bytes_per_second = 0;  // 0 when too little is known
  std::string note;             // why it waits; empty when it does not
  std::string model;            // of kDone: the id that it is served by
  std::string error;            // of kFailed, without paths
  std::int64_t created_at = 0;  // Unix seconds
  std::optional<std::int64_t> ended_at = {};

  bool over() const { return state > PullState::kRunning; }
};

struct PullOffice {
  // Whether the order can be carried out at all, without asking anybody. Errors: those of
  // parse_model_reference().
  std::function<Status(const PullOrder&)> check;
  std::function<Result<PulledModel>(const PullOrder&, const PullObserver&)> fetch;
  std::filesystem::path folder;         // whose path is left out of errors
  std::function<std::int64_t()> clock;  // Unix seconds
};

class Pulls {
 public:
  static constexpr std::size_t kMaxQueued = 16;  // besides the one that runs
  static constexpr std::size_t kMaxKept = 32;    // of those that are over

  explicit Pulls(PullOffice office);
  Pulls(const Pulls&) = delete;
  Pulls& operator=(const Pulls&) = delete;
  ~Pulls();

  // The pull as it was ordered; one of the same source that is not over is that one. Errors: the office's
  // check's; kUnavailable when too many wait, or the server stops.
  Result<PullRecord> order(PullOrder order);
  // The newest first.
  std::vector<PullRecord> list() const;
  std::optional<PullRecord> find(std::string_view id) const;
  // Ends it within a second, unless it is over. The record is cancelled at once; nothing when there is none.
  std::optional<PullRecord> cancel(std::string_view id);
  // Whether the file is being fetched.
  bool fetches(std::string_view file) const;

  // Cancels what is not over, and refuses what is new. Idempotent.
  void stop();

 private:
  struct Job {
    PullOrder order;
    PullRecord record;
    RateMeter rate;
  };

  void run();
  void carry_out(const std::string& id, const PullOrder& order);
  bool note(const std::string& id, const PullProgress& progress);
  void settle(const std::string& id, const Result<PulledModel>& pulled);
  void end(PullRecord& record, PullState state);
  void forget_oldest();
  const Job* job(std::string_view id) const;
  Job* job(std::string_view id);

  const PullOffice office_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> jobs_;  // in the order in which they came
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace peregrine::service
