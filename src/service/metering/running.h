// The requests that were begun and are not over, for those who watch the server. Nothing of what they say.
// Thread-safe.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace peregrine::service {

// What a request is.
struct RequestLabel {
  std::string id;
  std::string endpoint;  // the route's pattern
  std::string tier;
};

// One of them. Its figures are written by whoever works for it, and read by anybody.
struct RunningRequest {
  RequestLabel label;
  std::string model;
  std::string key;  // its id; empty where none is needed
  std::string organisation;
  std::chrono::steady_clock::time_point begun = std::chrono::steady_clock::now();
  std::atomic<std::uint64_t> prompt_tokens = 0;     // 0 until they are known
  std::atomic<std::uint64_t> generated_tokens = 0;  // so far
};

class RunningRequests {
 public:
  // Its place, to leave by.
  std::uint64_t enter(std::shared_ptr<const RunningRequest> request);
  void leave(std::uint64_t place);

  // The oldest first; of more than `most`, those.
  std::vector<std::shared_ptr<const RunningRequest>> list(std::size_t most) const;
  std::size_t count() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::uint64_t, std::shared_ptr<const RunningRequest>>
      requests_;  // in the order in which they began
  std::uint64_t next_ = 0;
};

}  // namespace peregrine::service
