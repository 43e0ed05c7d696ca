#include "service/adapters/verify.h"

namespace peregrine::service {
namespace {

constexpr std::size_t kAdaptersAtOnce = 1000;

}  // namespace

Result<Verification> verify_adapters(store::AdapterStore& records, const store::BlobStore& blobs,
                                     std::int64_t now) {
  return verify_contents(
      blobs, now, [&](std::string_view after) { return records.scan(after, kAdaptersAtOnce); },
      [&](const store::StoredAdapter& adapter) -> Result<bool> {
        PEREGRINE_ASSIGN(const auto still, records.find(adapter.id, adapter.organisation));
        return still.has_value();
      });
}

}  // namespace peregrine::service
