#include "service/verification/contents.h"

#include <string>
#include <utility>

namespace peregrine::service {
namespace {

constexpr std::size_t kRecordsAtOnce = 1000;

// `find(record)` looks for it once more: a server may have deleted it meanwhile.
template <class Store, class Find>
Result<Verification> verify_contents(Store& records_store, const store::BlobStore& blobs, std::int64_t now,
                                     Find find) {
  PEREGRINE_ASSIGN(UnclaimedBlobs unclaimed, UnclaimedBlobs::in(blobs));
  Verification found;
  for (std::string after;;) {
    PEREGRINE_ASSIGN(const auto records, records_store.scan(after, kRecordsAtOnce));
    if (records.empty()) break;
    after = records.back().id;
    for (const auto& record : records) {
      unclaimed.claim(record.id);
      ++found.records;
      found.bytes += record.bytes;
      PEREGRINE_ASSIGN(auto fault, content_fault(record.id, record.bytes, record.sha256, blobs));
      if (!fault) continue;
      PEREGRINE_ASSIGN(const auto still, find(record));
      if (still) found.faults.push_back({record.id, std::move(*fault)});
    }
  }
  found.orphans = unclaimed.orphans(now);
  return found;
}

}  // namespace

Result<Verification> verify_files(store::FileStore& records, const store::BlobStore& blobs,
                                  std::int64_t now) {
  return verify_contents(records, blobs, now, [&](const store::StoredFile& file) {
    return records.find(file.id, file.organisation, file.created_at);
  });
}

Result<Verification> verify_adapters(store::AdapterStore& records, const store::BlobStore& blobs,
                                     std::int64_t now) {
  return verify_contents(records, blobs, now, [&](const store::StoredAdapter& adapter) {
    return records.find(adapter.id, adapter.organisation);
  });
}

}  // namespace peregrine::service
