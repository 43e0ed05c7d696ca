#include <fmt/format.h>

#include <ctime>
#include <memory>
#include <string>
#include <vector>

#include "app/commands/commands.h"
#include "app/settings.h"
#include "base/memory_budget.h"
#include "service/files/verify.h"
#include "store/blobs/blob_store.h"
#include "store/database.h"
#include "store/files/sqlite_file_store.h"

namespace peregrine::app {
namespace {

namespace fs = std::filesystem;

// Every file counts, however old.
constexpr std::int64_t kAnyAge = 1LL << 50;

// False: something is wrong in it.
Result<bool> check_database(store::Database& database, const fs::path& folder) {
  PEREGRINE_ASSIGN(const std::vector<std::string> faults, database.check());
  const std::string file = (folder / store::kDatabaseFile).string();
  if (faults.empty()) fmt::print("ok       {}\n", file);
  for (const std::string& fault : faults) fmt::print("DAMAGED  {}: {}\n", file, fault);
  if (!faults.empty()) fmt::print("         stop the server and put a backup in its place\n");
  return faults.empty();
}

Status handle_orphans(const service::FileVerification& found, const store::BlobStore& blobs, bool remove) {
  for (const store::BlobEntry& orphan : found.orphans) {
    const fs::path path = blobs.folder() / orphan.name;
    const std::string size = base::format_bytes(orphan.bytes);
    if (!remove) {
      fmt::print("orphan   {}  {}\n", path.string(), size);
      continue;
    }
    std::error_code error;
    if (!fs::remove(path, error))
      return fail(ErrorCode::kIo, "cannot be removed: " + error.message(), path.string());
    fmt::print("removed  {}  {}\n", path.string(), size);
  }
  if (!found.orphans.empty() && !remove) {
    fmt::print("         nothing refers to these; peregrine doctor --remove-orphans deletes them\n");
  }
  return {};
}

Result<bool> check_files(store::Database& database, const fs::path& folder, bool remove_orphans) {
  const auto blobs = store::BlobStore::open_as_it_is(folder / store::kBlobFolder);
  store::SqliteFileStore records(database, kAnyAge);
  if (!blobs) {
    // A server that takes no files has no such folder.
    PEREGRINE_ASSIGN(const auto some, records.scan("", 1));
    if (some.empty()) return true;
    return tl::unexpected(blobs.error());
  }
  PEREGRINE_ASSIGN(const auto found, service::verify_files(records, *blobs, std::time(nullptr)));
  for (const service::FileFault& fault : found.faults) fmt::print("LOST     {}: {}\n", fault.id, fault.what);
  PEREGRINE_TRY(handle_orphans(found, *blobs, remove_orphans));
  const std::size_t bad = found.faults.size();
  fmt::print("{:<9}{}  {} files, {}{}\n", bad == 0 ? "ok" : "", blobs->folder().string(), found.files,
             base::format_bytes(found.bytes), bad == 0 ? "" : fmt::format(", {} of them bad", bad));
  return bad == 0;
}

Result<bool> run(const DoctorOptions& options) {
  const fs::path folder = options.data_dir.value_or(default_data_dir());
  PEREGRINE_ASSIGN(const auto database, store::Database::open_as_it_is(folder));
  PEREGRINE_ASSIGN(const bool sound, check_database(*database, folder));
  // The records of a damaged database say nothing about what belongs to whom.
  if (!sound) return false;
  return check_files(*database, folder, options.remove_orphans);
}

}  // namespace

int doctor(const DoctorOptions& options) {
  const Result<bool> sound = run(options);
  if (!sound) return report(sound.error());
  return *sound ? 0 : 1;
}

}  // namespace peregrine::app
