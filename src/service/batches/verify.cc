#include "service/batches/verify.h"

#include <fmt/format.h>

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "service/batches/batch_run.h"
#include "store/batches/answer_log.h"

namespace peregrine::service {
namespace {

using store::StoredBatch;

constexpr std::size_t kBatchesAtOnce = 100;

// Answers count when they are synced, so a log has no fewer whole ones than the record says.
Result<std::optional<std::string>> log_fault(const std::filesystem::path& log, std::uint64_t counted) {
  const auto records = store::count_answers(log);
  if (!records) return records.error().text();
  const std::uint64_t there = records->value_or(0);
  if (there >= counted) return std::nullopt;
  if (!*records) return fmt::format("{} with {} answers is gone", log.filename().string(), counted);
  return fmt::format("{} has {} whole answers instead of {}", log.filename().string(), there, counted);
}

Result<std::optional<std::string>> fault_of(const StoredBatch& batch, const store::BlobStore& inputs,
                                            Verification& found) {
  const auto input = inputs.get(batch.id);
  if (!input) return input.error().text();
  if (!*input) return "its input is gone";
  found.bytes += (*input)->bytes;
  PEREGRINE_ASSIGN(auto fault,
                   log_fault(inputs.folder() / output_log_name(batch.id), batch.counts.completed));
  if (fault) return fault;
  return log_fault(inputs.folder() / error_log_name(batch.id), batch.counts.failed);
}

}  // namespace

Result<Verification> verify_batches(store::BatchStore& records, const store::BlobStore& inputs,
                                    std::int64_t now) {
  PEREGRINE_ASSIGN(UnclaimedBlobs unclaimed, UnclaimedBlobs::in(inputs));
  Verification found;
  for (std::string after;;) {
    PEREGRINE_ASSIGN(const auto batches, records.unended(after, kBatchesAtOnce));
    if (batches.empty()) break;
    after = batches.back().id;
    for (const StoredBatch& batch : batches) {
      for (const std::string& name : {batch.id, output_log_name(batch.id), error_log_name(batch.id)}) {
        unclaimed.claim(name);
      }
      ++found.records;
      PEREGRINE_ASSIGN(auto fault, fault_of(batch, inputs, found));
      if (!fault) continue;
      // A server that is at work may have ended it just now.
      PEREGRINE_ASSIGN(const auto still, records.find(batch.id, batch.organisation, now));
      if (still && !store::has_ended(still->status)) found.faults.push_back({batch.id, std::move(*fault)});
    }
  }
  found.orphans = unclaimed.orphans(now);
  return found;
}

}  // namespace peregrine::service
