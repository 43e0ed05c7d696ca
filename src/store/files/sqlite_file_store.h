// The FileStore of the data folder's database.
#pragma once

#include "store/database.h"
#include "store/files/file_store.h"

namespace peregrine::store {

class SqliteFileStore final : public FileStore {
 public:
  // `database` outlives this.
  SqliteFileStore(Database& database, std::int64_t max_age_seconds)
      : database_(database), max_age_seconds_(max_age_seconds) {}

  Result<bool> add(const StoredFile& file, std::uint64_t max_bytes) override;
  Result<std::optional<StoredFile>> find(std::string_view id, std::string_view organisation,
                                         std::int64_t now) override;
  Result<FilePage> list(const FileQuery& query, std::int64_t now) override;
  Result<bool> remove(std::string_view id, std::string_view organisation, std::int64_t now) override;
  Result<std::vector<std::string>> purge(std::int64_t now, std::size_t most) override;
  Result<std::vector<StoredFile>> scan(std::string_view after, std::size_t most) override;

 private:
  std::int64_t oldest(std::int64_t now) const { return now - max_age_seconds_; }

  Database& database_;
  const std::int64_t max_age_seconds_;
};

}  // namespace peregrine::store
