// The ResponseStore of the data folder's database.
#pragma once

#include "store/database.h"
#include "store/responses/response_store.h"

namespace peregrine::store {

class SqliteResponseStore final : public ResponseStore {
 public:
  // `database` outlives this.
  SqliteResponseStore(Database& database, Retention retention) : database_(database), retention_(retention) {}

  Status purge(std::int64_t now) override;
  Status add(const StoredResponse& response) override;
  Status finish(std::string_view id, std::string_view body, const std::vector<StoredItem>& output) override;
  Result<std::optional<StoredResponse>> find(std::string_view id, std::string_view owner,
                                             std::int64_t now) override;
  Result<std::optional<StoredItem>> find_item(std::string_view id, std::string_view owner,
                                              std::int64_t now) override;
  Result<bool> remove(std::string_view id, std::string_view owner, std::int64_t now) override;

 private:
  std::int64_t oldest(std::int64_t now) const { return now - retention_.max_age_seconds; }

  Database& database_;
  const Retention retention_;
};

}  // namespace peregrine::store
