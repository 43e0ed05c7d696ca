#include "store/responses/sqlite_response_store.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <utility>

#include "store/table.h"

namespace peregrine::store {
namespace {

void insert_items(SQLite::Database& db, std::int64_t seq, const std::vector<StoredItem>& items, int output) {
  SQLite::Statement insert(
      db, "INSERT INTO response_items (response_seq, output, position, id, body) VALUES (?, ?, ?, ?, ?)");
  std::int64_t position = 0;
  for (const StoredItem& item : items) {
    bind_values(insert, seq, output, position++, item.id, item.body);
    insert.exec();
    insert.reset();
  }
}

std::optional<std::int64_t> seq_of(SQLite::Database& db, std::string_view id) {
  SQLite::Statement find(db, "SELECT seq FROM responses WHERE id = ?");
  bind_values(find, id);
  if (!find.executeStep()) return std::nullopt;
  return find.getColumn(0).getInt64();
}

void delete_old(SQLite::Database& db, std::int64_t oldest, std::int64_t max_stored) {
  execute(db, "DELETE FROM responses WHERE created_at < ?", oldest);
  execute(db,
          "DELETE FROM responses WHERE seq <= (SELECT seq FROM responses ORDER BY seq DESC LIMIT 1 OFFSET ?)",
          max_stored);
}

void read_items(SQLite::Database& db, std::int64_t seq, StoredResponse& response) {
  SQLite::Statement items(
      db, "SELECT output, id, body FROM response_items WHERE response_seq = ? ORDER BY output, position");
  bind_values(items, seq);
  while (items.executeStep()) {
    auto& list = items.getColumn(0).getInt() == 0 ? response.input : response.output;
    list.push_back({items.getColumn(1).getString(), items.getColumn(2).getString()});
  }
}

}  // namespace

Status SqliteResponseStore::purge(std::int64_t now) {
  return database_.write([&](SQLite::Database& db) { delete_old(db, oldest(now), retention_.max_stored); });
}

Status SqliteResponseStore::add(const StoredResponse& response) {
  return database_.write([&](SQLite::Database& db) {
    execute(db,
            "INSERT INTO responses (id, owner, created_at, previous_id, finished, body) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            response.id, response.owner, response.created_at, response.previous_id, response.finished,
            response.body);
    const std::int64_t seq = db.getLastInsertRowid();
    insert_items(db, seq, response.input, 0);
    insert_items(db, seq, response.output, 1);
    delete_old(db, oldest(response.created_at), retention_.max_stored);
  });
}

Status SqliteResponseStore::finish(std::string_view id, std::string_view body,
                                   const std::vector<StoredItem>& output) {
  return database_.write([&](SQLite::Database& db) {
    const std::optional<std::int64_t> seq = seq_of(db, id);
    if (!seq) return;
    execute(db, "UPDATE responses SET finished = 1, body = ? WHERE seq = ?", body, *seq);
    insert_items(db, *seq, output, 1);
  });
}

Result<std::optional<StoredResponse>> SqliteResponseStore::find(std::string_view id, std::string_view owner,
                                                                std::int64_t now) {
  std::optional<StoredResponse> found;
  PEREGRINE_TRY(database_.read([&](SQLite::Database& db) {
    SQLite::Statement find(db,
                           "SELECT seq, created_at, previous_id, finished, body FROM responses "
                           "WHERE id = ? AND owner = ? AND created_at >= ?");
    bind_values(find, id, owner, oldest(now));
    if (!find.executeStep()) return;
    StoredResponse response;
    response.id = id;
    response.owner = owner;
    std::int64_t seq = 0;
    RowReader row(find);
    row(seq, response.created_at, response.previous_id, response.finished, response.body);
    read_items(db, seq, response);
    found = std::move(response);
  }));
  return found;
}

Result<std::optional<StoredItem>> SqliteResponseStore::find_item(std::string_view id, std::string_view owner,
                                                                 std::int64_t now) {
  std::optional<StoredItem> found;
  PEREGRINE_TRY(database_.read([&](SQLite::Database& db) {
    SQLite::Statement find(db,
                           "SELECT i.body FROM response_items i JOIN responses r ON r.seq = i.response_seq "
                           "WHERE i.id = ? AND r.owner = ? AND r.created_at >= ? "
                           "ORDER BY i.response_seq DESC, i.output DESC, i.position DESC LIMIT 1");
    bind_values(find, id, owner, oldest(now));
    if (find.executeStep()) found = StoredItem{std::string(id), find.getColumn(0).getString()};
  }));
  return found;
}

Result<bool> SqliteResponseStore::remove(std::string_view id, std::string_view owner, std::int64_t now) {
  return change_rows(database_, "DELETE FROM responses WHERE id = ? AND owner = ? AND created_at >= ?", id,
                     owner, oldest(now));
}

}  // namespace peregrine::store
