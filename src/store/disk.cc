#include "store/disk.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <span>
#include <system_error>
#include <vector>

#include "base/file_io.h"

namespace peregrine::store {
namespace {

constexpr std::size_t kReadBytes = 256 * 1024;

}  // namespace

Error disk_error(std::string_view what, const std::filesystem::path& path, int code) {
  const bool full = code == ENOSPC || code == EDQUOT;
  return {full ? ErrorCode::kResourceExhausted : ErrorCode::kIo,
          fmt::format("cannot be {}: {}", what, std::generic_category().message(code)), path.string()};
}

Status read_through(int file, const std::filesystem::path& path,
                    base::FunctionRef<Status(std::string_view piece)> use, std::uint64_t most) {
  std::vector<char> buffer(kReadBytes);
  for (std::uint64_t offset = 0; offset < most;) {
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), most - offset));
    const ssize_t got = ::pread(file, buffer.data(), wanted, static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return tl::unexpected(disk_error("read", path, errno));
    if (got == 0) break;
    const std::string_view piece(buffer.data(), static_cast<std::size_t>(got));
    PEREGRINE_TRY(use(piece));
    offset += piece.size();
  }
  return {};
}

Status write_all(int file, const std::filesystem::path& path, std::string_view bytes) {
  const std::error_code error = base::write_all(file, std::as_bytes(std::span(bytes)));
  if (error) return tl::unexpected(disk_error("written", path, error.value()));
  return {};
}

Status sync_folder(const std::filesystem::path& folder) {
  const std::error_code error = base::sync_folder(folder);
  if (error) return tl::unexpected(disk_error("synced", folder, error.value()));
  return {};
}

}  // namespace peregrine::store
