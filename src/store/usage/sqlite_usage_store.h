// The UsageStore of the data folder's database.
#pragma once

#include "store/database.h"
#include "store/usage/usage_store.h"

namespace peregrine::store {

class SqliteUsageStore final : public UsageStore {
 public:
  // `database` outlives this.
  explicit SqliteUsageStore(Database& database) : database_(database) {}

  Status add(const std::vector<UsageRow>& rows) override;
  Result<std::vector<UsageRow>> sum(const UsageQuery& query) override;

 private:
  Database& database_;
};

}  // namespace peregrine::store
