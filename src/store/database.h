// The database of the data folder: opening it, its layout, transactions.
//
// Any thread. One connection writes and one reads, each with a mutex of its own; repositories bring the SQL.
// What write() did is on the disk when it returns. Exceptions of SQLite end here, as Errors:
//   kCorrupt            damaged, or not one of ours
//   kUnsupported        made by a newer program
//   kResourceExhausted  the disk is full
//   kUnavailable        another process holds it for longer than kBusyTimeoutMs
//   kIo, kPermissionDenied
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string_view>

#include "base/result.h"
#include "store/migrations.h"

namespace SQLite {
class Database;
}

namespace peregrine::store {

inline constexpr std::string_view kDatabaseFile = "peregrine.db";
inline constexpr int kBusyTimeoutMs = 5000;

class Database {
 public:
  using Work = std::function<void(SQLite::Database&)>;

  // Opens, or makes, kDatabaseFile in `folder` (made with mode 0700 if missing; the file with 0600) and
  // brings it to the layout of `layout`. Errors name the file and say what to do.
  static Result<std::unique_ptr<Database>> open(const std::filesystem::path& folder,
                                                std::span<const std::string_view> layout = migrations());
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  // Runs `work` in a transaction. If it throws, nothing of it was done.
  Status write(const Work& work);
  // Runs `work` on one state of the database; what it writes is refused.
  Status read(const Work& work);

 private:
  struct Impl;
  explicit Database(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace peregrine::store
