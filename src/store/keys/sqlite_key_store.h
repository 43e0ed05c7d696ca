// The KeyStore of the data folder's database.
#pragma once

#include "store/database.h"
#include "store/keys/key_store.h"

namespace peregrine::store {

class SqliteKeyStore final : public KeyStore {
 public:
  // `database` outlives this.
  explicit SqliteKeyStore(Database& database) : database_(database) {}

  Status add(const StoredKey& key) override;
  Result<std::vector<StoredKey>> list(std::size_t most) override;
  Result<bool> revoke(std::string_view id, std::int64_t now) override;

 private:
  Database& database_;
};

}  // namespace peregrine::store
