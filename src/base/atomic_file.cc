#include "base/atomic_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <string>
#include <system_error>

#include "base/file_io.h"

namespace peregrine::base {
namespace {

using std::filesystem::path;

tl::unexpected<Error> io_error(std::error_code error, std::string_view doing, const path& file) {
  return fail(ErrorCode::kIo, fmt::format("{}: {}", doing, error.message()), file.string());
}

std::error_code last_error() {
  return {errno, std::generic_category()};
}

// An open file that is removed when it goes out of scope, unless it was renamed to its final place.
class TemporaryFile {
 public:
  explicit TemporaryFile(const path& target) : target_(target) {
    static std::atomic<std::uint64_t> serial = 0;
    path_ = target;
    path_ += fmt::format(".partial-{}-{}", ::getpid(), serial.fetch_add(1));
    fd_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd_ < 0) error_ = last_error();
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (fd_ >= 0) ::close(fd_);
    if (created() && !renamed_) ::unlink(path_.c_str());
  }

  bool created() const { return !error_; }
  std::error_code error() const { return error_; }

  Status append(std::span<const std::byte> bytes) {
    const std::error_code error = write_all(fd_, bytes);
    if (error) return io_error(error, "cannot write", target_);
    return {};
  }

  Status rename_to_target() {
    if (::fsync(fd_) != 0) return io_error(last_error(), "cannot synchronise", target_);
    const int closed = ::close(fd_);
    fd_ = -1;
    if (closed != 0) return io_error(last_error(), "cannot close", target_);
    if (std::rename(path_.c_str(), target_.c_str()) != 0)
      return io_error(last_error(), "cannot rename", target_);
    renamed_ = true;
    return {};
  }

 private:
  path target_;
  path path_;
  int fd_ = -1;
  std::error_code error_;
  bool renamed_ = false;
};

// The new name itself must survive a crash, too.
Status synchronise_directory(const path& file) {
  const path directory = file.has_parent_path() ? file.parent_path() : path(".");
  const std::error_code error = sync_folder(directory);
  if (error) return io_error(error, "cannot synchronise the directory", file);
  return {};
}

}  // namespace

Status write_file_atomically(const path& path, base::FunctionRef<Status(ByteSink)> produce) {
  TemporaryFile file(path);
  if (!file.created()) return io_error(file.error(), "cannot create", path);
  PEREGRINE_TRY(produce([&file](std::span<const std::byte> bytes) { return file.append(bytes); }));
  PEREGRINE_TRY(file.rename_to_target());
  return synchronise_directory(path);
}

}  // namespace peregrine::base
