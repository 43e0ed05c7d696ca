// The AdapterStore of the data folder's database.
#pragma once

#include "store/adapters/adapter_store.h"
#include "store/database.h"

namespace peregrine::store {

class SqliteAdapterStore final : public AdapterStore {
 public:
  // `database` outlives this.
  explicit SqliteAdapterStore(Database& database) : database_(database) {}

  Result<bool> add(const StoredAdapter& adapter, std::size_t most) override;
  Result<std::optional<StoredAdapter>> find(std::string_view id, std::string_view organisation) override;
  Result<std::optional<StoredAdapter>> find_model(std::string_view fine_tuned_model) override;
  Result<std::vector<StoredAdapter>> list(std::string_view organisation) override;
  Result<bool> remove(std::string_view id, std::string_view organisation) override;
  Result<std::vector<StoredAdapter>> scan(std::string_view after, std::size_t most) override;

 private:
  Database& database_;
};

}  // namespace peregrine::store
