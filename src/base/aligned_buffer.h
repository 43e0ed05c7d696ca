// Zeroed memory aligned to 64 bytes (a cache line, an AVX-512 register), of a size fixed at construction.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <span>

#include "base/result.h"

namespace peregrine::base {

inline constexpr std::size_t kAlignment = 64;

class AlignedBuffer {
 public:
  AlignedBuffer() = default;

  // Errors: kResourceExhausted when the system has no such memory.
  static Result<AlignedBuffer> allocate(std::size_t bytes) {
    AlignedBuffer buffer;
    if (bytes == 0) return buffer;
    if (bytes > SIZE_MAX - kAlignment) return fail(ErrorCode::kResourceExhausted, "allocation too large");
    const std::size_t rounded = (bytes + kAlignment - 1) / kAlignment * kAlignment;
    buffer.data_.reset(static_cast<std::byte*>(std::aligned_alloc(kAlignment, rounded)));
    if (!buffer.data_) {
      return fail(ErrorCode::kResourceExhausted, "cannot allocate " + std::to_string(bytes) + " bytes");
    }
    std::memset(buffer.data_.get(), 0, rounded);
    buffer.size_ = bytes;
    return buffer;
  }

  std::byte* data() { return data_.get(); }
  const std::byte* data() const { return data_.get(); }
  std::size_t size() const { return size_; }
  std::span<std::byte> span() { return {data_.get(), size_}; }

 private:
  struct Free {
    void operator()(std::byte* p) const { std::free(p); }
  };
  std::unique_ptr<std::byte, Free> data_;
  std::size_t size_ = 0;
};

}  // namespace peregrine::base
