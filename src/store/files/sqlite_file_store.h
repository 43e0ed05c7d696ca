// The FileStore of the data folder's database.
#pragma once

#include "store/files/file_store.h"
#include "store/sqlite_aged_store.h"

namespace peregrine::store {

extern template class SqliteAgedStore<FileStore>;

class SqliteFileStore final : public SqliteAgedStore<FileStore> {
 public:
  using SqliteAgedStore::SqliteAgedStore;

  Result<bool> add(const StoredFile& file, std::uint64_t max_bytes) override;
  Result<bool> remove(std::string_view id, std::string_view organisation, std::int64_t now) override;
  Result<std::vector<StoredFile>> scan(std::string_view after, std::size_t most) override;
};

}  // namespace peregrine::store
