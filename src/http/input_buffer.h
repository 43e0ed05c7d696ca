// Bytes received and not yet consumed: contiguous, bounded. The room handed out by prepare() stays valid
// across consume(), so that a read may be outstanding while earlier bytes are being parsed.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

namespace peregrine::http {

class InputBuffer {
 public:
  explicit InputBuffer(std::size_t capacity) : capacity_(capacity) {}

  std::string_view view() const { return {storage_.data() + begin_, end_ - begin_}; }
  void consume(std::size_t bytes) { begin_ += std::min(bytes, end_ - begin_); }

  // Room for the next read, empty when the buffer is full. Moves earlier bytes: views are invalid after.
  std::span<char> prepare() {
    if (begin_ > 0) {
      std::memmove(storage_.data(), storage_.data() + begin_, end_ - begin_);
      end_ -= begin_;
      begin_ = 0;
    }
    if (storage_.size() - end_ < kMinRead) {
      storage_.resize(std::min(capacity_, std::max(2 * kMinRead, 2 * storage_.size())));
    }
    return std::span(storage_).subspan(end_);
  }
  void commit(std::size_t bytes) { end_ += bytes; }

 private:
  static constexpr std::size_t kMinRead = 2048;

  std::size_t capacity_;
  std::vector<char> storage_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace peregrine::http
