#include <fmt/format.h>

#include <ctime>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "app/commands/commands.h"
#include "app/settings.h"
#include "base/memory_budget.h"
#include "service/adapters/tuned_models.h"
#include "service/batches/batches.h"
#include "service/batches/verify.h"
#include "service/verification/contents.h"
#include "store/adapters/sqlite_adapter_store.h"
#include "store/batches/sqlite_batch_store.h"
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

// A folder of contents in the data folder, and the records of what must lie in it.
struct Shelf {
  std::string_view folder;
  const char* what;
  std::function<Result<bool>()> any_records;
  std::function<Result<service::Verification>(const store::BlobStore&)> verify;
};

// Whether there were any.
Result<bool> handle_orphans(const service::Verification& found, const store::BlobStore& blobs, bool remove) {
  for (const store::BlobEntry& orphan : found.orphans) {
    const fs::path path = blobs.folder() / orphan.name;
    const std::string size = base::format_bytes(orphan.bytes);
    if (!remove) {
      fmt::print("orphan   {}  {}\n", path.string(), size);
      continue;
    }
    std::error_code error;
    fs::remove(path, error);
    if (error) return fail(ErrorCode::kIo, "cannot be removed: " + error.message(), path.string());
    fmt::print("removed  {}  {}\n", path.string(), size);
  }
  return !found.orphans.empty();
}

struct Findings {
  bool sound = true;
  bool orphans = false;
};

Status check_shelf(const Shelf& shelf, const fs::path& data, bool remove_orphans, Findings& findings) {
  const auto blobs = store::BlobStore::open_as_it_is(data / shelf.folder);
  if (!blobs) {
    // A server that takes no files has no such folder.
    PEREGRINE_ASSIGN(const bool needed, shelf.any_records());
    if (!needed) return {};
    return tl::unexpected(blobs.error());
  }
  PEREGRINE_ASSIGN(const auto found, shelf.verify(*blobs));
  for (const service::Fault& fault : found.faults) fmt::print("LOST     {}: {}\n", fault.id, fault.what);
  PEREGRINE_ASSIGN(const bool orphans, handle_orphans(found, *blobs, remove_orphans));
  const std::size_t bad = found.faults.size();
  fmt::print("{:<9}{}  {} {}, {}{}\n", bad == 0 ? "ok" : "", blobs->folder().string(), found.records,
             shelf.what, base::format_bytes(found.bytes),
             bad == 0 ? "" : fmt::format(", {} of them bad", bad));
  findings.sound = findings.sound && bad == 0;
  findings.orphans = findings.orphans || orphans;
  return {};
}

Result<bool> check_contents(store::Database& database, const fs::path& data, bool remove_orphans) {
  store::SqliteFileStore files(database, kAnyAge);
  store::SqliteAdapterStore adapters(database);
  store::SqliteBatchStore batches(database, kAnyAge);
  const std::int64_t now = std::time(nullptr);
  const Shelf shelves[] = {
      {store::kBlobFolder, "files",
       [&] { return files.scan("", 1).map([](const auto& some) { return !some.empty(); }); },
       [&](const store::BlobStore& blobs) { return service::verify_files(files, blobs, now); }},
      {service::kAdapterFolder, "adapters",
       [&] { return adapters.scan("", 1).map([](const auto& some) { return !some.empty(); }); },
       [&](const store::BlobStore& blobs) { return service::verify_adapters(adapters, blobs, now); }},
      {service::kBatchFolder, "batches under way",
       [&] { return batches.unended("", 1).map([](const auto& some) { return !some.empty(); }); },
       [&](const store::BlobStore& blobs) { return service::verify_batches(batches, blobs, now); }},
  };
  Findings findings;
  for (const Shelf& shelf : shelves) PEREGRINE_TRY(check_shelf(shelf, data, remove_orphans, findings));
  if (findings.orphans && !remove_orphans) {
    fmt::print("         nothing refers to the orphans; peregrine doctor --remove-orphans deletes them\n");
  }
  return findings.sound;
}

Result<bool> run(const DoctorOptions& options) {
  const fs::path folder = options.data_dir.value_or(default_data_dir());
  PEREGRINE_ASSIGN(const auto database, store::Database::open_as_it_is(folder));
  PEREGRINE_ASSIGN(const bool sound, check_database(*database, folder));
  // The records of a damaged database say nothing about what belongs to whom.
  if (!sound) return false;
  return check_contents(*database, folder, options.remove_orphans);
}

}  // namespace

int doctor(const DoctorOptions& options) {
  const Result<bool> sound = run(options);
  if (!sound) return report(sound.error());
  return *sound ? 0 : 1;
}

}  // namespace peregrine::app
