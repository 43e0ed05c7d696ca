#include "store/batches/answer_log.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <limits>
#include <system_error>
#include <utility>
#include <vector>

namespace peregrine::store {
namespace {

using base::FileDescriptor;

// "00000042 0123456789abcdef " before a record's text.
constexpr std::size_t kLineDigits = 8;
constexpr std::size_t kSumDigits = 16;
constexpr std::size_t kHeadBytes = kLineDigits + 1 + kSumDigits + 1;
constexpr std::size_t kReadBytes = 256 * 1024;
// So much is gathered before it is written.
constexpr std::size_t kPendingBytes = 1 << 20;

Error io_error(std::string_view what, const std::filesystem::path& path, int code) {
  const bool full = code == ENOSPC || code == EDQUOT;
  return {full ? ErrorCode::kResourceExhausted : ErrorCode::kIo,
          fmt::format("cannot be {}: {}", what, std::generic_category().message(code)), path.string()};
}

// FNV-1a with 64 bits, of the line's number and the text.
class Sum {
 public:
  void add(std::string_view bytes) {
    for (const char c : bytes) {
      value_ ^= static_cast<unsigned char>(c);
      value_ *= 0x100000001b3ULL;
    }
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0xcbf29ce484222325ULL;
};

Status write_all(int file, const std::filesystem::path& path, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return tl::unexpected(io_error("written", path, errno));
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

// Follows the records of a log as its bytes come by, without holding a text.
class Walk {
 public:
  // A text in pieces, then its end: whether the record is whole, and of which line.
  using OnText = base::FunctionRef<Status(std::string_view piece)>;
  using OnEnd = base::FunctionRef<Status(bool whole, std::uint32_t line, std::uint64_t end)>;

  Status take(std::string_view bytes, OnText on_text, OnEnd on_end) {
    while (!bytes.empty()) {
      if (head_.size() < kHeadBytes) {
        const std::string_view part = bytes.substr(0, kHeadBytes - head_.size());
        head_ += part;
        advance(bytes, part.size());
        if (head_.size() == kHeadBytes) sum_.add(std::string_view(head_).substr(0, kLineDigits));
        continue;
      }
      const std::string_view text = bytes.substr(0, bytes.find('\n'));
      sum_.add(text);
      PEREGRINE_TRY(on_text(text));
      advance(bytes, text.size());
      if (bytes.empty()) break;
      advance(bytes, 1);
      const std::uint32_t line = line_of_head();
      PEREGRINE_TRY(on_end(line > 0, line, offset_));
      head_.clear();
      sum_ = {};
    }
    return {};
  }

 private:
  void advance(std::string_view& bytes, std::size_t count) {
    bytes.remove_prefix(count);
    offset_ += count;
  }
  // 0: the record is not what was appended.
  std::uint32_t line_of_head() const {
    std::uint32_t line = 0;
    const char* const end = head_.data() + kLineDigits;
    if (std::from_chars(head_.data(), end, line).ptr != end) return 0;
    return head_ == fmt::format("{:08} {:016x} ", line, sum_.value()) ? line : 0;
  }

  std::string head_;
  Sum sum_;
  std::uint64_t offset_ = 0;
};

// Through at most `most` bytes of the file.
Status walk_file(int file, const std::filesystem::path& path, std::uint64_t most, Walk::OnText on_text,
                 Walk::OnEnd on_end) {
  Walk walk;
  std::vector<char> buffer(kReadBytes);
  for (std::uint64_t offset = 0; offset < most;) {
    const std::size_t wanted =
        static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), most - offset));
    const ssize_t got = ::pread(file, buffer.data(), wanted, static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return tl::unexpected(io_error("read", path, errno));
    if (got == 0) break;
    const std::string_view piece(buffer.data(), static_cast<std::size_t>(got));
    PEREGRINE_TRY(walk.take(piece, on_text, on_end));
    offset += piece.size();
  }
  return {};
}

Status sync_folder_of(const std::filesystem::path& path) {
  const std::filesystem::path folder = path.parent_path();
  const FileDescriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.get() < 0 || ::fsync(opened.get()) != 0)
    return tl::unexpected(io_error("synced", folder, errno));
  return {};
}

}  // namespace

Result<AnswerLog> AnswerLog::open(const std::filesystem::path& path,
                                  base::FunctionRef<void(std::uint32_t line)> visit) {
  FileDescriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  if (file.get() < 0) return tl::unexpected(io_error("opened", path, errno));
  AnswerLog log(path, std::move(file));
  // Where one record is torn, nothing behind it was ever synced.
  bool torn = false;
  const auto ignore = [](std::string_view) { return Status(); };
  const auto note = [&](bool whole, std::uint32_t line, std::uint64_t end) {
    torn = torn || !whole;
    if (torn) return Status();
    log.bytes_ = end;
    ++log.records_;
    visit(line);
    return Status();
  };
  PEREGRINE_TRY(walk_file(log.file_.get(), path, std::numeric_limits<std::uint64_t>::max(), ignore, note));
  if (::ftruncate(log.file_.get(), static_cast<off_t>(log.bytes_)) != 0) {
    return tl::unexpected(io_error("cut", path, errno));
  }
  PEREGRINE_TRY(sync_folder_of(path));
  return log;
}

Status AnswerLog::append(std::uint32_t line, std::string_view text) {
  if (line == 0 || line > kMaxAnswerLine || text.find('\n') != std::string_view::npos) {
    return fail(ErrorCode::kInvalidArgument, "is no line of an answer log", path_.string());
  }
  const std::string number = fmt::format("{:08}", line);
  Sum sum;
  sum.add(number);
  sum.add(text);
  pending_ += fmt::format("{} {:016x} ", number, sum.value());
  pending_.append(text).append("\n");
  ++records_;
  return pending_.size() < kPendingBytes ? Status() : flush();
}

Status AnswerLog::flush() {
  PEREGRINE_TRY(write_all(file_.get(), path_, pending_));
  bytes_ += pending_.size();
  pending_.clear();
  return {};
}

Status AnswerLog::sync() {
  PEREGRINE_TRY(flush());
  if (::fdatasync(file_.get()) != 0) return tl::unexpected(io_error("synced", path_, errno));
  return {};
}

Status AnswerLog::copy_to(int file) const {
  std::string out;
  const auto add = [&](std::string_view piece) {
    out += piece;
    if (out.size() < kReadBytes) return Status();
    Status written = write_all(file, path_, out);
    out.clear();
    return written;
  };
  const auto end = [&](bool, std::uint32_t, std::uint64_t) { return add("\n"); };
  PEREGRINE_TRY(walk_file(file_.get(), path_, bytes_, add, end));
  return write_all(file, path_, out);
}

}  // namespace peregrine::store
