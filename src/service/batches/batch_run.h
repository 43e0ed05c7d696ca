// One batch on its way from its first line to its files.
//
// Everything that happened is in the record and in two answer logs, so a run can be dropped at any point and
// opened again: which lines are answered is read from the logs. A line is answered once, as one that is in a
// log is never asked again, and its answer counts when the log is synced. One thread, the runner's.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_descriptor.h"
#include "base/result.h"
#include "service/batches/batch_work.h"
#include "service/batches/line_reader.h"
#include "service/keys/api_key.h"
#include "store/batches/answer_log.h"
#include "store/batches/batch_store.h"
#include "store/blobs/blob_store.h"
#include "store/files/file_store.h"

namespace peregrine::service {

// What a run works with; all of it outlives the run.
struct BatchSurroundings {
  store::BatchStore& records;
  const store::BlobStore& inputs;
  store::FileStore& file_records;  // where results become files
  const store::BlobStore& blobs;
  BatchWork& work;
  std::function<std::int64_t()> clock;  // Unix seconds
  std::function<bool()> stopping;
  // Whether the key of that id still opens anything. Empty: every key does.
  std::function<bool(std::string_view key_id)> key_opens = {};
};

// In the folder of the inputs, until they are files: answers, and errors.
std::string output_log_name(std::string_view batch_id);
std::string error_log_name(std::string_view batch_id);

class BatchRun {
 public:
  // Validates, if that is due, and reads the logs of what was answered before. Errors: of the stores, of
  // files, kCancelled while stopping.
  static Result<std::unique_ptr<BatchRun>> open(const BatchSurroundings& with, store::StoredBatch batch);

  const store::StoredBatch& batch() const { return batch_; }
  const std::shared_ptr<const ApiKey>& key() const { return key_; }
  // No more lines are to be asked: it was cancelled, or ran out of time, or there are none left.
  bool winding_up() const;
  // Lines that are not answered by now will not be.
  bool ends_early() const;
  // The key that ordered it still opens. Where it does not, lines that were not asked are refused.
  bool authorised() const { return !with_.key_opens || with_.key_opens(batch_.key_id); }

  struct Line {
    std::uint32_t number = 0;
    BatchLine line;
    std::size_t bytes = 0;
  };
  // The next line that nobody has answered or is answering; nothing: there is none left. Lines that cannot be
  // asked are answered on the way, some at a time: then it is `again`'s turn, without a line.
  Result<std::optional<Line>> next(bool& again);
  Status write(std::uint32_t line, const LineOutcome& outcome);
  // Answers a line that nobody may ask any more, as the key does not open.
  Status refuse(std::uint32_t line, std::string_view custom_id);
  // What was written is on the disk, and in the record's counts.
  Status sync();
  bool unsynced() const { return unsynced_; }

  // The record as others have changed it.
  void refresh(const store::StoredBatch& batch);
  // The window is over.
  Status expire();
  // Answers what is left with an error where the batch ends early, makes the files and moves the record to
  // its last status. False: somebody changed the record meanwhile; refresh() comes. Can be repeated after any
  // failure.
  Result<bool> finish();

 private:
  BatchRun(const BatchSurroundings& with, store::StoredBatch batch) : with_(with), batch_(std::move(batch)) {}

  Status validate();
  Status open_logs();
  Status answer_rest();
  Result<bool> choose_files();
  Status make_file(const std::string& id, const store::AnswerLog& log, std::string_view what);
  Result<bool> move(store::BatchStatus from, const std::function<void(store::StoredBatch&)>& edit);

  const BatchSurroundings with_;
  store::StoredBatch batch_;
  std::shared_ptr<const ApiKey> key_;
  base::FileDescriptor input_;
  std::optional<LineReader> reader_;
  std::vector<bool> answered_;  // by line; [0] is none
  std::optional<store::AnswerLog> output_;
  std::optional<store::AnswerLog> errors_;
  bool read_all_ = false;
  bool unsynced_ = false;
};

// Deletes what is left of a batch besides its record.
void drop_batch_files(const store::BlobStore& inputs, const std::string& id);

}  // namespace peregrine::service
