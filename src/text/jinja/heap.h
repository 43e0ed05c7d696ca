// Memory and work of one render.
//
// Containers and callables may refer to each other in circles, so the heap owns them all and frees them
// together, without recursion, when the render ends; values hold plain pointers. Strings cannot form circles
// and are reference counted. Both are charged against Limits::max_memory_bytes.
// Not thread-safe: one render, one heap. Every value of a render must die before its heap.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "text/jinja/limits.h"

namespace peregrine::jinja {

class HeapObject {
 public:
  HeapObject() = default;
  HeapObject(const HeapObject&) = delete;
  HeapObject& operator=(const HeapObject&) = delete;
  virtual ~HeapObject() = default;
};

class Heap {
 public:
  explicit Heap(const Limits& limits) : limits_(limits), steps_left_(limits.max_steps) {}
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;

  const Limits& limits() const { return limits_; }

  // Charges work. Errors: kResourceExhausted once max_steps are spent, and ever after.
  Status step(std::uint64_t count = 1) {
    if (count > steps_left_) return out_of_steps();
    steps_left_ -= count;
    return {};
  }
  // Charges reading or writing `bytes` of text.
  Status touch(std::size_t bytes) { return step(bytes / kBytesPerStep); }
  // Charges searching `bytes` of text.
  Status search(std::size_t bytes) { return step(bytes / kSearchedBytesPerStep); }
  // Charges looking at so many characters one by one.
  Status walk(std::size_t code_points) { return step(code_points / kCodePointsPerStep); }

  // Takes memory from the budget; false, and nothing taken, when there is not so much.
  bool try_charge(std::size_t bytes) noexcept {
    if (bytes > limits_.max_memory_bytes - memory_) return false;
    memory_ += bytes;
    return true;
  }
  Status charge(std::size_t bytes);
  void release(std::size_t bytes) noexcept { memory_ -= bytes; }

  // An object that lives as long as the heap.
  template <class T, class... Args>
  Result<T*> make(Args&&... args) {
    PEREGRINE_TRY(charge(sizeof(T) + kObjectOverhead));
    auto object = std::make_unique<T>(std::forward<Args>(args)...);
    T* raw = object.get();
    objects_.push_back(std::move(object));
    return raw;
  }

 private:
  static constexpr std::size_t kObjectOverhead = 32;  // the owner's slot and the allocator's header

  Status out_of_steps();

  const Limits limits_;
  std::uint64_t steps_left_;
  std::size_t memory_ = 0;
  std::vector<std::unique_ptr<HeapObject>> objects_;  // last: its objects give back memory as they go
};

// Memory taken from a heap's budget for as long as this lives.
class MemoryCharge {
 public:
  MemoryCharge() = default;
  explicit MemoryCharge(Heap& heap) : heap_(&heap) {}
  MemoryCharge(MemoryCharge&& other) noexcept : heap_(other.heap_), bytes_(std::exchange(other.bytes_, 0)) {}
  MemoryCharge& operator=(MemoryCharge&& other) noexcept {
    std::swap(heap_, other.heap_);
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  MemoryCharge(const MemoryCharge&) = delete;
  MemoryCharge& operator=(const MemoryCharge&) = delete;
  ~MemoryCharge() {
    if (heap_ != nullptr) heap_->release(bytes_);
  }

  std::size_t bytes() const { return bytes_; }

  // Grows or shrinks the charge to `bytes`; false, and nothing changed, when there is not so much.
  bool resize(std::size_t bytes) noexcept;

 private:
  Heap* heap_ = nullptr;
  std::size_t bytes_ = 0;
};

// The error of going over the limit called `name`.
tl::unexpected<Error> limit_exceeded(std::string_view name, std::uint64_t value);

}  // namespace peregrine::jinja
