#include "service/batches/batch_run.h"

#include <fmt/format.h>

#include <system_error>
#include <utility>

#include "base/ids.h"
#include "base/log.h"
#include "service/batches/result_file.h"
#include "service/batches/validation.h"

namespace peregrine::service {
namespace {

using base::LogLevel;
using store::BatchStatus;
using store::StoredBatch;

// Lines without an answer to wait for that next() goes through before others get a turn.
constexpr int kRefusedAtOnce = 256;

// Of lines that were not asked, as the batch's key does not open any more.
constexpr std::string_view kKeyCode = "invalid_api_key";
constexpr std::string_view kKeyMessage =
    "This request was not executed because the API key that ordered the batch is not valid any more.";

std::filesystem::path output_path(const store::BlobStore& inputs, const std::string& id) {
  return inputs.folder() / output_log_name(id);
}

std::filesystem::path errors_path(const store::BlobStore& inputs, const std::string& id) {
  return inputs.folder() / error_log_name(id);
}

// The caller as it was when the batch was made, as long as its key opens: authorised(). Its limits are those
// of interactive requests, and stay there.
Result<std::shared_ptr<const ApiKey>> caller_of(const StoredBatch& batch) {
  auto key = std::make_shared<ApiKey>();
  key->id = batch.key_id;
  key->organisation = batch.organisation;
  PEREGRINE_ASSIGN(key->scope, KeyScope::parse(batch.key_endpoints, batch.key_models));
  return key;
}

}  // namespace

std::string output_log_name(std::string_view batch_id) {
  return fmt::format("{}.output", batch_id);
}

std::string error_log_name(std::string_view batch_id) {
  return fmt::format("{}.errors", batch_id);
}

void drop_batch_files(const store::BlobStore& inputs, const std::string& id) {
  std::error_code ignored;
  std::filesystem::remove(output_path(inputs, id), ignored);
  std::filesystem::remove(errors_path(inputs, id), ignored);
  static_cast<void>(inputs.remove(id));
}

Result<std::unique_ptr<BatchRun>> BatchRun::open(const BatchSurroundings& with, StoredBatch batch) {
  std::unique_ptr<BatchRun> run(new BatchRun(with, std::move(batch)));
  PEREGRINE_ASSIGN(run->key_, caller_of(run->batch_));
  PEREGRINE_ASSIGN(auto input, with.inputs.get(run->batch_.id));
  if (!input) return fail(ErrorCode::kCorrupt, "its input is gone", run->batch_.id);
  run->input_ = std::move(input->file);
  run->reader_.emplace(run->input_.get());
  if (run->batch_.status == BatchStatus::kValidating) PEREGRINE_TRY(run->validate());
  if (!store::has_ended(run->batch_.status)) PEREGRINE_TRY(run->open_logs());
  return run;
}

Status BatchRun::validate() {
  PEREGRINE_ASSIGN(BatchValidation found, validate_batch(input_.get(), with_.work, with_.stopping));
  const std::int64_t now = with_.clock();
  PEREGRINE_ASSIGN(const bool moved, move(BatchStatus::kValidating, [&](StoredBatch& batch) {
                     batch.status = found.usable ? BatchStatus::kInProgress : BatchStatus::kFailed;
                     (found.usable ? batch.in_progress_at : batch.failed_at) = now;
                     batch.errors = std::move(found.faults);
                     if (found.usable) batch.counts.total = found.lines;
                   }));
  if (moved) return {};
  // Cancelled meanwhile: without lines that anybody knows of.
  PEREGRINE_ASSIGN(const auto changed, with_.records.find(batch_.id, batch_.organisation, now));
  if (!changed) return fail(ErrorCode::kCorrupt, "its record is gone", batch_.id);
  batch_ = *changed;
  return {};
}

Status BatchRun::open_logs() {
  answered_.assign(std::size_t{kMaxBatchLines} + 1, false);
  const auto note = [this](std::uint32_t line) {
    if (line < answered_.size()) answered_[line] = true;
  };
  PEREGRINE_ASSIGN(output_, store::AnswerLog::open(output_path(with_.inputs, batch_.id), note));
  PEREGRINE_ASSIGN(errors_, store::AnswerLog::open(errors_path(with_.inputs, batch_.id), note));
  unsynced_ = true;  // the counts may be older than the logs
  return sync();
}

bool BatchRun::ends_early() const {
  return batch_.expired_at.has_value() || batch_.status == BatchStatus::kCancelling;
}

bool BatchRun::winding_up() const {
  return read_all_ || ends_early() || batch_.status != BatchStatus::kInProgress;
}

Result<std::optional<BatchRun::Line>> BatchRun::next(bool& again) {
  again = false;
  for (int refused = 0; !read_all_;) {
    PEREGRINE_ASSIGN(const std::optional<std::string_view> text, reader_->next());
    const std::uint32_t number = reader_->number();
    if (!text || number >= answered_.size()) {
      read_all_ = true;
      break;
    }
    if (answered_[number]) continue;
    auto line = with_.work.read(*text);
    // It was one when the file was validated.
    if (!line) return fail(ErrorCode::kCorrupt, fmt::format("line {} has changed", number), batch_.id);
    if (line->fault) {
      PEREGRINE_TRY(
          write(number, {LineOutcome::Kind::kFailed,
                         with_.work.refuse(line->custom_id, line->fault->code, line->fault->message)}));
    } else if (authorised()) {
      return Line{number, std::move(*line), text->size()};
    } else {
      PEREGRINE_TRY(refuse(number, line->custom_id));
    }
    again = ++refused == kRefusedAtOnce;
    if (again) break;
  }
  return std::nullopt;
}

Status BatchRun::write(std::uint32_t line, const LineOutcome& outcome) {
  if (answered_[line]) return {};
  store::AnswerLog& log = outcome.kind == LineOutcome::Kind::kSucceeded ? *output_ : *errors_;
  PEREGRINE_TRY(log.append(line, outcome.text));
  answered_[line] = true;
  unsynced_ = true;
  return {};
}

Status BatchRun::refuse(std::uint32_t line, std::string_view custom_id) {
  return write(line, {LineOutcome::Kind::kFailed, with_.work.refuse(custom_id, kKeyCode, kKeyMessage)});
}

Status BatchRun::sync() {
  if (!std::exchange(unsynced_, false)) return {};
  PEREGRINE_TRY(output_->sync());
  PEREGRINE_TRY(errors_->sync());
  const store::BatchCounts counts{batch_.counts.total, output_->records(), errors_->records()};
  if (counts == batch_.counts) return {};
  batch_.counts = counts;
  return with_.records.count(batch_.id, counts);
}

void BatchRun::refresh(const StoredBatch& batch) {
  const store::BatchCounts counts = batch_.counts;
  batch_ = batch;
  batch_.counts = counts;
}

Result<bool> BatchRun::move(BatchStatus from, const std::function<void(StoredBatch&)>& edit) {
  StoredBatch changed = batch_;
  edit(changed);
  PEREGRINE_ASSIGN(const bool moved, with_.records.change(changed, from));
  if (moved) batch_ = std::move(changed);
  return moved;
}

// Kept before anything is made of it: a process that dies here still ends the batch as expired.
Status BatchRun::expire() {
  const std::int64_t now = with_.clock();
  PEREGRINE_TRY(move(batch_.status, [&](StoredBatch& batch) { batch.expired_at = now; }));
  return {};
}

Status BatchRun::answer_rest() {
  const bool expired = batch_.expired_at.has_value();
  const std::string_view code = expired ? "batch_expired" : "batch_cancelled";
  const std::string_view message = expired ? "This request was not executed before the batch expired."
                                           : "This request was not executed because the batch was cancelled.";
  LineReader reader(input_.get());
  for (;;) {
    if (with_.stopping()) return fail(ErrorCode::kCancelled, "the server is stopping");
    PEREGRINE_ASSIGN(const std::optional<std::string_view> text, reader.next());
    if (!text || reader.number() >= answered_.size()) return {};
    if (answered_[reader.number()]) continue;
    const auto line = with_.work.read(*text);
    const std::string_view custom_id = line ? std::string_view(line->custom_id) : std::string_view();
    PEREGRINE_TRY(
        write(reader.number(), {LineOutcome::Kind::kFailed, with_.work.refuse(custom_id, code, message)}));
  }
}

// The ids are in the record before the files are there, so that making them again makes the same ones.
Result<bool> BatchRun::choose_files() {
  const std::int64_t now = with_.clock();
  return move(batch_.status, [&](StoredBatch& batch) {
    if (batch.status == BatchStatus::kInProgress && !batch.expired_at) {
      batch.status = BatchStatus::kFinalizing;
      batch.finalizing_at = now;
    }
    if (batch.output_file_id.empty() && output_->records() > 0) batch.output_file_id = base::type_id("file");
    if (batch.error_file_id.empty() && errors_->records() > 0) batch.error_file_id = base::type_id("file");
  });
}

Status BatchRun::make_file(const std::string& id, const store::AnswerLog& log, std::string_view what) {
  if (id.empty()) return {};
  return make_result_file({id, batch_.organisation, fmt::format("{}_{}.jsonl", batch_.id, what)}, log,
                          with_.file_records, with_.blobs, with_.clock());
}

Result<bool> BatchRun::finish() {
  // One that was cancelled before anybody knew its lines has none.
  if (ends_early() && batch_.in_progress_at) PEREGRINE_TRY(answer_rest());
  PEREGRINE_TRY(sync());
  if (batch_.in_progress_at && output_->records() + errors_->records() != batch_.counts.total) {
    return fail(ErrorCode::kInternal, "not every line has one answer", batch_.id);
  }
  const BatchStatus before = batch_.status;
  PEREGRINE_ASSIGN(const bool chosen, choose_files());
  if (!chosen) return false;
  PEREGRINE_TRY(make_file(batch_.output_file_id, *output_, "output"));
  PEREGRINE_TRY(make_file(batch_.error_file_id, *errors_, "error"));
  const std::int64_t now = with_.clock();
  PEREGRINE_ASSIGN(const bool ended, move(batch_.status, [&](StoredBatch& batch) {
                     if (batch.expired_at) {
                       batch.status = BatchStatus::kExpired;
                     } else if (before == BatchStatus::kCancelling) {
                       batch.status = BatchStatus::kCancelled;
                       batch.cancelled_at = now;
                     } else {
                       batch.status = BatchStatus::kCompleted;
                       batch.completed_at = now;
                     }
                   }));
  if (!ended) return false;
  drop_batch_files(with_.inputs, batch_.id);
  base::log(LogLevel::kInfo, "batches: {} is {}: {} of {} lines succeeded", batch_.id,
            store::batch_status_name(batch_.status), batch_.counts.completed, batch_.counts.total);
  return true;
}

}  // namespace peregrine::service
