// Whether contents are what their records say, and what lies in their folder besides. Nothing is changed, and
// a server may be at work on the same data folder.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
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

// `scan(after)` gives the next records behind an id, `is_there(record)` says whether one still is: a server
// may have deleted it meanwhile. A record has `id`, `bytes` and `sha256`; its blob the same id.
template <class Scan, class IsThere>
Result<Verification> verify_contents(const store::BlobStore& blobs, std::int64_t now, Scan scan,
                                     IsThere is_there) {
  PEREGRINE_ASSIGN(UnclaimedBlobs unclaimed, UnclaimedBlobs::in(blobs));
  Verification found;
  for (std::string after;;) {
    PEREGRINE_ASSIGN(const auto records, scan(after));
    if (records.empty()) break;
    after = records.back().id;
    for (const auto& record : records) {
      unclaimed.claim(record.id);
      ++found.records;
      found.bytes += record.bytes;
      PEREGRINE_ASSIGN(auto fault, content_fault(record.id, record.bytes, record.sha256, blobs));
      if (!fault) continue;
      PEREGRINE_ASSIGN(const bool still, is_there(record));
      if (still) found.faults.push_back({record.id, std::move(*fault)});
    }
  }
  found.orphans = unclaimed.orphans(now);
  return found;
}

}  // namespace peregrine::service
