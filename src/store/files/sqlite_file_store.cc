#include "store/files/sqlite_file_store.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "store/statement.h"

namespace peregrine::store {
namespace {

// In the order of read_row().
constexpr const char* kColumns =
    "SELECT id, organisation, created_at, purpose, filename, bytes, sha256 FROM files ";

StoredFile read_row(SQLite::Statement& row) {
  StoredFile file;
  file.id = row.getColumn(0).getString();
  file.organisation = row.getColumn(1).getString();
  file.created_at = row.getColumn(2).getInt64();
  file.purpose = row.getColumn(3).getString();
  file.filename = row.getColumn(4).getString();
  file.bytes = static_cast<std::uint64_t>(row.getColumn(5).getInt64());
  file.sha256 = row.getColumn(6).getString();
  return file;
}

std::uint64_t bytes_of(SQLite::Database& db, std::string_view organisation, std::int64_t oldest) {
  SQLite::Statement sum(
      db, "SELECT coalesce(sum(bytes), 0) FROM files WHERE organisation = ? AND created_at >= ?");
  bind_text(sum, 1, organisation);
  sum.bind(2, oldest);
  sum.executeStep();
  return static_cast<std::uint64_t>(sum.getColumn(0).getInt64());
}

// A number of rows as SQLite counts them.
std::int64_t limit_of(std::size_t most) {
  constexpr auto kMost = static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max());
  return static_cast<std::int64_t>(std::min(most, kMost));
}

}  // namespace

Result<bool> SqliteFileStore::add(const StoredFile& file, std::uint64_t max_bytes) {
  bool fits = false;
  PEREGRINE_TRY(database_.write([&](SQLite::Database& db) {
    const std::uint64_t used = bytes_of(db, file.organisation, oldest(file.created_at));
    fits = used <= max_bytes && file.bytes <= max_bytes - used;
    if (!fits) return;
    SQLite::Statement insert(db,
                             "INSERT INTO files (id, organisation, created_at, purpose, filename, bytes, "
                             "sha256) VALUES (?, ?, ?, ?, ?, ?, ?)");
    bind_text(insert, 1, file.id);
    bind_text(insert, 2, file.organisation);
    insert.bind(3, file.created_at);
    bind_text(insert, 4, file.purpose);
    bind_text(insert, 5, file.filename);
    insert.bind(6, static_cast<std::int64_t>(file.bytes));
    bind_text(insert, 7, file.sha256);
    insert.exec();
  }));
  return fits;
}

Result<std::optional<StoredFile>> SqliteFileStore::find(std::string_view id, std::string_view organisation,
                                                        std::int64_t now) {
  std::optional<StoredFile> found;
  PEREGRINE_TRY(database_.read([&](SQLite::Database& db) {
    SQLite::Statement row(db,
                          std::string(kColumns) + "WHERE id = ? AND organisation = ? AND created_at >= ?");
    bind_text(row, 1, id);
    bind_text(row, 2, organisation);
    row.bind(3, oldest(now));
    if (row.executeStep()) found = read_row(row);
  }));
  return found;
}

Result<FilePage> SqliteFileStore::list(const FileQuery& query, std::int64_t now) {
  FilePage page;
  const std::string sql =
      std::string(kColumns) +
      "WHERE organisation = ?1 AND created_at >= ?2 AND (?3 = '' OR purpose = ?3) AND (?4 = '' OR id " +
      (query.descending ? "< ?4) ORDER BY id DESC" : "> ?4) ORDER BY id") + " LIMIT ?5";
  PEREGRINE_TRY(database_.read([&](SQLite::Database& db) {
    SQLite::Statement row(db, sql);
    bind_text(row, 1, query.organisation);
    row.bind(2, oldest(now));
    bind_text(row, 3, query.purpose);
    bind_text(row, 4, query.after);
    row.bind(5, limit_of(query.limit) + 1);  // one more tells whether there is more
    while (row.executeStep()) page.files.push_back(read_row(row));
  }));
  page.has_more = page.files.size() > query.limit;
  if (page.has_more) page.files.pop_back();
  return page;
}

Result<bool> SqliteFileStore::remove(std::string_view id, std::string_view organisation, std::int64_t now) {
  int removed = 0;
  PEREGRINE_TRY(database_.write([&](SQLite::Database& db) {
    SQLite::Statement remove(db, "DELETE FROM files WHERE id = ? AND organisation = ? AND created_at >= ?");
    bind_text(remove, 1, id);
    bind_text(remove, 2, organisation);
    remove.bind(3, oldest(now));
    removed = remove.exec();
  }));
  return removed > 0;
}

Result<std::vector<std::string>> SqliteFileStore::purge(std::int64_t now, std::size_t most) {
  std::vector<std::string> ids;
  PEREGRINE_TRY(database_.write([&](SQLite::Database& db) {
    SQLite::Statement old(
        db, "DELETE FROM files WHERE id IN (SELECT id FROM files WHERE created_at < ? LIMIT ?) RETURNING id");
    old.bind(1, oldest(now));
    old.bind(2, limit_of(most));
    while (old.executeStep()) ids.push_back(old.getColumn(0).getString());
  }));
  return ids;
}

Result<std::vector<StoredFile>> SqliteFileStore::scan(std::string_view after, std::size_t most) {
  std::vector<StoredFile> files;
  PEREGRINE_TRY(database_.read([&](SQLite::Database& db) {
    SQLite::Statement row(db, std::string(kColumns) + "WHERE id > ? ORDER BY id LIMIT ?");
    bind_text(row, 1, after);
    row.bind(2, limit_of(most));
    while (row.executeStep()) files.push_back(read_row(row));
  }));
  return files;
}

}  // namespace peregrine::store
