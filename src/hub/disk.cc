#include "hub/disk.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <memory>
#include <system_error>
#include <utility>
#include <vector>

#include "hub/limits.h"

namespace peregrine::hub {
namespace {

using std::filesystem::path;

constexpr std::size_t kReadBytes = 1 << 20;

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

std::string hex(const unsigned char* bytes, unsigned count) {
  std::string text;
  for (unsigned i = 0; i < count; ++i) text += fmt::format("{:02x}", bytes[i]);
  return text;
}

}  // namespace

Error disk_error(int error, std::string_view doing, const path& file) {
  const std::string said = std::generic_category().message(error);
  switch (error) {
    case ENOSPC:
    case EDQUOT: {
      std::error_code ignored;
      const auto space = std::filesystem::space(file.parent_path(), ignored);
      const std::string left =
          ignored ? ""
                  : fmt::format("; {:.1f} GB are free there", static_cast<double>(space.available) / 1e9);
      return {
          ErrorCode::kResourceExhausted,
          fmt::format("{}: {}{}. Make room, or choose another folder with --models-dir", doing, said, left),
          file.string()};
    }
    case EFBIG:
      return {
          ErrorCode::kResourceExhausted,
          fmt::format("{}: {}. The file is larger than this process or file system may write (ulimit -f), or "
                      "choose another folder with --models-dir",
                      doing, said),
          file.string()};
    case EACCES:
    case EPERM:
    case EROFS:
      return {ErrorCode::kPermissionDenied,
              fmt::format("{}: {}. Choose another folder with --models-dir", doing, said), file.string()};
    default:
      return {ErrorCode::kIo, fmt::format("{}: {}", doing, said), file.string()};
  }
}

Status write_at(int fd, std::string_view bytes, std::uint64_t offset, const path& file) {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(fd, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return tl::unexpected(disk_error(errno, "cannot write", file));
    bytes.remove_prefix(static_cast<std::size_t>(written));
    offset += static_cast<std::uint64_t>(written);
  }
  return {};
}

Status synchronise_folder(const path& folder) {
  const Descriptor fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd.get() < 0 || ::fsync(fd.get()) != 0) {
    return tl::unexpected(disk_error(errno, "cannot synchronise the folder", folder));
  }
  return {};
}

Status write_small_file(const path& file, std::string_view content) {
  path temporary = file;
  temporary += ".new";
  const auto give_up = [&temporary](Error error) -> Status {
    ::unlink(temporary.c_str());
    return tl::unexpected(std::move(error));
  };
  const Descriptor fd(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (fd.get() < 0) return tl::unexpected(disk_error(errno, "cannot create", temporary));
  if (auto status = write_at(fd.get(), content, 0, temporary); !status) return give_up(status.error());
  if (::fsync(fd.get()) != 0) return give_up(disk_error(errno, "cannot synchronise", temporary));
  if (std::rename(temporary.c_str(), file.c_str()) != 0)
    return give_up(disk_error(errno, "cannot rename", file));
  return {};
}

std::string read_small_file(const path& file, std::size_t limit) {
  std::ifstream stream(file, std::ios::binary);
  std::string content(limit + 1, '\0');
  stream.read(content.data(), static_cast<std::streamsize>(content.size()));
  const auto got = static_cast<std::size_t>(std::max<std::streamsize>(stream.gcount(), 0));
  content.resize(got > limit ? 0 : got);
  return content;
}

Result<std::string> sha256_of_file(int fd, std::uint64_t size, const path& file, const ProgressSink& sink) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  if (!context || EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) != 1) {
    return fail(ErrorCode::kInternal, "cannot compute SHA-256");
  }
  std::vector<char> buffer(kReadBytes);
  auto told = std::chrono::steady_clock::now();
  for (std::uint64_t at = 0; at < size;) {
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), size - at));
    const ssize_t got = ::pread(fd, buffer.data(), wanted, static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return tl::unexpected(disk_error(errno, "cannot read", file));
    if (got == 0) return fail(ErrorCode::kIo, "is shorter than it was", file.string());
    EVP_DigestUpdate(context.get(), buffer.data(), static_cast<std::size_t>(got));
    at += static_cast<std::uint64_t>(got);
    if (std::chrono::steady_clock::now() - told < kTick) continue;
    told = std::chrono::steady_clock::now();
    if (!sink({Stage::kChecking, at, size, {}})) {
      return fail(ErrorCode::kCancelled, "stopped; the same command goes on where it stopped");
    }
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  EVP_DigestFinal_ex(context.get(), digest.data(), &length);
  return hex(digest.data(), length);
}

}  // namespace peregrine::hub
