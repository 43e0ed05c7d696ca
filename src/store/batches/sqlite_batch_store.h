// The BatchStore of the data folder's database.
#pragma once

#include "store/batches/batch_store.h"
#include "store/sqlite_aged_store.h"

namespace peregrine::store {

extern template class SqliteAgedStore<BatchStore>;

class SqliteBatchStore final : public SqliteAgedStore<BatchStore> {
 public:
  using SqliteAgedStore::SqliteAgedStore;

  Result<bool> add(const StoredBatch& batch, std::uint64_t max_unended) override;
  Result<std::vector<StoredBatch>> unended(std::string_view after, std::size_t most) override;
  Result<bool> change(const StoredBatch& batch, BatchStatus from) override;
  Status count(std::string_view id, const BatchCounts& counts) override;
};

}  // namespace peregrine::store
