#include "store/adapters/sqlite_adapter_store.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <limits>

#include "store/statement.h"

namespace peregrine::store {
namespace {

// In the order of read_row().
constexpr const char* kColumns =
    "SELECT id, organisation, name, base_model, type, input_file_id, created_at, fine_tuned_model, bytes, "
    "sha256 FROM adapters ";

StoredAdapter read_row(SQLite::Statement& row) {
  StoredAdapter adapter;
  adapter.id = row.getColumn(0).getString();
  adapter.organisation = row.getColumn(1).getString();
  adapter.name = row.getColumn(2).getString();
  adapter.base_model = row.getColumn(3).getString();
  adapter.type = row.getColumn(4).getString();
  adapter.input_file_id = row.getColumn(5).getString();
  adapter.created_at = row.getColumn(6).getInt64();
  adapter.fine_tuned_model = row.getColumn(7).getString();
  adapter.bytes = static_cast<std::uint64_t>(row.getColumn(8).getInt64());
  adapter.sha256 = row.getColumn(9).getString();
  return adapter;
}

std::size_t count_of(SQLite::Database& db, std::string_view organisation) {
  SQLite::Statement count(db, "SELECT count(*) FROM adapters WHERE organisation = ?");
  bind_text(count, 1, organisation);
  count.executeStep();
  return static_cast<std::size_t>(count.getColumn(0).getInt64());
}

// A number of rows as SQLite counts them.
std::int64_t limit_of(std::size_t most) {
  constexpr auto kMost = static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max());
  return static_cast<std::int64_t>(std::min(most, kMost));
}

}  // namespace

Result<bool> SqliteAdapterStore::add(const StoredAdapter& adapter, std::size_t most) {
  bool fits = false;
  PEREGRINE_TRY(database_.write([&](SQLite::Database& db) {
    fits = count_of(db, adapter.organisation) < most;
    if (!fits) return;
    SQLite::Statement insert(
        db,
        "INSERT INTO adapters (id, organisation, name, base_model, type, input_file_id, "
        "created_at, fine_tuned_model, bytes, sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, "
        "?)");
    bind_text(insert, 1, adapter.id);
    bind_text(insert, 2, adapter.organisation);
    bind_text(insert, 3, adapter.name);
    bind_text(insert, 4, adapter.base_model);
    bind_text(insert, 5, adapter.type);
    bind_text(insert, 6, adapter.input_file_id);
    insert.bind(7, adapter.created_at);
    bind_text(insert, 8, adapter.fine_tuned_model);
    insert.bind(9, static_cast<std::int64_t>(adapter.bytes));
    bind_text(insert, 10, adapter.sha256);
    insert.exec();
  }));
  return fits;
}

Result<std::optional<StoredAdapter>> SqliteAdapterStore::find(std::string_view id,
                                                              std::string_view organisation) {
  std::optional<StoredAdapter> found;
  PEREGRINE_TRY(database_.read([&](SQLite::Database& db) {
    SQLite::Statement row(db, std::string(kColumns) + "WHERE id = ? AND organisation = ?");
    bind_text(row, 1, id);
    bind_text(row, 2, organisation);
    if (row.executeStep()) found = read_row(row);
  }));
  return found;
}

Result<std::optional<StoredAdapter>> SqliteAdapterStore::find_model(std::string_view fine_tuned_model) {
  std::optional<StoredAdapter> found;
  PEREGRINE_TRY(database_.read([&](SQLite::Database& db) {
    SQLite::Statement row(db, std::string(kColumns) + "WHERE fine_tuned_model = ?");
    bind_text(row, 1, fine_tuned_model);
    if (row.executeStep()) found = read_row(row);
  }));
  return found;
}

Result<std::vector<StoredAdapter>> SqliteAdapterStore::list(std::string_view organisation) {
  std::vector<StoredAdapter> adapters;
  PEREGRINE_TRY(database_.read([&](SQLite::Database& db) {
    SQLite::Statement row(db, std::string(kColumns) + "WHERE organisation = ? ORDER BY id DESC");
    bind_text(row, 1, organisation);
    while (row.executeStep()) adapters.push_back(read_row(row));
  }));
  return adapters;
}

Result<bool> SqliteAdapterStore::remove(std::string_view id, std::string_view organisation) {
  int removed = 0;
  PEREGRINE_TRY(database_.write([&](SQLite::Database& db) {
    SQLite::Statement remove(db, "DELETE FROM adapters WHERE id = ? AND organisation = ?");
    bind_text(remove, 1, id);
    bind_text(remove, 2, organisation);
    removed = remove.exec();
  }));
  return removed > 0;
}

Result<std::vector<StoredAdapter>> SqliteAdapterStore::scan(std::string_view after, std::size_t most) {
  std::vector<StoredAdapter> adapters;
  PEREGRINE_TRY(database_.read([&](SQLite::Database& db) {
    SQLite::Statement row(db, std::string(kColumns) + "WHERE id > ? ORDER BY id LIMIT ?");
    bind_text(row, 1, after);
    row.bind(2, limit_of(most));
    while (row.executeStep()) adapters.push_back(read_row(row));
  }));
  return adapters;
}

}  // namespace peregrine::store
