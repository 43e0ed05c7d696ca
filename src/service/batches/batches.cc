#include "service/batches/batches.h"

#include <fmt/format.h>

#include <charconv>
#include <utility>

#include "base/ids.h"
#include "base/log.h"

namespace peregrine::service {
namespace {

using base::LogLevel;
using store::BatchStatus;
using store::StoredBatch;

constexpr std::size_t kPurgedAtOnce = 100;

tl::unexpected<Error> wrong(std::string message, std::string_view field) {
  return fail(ErrorCode::kInvalidArgument, std::move(message), std::string(field));
}

}  // namespace

std::optional<std::int64_t> parse_batch_window(std::string_view text) {
  constexpr std::int64_t kHour = 3600;
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  const std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
  if (error != std::errc() || (unit != "h" && unit != "d")) return std::nullopt;
  if (count < 1 || count > kMaxBatchWindow / kHour) return std::nullopt;
  const std::int64_t seconds = count * (unit == "h" ? kHour : 24 * kHour);
  if (seconds < kMinBatchWindow || seconds > kMaxBatchWindow) return std::nullopt;
  return seconds;
}

Batches::Batches(store::BatchStore& records, const store::BlobStore& inputs, Files& files, Clock clock)
    : records_(records), inputs_(inputs), files_(files), clock_(std::move(clock)) {}

Result<StoredBatch> Batches::create(const BatchOrder& order) {
  const std::string& organisation = order.key->organisation;
  PEREGRINE_ASSIGN(const auto record, files_.find(order.input_file_id, organisation));
  if (!record) return wrong("'input_file_id' : there is no such file", "input_file_id");
  if (record->purpose != kBatchPurpose) {
    return wrong("'input_file_id' : the purpose of the file must be 'batch'", "input_file_id");
  }
  PEREGRINE_ASSIGN(const auto content, files_.open(order.input_file_id, organisation));
  if (!content) return wrong("'input_file_id' : there is no such file", "input_file_id");
  StoredBatch batch;
  batch.id = base::type_id("batch");
  batch.organisation = organisation;
  batch.key_id = order.key->id;
  batch.key_endpoints = order.key->scope.endpoints_text();
  batch.key_models = order.key->scope.models_text();
  batch.endpoint = order.endpoint;
  batch.input_file_id = order.input_file_id;
  batch.completion_window = order.completion_window;
  batch.metadata = order.metadata;
  batch.created_at = clock_();
  batch.expires_at = batch.created_at + parse_batch_window(order.completion_window).value_or(kMinBatchWindow);
  if (const Status held = inputs_.put(batch.id, content->file.get()); !held) {
    if (held.error().code != ErrorCode::kResourceExhausted) return tl::unexpected(held.error());
    base::log(LogLevel::kError, "batches: {}", held.error().text());
    return fail(ErrorCode::kUnavailable, "There is no room for the batch at the moment.");
  }
  // After an error the record may be there nevertheless, so its input stays; the runner sweeps up.
  PEREGRINE_ASSIGN(const bool added, records_.add(batch, kMaxUnendedBatches));
  if (!added) {
    static_cast<void>(inputs_.remove(batch.id));
    return wrong(
        fmt::format("{} batches have not ended yet; wait for one, or cancel one", kMaxUnendedBatches), "");
  }
  if (on_change_) on_change_();
  return batch;
}

Result<std::optional<StoredBatch>> Batches::find(std::string_view id, std::string_view organisation) const {
  return records_.find(id, organisation, clock_());
}

Result<store::BatchPage> Batches::list(const store::BatchQuery& query) const {
  return records_.list(query, clock_());
}

Result<std::optional<StoredBatch>> Batches::cancel(std::string_view id, std::string_view organisation) {
  for (;;) {
    PEREGRINE_ASSIGN(auto batch, records_.find(id, organisation, clock_()));
    if (!batch || batch->status == BatchStatus::kCancelling) return batch;
    const BatchStatus from = batch->status;
    // One that has run out of time is being brought to its end as that.
    const bool open =
        (from == BatchStatus::kValidating || from == BatchStatus::kInProgress) && !batch->expired_at;
    if (!open) {
      return wrong(fmt::format("Cannot cancel a batch with status '{}'.", store::batch_status_name(from)),
                   "");
    }
    batch->status = BatchStatus::kCancelling;
    batch->cancelling_at = clock_();
    PEREGRINE_ASSIGN(const bool changed, records_.change(*batch, from));
    if (!changed) continue;  // it moved on meanwhile
    if (on_change_) on_change_();
    return batch;
  }
}

Status Batches::purge() {
  for (;;) {
    PEREGRINE_ASSIGN(const auto purged, records_.purge(clock_(), kPurgedAtOnce));
    if (purged.empty()) return {};
  }
}

}  // namespace peregrine::service
