#include "service/files/verify.h"

#include <map>
#include <optional>
#include <utility>

namespace peregrine::service {
namespace {

constexpr std::size_t kRecordsAtOnce = 1000;

// What is wrong with the content; nothing: it is what the record says.
Result<std::optional<std::string>> fault_of(const store::StoredFile& record, const store::BlobStore& blobs) {
  const auto blob = blobs.get(record.id);
  if (!blob) return blob.error().text();
  if (!*blob) return "its content is gone";
  if ((*blob)->bytes != record.bytes) return "its content has another size than its record";
  PEREGRINE_ASSIGN(const std::string digest, store::sha256_of((*blob)->file.get()));
  if (digest != record.sha256) return "its content has changed";
  return std::nullopt;
}

}  // namespace

Result<FileVerification> verify_files(store::FileStore& records, const store::BlobStore& blobs,
                                      std::int64_t now) {
  // Before the records: whatever is made meanwhile is not in it.
  std::map<std::string, store::BlobEntry> unclaimed;
  PEREGRINE_TRY(blobs.list([&](const store::BlobEntry& entry) { unclaimed.emplace(entry.name, entry); }));
  FileVerification found;
  for (std::string after;;) {
    PEREGRINE_ASSIGN(const auto files, records.scan(after, kRecordsAtOnce));
    if (files.empty()) break;
    after = files.back().id;
    for (const store::StoredFile& file : files) {
      unclaimed.erase(file.id);
      ++found.files;
      found.bytes += file.bytes;
      PEREGRINE_ASSIGN(auto fault, fault_of(file, blobs));
      if (!fault) continue;
      // A server that is at work may have deleted it just now.
      PEREGRINE_ASSIGN(const auto still, records.find(file.id, file.organisation, file.created_at));
      if (still) found.faults.push_back({file.id, std::move(*fault)});
    }
  }
  for (auto& [name, entry] : unclaimed) {
    if (entry.modified_at <= now - kOrphanSeconds) found.orphans.push_back(std::move(entry));
  }
  return found;
}

}  // namespace peregrine::service
