#include "service/files/files.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <utility>

#include "base/ids.h"
#include "base/log.h"
#include "service/files/jsonl.h"

namespace peregrine::service {
namespace {

using base::LogLevel;

constexpr std::size_t kPurgedAtOnce = 100;

std::int64_t system_now() {
  using std::chrono::system_clock;
  return std::chrono::duration_cast<std::chrono::seconds>(system_clock::now().time_since_epoch()).count();
}

bool ends_with_ignoring_case(std::string_view text, std::string_view end) {
  if (text.size() < end.size()) return false;
  return std::equal(end.begin(), end.end(), text.end() - static_cast<std::ptrdiff_t>(end.size()),
                    [](char a, char b) { return a == std::tolower(static_cast<unsigned char>(b)); });
}

tl::unexpected<Error> wrong(std::string message, std::string_view field) {
  return fail(ErrorCode::kInvalidArgument, std::move(message), std::string(field));
}

// The record is gone or never was: what is left of the content is a matter of room alone.
void drop(const store::BlobStore& blobs, std::string_view id) {
  const auto removed = blobs.remove(id);
  if (!removed) base::log(LogLevel::kWarning, "files: {}; it stays as an orphan", removed.error().text());
}

}  // namespace

Files::Files(store::FileStore& records, const store::BlobStore& blobs, FileLimits limits, Clock clock)
    : records_(records), blobs_(blobs), limits_(limits), clock_(clock ? std::move(clock) : system_now) {}

Status Files::check(const NewFile& file) const {
  if (file.purpose == kBatchOutputPurpose) {
    return wrong("'purpose' : files of purpose 'batch_output' are made by the server", "purpose");
  }
  const bool tuning = file.purpose == kFineTuningPurpose;
  if (file.purpose != kBatchPurpose && !tuning) {
    return wrong("'purpose' : value must be one of [batch, fine_tuning]", "purpose");
  }
  if (file.filename.size() > kMaxFilename) {
    return wrong(fmt::format("'file' : the name is longer than {} bytes", kMaxFilename), "file");
  }
  if (tuning) {
    if (ends_with_ignoring_case(file.filename, ".zip") || ends_with_ignoring_case(file.filename, ".gguf"))
      return {};
    return wrong("'file' : the name of a file for fine tuning must end in .zip or .gguf", "file");
  }
  if (!ends_with_ignoring_case(file.filename, ".jsonl")) {
    return wrong("'file' : the name of a batch file must end in .jsonl", "file");
  }
  Status lines = check_jsonl(file.content);
  if (!lines && lines.error().code == ErrorCode::kInvalidArgument) {
    return wrong("'file' : a batch file is JSON Lines. " + lines.error().message, "file");
  }
  return lines;
}

Result<store::StoredFile> Files::create(const NewFile& file) {
  PEREGRINE_TRY(check(file));
  PEREGRINE_TRY(purge_some());
  store::StoredFile record;
  record.id = base::type_id("file");
  record.organisation = file.organisation;
  record.purpose = file.purpose;
  record.filename = file.filename;
  record.bytes = file.bytes;
  PEREGRINE_ASSIGN(record.sha256, store::sha256_of(file.content));
  if (const Status put = blobs_.put(record.id, file.content); !put) {
    if (put.error().code != ErrorCode::kResourceExhausted) return tl::unexpected(put.error());
    base::log(LogLevel::kError, "files: {}", put.error().text());
    return fail(ErrorCode::kUnavailable, "There is no room for the file at the moment.");
  }
  record.created_at = clock_();
  // After an error the record may be there nevertheless, so its content stays.
  PEREGRINE_ASSIGN(const bool added, records_.add(record, limits_.max_total_bytes));
  if (added) return record;
  drop(blobs_, record.id);
  return wrong(fmt::format("'file' : all files together would be larger than {} bytes; delete some first",
                           limits_.max_total_bytes),
               "file");
}

Result<std::optional<store::StoredFile>> Files::find(std::string_view id,
                                                     std::string_view organisation) const {
  return records_.find(id, organisation, clock_());
}

Result<store::FilePage> Files::list(const store::FileQuery& query) const {
  return records_.list(query, clock_());
}

Result<std::optional<store::Blob>> Files::open(std::string_view id, std::string_view organisation) const {
  PEREGRINE_ASSIGN(const auto record, records_.find(id, organisation, clock_()));
  if (!record) return std::nullopt;
  PEREGRINE_ASSIGN(std::optional<store::Blob> blob, blobs_.get(id));
  if (blob && blob->bytes == record->bytes) return blob;
  // Unless it was deleted just now.
  PEREGRINE_ASSIGN(const auto still, records_.find(id, organisation, clock_()));
  if (!still) return std::nullopt;
  return fail(ErrorCode::kCorrupt,
              blob ? "its content has another size than its record" : "its content is gone", std::string(id));
}

Result<bool> Files::remove(std::string_view id, std::string_view organisation) {
  PEREGRINE_ASSIGN(const bool removed, records_.remove(id, organisation, clock_()));
  if (removed) drop(blobs_, id);
  return removed;
}

Result<bool> Files::purge_some() {
  PEREGRINE_ASSIGN(const auto old, records_.purge(clock_(), kPurgedAtOnce));
  for (const std::string& id : old) drop(blobs_, id);
  return !old.empty();
}

Status Files::purge() {
  for (;;) {
    PEREGRINE_ASSIGN(const bool more, purge_some());
    if (!more) return {};
  }
}

}  // namespace peregrine::service
