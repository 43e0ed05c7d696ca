// Records of batches: what was ordered, how far it is, what came of it. The lines' answers are in an
// AnswerLog each (answer_log.h) until they become files.
//
// Who sees a batch, and for how long, is said in aged_store.h; only one that has ended grows too old. Lists
// begin with the newest. Whatever implements this passes the tests of batch_store_test.cc.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/aged_store.h"

namespace peregrine::store {

enum class BatchStatus : std::uint8_t {
  kValidating,
  kInProgress,
  kFinalizing,
  kCompleted,
  kFailed,
  kExpired,
  kCancelling,
  kCancelled,
};
std::string_view batch_status_name(BatchStatus status);
std::optional<BatchStatus> batch_status(std::string_view name);
// Nothing happens to it any more.
bool has_ended(BatchStatus status);

// Something wrong with the input file.
struct BatchFault {
  std::string code;
  std::string message;
  std::string param;       // may be empty
  std::uint64_t line = 0;  // from 1; 0: the file as a whole

  bool operator==(const BatchFault&) const = default;
};

struct BatchCounts {
  std::uint64_t total = 0;
  std::uint64_t completed = 0;
  std::uint64_t failed = 0;

  bool operator==(const BatchCounts&) const = default;
};

struct StoredBatch {
  // Of the order; never changes.
  std::string id;  // grows with time: lists are in its order
  std::string organisation;
  std::string key_id;         // may be empty
  std::string key_endpoints;  // what the key opened when the batch was made
  std::string key_models;
  std::string endpoint;
  std::string input_file_id;
  std::string completion_window;
  std::string metadata;  // text of a JSON object; empty: none
  std::int64_t created_at = 0;
  std::int64_t expires_at = 0;

  BatchStatus status = BatchStatus::kValidating;
  std::vector<BatchFault> errors = {};
  std::optional<std::int64_t> in_progress_at = {};
  std::optional<std::int64_t> finalizing_at = {};
  std::optional<std::int64_t> completed_at = {};
  std::optional<std::int64_t> failed_at = {};
  std::optional<std::int64_t> expired_at = {};
  std::optional<std::int64_t> cancelling_at = {};
  std::optional<std::int64_t> cancelled_at = {};
  BatchCounts counts = {};
  // Chosen before the files are made, so that making them can be repeated. Empty: none.
  std::string output_file_id = {};
  std::string error_file_id = {};

  bool operator==(const StoredBatch&) const = default;
};

struct BatchQuery : PageQuery {
  std::vector<std::string> ids;  // only these; empty: all
};

using BatchPage = Page<StoredBatch>;

class BatchStore : public AgedStore<StoredBatch, BatchQuery> {
 public:
  // One that is not there yet. False, and nothing was added: its organisation has `max_unended` batches that
  // have not ended.
  virtual Result<bool> add(const StoredBatch& batch, std::uint64_t max_unended) = 0;
  // Of every organisation: those that have not ended, in the order of their ids, the next `most` behind
  // `after`.
  virtual Result<std::vector<StoredBatch>> unended(std::string_view after, std::size_t most) = 0;
  // Takes over what may change of `batch`, if it is there and its status still `from`; else false.
  virtual Result<bool> change(const StoredBatch& batch, BatchStatus from) = 0;
  // The counts alone, whatever the status.
  virtual Status count(std::string_view id, const BatchCounts& counts) = 0;
};

}  // namespace peregrine::store
