#include "backend/cpu/weight_cache.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "base/atomic_file.h"
#include "base/file_descriptor.h"
#include "base/mapped_file.h"

namespace peregrine::backend::cpu {
namespace {

// With every change of what kernels/matmul/interleave.h makes of rows.
constexpr int kLayoutVersion = 1;
constexpr std::uint64_t kPage = 4096;
constexpr std::size_t kMaxHeaderBytes = std::size_t{16} << 20;

constexpr std::uint64_t whole_pages(std::uint64_t bytes) {
  return (bytes + kPage - 1) / kPage * kPage;
}

// What the file begins with, up to the first panels: text, so that a person can see what it is of.
std::string header_of(std::string_view key, std::span<const KeptMatrix> matrices) {
  std::string header = fmt::format("peregrine weights, layout {}, of {}\n", kLayoutVersion, key);
  for (const KeptMatrix& m : matrices) {
    header += fmt::format("{} {} {} {}\n", tensor::traits(m.dtype).name, m.rows, m.cols, m.panels.size());
  }
  header.resize(whole_pages(header.size()), '\n');
  return header;
}

std::uint64_t file_bytes(std::string_view header, std::span<const KeptMatrix> matrices) {
  std::uint64_t bytes = header.size();
  for (const KeptMatrix& m : matrices) bytes += whole_pages(m.panels.size());
  return bytes;
}

// A regular file of that many bytes that begins with `header`.
bool is_of(int fd, std::string_view header, std::uint64_t bytes) {
  struct stat status{};
  if (fd < 0 || ::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) return false;
  if (static_cast<std::uint64_t>(status.st_size) != bytes) return false;
  std::string found(header.size(), '\0');
  std::size_t read = 0;
  while (read < found.size()) {
    const ssize_t n = ::pread(fd, found.data() + read, found.size() - read, static_cast<off_t>(read));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    read += static_cast<std::size_t>(n);
  }
  return found == header;
}

}  // namespace

Result<bool> map_weights(const std::filesystem::path& file, std::string_view key,
                         std::span<const KeptMatrix> matrices) {
  const std::string header = header_of(key, matrices);
  if (header.size() > kMaxHeaderBytes) return false;
  const base::FileDescriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!is_of(descriptor.get(), header, file_bytes(header, matrices))) return false;
  std::uint64_t offset = header.size();
  for (const KeptMatrix& m : matrices) {
    void* const address = ::mmap(m.panels.data(), m.panels.size(), PROT_READ, MAP_PRIVATE | MAP_FIXED,
                                 descriptor.get(), static_cast<off_t>(offset));
    if (address == MAP_FAILED) {
      return fail(ErrorCode::kIo, "cannot map: " + std::generic_category().message(errno), file.string());
    }
    offset += whole_pages(m.panels.size());
    PEREGRINE_TRY(base::page_in(m.panels));
  }
  return true;
}

Status keep_weights(const std::filesystem::path& file, std::string_view key,
                    std::span<const KeptMatrix> matrices) {
  const std::string header = header_of(key, matrices);
  if (header.size() > kMaxHeaderBytes) return {};
  std::error_code error;
  std::filesystem::create_directories(file.parent_path(), error);
  if (error) return fail(ErrorCode::kIo, "cannot create: " + error.message(), file.parent_path().string());
  return base::write_file_atomically(file, [&](base::ByteSink sink) -> Status {
    static constexpr std::byte kZeros[kPage] = {};
    PEREGRINE_TRY(sink(std::as_bytes(std::span(header))));
    for (const KeptMatrix& m : matrices) {
      PEREGRINE_TRY(sink(m.panels));
      PEREGRINE_TRY(sink(std::span(kZeros).first(whole_pages(m.panels.size()) - m.panels.size())));
    }
    return {};
  });
}

}  // namespace peregrine::backend::cpu
