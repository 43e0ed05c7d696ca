// For the .cc files of this room: records in and out of the table that holds one record a row.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/database.h"
#include "store/statement.h"

namespace peregrine::store {

// Where records of a type are, given by the .cc of their repository:
//   kName     of the table
//   kColumns  a comma between two
//   visit(record, row)  calls `row`, a ValueBinder or a RowReader, with the members in the columns' order
template <class Record>
struct Table;

// "?,?,?": as many as there are columns.
inline std::string parameters_for(std::string_view columns) {
  std::string out = "?";
  for (auto commas = std::ranges::count(columns, ','); commas > 0; --commas) out += ",?";
  return out;
}

template <class Record>
std::string select_from(std::string_view rest) {
  return fmt::format("SELECT {} FROM {} {}", Table<Record>::kColumns, Table<Record>::kName, rest);
}

template <class Record>
Record read_record(SQLite::Statement& row) {
  Record record;
  RowReader reader(row);
  Table<Record>::visit(record, reader);
  return record;
}

template <class Record>
void insert_record(SQLite::Database& db, const Record& record) {
  using Place = Table<Record>;
  SQLite::Statement insert(db, fmt::format("INSERT INTO {} ({}) VALUES ({})", Place::kName, Place::kColumns,
                                           parameters_for(Place::kColumns)));
  ValueBinder binder(insert);
  Place::visit(record, binder);
  insert.exec();
}

// `rest` follows the columns and the table; its parameters are `values`.
template <class Record, class... Values>
Result<std::vector<Record>> find_records(Database& database, std::string_view rest, const Values&... values) {
  std::vector<Record> records;
  PEREGRINE_TRY(database.read([&](SQLite::Database& db) {
    SQLite::Statement row(db, select_from<Record>(rest));
    bind_values(row, values...);
    while (row.executeStep()) records.push_back(read_record<Record>(row));
  }));
  return records;
}

template <class Record, class... Values>
Result<std::optional<Record>> find_record(Database& database, std::string_view rest,
                                          const Values&... values) {
  PEREGRINE_ASSIGN(auto records, find_records<Record>(database, rest, values...));
  if (records.empty()) return std::nullopt;
  return std::move(records.front());
}

// A statement by itself; whether it changed any row.
template <class... Values>
Result<bool> change_rows(Database& database, const std::string& sql, const Values&... values) {
  int changed = 0;
  PEREGRINE_TRY(database.write([&](SQLite::Database& db) { changed = execute(db, sql, values...); }));
  return changed > 0;
}

}  // namespace peregrine::store
