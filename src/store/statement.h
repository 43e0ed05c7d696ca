// For the .cc files of this room: values into statements, and out of their rows.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace peregrine::store {

// How a value of another type is text in a column: `static std::string write(const T&)` and
// `static T read(const std::string&)`.
template <class T>
struct TextColumn;

// Binds values to a statement's parameters, from the first one on.
class ValueBinder {
 public:
  explicit ValueBinder(SQLite::Statement& statement) : statement_(statement) {}

  template <class... Values>
  void operator()(const Values&... values) {
    (bind(++index_, values), ...);
  }

 private:
  template <class Value>
  void bind(int index, const Value& value) {
    if constexpr (std::convertible_to<const Value&, std::string_view>) {
      // With its length: it may hold NUL, which a C string would cut.
      statement_.bind(index, std::string(std::string_view(value)));
    } else if constexpr (std::integral<Value>) {
      statement_.bind(index, static_cast<std::int64_t>(value));
    } else {
      statement_.bind(index, TextColumn<Value>::write(value));
    }
  }
  void bind(int index, const std::optional<std::int64_t>& value) {
    if (value) {
      statement_.bind(index, *value);
    } else {
      statement_.bind(index);
    }
  }

  SQLite::Statement& statement_;
  int index_ = 0;
};

// Reads the columns of the row that a statement stands at, from the first one on.
class RowReader {
 public:
  explicit RowReader(SQLite::Statement& row) : row_(row) {}

  template <class... Values>
  void operator()(Values&... values) {
    (read(row_.getColumn(index_++), values), ...);
  }

 private:
  template <class Value>
  static void read(const SQLite::Column& column, Value& value) {
    if constexpr (std::same_as<Value, std::string>) {
      value = column.getString();
    } else if constexpr (std::integral<Value>) {
      value = static_cast<Value>(column.getInt64());
    } else {
      value = TextColumn<Value>::read(column.getString());
    }
  }
  static void read(const SQLite::Column& column, std::optional<std::int64_t>& value) {
    value.reset();
    if (!column.isNull()) value = column.getInt64();
  }

  SQLite::Statement& row_;
  int index_ = 0;
};

template <class... Values>
void bind_values(SQLite::Statement& statement, const Values&... values) {
  ValueBinder binder(statement);
  binder(values...);
}

// Runs a statement that answers nothing; how many rows it changed.
template <class... Values>
int execute(SQLite::Database& db, const std::string& sql, const Values&... values) {
  SQLite::Statement statement(db, sql);
  bind_values(statement, values...);
  return statement.exec();
}

// The number that a query answers.
template <class... Values>
std::int64_t number_of(SQLite::Database& db, const std::string& sql, const Values&... values) {
  SQLite::Statement statement(db, sql);
  bind_values(statement, values...);
  statement.executeStep();
  return statement.getColumn(0).getInt64();
}

// A number of rows as SQLite counts them.
inline std::int64_t limit_of(std::size_t most) {
  constexpr auto kMost = static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max());
  return static_cast<std::int64_t>(std::min(most, kMost));
}

}  // namespace peregrine::store
