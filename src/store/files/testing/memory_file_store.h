// A FileStore without a disk.
#pragma once

#include "store/files/file_store.h"
#include "store/testing/memory_store.h"

namespace peregrine::store::testing {

class MemoryFileStore final : public MemoryAgedStore<FileStore> {
 public:
  using MemoryAgedStore::MemoryAgedStore;

  Result<bool> add(const StoredFile& file, std::uint64_t max_bytes) override {
    const auto counts = seen(file.organisation, file.created_at);
    const auto fits = [&](const auto& files) {
      std::uint64_t used = file.bytes;
      for (const auto& [id, other] : files) used += counts(other) ? other.bytes : 0;
      return used <= max_bytes;
    };
    return records_.add(file, fits);
  }
  Result<bool> remove(std::string_view id, std::string_view organisation, std::int64_t now) override {
    return records_.remove(id, seen(organisation, now));
  }
  Result<std::vector<StoredFile>> scan(std::string_view after, std::size_t most) override {
    return records_.scan(after, most);
  }

 protected:
  bool ages(const StoredFile&) const override { return true; }
  bool narrowed(const FileQuery& query, const StoredFile& file) const override {
    return query.purpose.empty() || file.purpose == query.purpose;
  }
};

}  // namespace peregrine::store::testing
