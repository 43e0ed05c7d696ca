#include "store/blobs/blob_store.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <memory>
#include <utility>

#include "base/ids.h"
#include "store/disk.h"

namespace peregrine::store {
namespace {

using base::FileDescriptor;

// Follows the name of a blob that is being put.
constexpr std::string_view kPartial = ".partial";
// What is unfinished and that old belongs to nobody: a second server on the same folder may be at work.
constexpr std::int64_t kStaleSeconds = 3600;

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= kMaxBlobName && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

Status check_name(std::string_view name) {
  if (is_name(name)) return {};
  return fail(ErrorCode::kInvalidArgument, "is no name of a blob", std::string(name));
}

Status sync(int file, const std::filesystem::path& path) {
  if (::fsync(file) == 0) return {};
  return tl::unexpected(disk_error("synced", path, errno));
}

// Gives the content of `file` the name `path`, and syncs it: by a link if it is a file of this disk that
// never had a name, else by a copy.
Status put_content(int file, const std::filesystem::path& path) {
  const std::string self = fmt::format("/proc/self/fd/{}", file);
  if (::linkat(AT_FDCWD, self.c_str(), AT_FDCWD, path.c_str(), AT_SYMLINK_FOLLOW) == 0)
    return sync(file, path);
  const FileDescriptor copy(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (copy.get() < 0) return tl::unexpected(disk_error("made", path, errno));
  PEREGRINE_TRY(
      read_through(file, path, [&](std::string_view piece) { return write_all(copy.get(), path, piece); }));
  return sync(copy.get(), path);
}

// Replaces nothing, where the file system can tell.
Status rename_to_new(const std::filesystem::path& from, const std::filesystem::path& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return {};
  if (errno == EINVAL && ::rename(from.c_str(), to.c_str()) == 0) return {};
  if (errno == EEXIST) return fail(ErrorCode::kInvalidArgument, "is there already", to.string());
  return tl::unexpected(disk_error("renamed", to, errno));
}

std::int64_t now() {
  using std::chrono::system_clock;
  return std::chrono::duration_cast<std::chrono::seconds>(system_clock::now().time_since_epoch()).count();
}

}  // namespace

Result<BlobStore> BlobStore::open(const std::filesystem::path& folder) {
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
    Error error = disk_error("created", folder, errno);
    error.message += "; choose another data folder with --data-dir";
    return tl::unexpected(std::move(error));
  }
  BlobStore blobs(folder);
  std::vector<std::string> stale;
  PEREGRINE_TRY(blobs.list([&stale, time = now()](const BlobEntry& entry) {
    const bool partial = entry.name.ends_with(kPartial);
    if (partial && entry.modified_at < time - kStaleSeconds) stale.push_back(entry.name);
  }));
  for (const std::string& name : stale) ::unlink((folder / name).c_str());
  return blobs;
}

Result<BlobStore> BlobStore::open_as_it_is(const std::filesystem::path& folder) {
  std::error_code error;
  if (std::filesystem::is_directory(folder, error)) return BlobStore(folder);
  return fail(ErrorCode::kNotFound, "is no folder", folder.string());
}

Status BlobStore::put(std::string_view name, int file) const {
  PEREGRINE_TRY(check_name(name));
  const std::filesystem::path path = folder_ / name;
  // Of its own: who puts the same name at the same time has another.
  const std::filesystem::path partial = folder_ / fmt::format("{}-{}{}", name, base::random_u64(), kPartial);
  Status status = put_content(file, partial);
  if (status) status = rename_to_new(partial, path);
  if (status) return sync_folder(folder_);
  ::unlink(partial.c_str());
  return status;
}

Result<std::optional<Blob>> BlobStore::get(std::string_view name) const {
  PEREGRINE_TRY(check_name(name));
  const std::filesystem::path path = folder_ / name;
  Blob blob{FileDescriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC)), 0};
  if (blob.file.get() < 0 && errno == ENOENT) return std::nullopt;
  struct stat status{};
  if (blob.file.get() < 0 || ::fstat(blob.file.get(), &status) != 0) {
    return tl::unexpected(disk_error("opened", path, errno));
  }
  blob.bytes = static_cast<std::uint64_t>(status.st_size);
  return blob;
}

Result<bool> BlobStore::remove(std::string_view name) const {
  PEREGRINE_TRY(check_name(name));
  const std::filesystem::path path = folder_ / name;
  if (::unlink(path.c_str()) == 0) return true;
  if (errno == ENOENT) return false;
  return tl::unexpected(disk_error("removed", path, errno));
}

Status BlobStore::list(const std::function<void(const BlobEntry&)>& visit) const {
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir(folder_.c_str()), &::closedir);
  if (folder == nullptr) return tl::unexpected(disk_error("read", folder_, errno));
  while (const dirent* entry = ::readdir(folder.get())) {
    BlobEntry found;
    found.name = entry->d_name;
    if (found.name == "." || found.name == "..") continue;
    struct stat status{};
    if (::fstatat(::dirfd(folder.get()), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0) continue;
    found.bytes = static_cast<std::uint64_t>(status.st_size);
    found.modified_at = status.st_mtim.tv_sec;
    found.is_blob = S_ISREG(status.st_mode) && is_name(found.name);
    visit(found);
  }
  return {};
}

Result<std::string> sha256_of(int file) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  if (!context || EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) != 1) {
    return fail(ErrorCode::kInternal, "cannot compute SHA-256");
  }
  PEREGRINE_TRY(read_through(file, {}, [&](std::string_view piece) {
    EVP_DigestUpdate(context.get(), piece.data(), piece.size());
    return Status();
  }));
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  EVP_DigestFinal_ex(context.get(), digest.data(), &length);
  std::string text;
  for (unsigned i = 0; i < length; ++i) text += fmt::format("{:02x}", digest[i]);
  return text;
}

}  // namespace peregrine::store
