#include "store/keys/sqlite_key_store.h"

#include <fmt/format.h>

#include "store/table.h"

namespace peregrine::store {

template <>
struct Table<StoredKey> {
  static constexpr std::string_view kName = "api_keys";
  static constexpr std::string_view kColumns =
      "id, name, organisation, digest, hint, endpoints, models, limits, created_at, expires_at, revoked_at";

  static void visit(auto& key, auto& row) {
    row(key.id, key.name, key.organisation, key.digest, key.hint, key.endpoints, key.models, key.limits,
        key.created_at, key.expires_at, key.revoked_at);
  }
};

Status SqliteKeyStore::add(const StoredKey& key) {
  return database_.write([&](SQLite::Database& db) { insert_record(db, key); });
}

Result<std::vector<StoredKey>> SqliteKeyStore::list(std::size_t most) {
  PEREGRINE_ASSIGN(auto keys, find_records<StoredKey>(database_, "ORDER BY id LIMIT ?", limit_of(most) + 1));
  if (keys.size() > most) {
    return fail(ErrorCode::kResourceExhausted, fmt::format("there are more than {} keys", most));
  }
  return keys;
}

Result<bool> SqliteKeyStore::revoke(std::string_view id, std::int64_t now) {
  return change_rows(database_, "UPDATE api_keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", now,
                     id);
}

}  // namespace peregrine::store
