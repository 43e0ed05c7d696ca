#include "store/batches/sqlite_batch_store.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

#include "store/statement.h"

namespace peregrine::store {
namespace {

// In the order of read_row() and bind_row().
constexpr const char* kColumns =
    "id, organisation, key_id, key_endpoints, key_models, endpoint, input_file_id, completion_window, "
    "metadata, "
    "created_at, expires_at, status, ended, errors, in_progress_at, finalizing_at, completed_at, failed_at, "
    "expired_at, cancelling_at, cancelled_at, total, completed, failed, output_file_id, error_file_id";

// Faults as one text: their members in turn, each with its length before it, so that they may hold anything.
std::string pack(const std::vector<BatchFault>& faults) {
  std::string out;
  const auto add = [&out](std::string_view text) {
    out.append(std::to_string(text.size())).append(":").append(text);
  };
  for (const BatchFault& fault : faults) {
    add(fault.code);
    add(fault.message);
    add(fault.param);
    add(std::to_string(fault.line));
  }
  return out;
}

std::optional<std::string_view> unpack_one(std::string_view& text) {
  std::size_t size = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
  const auto used = static_cast<std::size_t>(end - text.data());
  if (error != std::errc() || used == text.size() || text[used] != ':') return std::nullopt;
  text.remove_prefix(used + 1);
  if (text.size() < size) return std::nullopt;
  const std::string_view one = text.substr(0, size);
  text.remove_prefix(size);
  return one;
}

std::vector<BatchFault> unpack(std::string_view text) {
  std::vector<BatchFault> faults;
  while (!text.empty()) {
    const auto code = unpack_one(text);
    const auto message = unpack_one(text);
    const auto param = unpack_one(text);
    const auto line = unpack_one(text);
    if (!code || !message || !param || !line) break;
    BatchFault fault{std::string(*code), std::string(*message), std::string(*param), 0};
    std::from_chars(line->data(), line->data() + line->size(), fault.line);
    faults.push_back(std::move(fault));
  }
  return faults;
}

std::optional<std::int64_t> time_of(const SQLite::Column& column) {
  if (column.isNull()) return std::nullopt;
  return column.getInt64();
}

std::uint64_t count_of(const SQLite::Column& column) {
  return static_cast<std::uint64_t>(column.getInt64());
}

StoredBatch read_row(SQLite::Statement& row) {
  StoredBatch batch;
  int i = 0;
  for (std::string* text :
       {&batch.id, &batch.organisation, &batch.key_id, &batch.key_endpoints, &batch.key_models,
        &batch.endpoint, &batch.input_file_id, &batch.completion_window, &batch.metadata}) {
    *text = row.getColumn(i++).getString();
  }
  batch.created_at = row.getColumn(i++).getInt64();
  batch.expires_at = row.getColumn(i++).getInt64();
  batch.status = batch_status(row.getColumn(i++).getString()).value_or(BatchStatus::kFailed);
  ++i;  // ended
  batch.errors = unpack(row.getColumn(i++).getString());
  for (std::optional<std::int64_t>* time :
       {&batch.in_progress_at, &batch.finalizing_at, &batch.completed_at, &batch.failed_at, &batch.expired_at,
        &batch.cancelling_at, &batch.cancelled_at}) {
    *time = time_of(row.getColumn(i++));
  }
  for (std::uint64_t* count : {&batch.counts.total, &batch.counts.completed, &batch.counts.failed}) {
    *count = count_of(row.getColumn(i++));
  }
  batch.output_file_id = row.getColumn(i++).getString();
  batch.error_file_id = row.getColumn(i).getString();
  return batch;
}

void bind_time(SQLite::Statement& row, int index, const std::optional<std::int64_t>& time) {
  if (time) {
    row.bind(index, *time);
  } else {
    row.bind(index);
  }
}

// From `status` on: what may change. Returns the next free index.
int bind_changeable(SQLite::Statement& row, int i, const StoredBatch& batch) {
  bind_text(row, i++, batch_status_name(batch.status));
  row.bind(i++, has_ended(batch.status) ? 1 : 0);
  bind_text(row, i++, pack(batch.errors));
  for (const std::optional<std::int64_t>* time :
       {&batch.in_progress_at, &batch.finalizing_at, &batch.completed_at, &batch.failed_at, &batch.expired_at,
        &batch.cancelling_at, &batch.cancelled_at}) {
    bind_time(row, i++, *time);
  }
  for (const std::uint64_t count : {batch.counts.total, batch.counts.completed, batch.counts.failed}) {
    row.bind(i++, static_cast<std::int64_t>(count));
  }
  bind_text(row, i++, batch.output_file_id);
  bind_text(row, i++, batch.error_file_id);
  return i;
}

void bind_row(SQLite::Statement& row, const StoredBatch& batch) {
  int i = 1;
  for (const std::string* text :
       {&batch.id, &batch.organisation, &batch.key_id, &batch.key_endpoints, &batch.key_models,
        &batch.endpoint, &batch.input_file_id, &batch.completion_window, &batch.metadata}) {
    bind_text(row, i++, *text);
  }
  row.bind(i++, batch.created_at);
  row.bind(i++, batch.expires_at);
  bind_changeable(row, i, batch);
}

// A number of rows as SQLite counts them.
std::int64_t limit_of(std::size_t most) {
  constexpr auto kMost = static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max());
  return static_cast<std::int64_t>(std::min(most, kMost));
}

std::string select(const std::string& rest) {
  return std::string("SELECT ") + kColumns + " FROM batches " + rest;
}

}  // namespace

Result<bool> SqliteBatchStore::add(const StoredBatch& batch, std::uint64_t max_unended) {
  bool fits = false;
  PEREGRINE_TRY(database_.write([&](SQLite::Database& db) {
    SQLite::Statement unended(db, "SELECT count(*) FROM batches WHERE organisation = ? AND ended = 0");
    bind_text(unended, 1, batch.organisation);
    unended.executeStep();
    fits = count_of(unended.getColumn(0)) < max_unended;
    if (!fits) return;
    SQLite::Statement insert(db, std::string("INSERT INTO batches (") + kColumns +
                                     ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    bind_row(insert, batch);
    insert.exec();
  }));
  return fits;
}

Result<std::optional<StoredBatch>> SqliteBatchStore::find(std::string_view id, std::string_view organisation,
                                                          std::int64_t now) {
  std::optional<StoredBatch> found;
  PEREGRINE_TRY(database_.read([&](SQLite::Database& db) {
    SQLite::Statement row(db, select("WHERE id = ? AND organisation = ? AND (ended = 0 OR created_at >= ?)"));
    bind_text(row, 1, id);
    bind_text(row, 2, organisation);
    row.bind(3, oldest(now));
    if (row.executeStep()) found = read_row(row);
  }));
  return found;
}

Result<BatchPage> SqliteBatchStore::list(const BatchQuery& query, std::int64_t now) {
  BatchPage page;
  std::string ids;
  for (std::size_t i = 0; i < query.ids.size(); ++i) ids += i == 0 ? "?" : ",?";
  if (!ids.empty()) ids = "AND id IN (" + ids + ") ";
  PEREGRINE_TRY(database_.read([&](SQLite::Database& db) {
    SQLite::Statement row(
        db, select("WHERE organisation = ?1 AND (ended = 0 OR created_at >= ?2) AND (?3 = '' OR "
                   "id < ?3) AND ?4 >= 0 " +
                   ids + "ORDER BY id DESC LIMIT ?4"));
    bind_text(row, 1, query.organisation);
    row.bind(2, oldest(now));
    bind_text(row, 3, query.after);
    row.bind(4, limit_of(query.limit) + 1);  // one more tells whether there is more
    int index = 5;
    for (const std::string& id : query.ids) bind_text(row, index++, id);
    while (row.executeStep()) page.batches.push_back(read_row(row));
  }));
  page.has_more = page.batches.size() > query.limit;
  if (page.has_more) page.batches.pop_back();
  return page;
}

Result<std::vector<StoredBatch>> SqliteBatchStore::unended(std::string_view after, std::size_t most) {
  std::vector<StoredBatch> batches;
  PEREGRINE_TRY(database_.read([&](SQLite::Database& db) {
    SQLite::Statement row(db, select("WHERE ended = 0 AND id > ? ORDER BY id LIMIT ?"));
    bind_text(row, 1, after);
    row.bind(2, limit_of(most));
    while (row.executeStep()) batches.push_back(read_row(row));
  }));
  return batches;
}

Result<bool> SqliteBatchStore::change(const StoredBatch& batch, BatchStatus from) {
  int changed = 0;
  PEREGRINE_TRY(database_.write([&](SQLite::Database& db) {
    SQLite::Statement update(
        db,
        "UPDATE batches SET status = ?, ended = ?, errors = ?, in_progress_at = ?, finalizing_at = ?, "
        "completed_at = ?, failed_at = ?, expired_at = ?, cancelling_at = ?, cancelled_at = ?, total = ?, "
        "completed = ?, failed = ?, output_file_id = ?, error_file_id = ? WHERE id = ? AND status = ?");
    int i = bind_changeable(update, 1, batch);
    bind_text(update, i++, batch.id);
    bind_text(update, i, batch_status_name(from));
    changed = update.exec();
  }));
  return changed > 0;
}

Status SqliteBatchStore::count(std::string_view id, const BatchCounts& counts) {
  return database_.write([&](SQLite::Database& db) {
    SQLite::Statement update(db, "UPDATE batches SET total = ?, completed = ?, failed = ? WHERE id = ?");
    update.bind(1, static_cast<std::int64_t>(counts.total));
    update.bind(2, static_cast<std::int64_t>(counts.completed));
    update.bind(3, static_cast<std::int64_t>(counts.failed));
    bind_text(update, 4, id);
    update.exec();
  });
}

Result<std::vector<std::string>> SqliteBatchStore::purge(std::int64_t now, std::size_t most) {
  std::vector<std::string> ids;
  PEREGRINE_TRY(database_.write([&](SQLite::Database& db) {
    SQLite::Statement old(db,
                          "DELETE FROM batches WHERE id IN (SELECT id FROM batches WHERE ended = 1 AND "
                          "created_at < ? LIMIT ?) RETURNING id");
    old.bind(1, oldest(now));
    old.bind(2, limit_of(most));
    while (old.executeStep()) ids.push_back(old.getColumn(0).getString());
  }));
  return ids;
}

}  // namespace peregrine::store
