// Contents of any size by name, one file each in a folder of the data folder.
//
// A blob is there whole or not at all: it is written under another name, synced, and renamed; what put()
// acknowledged survives kill -9 and a power cut. Blobs never change. Any thread; every call waits for a disk.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/file_descriptor.h"
#include "base/result.h"

namespace peregrine::store {

// In the data folder.
inline constexpr std::string_view kBlobFolder = "blobs";
inline constexpr std::size_t kMaxBlobName = 64;

struct Blob {
  base::FileDescriptor file;  // open for reading, at its beginning; outlives the blob's removal
  std::uint64_t bytes = 0;
};

// A file in the folder, whatever it is.
struct BlobEntry {
  std::string name;
  std::uint64_t bytes = 0;
  std::int64_t modified_at = 0;  // Unix seconds; of a blob: when it was put
  bool is_blob = false;          // else something unfinished, or not ours
};

class BlobStore {
 public:
  // Makes the folder, with mode 0700, where there is none; takes away what puts that were cut short have
  // left. Errors: kIo, with what to do.
  static Result<BlobStore> open(const std::filesystem::path& folder);
  // For who only looks: kNotFound where there is no folder, and nothing is taken away.
  static Result<BlobStore> open_as_it_is(const std::filesystem::path& folder);

  // A file without a name that was made here (O_TMPFILE) is not copied by put().
  const std::filesystem::path& folder() const { return folder_; }

  // The whole content of the open regular file `file`, whose position does not matter. Names consist of
  // [a-z0-9_], at most kMaxBlobName. Errors: kInvalidArgument for the name, or one that is there;
  // kResourceExhausted when the disk is full; kIo.
  Status put(std::string_view name, int file) const;
  // Nothing: there is none of that name.
  Result<std::optional<Blob>> get(std::string_view name) const;
  // False: there was none.
  Result<bool> remove(std::string_view name) const;
  // Calls `visit` for every file in the folder, in no order.
  Status list(const std::function<void(const BlobEntry&)>& visit) const;

 private:
  explicit BlobStore(std::filesystem::path folder) : folder_(std::move(folder)) {}
  std::filesystem::path folder_;
};

// SHA-256 of an open regular file's content as 64 hexadecimal digits; its position does not matter.
Result<std::string> sha256_of(int file);

}  // namespace peregrine::store
