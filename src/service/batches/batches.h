// Batches as their makers see them: ordering, looking, cancelling. What is done to their lines is the
// runner's (runner.h), which is told when there is something new.
//
// The input file is held under the batch's own name before the record is made, so that nobody can delete it
// from under the batch. A record's status only moves as the state machine of batch_store.h's statuses says:
// every change names the status it starts from. Any thread; every call waits for a disk.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "service/files/files.h"
#include "service/keys/api_key.h"
#include "store/batches/batch_store.h"
#include "store/blobs/blob_store.h"

namespace peregrine::service {

// In the data folder: input files, and answers until they are files.
inline constexpr std::string_view kBatchFolder = "batches";
inline constexpr std::int64_t kMinBatchWindow = 24 * 3600;  // seconds
inline constexpr std::int64_t kMaxBatchWindow = 7 * kMinBatchWindow;
// Of one organisation, which have not ended.
inline constexpr std::uint64_t kMaxUnendedBatches = 100;

// "24h" to "168h", "1d" to "7d": seconds. Nothing: it is no such window.
std::optional<std::int64_t> parse_batch_window(std::string_view text);

struct BatchOrder {
  std::shared_ptr<const ApiKey> key;  // whose scope its lines have
  std::string input_file_id;
  std::string endpoint;
  std::string completion_window;  // one that parse_batch_window() takes
  std::string metadata;           // text of a JSON object; empty: none
};

class Batches {
 public:
  using Clock = std::function<std::int64_t()>;  // Unix seconds

  // All but the clock outlive this. `inputs` is a blob store in kBatchFolder.
  Batches(store::BatchStore& records, const store::BlobStore& inputs, Files& files, Clock clock);

  // Called after something changed that the runner must know of; must not block. Set before anything is
  // ordered.
  void on_change(std::function<void()> callback) { on_change_ = std::move(callback); }

  // Errors: kInvalidArgument with a message for the client, `where` is the field; kUnavailable where the disk
  // is full; the stores'.
  Result<store::StoredBatch> create(const BatchOrder& order);
  Result<std::optional<store::StoredBatch>> find(std::string_view id, std::string_view organisation) const;
  Result<store::BatchPage> list(const store::BatchQuery& query) const;
  // Nothing: there is no such batch. Errors: kInvalidArgument for one that cannot be cancelled any more.
  Result<std::optional<store::StoredBatch>> cancel(std::string_view id, std::string_view organisation);
  // Deletes what has ended and is too old.
  Status purge();

 private:
  store::BatchStore& records_;
  const store::BlobStore& inputs_;
  Files& files_;
  const Clock clock_;
  std::function<void()> on_change_;
};

}  // namespace peregrine::service
