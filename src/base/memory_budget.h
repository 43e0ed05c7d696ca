// One budget for the memory the process plans for: weights, KV cache, scratch, caches.
//
// Reservations are taken before memory is touched and given back when the Reservation dies, so admission is a
// comparison and never an out-of-memory kill. Thread-safe. A budget outlives its reservations.
//
// A share of a budget counts what one user of it has: what is reserved in the share is reserved in the whole,
// which alone has a limit.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace peregrine::base {

enum class MemoryKind : std::uint8_t { kWeights, kKvCache, kScratch, kCaches };
inline constexpr std::size_t kMemoryKinds = 4;
std::string_view memory_kind_name(MemoryKind kind);

class MemoryBudget {
 public:
  class Reservation {
   public:
    Reservation() = default;
    Reservation(Reservation&& other) noexcept
        : budget_(std::exchange(other.budget_, nullptr)), kind_(other.kind_), bytes_(other.bytes_) {}
    Reservation& operator=(Reservation&& other) noexcept {
      std::swap(budget_, other.budget_);
      std::swap(kind_, other.kind_);
      std::swap(bytes_, other.bytes_);
      return *this;
    }
    Reservation(const Reservation&) = delete;
    Reservation& operator=(const Reservation&) = delete;
    ~Reservation() {
      if (budget_ != nullptr) budget_->release(kind_, bytes_);
    }

   private:
    friend class MemoryBudget;
    Reservation(MemoryBudget* budget, MemoryKind kind, std::uint64_t bytes)
        : budget_(budget), kind_(kind), bytes_(bytes) {}
    MemoryBudget* budget_ = nullptr;
    MemoryKind kind_ = MemoryKind::kScratch;
    std::uint64_t bytes_ = 0;
  };

  explicit MemoryBudget(std::uint64_t limit_bytes) : limit_(limit_bytes) {}
  // A share of `whole`, which outlives it.
  explicit MemoryBudget(MemoryBudget* whole) : whole_(whole), limit_(whole->limit()) {}

  // Errors: kResourceExhausted with the figures; `what` names the thing for the message.
  Result<Reservation> reserve(MemoryKind kind, std::uint64_t bytes, std::string_view what);

  std::uint64_t limit() const { return limit_; }
  std::uint64_t used(MemoryKind kind) const;
  std::uint64_t used() const;  // of all kinds
  std::uint64_t available() const;

 private:
  void release(MemoryKind kind, std::uint64_t bytes);

  MemoryBudget* const whole_ = nullptr;  // null: it is the whole
  const std::uint64_t limit_;
  mutable std::mutex mutex_;
  std::array<std::uint64_t, kMemoryKinds> used_{};
  std::uint64_t total_ = 0;
};

// Physical memory this process may use: the machine's, or its control group's limit when that is lower.
std::uint64_t usable_memory_bytes();

// "1.5 GiB", "312 KiB": for people.
std::string format_bytes(std::uint64_t bytes);

}  // namespace peregrine::base
