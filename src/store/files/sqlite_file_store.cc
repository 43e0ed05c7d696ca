#include "store/files/sqlite_file_store.h"

#include "store/sqlite_aged_store_impl.h"

namespace peregrine::store {

template <>
struct Table<StoredFile> {
  static constexpr std::string_view kName = "files";
  static constexpr std::string_view kColumns =
      "id, organisation, created_at, purpose, filename, bytes, sha256";
  static constexpr std::string_view kYoung = "created_at >= ?";
  static constexpr std::string_view kOld = "created_at < ?";

  static void visit(auto& file, auto& row) {
    row(file.id, file.organisation, file.created_at, file.purpose, file.filename, file.bytes, file.sha256);
  }
  static Narrowing narrow(const FileQuery& query) {
    if (query.purpose.empty()) return {};
    return {" AND purpose = ?", {query.purpose}};
  }
};

template class SqliteAgedStore<FileStore>;

Result<bool> SqliteFileStore::add(const StoredFile& file, std::uint64_t max_bytes) {
  bool fits = false;
  PEREGRINE_TRY(database_.write([&](SQLite::Database& db) {
    const auto used = static_cast<std::uint64_t>(
        number_of(db, "SELECT coalesce(sum(bytes), 0) FROM files WHERE organisation = ? AND created_at >= ?",
                  file.organisation, oldest(file.created_at)));
    fits = used <= max_bytes && file.bytes <= max_bytes - used;
    if (fits) insert_record(db, file);
  }));
  return fits;
}

Result<bool> SqliteFileStore::remove(std::string_view id, std::string_view organisation, std::int64_t now) {
  return change_rows(database_, "DELETE FROM files WHERE id = ? AND organisation = ? AND created_at >= ?", id,
                     organisation, oldest(now));
}

Result<std::vector<StoredFile>> SqliteFileStore::scan(std::string_view after, std::size_t most) {
  return find_records<StoredFile>(database_, "WHERE id > ? ORDER BY id LIMIT ?", after, limit_of(most));
}

}  // namespace peregrine::store
