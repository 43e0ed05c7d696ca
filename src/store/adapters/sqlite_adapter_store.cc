#include "store/adapters/sqlite_adapter_store.h"

#include "store/table.h"

namespace peregrine::store {

template <>
struct Table<StoredAdapter> {
  static constexpr std::string_view kName = "adapters";
  static constexpr std::string_view kColumns =
      "id, organisation, name, base_model, type, input_file_id, created_at, fine_tuned_model, bytes, sha256";

  static void visit(auto& adapter, auto& row) {
    row(adapter.id, adapter.organisation, adapter.name, adapter.base_model, adapter.type,
        adapter.input_file_id, adapter.created_at, adapter.fine_tuned_model, adapter.bytes, adapter.sha256);
  }
};

Result<bool> SqliteAdapterStore::add(const StoredAdapter& adapter, std::size_t most) {
  bool fits = false;
  PEREGRINE_TRY(database_.write([&](SQLite::Database& db) {
    const std::int64_t count =
        number_of(db, "SELECT count(*) FROM adapters WHERE organisation = ?", adapter.organisation);
    fits = static_cast<std::size_t>(count) < most;
    if (fits) insert_record(db, adapter);
  }));
  return fits;
}

Result<std::optional<StoredAdapter>> SqliteAdapterStore::find(std::string_view id,
                                                              std::string_view organisation) {
  return find_record<StoredAdapter>(database_, "WHERE id = ? AND organisation = ?", id, organisation);
}

Result<std::optional<StoredAdapter>> SqliteAdapterStore::find_model(std::string_view fine_tuned_model) {
  return find_record<StoredAdapter>(database_, "WHERE fine_tuned_model = ?", fine_tuned_model);
}

Result<std::vector<StoredAdapter>> SqliteAdapterStore::list(std::string_view organisation) {
  return find_records<StoredAdapter>(database_, "WHERE organisation = ? ORDER BY id DESC", organisation);
}

Result<bool> SqliteAdapterStore::remove(std::string_view id, std::string_view organisation) {
  return change_rows(database_, "DELETE FROM adapters WHERE id = ? AND organisation = ?", id, organisation);
}

Result<std::vector<StoredAdapter>> SqliteAdapterStore::scan(std::string_view after, std::size_t most) {
  return find_records<StoredAdapter>(database_, "WHERE id > ? ORDER BY id LIMIT ?", after, limit_of(most));
}

}  // namespace peregrine::store
