// For the .cc files of this room: what SqliteAgedStore does, of a Table (table.h) that has besides
//   kYoung    the condition of rows that are not too old; its parameter is the oldest time that is kept
//   kOld      its opposite
//   narrow(query)  a list's further conditions, as a Narrowing
#pragma once

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "store/sqlite_aged_store.h"
#include "store/table.h"

namespace peregrine::store {

struct Narrowing {
  std::string conditions;  // each with an AND before it
  std::vector<std::string> values;
};

template <class Interface>
auto SqliteAgedStore<Interface>::find(std::string_view id, std::string_view organisation, std::int64_t now)
    -> Result<std::optional<Record>> {
  return find_record<Record>(database_,
                             fmt::format("WHERE id = ? AND organisation = ? AND {}", Table<Record>::kYoung),
                             id, organisation, oldest(now));
}

template <class Interface>
auto SqliteAgedStore<Interface>::list(const Query& query, std::int64_t now) -> Result<Page<Record>> {
  Narrowing narrowing = Table<Record>::narrow(query);
  if (!query.after.empty()) {
    narrowing.conditions += query.descending ? " AND id < ?" : " AND id > ?";
    narrowing.values.push_back(query.after);
  }
  const std::string rest =
      fmt::format("WHERE organisation = ? AND {}{} ORDER BY id{} LIMIT ?", Table<Record>::kYoung,
                  narrowing.conditions, query.descending ? " DESC" : "");
  Page<Record> page;
  PEREGRINE_TRY(database_.read([&](SQLite::Database& db) {
    SQLite::Statement row(db, select_from<Record>(rest));
    ValueBinder bind(row);
    bind(query.organisation, oldest(now));
    for (const std::string& value : narrowing.values) bind(value);
    bind(limit_of(query.limit) + 1);  // one more tells whether there is more
    while (row.executeStep()) page.records.push_back(read_record<Record>(row));
  }));
  page.has_more = page.records.size() > query.limit;
  if (page.has_more) page.records.pop_back();
  return page;
}

template <class Interface>
Result<std::vector<std::string>> SqliteAgedStore<Interface>::purge(std::int64_t now, std::size_t most) {
  const std::string sql = fmt::format(
      "DELETE FROM {0} WHERE id IN (SELECT id FROM {0} WHERE {1} LIMIT ?) "
      "RETURNING id",
      Table<Record>::kName, Table<Record>::kOld);
  std::vector<std::string> ids;
  PEREGRINE_TRY(database_.write([&](SQLite::Database& db) {
    SQLite::Statement old(db, sql);
    bind_values(old, oldest(now), limit_of(most));
    while (old.executeStep()) ids.push_back(old.getColumn(0).getString());
  }));
  return ids;
}

}  // namespace peregrine::store
