// Whether uploaded files are what their records say, and what lies in their folder besides.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/blobs/blob_store.h"
#include "store/files/file_store.h"

namespace peregrine::service {

// A server that is at work on the same folder has blobs whose record is yet to come: what is younger is not
// taken for an orphan.
inline constexpr std::int64_t kOrphanSeconds = 3600;

struct FileFault {
  std::string id;
  std::string what;
};

struct FileVerification {
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;  // as the records say
  std::vector<FileFault> faults;
  std::vector<store::BlobEntry> orphans;  // nobody refers to them
};

// Reads every content, and changes nothing. Errors: those of the stores.
Result<FileVerification> verify_files(store::FileStore& records, const store::BlobStore& blobs,
                                      std::int64_t now);

}  // namespace peregrine::service
