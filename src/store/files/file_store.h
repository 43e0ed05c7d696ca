// Records of uploaded files; what is in them are blobs of the same name (store/blobs).
//
// Who sees a file, and for how long, is said in aged_store.h. Whatever implements this passes the tests of
// file_store_test.cc.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "store/aged_store.h"

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

struct FileQuery : PageQuery {
  std::string purpose;  // empty: any
};

using FilePage = Page<StoredFile>;

class FileStore : public AgedStore<StoredFile, FileQuery> {
 public:
  // One that is not there yet; created_at is now. False, and nothing was added: the files of its organisation
  // would be over `max_bytes` together.
  virtual Result<bool> add(const StoredFile& file, std::uint64_t max_bytes) = 0;
  // False: there was none.
  virtual Result<bool> remove(std::string_view id, std::string_view organisation, std::int64_t now) = 0;
  // Of every organisation and age, for who verifies them: the next `most` behind the id `after`, ascending.
  virtual Result<std::vector<StoredFile>> scan(std::string_view after, std::size_t most) = 0;
};

}  // namespace peregrine::store
