#include "service/verification/verification.h"

#include <system_error>

namespace peregrine::service {

Result<UnclaimedBlobs> UnclaimedBlobs::in(const store::BlobStore& blobs) {
  UnclaimedBlobs unclaimed(blobs);
  PEREGRINE_TRY(
      blobs.list([&](const store::BlobEntry& entry) { unclaimed.entries_.emplace(entry.name, entry); }));
  return unclaimed;
}

void UnclaimedBlobs::claim(std::string_view name) {
  const auto found = entries_.find(name);
  if (found != entries_.end()) entries_.erase(found);
}

std::vector<store::BlobEntry> UnclaimedBlobs::orphans(std::int64_t now) const {
  std::vector<store::BlobEntry> orphans;
  for (const auto& [name, entry] : entries_) {
    std::error_code ignored;
    const bool there = std::filesystem::exists(blobs_->folder() / name, ignored);
    if (there && entry.modified_at <= now - kOrphanSeconds) orphans.push_back(entry);
  }
  return orphans;
}

Result<std::optional<std::string>> content_fault(std::string_view name, std::uint64_t bytes,
                                                 std::string_view sha256, const store::BlobStore& blobs) {
  const auto blob = blobs.get(name);
  if (!blob) return blob.error().text();
  if (!*blob) return "its content is gone";
  if ((*blob)->bytes != bytes) return "its content has another size than its record";
  PEREGRINE_ASSIGN(const std::string digest, store::sha256_of((*blob)->file.get()));
  if (digest != sha256) return "its content has changed";
  return std::nullopt;
}

}  // namespace peregrine::service
