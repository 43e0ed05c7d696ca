// How long a peer may keep us waiting: a time for each so many bytes that it sends or takes. So there is a
// least rate, which is asked for only while something waits for the peer; what passes meanwhile on our side
// is not its time.
#pragma once

#include <chrono>
#include <cstdint>

namespace peregrine::http {

class Patience {
 public:
  using Duration = std::chrono::steady_clock::duration;

  // `each` for each `bytes`, which are more than 0.
  Patience(std::chrono::milliseconds each, std::uint64_t bytes) : each_(each), bytes_(bytes), left_(each) {}

  // Not above 0: the peer is too slow.
  Duration left() const { return left_; }
  void waited(Duration time) { left_ -= time; }
  void moved(std::uint64_t bytes) {
    since_ += bytes;
    if (since_ < bytes_) return;
    since_ = 0;
    left_ = each_;
  }

 private:
  Duration each_;
  std::uint64_t bytes_;
  Duration left_;
  std::uint64_t since_ = 0;
};

}  // namespace peregrine::http
