// Files that clients uploaded: a record in the store, and the content as a blob of the same name.
//
// The content is whole and synced before the record is made, and the record before anybody is told; the
// record goes first when a file is deleted. So a record always has its content, and a process that dies in
// between leaves a blob without a record at worst: verify_files() finds those. Any thread; every call waits
// for a disk.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/blobs/blob_store.h"
#include "store/files/file_store.h"

namespace peregrine::service {

inline constexpr std::string_view kBatchPurpose = "batch";
// A ZIP archive or a GGUF file with an adapter; what is in it is looked at when a fine tuning is made of it.
inline constexpr std::string_view kFineTuningPurpose = "fine_tuning";
// What the server itself writes; nobody uploads it.
inline constexpr std::string_view kBatchOutputPurpose = "batch_output";
inline constexpr std::size_t kMaxFilename = 255;  // bytes

struct FileLimits {
  std::uint64_t max_file_bytes = 100u << 20;
  std::uint64_t max_total_bytes = 10ULL << 30;  // of one organisation
};

struct NewFile {
  std::string organisation;
  std::string purpose;
  std::string filename;
  int content = -1;  // an open regular file, best without a name in spool_folder()
  std::uint64_t bytes = 0;
};

class Files {
 public:
  using Clock = std::function<std::int64_t()>;  // Unix seconds

  // The stores outlive this. Without a clock: the system's.
  Files(store::FileStore& records, const store::BlobStore& blobs, FileLimits limits, Clock clock = {});

  const FileLimits& limits() const { return limits_; }
  const std::filesystem::path& spool_folder() const { return blobs_.folder(); }

  // Errors: kInvalidArgument with a message for the client, `where` is `file` or `purpose`; kUnavailable
  // where the disk is full; the store's.
  Result<store::StoredFile> create(const NewFile& file);
  Result<std::optional<store::StoredFile>> find(std::string_view id, std::string_view organisation) const;
  Result<store::FilePage> list(const store::FileQuery& query) const;
  // The content; nothing: there is no such file.
  Result<std::optional<store::Blob>> open(std::string_view id, std::string_view organisation) const;
  Result<bool> remove(std::string_view id, std::string_view organisation);
  // Deletes what is too old.
  Status purge();

 private:
  // Some of it; whether there was any.
  Result<bool> purge_some();
  Status check(const NewFile& file) const;

  store::FileStore& records_;
  const store::BlobStore& blobs_;
  const FileLimits limits_;
  const Clock clock_;
};

}  // namespace peregrine::service
