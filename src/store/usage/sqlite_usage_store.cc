#include "store/usage/sqlite_usage_store.h"

#include <fmt/format.h>

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

// In the order of the columns, which those of select_for() have, too.
void visit(auto& usage, auto& row) {
  auto& amounts = usage.amounts;
  row(usage.day, usage.organisation, usage.key, usage.model, amounts.requests, amounts.errors,
      amounts.prompt_tokens, amounts.cached_tokens, amounts.completion_tokens, amounts.audio_seconds);
}

UsageRow read_row(SQLite::Statement& row) {
  UsageRow out;
  RowReader reader(row);
  visit(out, reader);
  return out;
}

}  // namespace

Status SqliteUsageStore::add(const std::vector<UsageRow>& rows) {
  return database_.write([&](SQLite::Database& db) {
    SQLite::Statement upsert(db, kUpsert);
    for (const UsageRow& row : rows) {
      ValueBinder binder(upsert);
      visit(row, binder);
      upsert.exec();
      upsert.reset();
    }
  });
}

Result<std::vector<UsageRow>> SqliteUsageStore::sum(const UsageQuery& query) {
  std::vector<UsageRow> rows;
  PEREGRINE_TRY(database_.read([&](SQLite::Database& db) {
    SQLite::Statement select(db, select_for(query));
    bind_values(select, query.first_day, query.last_day, limit_of(query.most) + 1);
    while (select.executeStep()) rows.push_back(read_row(select));
  }));
  if (rows.size() > query.most) {
    return fail(ErrorCode::kResourceExhausted, fmt::format("there are more than {} rows", query.most));
  }
  return rows;
}

}  // namespace peregrine::store
