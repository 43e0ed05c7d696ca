#include <fmt/format.h>

#include <boost/json.hpp>
#include <ctime>
#include <map>

#include "app/commands/commands.h"
#include "app/commands/data_folder.h"
#include "app/table.h"
#include "service/keys/registry.h"
#include "service/usage/days.h"
#include "service/usage/query.h"
#include "store/keys/sqlite_key_store.h"
#include "store/usage/sqlite_usage_store.h"

namespace peregrine::app {
namespace {

namespace json = boost::json;
using Rows = std::vector<store::UsageRow>;
using Names = std::map<std::string, std::string>;  // of keys, by id

void print_json(const store::UsageQuery& query, const Rows& rows) {
  json::array list;
  for (const store::UsageRow& row : rows) {
    json::object item;
    for (const std::string_view name : service::grouping(query)) item[name] = service::place_text(row, name);
    for (const service::AmountColumn& column : service::kAmountColumns) {
      item[column.name] = row.amounts.*column.amount;
    }
    list.push_back(std::move(item));
  }
  fmt::print("{}\n", json::serialize(json::object{{"from", service::day_text(query.first_day)},
                                                  {"to", service::day_text(query.last_day)},
                                                  {"usage", std::move(list)}}));
}

// For people, a key's name says more than its id.
Table table_of(const store::UsageQuery& query, const Rows& rows, const Names& names) {
  std::vector<Table::Column> columns;
  for (const std::string_view name : service::grouping(query)) columns.push_back({std::string(name)});
  for (const service::AmountColumn& column : service::kAmountColumns) {
    columns.push_back({std::string(column.name), Table::Align::kRight});
  }
  Table table(std::move(columns));
  for (const store::UsageRow& row : rows) {
    std::vector<std::string> cells;
    for (const std::string_view name : service::grouping(query)) {
      std::string text = service::place_text(row, name);
      const auto known = name == "key" ? names.find(text) : names.end();
      if (known != names.end()) text = known->second;
      cells.push_back(text.empty() ? "-" : std::move(text));
    }
    for (const service::AmountColumn& column : service::kAmountColumns) {
      cells.push_back(std::to_string(row.amounts.*column.amount));
    }
    table.add(std::move(cells));
  }
  return table;
}

Result<Names> key_names(store::Database& database) {
  store::SqliteKeyStore store(database);
  PEREGRINE_ASSIGN(const auto keys, store.list(service::kMaxKeys));
  Names names;
  for (const store::StoredKey& key : keys) names.emplace(key.id, key.name);
  return names;
}

Status run(const UsageOptions& options) {
  auto query =
      service::usage_query(options.from, options.to, options.by, service::day_of(std::time(nullptr)));
  if (!query) {
    query.error().where = "--" + query.error().where;
    return tl::unexpected(std::move(query.error()));
  }
  PEREGRINE_ASSIGN(const auto database, open_data_folder(options.data_dir));
  PEREGRINE_ASSIGN(const Rows rows, store::SqliteUsageStore(*database).sum(*query));
  if (options.json) {
    print_json(*query, rows);
  } else if (options.csv) {
    fmt::print("{}", table_of(*query, rows, {}).csv());
  } else if (rows.empty()) {
    fmt::print(stderr, "Nothing was used from {} to {}.\n", service::day_text(query->first_day),
               service::day_text(query->last_day));
  } else {
    PEREGRINE_ASSIGN(const Names names, key_names(*database));
    fmt::print("{}", table_of(*query, rows, names).text());
  }
  return {};
}

}  // namespace

int usage(const UsageOptions& options) {
  const Status status = run(options);
  return status ? 0 : report(status.error());
}

}  // namespace peregrine::app
