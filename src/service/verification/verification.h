// Whether contents are what their records say, and what lies in their folder besides. Nothing is changed, and
// a server may be at work on the same data folder.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/blobs/blob_store.h"

namespace peregrine::service {

// A server that is at work on the same folder has blobs whose record is yet to come: what is younger is not
// taken for an orphan.
inline constexpr std::int64_t kOrphanSeconds = 3600;

struct Fault {
  std::string id;
  std::string what;
};

struct Verification {
  std::uint64_t records = 0;
  std::uint64_t bytes = 0;  // of their contents
  std::vector<Fault> faults;
  std::vector<store::BlobEntry> orphans;  // nobody refers to them
};

// The files of a folder that no record has claimed.
class UnclaimedBlobs {
 public:
  // To be called before the records are read: what is made meanwhile is not among them. `blobs` outlives
  // this.
  static Result<UnclaimedBlobs> in(const store::BlobStore& blobs);

  void claim(std::string_view name);
  // Those that are older than kOrphanSeconds, and still there.
  std::vector<store::BlobEntry> orphans(std::int64_t now) const;

 private:
  explicit UnclaimedBlobs(const store::BlobStore& blobs) : blobs_(&blobs) {}

  const store::BlobStore* blobs_;
  std::map<std::string, store::BlobEntry, std::less<>> entries_;
};

// What is wrong with the blob of that name; nothing: it is as it must be.
Result<std::optional<std::string>> content_fault(std::string_view name, std::uint64_t bytes,
                                                 std::string_view sha256, const store::BlobStore& blobs);

}  // namespace peregrine::service
