#include "text/jinja/heap.h"

#include <fmt/format.h>

namespace peregrine::jinja {

tl::unexpected<Error> limit_exceeded(std::string_view name, std::uint64_t value) {
  return fail(ErrorCode::kResourceExhausted, fmt::format("the template goes over {} ({})", name, value));
}

Status Heap::out_of_steps() {
  steps_left_ = 0;
  return limit_exceeded("max_steps", limits_.max_steps);
}

Status Heap::charge(std::size_t bytes) {
  if (!try_charge(bytes)) return limit_exceeded("max_memory_bytes", limits_.max_memory_bytes);
  return {};
}

bool MemoryCharge::resize(std::size_t bytes) noexcept {
  if (heap_ == nullptr) return true;
  if (bytes > bytes_) {
    if (!heap_->try_charge(bytes - bytes_)) return false;
  } else {
    heap_->release(bytes_ - bytes);
  }
  bytes_ = bytes;
  return true;
}

}  // namespace peregrine::jinja
