#include "store/batches/sqlite_batch_store.h"

#include <charconv>
#include <utility>

#include "store/sqlite_aged_store_impl.h"

namespace peregrine::store {
namespace {

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

constexpr std::string_view kAllColumns =
    "id, organisation, key_id, key_endpoints, key_models, endpoint, input_file_id, completion_window, "
    "metadata, created_at, expires_at, status, ended, errors, in_progress_at, finalizing_at, completed_at, "
    "failed_at, expired_at, cancelling_at, cancelled_at, total, completed, failed, output_file_id, "
    "error_file_id";
// What may change.
constexpr std::string_view kProgress = kAllColumns.substr(kAllColumns.find("status,"));

void visit_progress(auto& batch, auto& row) {
  // Of the status; there for the conditions of queries.
  bool ended = has_ended(batch.status);
  row(batch.status, ended, batch.errors, batch.in_progress_at, batch.finalizing_at, batch.completed_at,
      batch.failed_at, batch.expired_at, batch.cancelling_at, batch.cancelled_at, batch.counts.total,
      batch.counts.completed, batch.counts.failed, batch.output_file_id, batch.error_file_id);
}

}  // namespace

template <>
struct TextColumn<BatchStatus> {
  static std::string write(const BatchStatus& status) { return std::string(batch_status_name(status)); }
  static BatchStatus read(const std::string& text) {
    return batch_status(text).value_or(BatchStatus::kFailed);
  }
};

template <>
struct TextColumn<std::vector<BatchFault>> {
  static std::string write(const std::vector<BatchFault>& faults) { return pack(faults); }
  static std::vector<BatchFault> read(const std::string& text) { return unpack(text); }
};

template <>
struct Table<StoredBatch> {
  static constexpr std::string_view kName = "batches";
  static constexpr std::string_view kColumns = kAllColumns;
  static constexpr std::string_view kYoung = "(ended = 0 OR created_at >= ?)";
  static constexpr std::string_view kOld = "ended = 1 AND created_at < ?";

  static void visit(auto& batch, auto& row) {
    row(batch.id, batch.organisation, batch.key_id, batch.key_endpoints, batch.key_models, batch.endpoint,
        batch.input_file_id, batch.completion_window, batch.metadata, batch.created_at, batch.expires_at);
    visit_progress(batch, row);
  }
  static Narrowing narrow(const BatchQuery& query) {
    if (query.ids.empty()) return {};
    std::string parameters = "?";
    for (std::size_t i = 1; i < query.ids.size(); ++i) parameters += ",?";
    return {" AND id IN (" + parameters + ")", query.ids};
  }
};

template class SqliteAgedStore<BatchStore>;

Result<bool> SqliteBatchStore::add(const StoredBatch& batch, std::uint64_t max_unended) {
  bool fits = false;
  PEREGRINE_TRY(database_.write([&](SQLite::Database& db) {
    const std::int64_t unended = number_of(
        db, "SELECT count(*) FROM batches WHERE organisation = ? AND ended = 0", batch.organisation);
    fits = static_cast<std::uint64_t>(unended) < max_unended;
    if (fits) insert_record(db, batch);
  }));
  return fits;
}

Result<std::vector<StoredBatch>> SqliteBatchStore::unended(std::string_view after, std::size_t most) {
  return find_records<StoredBatch>(database_, "WHERE ended = 0 AND id > ? ORDER BY id LIMIT ?", after,
                                   limit_of(most));
}

Result<bool> SqliteBatchStore::change(const StoredBatch& batch, BatchStatus from) {
  const std::string sql = fmt::format("UPDATE batches SET ({}) = ({}) WHERE id = ? AND status = ?", kProgress,
                                      parameters_for(kProgress));
  int changed = 0;
  PEREGRINE_TRY(database_.write([&](SQLite::Database& db) {
    SQLite::Statement update(db, sql);
    ValueBinder bind(update);
    visit_progress(batch, bind);
    bind(batch.id, from);
    changed = update.exec();
  }));
  return changed > 0;
}

Status SqliteBatchStore::count(std::string_view id, const BatchCounts& counts) {
  PEREGRINE_TRY(change_rows(database_, "UPDATE batches SET total = ?, completed = ?, failed = ? WHERE id = ?",
                            counts.total, counts.completed, counts.failed, id));
  return {};
}

}  // namespace peregrine::store
