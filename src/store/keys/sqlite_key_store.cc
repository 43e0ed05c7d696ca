#include "store/keys/sqlite_key_store.h"

#include <fmt/format.h>

#include <utility>

#include "store/statement.h"

namespace peregrine::store {
namespace {

constexpr const char* kInsert =
    "INSERT INTO api_keys (id, name, organisation, digest, hint, endpoints, models, limits, created_at, "
    "expires_at, revoked_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char* kSelect =
    "SELECT id, name, organisation, digest, hint, endpoints, models, limits, created_at, expires_at, "
    "revoked_at FROM api_keys ORDER BY id LIMIT ?";

void bind_time(SQLite::Statement& statement, int index, const std::optional<std::int64_t>& time) {
  if (time) {
    statement.bind(index, *time);
  } else {
    statement.bind(index);
  }
}

std::optional<std::int64_t> time_of(const SQLite::Column& column) {
  if (column.isNull()) return std::nullopt;
  return column.getInt64();
}

StoredKey read_key(SQLite::Statement& row) {
  StoredKey key;
  int column = 0;
  for (std::string* text : {&key.id, &key.name, &key.organisation, &key.digest, &key.hint, &key.endpoints,
                            &key.models, &key.limits}) {
    *text = row.getColumn(column++).getString();
  }
  key.created_at = row.getColumn(column++).getInt64();
  key.expires_at = time_of(row.getColumn(column++));
  key.revoked_at = time_of(row.getColumn(column));
  return key;
}

}  // namespace

Status SqliteKeyStore::add(const StoredKey& key) {
  return database_.write([&](SQLite::Database& db) {
    SQLite::Statement insert(db, kInsert);
    int index = 0;
    for (const std::string* text : {&key.id, &key.name, &key.organisation, &key.digest, &key.hint,
                                    &key.endpoints, &key.models, &key.limits}) {
      bind_text(insert, ++index, *text);
    }
    insert.bind(++index, key.created_at);
    bind_time(insert, ++index, key.expires_at);
    bind_time(insert, ++index, key.revoked_at);
    insert.exec();
  });
}

Result<std::vector<StoredKey>> SqliteKeyStore::list(std::size_t most) {
  std::vector<StoredKey> keys;
  PEREGRINE_TRY(database_.read([&](SQLite::Database& db) {
    SQLite::Statement rows(db, kSelect);
    rows.bind(1, static_cast<std::int64_t>(most) + 1);
    while (rows.executeStep()) keys.push_back(read_key(rows));
  }));
  if (keys.size() > most) {
    return fail(ErrorCode::kResourceExhausted, fmt::format("there are more than {} keys", most));
  }
  return keys;
}

Result<bool> SqliteKeyStore::revoke(std::string_view id, std::int64_t now) {
  int changed = 0;
  PEREGRINE_TRY(database_.write([&](SQLite::Database& db) {
    SQLite::Statement update(db, "UPDATE api_keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL");
    update.bind(1, now);
    bind_text(update, 2, id);
    changed = update.exec();
  }));
  return changed > 0;
}

}  // namespace peregrine::store
