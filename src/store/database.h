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
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/migrations.h"

namespace SQLite {
class Database;
}

namespace peregrine::store {

inline constexpr std::string_view kDatabaseFile = "peregrine.db";
inline constexpr int kBusyTimeoutMs = 5000;
inline constexpr std::size_t kMaxFaults = 100;

class Database {
 public:
  using Work = std::function<void(SQLite::Database&)>;

  // Opens, or makes, kDatabaseFile in `folder` (made with mode 0700 if missing; the file with 0600) and
  // brings it to the layout of `layout`. Errors name the file and say what to do.
  static Result<std::unique_ptr<Database>> open(const std::filesystem::path& folder,
                                                std::span<const std::string_view> layout = migrations());
  // For who looks at a data folder without changing it: kNotFound where there is no database, kUnsupported
  // where its layout is older, too.
  static Result<std::unique_ptr<Database>> open_as_it_is(
      const std::filesystem::path& folder, std::span<const std::string_view> layout = migrations());
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  // Runs `work` in a transaction. If it throws, nothing of it was done.
  Status write(const Work& work);
  // Runs `work` on one state of the database; what it writes is refused.
  Status read(const Work& work);
  // Every page, index and reference: what is wrong, one line each; at most kMaxFaults.
  Result<std::vector<std::string>> check();

 private:
  struct Impl;
  explicit Database(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace peregrine::store
