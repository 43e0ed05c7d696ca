// The lines of a batch's input file, one after the other, with no more than one of them in memory.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace peregrine::service {

inline constexpr std::uint32_t kMaxBatchLines = 50'000;
inline constexpr std::size_t kMaxBatchLineBytes = 8u << 20;

class LineReader {
 public:
  // An open regular file, which outlives this; its position does not matter.
  explicit LineReader(int file) : file_(file) {}

  // The next line without its end, in place until the next call; nothing: there is none. Blank lines at the
  // end of the file are none. Errors: kResourceExhausted for one over kMaxBatchLineBytes, kIo.
  Result<std::optional<std::string_view>> next();
  // Of the line that next() gave last, from 1.
  std::uint32_t number() const { return number_; }

 private:
  Result<std::optional<std::string_view>> next_of_any_kind();
  Result<bool> only_blanks_follow();

  const int file_;
  std::string buffer_;
  std::size_t taken_ = 0;     // of the buffer
  std::uint64_t offset_ = 0;  // in the file, of the buffer's end
  bool ended_ = false;        // nothing is behind the buffer
  std::uint32_t number_ = 0;
};

}  // namespace peregrine::service
