#include "store/usage/sqlite_usage_store.h"

#include <fmt/format.h>

#include <utility>

#include "store/statement.h"

namespace peregrine::store {
namespace {

constexpr const char* kUpsert =
    "INSERT INTO usage (day, organisation, key, model, requests, errors, prompt_tokens, cached_tokens, "
    "completion_tokens, audio_seconds) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (day, organisation, key, model) DO UPDATE SET requests = requests + excluded.requests, "
    "errors = errors + excluded.errors, prompt_tokens = prompt_tokens + excluded.prompt_tokens, "
    "cached_tokens = cached_tokens + excluded.cached_tokens, "
    "completion_tokens = completion_tokens + excluded.completion_tokens, "
    "audio_seconds = audio_seconds + excluded.audio_seconds";

// What is not told apart becomes a constant, and so one group.
std::string select_for(const UsageQuery& query) {
  const auto text = [](bool told, const char* column) { return told ? column : "''"; };
  return fmt::format(
      "SELECT {} AS d, {} AS o, {} AS k, {} AS m, sum(requests), sum(errors), sum(prompt_tokens), "
      "sum(cached_tokens), sum(completion_tokens), sum(audio_seconds) FROM usage "
      "WHERE day BETWEEN ? AND ? GROUP BY d, o, k, m ORDER BY d, o, k, m LIMIT ?",
      query.by_day ? "day" : "0", text(query.by_organisation, "organisation"), text(query.by_key, "key"),
      text(query.by_model, "model"));
}

UsageRow read_row(SQLite::Statement& row) {
  UsageRow out;
  out.day = row.getColumn(0).getInt64();
  out.organisation = row.getColumn(1).getString();
  out.key = row.getColumn(2).getString();
  out.model = row.getColumn(3).getString();
  UsageAmounts& a = out.amounts;
  int column = 3;
  for (std::int64_t* amount :
       {&a.requests, &a.errors, &a.prompt_tokens, &a.cached_tokens, &a.completion_tokens, &a.audio_seconds}) {
    *amount = row.getColumn(++column).getInt64();
  }
  return out;
}

}  // namespace

Status SqliteUsageStore::add(const std::vector<UsageRow>& rows) {
  return database_.write([&](SQLite::Database& db) {
    SQLite::Statement upsert(db, kUpsert);
    for (const UsageRow& row : rows) {
      upsert.bind(1, row.day);
      bind_text(upsert, 2, row.organisation);
      bind_text(upsert, 3, row.key);
      bind_text(upsert, 4, row.model);
      const UsageAmounts& a = row.amounts;
      int index = 4;
      for (const std::int64_t amount :
           {a.requests, a.errors, a.prompt_tokens, a.cached_tokens, a.completion_tokens, a.audio_seconds}) {
        upsert.bind(++index, amount);
      }
      upsert.exec();
      upsert.reset();
    }
  });
}

Result<std::vector<UsageRow>> SqliteUsageStore::sum(const UsageQuery& query) {
  std::vector<UsageRow> rows;
  PEREGRINE_TRY(database_.read([&](SQLite::Database& db) {
    SQLite::Statement select(db, select_for(query));
    select.bind(1, query.first_day);
    select.bind(2, query.last_day);
    select.bind(3, static_cast<std::int64_t>(query.most) + 1);
    while (select.executeStep()) rows.push_back(read_row(select));
  }));
  if (rows.size() > query.most) {
    return fail(ErrorCode::kResourceExhausted, fmt::format("there are more than {} rows", query.most));
  }
  return rows;
}

}  // namespace peregrine::store
