// One count of the bytes of all request bodies that the server holds, so that many clients together cannot
// take more memory than Limits::max_buffered_body_bytes. Any thread.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace peregrine::http {

// What a client is told whose request would be over it.
inline constexpr std::string_view kTooManyBodies = "The server holds too many request bodies at the moment.";

class BodyBudget {
 public:
  explicit BodyBudget(std::uint64_t limit) : limit_(limit) {}

  bool reserve(std::uint64_t bytes) {
    if (used_.fetch_add(bytes) + bytes <= limit_) return true;
    used_.fetch_sub(bytes);
    return false;
  }
  void release(std::uint64_t bytes) { used_.fetch_sub(bytes); }

 private:
  const std::uint64_t limit_;
  std::atomic<std::uint64_t> used_ = 0;
};

// What one request holds of the budget; given back on destruction.
class BodyReservation {
 public:
  explicit BodyReservation(BodyBudget& budget) : budget_(budget) {}
  BodyReservation(const BodyReservation&) = delete;
  BodyReservation& operator=(const BodyReservation&) = delete;
  ~BodyReservation() { budget_.release(held_); }

  bool grow(std::uint64_t bytes) {
    if (!budget_.reserve(bytes)) return false;
    held_ += bytes;
    return true;
  }

 private:
  BodyBudget& budget_;
  std::uint64_t held_ = 0;
};

}  // namespace peregrine::http
