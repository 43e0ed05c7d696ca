// Zeroed memory of a size fixed at construction, aligned at least to a cache line (and an AVX-512 register).
//
// Pages come straight from the system and are touched first by whoever writes them: a large KV cache costs
// nothing until it is used. What may be used is the memory budget's business.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <span>
#include <string>
#include <utility>

#include "base/result.h"

namespace peregrine::base {

class AlignedBuffer {
 public:
  AlignedBuffer() = default;
  AlignedBuffer(AlignedBuffer&& other) noexcept : span_(std::exchange(other.span_, {})) {}
  AlignedBuffer& operator=(AlignedBuffer&& other) noexcept {
    std::swap(span_, other.span_);
    return *this;
  }
  AlignedBuffer(const AlignedBuffer&) = delete;
  AlignedBuffer& operator=(const AlignedBuffer&) = delete;
  ~AlignedBuffer() {
    if (!span_.empty()) ::munmap(span_.data(), span_.size());
  }

  // Errors: kResourceExhausted when the system refuses.
  static Result<AlignedBuffer> allocate(std::size_t bytes) {
    AlignedBuffer buffer;
    if (bytes == 0) return buffer;
    void* address = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (address == MAP_FAILED) {
      return fail(ErrorCode::kResourceExhausted, "cannot allocate " + std::to_string(bytes) + " bytes");
    }
    buffer.span_ = {static_cast<std::byte*>(address), bytes};
    return buffer;
  }

  // A hint to the system, which may not follow it.
  void prefer_huge_pages() {
    if (!span_.empty()) static_cast<void>(::madvise(span_.data(), span_.size(), MADV_HUGEPAGE));
  }

  std::byte* data() { return span_.data(); }
  const std::byte* data() const { return span_.data(); }
  std::size_t size() const { return span_.size(); }
  std::span<std::byte> span() { return span_; }

 private:
  std::span<std::byte> span_;
};

}  // namespace peregrine::base
