// Records of uploaded files; what is in them are blobs of the same name (store/blobs).
//
// A file is seen by its organisation alone: with another's name it is not there. What is older than the
// store's retention is gone for every call; purge() deletes it. Times are Unix seconds and come from the
// caller. Any thread. A write that returned without an error is kept. Whatever implements this passes the
// tests of file_store_test.cc.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace peregrine::store {

struct StoredFile {
  std::string id;  // grows with time: lists are in its order
  std::string organisation;
  std::int64_t created_at = 0;
  std::string purpose;
  std::string filename;
  std::uint64_t bytes = 0;
  std::string sha256;  // 64 hexadecimal digits

  bool operator==(const StoredFile&) const = default;
};

struct FileQuery {
  std::string organisation;
  std::string purpose;  // empty: any
  std::string after;    // only what stands behind this id, whether it is there or not; empty: from the start
  bool descending = true;
  std::size_t limit = 0;
};

struct FilePage {
  std::vector<StoredFile> files;
  bool has_more = false;
};

class FileStore {
 public:
  virtual ~FileStore() = default;

  // One that is not there yet; created_at is now. False, and nothing was added: the files of its organisation
  // would be over `max_bytes` together.
  virtual Result<bool> add(const StoredFile& file, std::uint64_t max_bytes) = 0;
  virtual Result<std::optional<StoredFile>> find(std::string_view id, std::string_view organisation,
                                                 std::int64_t now) = 0;
  virtual Result<FilePage> list(const FileQuery& query, std::int64_t now) = 0;
  // False: there was none.
  virtual Result<bool> remove(std::string_view id, std::string_view organisation, std::int64_t now) = 0;
  // Deletes what `now` makes too old, at most `most` of it, and returns the ids.
  virtual Result<std::vector<std::string>> purge(std::int64_t now, std::size_t most) = 0;
  // Of every organisation and age, for who verifies them: the next `most` behind the id `after`, ascending.
  virtual Result<std::vector<StoredFile>> scan(std::string_view after, std::size_t most) = 0;
};

}  // namespace peregrine::store
