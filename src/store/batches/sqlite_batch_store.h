// Batches in the database of the data folder.
#pragma once

#include "store/batches/batch_store.h"
#include "store/database.h"

namespace peregrine::store {

class SqliteBatchStore final : public BatchStore {
 public:
  // `database` outlives this.
  SqliteBatchStore(Database& database, std::int64_t max_age_seconds)
      : database_(database), max_age_seconds_(max_age_seconds) {}

  Result<bool> add(const StoredBatch& batch, std::uint64_t max_unended) override;
  Result<std::optional<StoredBatch>> find(std::string_view id, std::string_view organisation,
                                          std::int64_t now) override;
  Result<BatchPage> list(const BatchQuery& query, std::int64_t now) override;
  Result<std::vector<StoredBatch>> unended(std::string_view after, std::size_t most) override;
  Result<bool> change(const StoredBatch& batch, BatchStatus from) override;
  Status count(std::string_view id, const BatchCounts& counts) override;
  Result<std::vector<std::string>> purge(std::int64_t now, std::size_t most) override;

 private:
  std::int64_t oldest(std::int64_t now) const { return now - max_age_seconds_; }

  Database& database_;
  const std::int64_t max_age_seconds_;
};

}  // namespace peregrine::store
