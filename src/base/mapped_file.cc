#include "base/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <system_error>

namespace peregrine::base {
namespace {

std::string describe(int error) {
  return std::generic_category().message(error);
}

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

}  // namespace

Result<MappedFile> MappedFile::open(const std::filesystem::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) {
    const int error = errno;
    return fail(error == ENOENT ? ErrorCode::kNotFound : ErrorCode::kIo, describe(error), path.string());
  }
  struct stat info{};
  if (::fstat(file.get(), &info) != 0) return fail(ErrorCode::kIo, describe(errno), path.string());
  if (!S_ISREG(info.st_mode)) return fail(ErrorCode::kInvalidArgument, "not a regular file", path.string());
  MappedFile mapped;
  if (info.st_size == 0) return mapped;
  const auto size = static_cast<std::size_t>(info.st_size);
  void* address = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file.get(), 0);
  if (address == MAP_FAILED) return fail(ErrorCode::kIo, describe(errno), path.string());
  mapped.bytes_ = {static_cast<const std::byte*>(address), size};
  return mapped;
}

Status page_in(std::span<const std::byte> mapped) {
  if (mapped.empty()) return {};
  const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  const auto begin = reinterpret_cast<std::uintptr_t>(mapped.data()) / page * page;
  const std::size_t length = reinterpret_cast<std::uintptr_t>(mapped.data()) + mapped.size() - begin;
  auto* const address = reinterpret_cast<void*>(begin);  // NOLINT(performance-no-int-to-ptr): rounded down
  if (::madvise(address, length, MADV_POPULATE_READ) == 0) return {};
  if (errno != EINVAL) return fail(ErrorCode::kIo, "cannot be read: " + describe(errno));
  static_cast<void>(::madvise(address, length, MADV_WILLNEED));
  return {};
}

void page_out(std::span<const std::byte> mapped) {
  const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  const auto address = reinterpret_cast<std::uintptr_t>(mapped.data());
  const std::uintptr_t begin = (address + page - 1) / page * page;
  const std::uintptr_t end = (address + mapped.size()) / page * page;
  if (begin >= end) return;
  auto* const pages = reinterpret_cast<void*>(begin);  // NOLINT(performance-no-int-to-ptr): rounded up
  static_cast<void>(::madvise(pages, end - begin, MADV_DONTNEED));
}

MappedFile::~MappedFile() {
  if (!bytes_.empty()) ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
}

}  // namespace peregrine::base
