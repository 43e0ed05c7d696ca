#include "store/batches/answer_log.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdint>
#include <utility>

#include "store/disk.h"

namespace peregrine::store {
namespace {

using base::FileDescriptor;

// "00000042 0123456789abcdef " before a record's text.
constexpr std::size_t kLineDigits = 8;
constexpr std::size_t kSumDigits = 16;
constexpr std::size_t kHeadBytes = kLineDigits + 1 + kSumDigits + 1;
// So much is gathered before it is written.
constexpr std::size_t kPendingBytes = 1 << 20;
constexpr std::size_t kCopiedBytes = 256 * 1024;

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

}  // namespace

Result<AnswerLog> AnswerLog::open(const std::filesystem::path& path,
                                  base::FunctionRef<void(std::uint32_t line)> visit) {
  FileDescriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  if (file.get() < 0) return tl::unexpected(disk_error("opened", path, errno));
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
  Walk walk;
  PEREGRINE_TRY(read_through(log.file_.get(), path,
                             [&](std::string_view piece) { return walk.take(piece, ignore, note); }));
  if (::ftruncate(log.file_.get(), static_cast<off_t>(log.bytes_)) != 0) {
    return tl::unexpected(disk_error("cut", path, errno));
  }
  PEREGRINE_TRY(sync_folder(path.parent_path()));
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
  if (::fdatasync(file_.get()) != 0) return tl::unexpected(disk_error("synced", path_, errno));
  return {};
}

Status AnswerLog::copy_to(int file) const {
  std::string out;
  const auto add = [&](std::string_view piece) {
    out += piece;
    if (out.size() < kCopiedBytes) return Status();
    Status written = write_all(file, path_, out);
    out.clear();
    return written;
  };
  const auto end = [&](bool, std::uint32_t, std::uint64_t) { return add("\n"); };
  Walk walk;
  const auto take = [&](std::string_view piece) { return walk.take(piece, add, end); };
  PEREGRINE_TRY(read_through(file_.get(), path_, take, bytes_));
  return write_all(file, path_, out);
}

}  // namespace peregrine::store
