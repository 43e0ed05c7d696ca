#include "store/database.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <mutex>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

namespace peregrine::store {
namespace {

// "PRGN", in the file's header: tells our databases from others'.
constexpr int kApplicationId = 0x5052474e;

constexpr std::string_view kDamaged =
    "is damaged: {}. Stop the server, move the file away together with those of the same name that end with "
    "-wal and -shm (or put a backup in their place), and start again";

Error make_error(const SQLite::Exception& cause, const std::string& file) {
  // The extended code's lowest byte is the plain one.
  switch (cause.getErrorCode() & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
      return {ErrorCode::kCorrupt, fmt::format(kDamaged, cause.what()), file};
    case SQLITE_FULL:
      return {ErrorCode::kResourceExhausted, "cannot grow: the disk is full", file};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorCode::kUnavailable, "is in use by another process", file};
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_READONLY:
      return {ErrorCode::kPermissionDenied,
              fmt::format("cannot be opened for writing: {}; choose another folder with --data-dir",
                          cause.what()),
              file};
    default:
      return {ErrorCode::kIo, cause.what(), file};
  }
}

Status run(SQLite::Database& connection, const std::string& file, SQLite::TransactionBehavior behavior,
           const Database::Work& work) {
  try {
    SQLite::Transaction transaction(connection, behavior);
    work(connection);
    transaction.commit();
    return {};
  } catch (const SQLite::Exception& error) {
    return tl::unexpected(make_error(error, file));
  }
}

Status make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  if (std::filesystem::is_directory(folder, error)) return {};
  if (folder.has_parent_path()) std::filesystem::create_directories(folder.parent_path(), error);
  if (!error && ::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
    error = std::error_code(errno, std::generic_category());
  }
  if (!error) return {};
  return fail(ErrorCode::kIo, "cannot be created: " + error.message() + "; choose another with --data-dir",
              folder.string());
}

// SQLite gives the files that it makes beside the database the mode of the database.
Status make_file(const std::string& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor >= 0) {
    ::close(descriptor);
    return {};
  }
  const std::error_code error(errno, std::generic_category());
  return fail(
      ErrorCode::kPermissionDenied,
      fmt::format("cannot be opened for writing: {}; choose another folder with --data-dir", error.message()),
      file);
}

int pragma(SQLite::Database& connection, const std::string& name) {
  return connection.execAndGet("PRAGMA " + name).getInt();
}

// In one transaction: a process that dies here leaves the old layout.
void migrate(SQLite::Database& connection, std::span<const std::string_view> layout, std::size_t version) {
  for (const std::string_view script : layout.subspan(version)) connection.exec(std::string(script));
  connection.exec(fmt::format("PRAGMA application_id = {}", kApplicationId));
  connection.exec(fmt::format("PRAGMA user_version = {}", layout.size()));
}

Status bring_up(SQLite::Database& connection, const std::string& file,
                std::span<const std::string_view> layout) {
  Status status;
  const Status ran = run(connection, file, SQLite::TransactionBehavior::IMMEDIATE, [&](SQLite::Database& db) {
    const int tables = db.execAndGet("SELECT count(*) FROM sqlite_schema").getInt();
    const int application = pragma(db, "application_id");
    const int version = pragma(db, "user_version");
    if (application != kApplicationId && (tables > 0 || application != 0)) {
      status = fail(ErrorCode::kCorrupt,
                    "is a database of another program; choose another folder with --data-dir", file);
    } else if (version < 0 || static_cast<std::size_t>(version) > layout.size()) {
      status =
          fail(ErrorCode::kUnsupported,
               fmt::format("was made by a newer version of Peregrine (layout {}, this one knows {}): run "
                           "that version, or choose another folder with --data-dir",
                           version, layout.size()),
               file);
    } else {
      migrate(db, layout, static_cast<std::size_t>(version));
    }
  });
  PEREGRINE_TRY(ran);
  return status;
}

}  // namespace

struct Database::Impl {
  explicit Impl(std::string path)
      : file(std::move(path)),
        writer(file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX, kBusyTimeoutMs) {
    writer.exec("PRAGMA journal_mode = WAL");
    writer.exec("PRAGMA synchronous = FULL");
    writer.exec("PRAGMA foreign_keys = ON");
    writer.exec("PRAGMA secure_delete = ON");
  }

  void open_reader() {
    reader.emplace(file, SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX, kBusyTimeoutMs);
    reader->exec("PRAGMA query_only = ON");
  }

  std::string file;
  std::mutex write_mutex;
  std::mutex read_mutex;
  SQLite::Database writer;
  std::optional<SQLite::Database> reader;  // after the migrations
};

Database::Database(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Database::~Database() = default;

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& folder,
                                                 std::span<const std::string_view> layout) {
  PEREGRINE_TRY(make_folder(folder));
  const std::string file = (folder / kDatabaseFile).string();
  PEREGRINE_TRY(make_file(file));
  try {
    auto impl = std::make_unique<Impl>(file);
    PEREGRINE_TRY(bring_up(impl->writer, file, layout));
    impl->open_reader();
    return std::unique_ptr<Database>(new Database(std::move(impl)));
  } catch (const SQLite::Exception& error) {
    return tl::unexpected(make_error(error, file));
  }
}

Result<std::unique_ptr<Database>> Database::open_as_it_is(const std::filesystem::path& folder,
                                                          std::span<const std::string_view> layout) {
  const std::string file = (folder / kDatabaseFile).string();
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) return fail(ErrorCode::kNotFound, "is not there", file);
  try {
    auto impl = std::make_unique<Impl>(file);
    int version = 0;
    PEREGRINE_TRY(run(impl->writer, file, SQLite::TransactionBehavior::DEFERRED, [&](SQLite::Database& db) {
      version = pragma(db, "application_id") == kApplicationId ? pragma(db, "user_version") : 0;
    }));
    if (version < 0 || static_cast<std::size_t>(version) != layout.size()) {
      return fail(
          ErrorCode::kUnsupported,
          fmt::format(
              "has the layout {} and this version of Peregrine knows {}: a server brings an older one "
              "up to date when it starts",
              version, layout.size()),
          file);
    }
    impl->open_reader();
    return std::unique_ptr<Database>(new Database(std::move(impl)));
  } catch (const SQLite::Exception& cause) {
    return tl::unexpected(make_error(cause, file));
  }
}

Result<std::vector<std::string>> Database::check() {
  std::vector<std::string> faults;
  PEREGRINE_TRY(read([&](SQLite::Database& db) {
    SQLite::Statement pages(db, fmt::format("PRAGMA integrity_check({})", kMaxFaults));
    while (pages.executeStep()) {
      std::string line = pages.getColumn(0).getString();
      if (line != "ok") faults.push_back(std::move(line));
    }
    SQLite::Statement references(db, "PRAGMA foreign_key_check");
    while (faults.size() < kMaxFaults && references.executeStep()) {
      faults.push_back(fmt::format("a row of {} refers to one of {} that is not there",
                                   references.getColumn(0).getString(), references.getColumn(2).getString()));
    }
  }));
  return faults;
}

Status Database::write(const Work& work) {
  const std::lock_guard lock(impl_->write_mutex);
  return run(impl_->writer, impl_->file, SQLite::TransactionBehavior::IMMEDIATE, work);
}

Status Database::read(const Work& work) {
  const std::lock_guard lock(impl_->read_mutex);
  return run(*impl_->reader, impl_->file, SQLite::TransactionBehavior::DEFERRED, work);
}

}  // namespace peregrine::store
