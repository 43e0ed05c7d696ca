#include "service/files/verify.h"

namespace peregrine::service {
namespace {

constexpr std::size_t kFilesAtOnce = 1000;

}  // namespace

Result<Verification> verify_files(store::FileStore& records, const store::BlobStore& blobs,
                                  std::int64_t now) {
  return verify_contents(
      blobs, now, [&](std::string_view after) { return records.scan(after, kFilesAtOnce); },
      [&](const store::StoredFile& file) -> Result<bool> {
        PEREGRINE_ASSIGN(const auto still, records.find(file.id, file.organisation, file.created_at));
        return still.has_value();
      });
}

}  // namespace peregrine::service
