#include "hub/part_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <system_error>

#include "hub/disk.h"
#include "hub/limits.h"
#include "hub/url.h"

namespace peregrine::hub {
namespace {

using std::filesystem::path;

bool same_file(const RemoteFile& a, const RemoteFile& b) {
  if (a.size != b.size) return false;
  if (!a.sha256.empty() || !b.sha256.empty()) return a.sha256 == b.sha256;
  return !a.validator.empty() && a.validator == b.validator && without_query(a.url) == without_query(b.url);
}

// The file that was locked is the one that has the name: between opening and locking, another process may
// have finished it and given it its final name.
bool still_named(int fd, const path& part) {
  struct stat by_fd{};
  struct stat by_name{};
  return ::fstat(fd, &by_fd) == 0 && ::stat(part.c_str(), &by_name) == 0 && by_fd.st_dev == by_name.st_dev &&
         by_fd.st_ino == by_name.st_ino;
}

// One past the last byte that the state says was received.
std::uint64_t received_up_to(const PartState& state) {
  std::uint64_t end = 0;
  for (std::size_t i = 0; i < state.received.size(); ++i) {
    if (state.received[i] > 0) end = i * state.chunk_bytes + state.received[i];
  }
  return end;
}

PartState fresh_state(const RemoteFile& remote, std::uint64_t chunk_bytes) {
  PartState state;
  state.remote = remote;
  const std::uint64_t least = remote.size / kMaxChunks + (remote.size % kMaxChunks != 0 ? 1 : 0);
  state.chunk_bytes = std::max({chunk_bytes, least, std::uint64_t{1}});
  state.received.resize(remote.size / state.chunk_bytes + (remote.size % state.chunk_bytes != 0 ? 1 : 0));
  return state;
}

}  // namespace

Result<PartFile> PartFile::open(const path& target, const RemoteFile& remote, std::uint64_t chunk_bytes) {
  const path part = part_path(target);
  PartFile file(target, ::open(part.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666));
  if (file.fd_ < 0) return tl::unexpected(disk_error(errno, "cannot create", part));
  if (::flock(file.fd_, LOCK_EX | LOCK_NB) != 0 || !still_named(file.fd_, part)) {
    return fail(ErrorCode::kUnavailable, "is being downloaded by another process; let it finish",
                part.string());
  }
  struct stat facts{};
  ::fstat(file.fd_, &facts);
  auto state = read_part_state(target);
  const auto bytes = static_cast<std::uint64_t>(facts.st_size);
  if (state && same_file(state->remote, remote) && bytes <= remote.size && bytes >= received_up_to(*state)) {
    file.state_ = std::move(*state);
    return file;
  }
  file.restarted_ = state && state->done() > 0;
  file.state_ = fresh_state(remote, chunk_bytes);
  if (auto status = file.reserve(); !status) {
    file.discard();
    return tl::unexpected(status.error());
  }
  return file;
}

PartFile::~PartFile() {
  if (fd_ >= 0) ::close(fd_);
}

Status PartFile::reserve() {
  // The old state must not outlive the bytes it speaks of.
  ::unlink(part_state_path(target_).c_str());
  if (::ftruncate(fd_, 0) != 0) return tl::unexpected(disk_error(errno, "cannot empty", part_path(target_)));
  if (::fallocate(fd_, 0, 0, static_cast<off_t>(size())) == 0) return {};
  const int error = errno;
  // Not every file system can reserve; those that can say at once that there is no room.
  if (error == EOPNOTSUPP || error == ENOSYS || error == EINVAL || error == EINTR) return {};
  return tl::unexpected(disk_error(
      error, fmt::format("cannot reserve {:.1f} GB", static_cast<double>(size()) / 1e9), part_path(target_)));
}

PartFile::Range PartFile::missing(std::size_t chunk) const {
  const std::uint64_t first = chunk * state_.chunk_bytes;
  const std::uint64_t bytes = std::min(state_.chunk_bytes, size() - first);
  const std::uint64_t received = state_.received[chunk];
  return {first + received, bytes - received};
}

Status PartFile::write(std::size_t chunk, std::string_view bytes) {
  const Range range = missing(chunk);
  if (bytes.size() > range.bytes) {
    return fail(ErrorCode::kCorrupt, "the server sends more than it announced", target_.string());
  }
  PEREGRINE_TRY(write_at(fd_, bytes, range.first, part_path(target_)));
  state_.received[chunk] += bytes.size();
  return {};
}

void PartFile::forget(bool whole) {
  const std::uint64_t chunk_bytes = whole ? size() : state_.chunk_bytes;
  state_ = fresh_state(state_.remote, chunk_bytes);
}

Status PartFile::checkpoint() {
  if (::fdatasync(fd_) != 0)
    return tl::unexpected(disk_error(errno, "cannot synchronise", part_path(target_)));
  return write_small_file(part_state_path(target_), render_part_state(state_));
}

Result<bool> PartFile::begins_with(std::string_view beginning) const {
  std::string found(beginning.size(), '\0');
  const ssize_t got = ::pread(fd_, found.data(), found.size(), 0);
  if (got < 0) return tl::unexpected(disk_error(errno, "cannot read", part_path(target_)));
  return static_cast<std::size_t>(got) == beginning.size() && found == beginning;
}

Status PartFile::verify(const ProgressSink& sink) {
  if (!state_.remote.sha256.empty()) {
    PEREGRINE_ASSIGN(const std::string digest, sha256_of_file(fd_, size(), part_path(target_), sink));
    if (digest != state_.remote.sha256) {
      discard();
      return fail(
          ErrorCode::kCorrupt,
          fmt::format("what arrived has the SHA-256 {} instead of {} and was thrown away; run the command "
                      "again",
                      digest, state_.remote.sha256),
          target_.string());
    }
  }
  state_.verified = true;
  return checkpoint();
}

Status PartFile::publish() {
  if (!complete() || !verified()) return fail(ErrorCode::kInternal, "is not complete", target_.string());
  if (::fsync(fd_) != 0) return tl::unexpected(disk_error(errno, "cannot synchronise", part_path(target_)));
  if (std::rename(part_path(target_).c_str(), target_.c_str()) != 0) {
    return tl::unexpected(disk_error(errno, "cannot rename", target_));
  }
  ::unlink(part_state_path(target_).c_str());
  return synchronise_folder(target_.parent_path());
}

void PartFile::discard() {
  ::unlink(part_state_path(target_).c_str());
  ::unlink(part_path(target_).c_str());
}

}  // namespace peregrine::hub
