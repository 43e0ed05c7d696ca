#include "service/batches/line_reader.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace peregrine::service {
namespace {

constexpr std::size_t kReadBytes = 256 * 1024;
constexpr std::string_view kBlank = " \t\r\n";

bool blank(std::string_view text) {
  return text.find_first_not_of(kBlank) == std::string_view::npos;
}

// The next bytes of the file into `out`; how many.
Result<std::size_t> read_at(int file, std::uint64_t offset, char* out) {
  for (;;) {
    const ssize_t got = ::pread(file, out, kReadBytes, static_cast<off_t>(offset));
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) {
      return fail(ErrorCode::kIo, "cannot read a batch: " + std::generic_category().message(errno));
    }
  }
}

}  // namespace

Result<std::optional<std::string_view>> LineReader::next_of_any_kind() {
  std::size_t searched = taken_;
  for (;;) {
    const std::size_t end = buffer_.find('\n', searched);
    if (end != std::string::npos || ended_) {
      if (end == std::string::npos && taken_ == buffer_.size()) return std::nullopt;
      const std::string_view line = std::string_view(buffer_).substr(taken_, end - taken_);
      taken_ = end == std::string::npos ? buffer_.size() : end + 1;
      ++number_;
      return line;
    }
    buffer_.erase(0, taken_);
    taken_ = 0;
    searched = buffer_.size();
    if (searched > kMaxBatchLineBytes) {
      return fail(ErrorCode::kResourceExhausted, fmt::format("is longer than {} bytes", kMaxBatchLineBytes));
    }
    buffer_.resize(searched + kReadBytes);
    auto got = read_at(file_, offset_, buffer_.data() + searched);
    buffer_.resize(searched + got.value_or(0));
    if (!got) return tl::unexpected(got.error());
    offset_ += *got;
    ended_ = *got == 0;
  }
}

// Looks ahead in what is read already, and then in the file, without keeping it.
Result<bool> LineReader::only_blanks_follow() {
  if (!blank(std::string_view(buffer_).substr(taken_))) return false;
  std::string piece;
  for (std::uint64_t offset = offset_;;) {
    piece.resize(kReadBytes);
    PEREGRINE_ASSIGN(const std::size_t got, read_at(file_, offset, piece.data()));
    if (got == 0) return true;
    if (!blank(std::string_view(piece).substr(0, got))) return false;
    offset += got;
  }
}

Result<std::optional<std::string_view>> LineReader::next() {
  PEREGRINE_ASSIGN(const std::optional<std::string_view> line, next_of_any_kind());
  if (!line || !blank(*line)) return line;
  PEREGRINE_ASSIGN(const bool over, only_blanks_follow());
  if (!over) return line;
  return std::nullopt;
}

}  // namespace peregrine::service
