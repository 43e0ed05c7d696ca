#include "service/batches/result_file.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <system_error>

#include "base/file_descriptor.h"
#include "service/files/files.h"

namespace peregrine::service {
namespace {

Error system_error(std::string_view what, const std::string& where) {
  return {ErrorCode::kIo, std::string(what) + ": " + std::generic_category().message(errno), where};
}

}  // namespace

Status make_result_file(const ResultFile& file, const store::AnswerLog& log, store::FileStore& records,
                        const store::BlobStore& blobs, std::int64_t now) {
  constexpr std::uint64_t kNoLimit = 1ULL << 62;
  PEREGRINE_ASSIGN(const auto known, records.find(file.id, file.organisation, now));
  if (known) return {};
  const std::string folder = blobs.folder().string();
  const base::FileDescriptor content(::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
  if (content.get() < 0) return tl::unexpected(system_error("cannot make a file", folder));
  PEREGRINE_TRY(log.copy_to(content.get()));
  struct stat status{};
  if (::fstat(content.get(), &status) != 0) return tl::unexpected(system_error("cannot be measured", folder));
  store::StoredFile record;
  record.id = file.id;
  record.organisation = file.organisation;
  record.created_at = now;
  record.purpose = kBatchOutputPurpose;
  record.filename = file.filename;
  record.bytes = static_cast<std::uint64_t>(status.st_size);
  PEREGRINE_ASSIGN(record.sha256, store::sha256_of(content.get()));
  // What a process that died before the record left behind.
  PEREGRINE_TRY(blobs.remove(file.id));
  PEREGRINE_TRY(blobs.put(file.id, content.get()));
  PEREGRINE_TRY(records.add(record, kNoLimit));
  return {};
}

}  // namespace peregrine::service
