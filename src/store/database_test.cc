#include "store/database.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <string>

#include "store/testing/folder.h"

namespace peregrine::store {
namespace {

using testing::Folder;
using ::testing::HasSubstr;

using std::filesystem::perms;

perms mode_of(const std::filesystem::path& path) {
  return std::filesystem::status(path).permissions() & perms::mask;
}

int count_rows(Database& database, const std::string& table) {
  int rows = -1;
  const Status status = database.read(
      [&](SQLite::Database& db) { rows = db.execAndGet("SELECT count(*) FROM " + table).getInt(); });
  EXPECT_TRUE(status) << status.error().text();
  return rows;
}

constexpr std::array<std::string_view, 3> kLayout = {
    "CREATE TABLE a (x INTEGER); INSERT INTO a VALUES (1);",
    "CREATE TABLE b (x INTEGER); INSERT INTO b SELECT x + 1 FROM a;",
    "INSERT INTO b VALUES (7);",
};

TEST(Database, IsForItsOwnerAlone) {
  const Folder folder;
  const auto database = Database::open(folder.path() / "data");
  ASSERT_TRUE(database) << database.error().text();
  EXPECT_EQ(mode_of(folder.path() / "data"), perms::owner_all);
  for (const char* end : {"", "-wal", "-shm"}) {
    EXPECT_EQ(mode_of((folder.path() / "data" / kDatabaseFile).string() + end),
              perms::owner_read | perms::owner_write);
  }
}

TEST(Database, LeavesTheModeOfAFolderThatIsThere) {
  const Folder folder;
  std::filesystem::create_directories(folder.path());
  std::filesystem::permissions(folder.path(), perms::owner_all | perms::group_read | perms::group_exec);
  ASSERT_TRUE(Database::open(folder.path()));
  EXPECT_EQ(mode_of(folder.path()), perms::owner_all | perms::group_read | perms::group_exec);
}

TEST(Database, MigratesFromEveryVersionOnce) {
  for (std::size_t version = 0; version <= kLayout.size(); ++version) {
    const Folder folder;
    ASSERT_TRUE(Database::open(folder.path(), std::span(kLayout).first(version)));
    for (int again = 0; again < 2; ++again) {
      const auto database = Database::open(folder.path(), kLayout);
      ASSERT_TRUE(database) << database.error().text();
      EXPECT_EQ(count_rows(**database, "a"), 1);
      EXPECT_EQ(count_rows(**database, "b"), 2);
    }
  }
}

TEST(Database, AFailedMigrationLeavesTheOldLayout) {
  const Folder folder;
  ASSERT_TRUE(Database::open(folder.path(), std::span(kLayout).first(1)));
  constexpr std::array<std::string_view, 2> kBroken = {
      kLayout[0], "CREATE TABLE b (x INTEGER); INSERT INTO c VALUES (1);"};
  EXPECT_FALSE(Database::open(folder.path(), kBroken));
  const auto database = Database::open(folder.path(), kLayout);
  ASSERT_TRUE(database) << database.error().text();
  EXPECT_EQ(count_rows(**database, "b"), 2);
}

TEST(Database, RefusesANewerLayout) {
  const Folder folder;
  ASSERT_TRUE(Database::open(folder.path(), kLayout));
  const auto database = Database::open(folder.path(), std::span(kLayout).first(2));
  ASSERT_FALSE(database);
  EXPECT_EQ(database.error().code, ErrorCode::kUnsupported);
  EXPECT_THAT(database.error().message, HasSubstr("newer version of Peregrine (layout 3, this one knows 2)"));
  EXPECT_EQ(database.error().where, (folder.path() / kDatabaseFile).string());
}

TEST(Database, RefusesWhatIsNoDatabase) {
  const Folder folder;
  std::filesystem::create_directories(folder.path());
  std::ofstream(folder.path() / kDatabaseFile) << std::string(8192, 'x');
  const auto database = Database::open(folder.path());
  ASSERT_FALSE(database);
  EXPECT_EQ(database.error().code, ErrorCode::kCorrupt);
  EXPECT_THAT(database.error().message, HasSubstr("move the file away"));
}

TEST(Database, RefusesADamagedOne) {
  const Folder folder;
  ASSERT_TRUE(Database::open(folder.path()));  // closing moves the log into the file
  {
    std::fstream file(folder.path() / kDatabaseFile, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(100);
    file << std::string(200, '\xff');
  }
  const auto database = Database::open(folder.path());
  ASSERT_FALSE(database);
  EXPECT_EQ(database.error().code, ErrorCode::kCorrupt) << database.error().text();
}

TEST(Database, RefusesAnotherProgramsDatabase) {
  const Folder folder;
  std::filesystem::create_directories(folder.path());
  {
    SQLite::Database other((folder.path() / kDatabaseFile).string(),
                           SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    other.exec("CREATE TABLE recipes (name TEXT)");
  }
  const auto database = Database::open(folder.path());
  ASSERT_FALSE(database);
  EXPECT_THAT(database.error().message, HasSubstr("another program"));
}

TEST(Database, SaysWhichFolderCannotBeMade) {
  const Folder folder;
  std::filesystem::create_directories(folder.path());
  std::ofstream(folder.path() / "file") << "x";
  const auto database = Database::open(folder.path() / "file" / "data");
  ASSERT_FALSE(database);
  EXPECT_THAT(database.error().message, HasSubstr("--data-dir"));
}

TEST(Database, IsLookedAtAsItIs) {
  const Folder folder;
  EXPECT_EQ(Database::open_as_it_is(folder.path(), kLayout).error().code, ErrorCode::kNotFound);
  EXPECT_FALSE(std::filesystem::exists(folder.path()));
  ASSERT_TRUE(Database::open(folder.path(), std::span(kLayout).first(2)));
  EXPECT_EQ(Database::open_as_it_is(folder.path(), kLayout).error().code, ErrorCode::kUnsupported);
  EXPECT_EQ(Database::open_as_it_is(folder.path(), std::span(kLayout).first(1)).error().code,
            ErrorCode::kUnsupported);
  const auto database = Database::open_as_it_is(folder.path(), std::span(kLayout).first(2));
  ASSERT_TRUE(database) << database.error().text();
  EXPECT_EQ(count_rows(**database, "b"), 1);
  EXPECT_TRUE((*database)->check().value().empty());
}

TEST(Database, FindsWhatIsWrongInIt) {
  const Folder folder;
  {
    const auto database = Database::open(folder.path());
    ASSERT_TRUE(database);
    ASSERT_TRUE((*database)->write([](SQLite::Database& db) {
      db.exec(
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) INSERT INTO "
          "responses "
          "(id, owner, created_at, previous_id, finished, body) SELECT 'resp_' || i, '', i, '', 1, "
          "hex(zeroblob(200)) "
          "FROM n");
    }));
    EXPECT_TRUE((*database)->check().value().empty());
  }
  const auto path = folder.path() / kDatabaseFile;
  const auto size = std::filesystem::file_size(path);
  {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(size / 2 / 4096 * 4096));
    file << std::string(4096, '\xff');
  }
  const auto database = Database::open_as_it_is(folder.path());
  ASSERT_TRUE(database) << database.error().text();
  const auto faults = (*database)->check();
  EXPECT_TRUE(!faults || !faults->empty());
}

TEST(Database, UndoesWhatThrows) {
  const Folder folder;
  const auto database = Database::open(folder.path(), kLayout);
  ASSERT_TRUE(database);
  const Status status = (*database)->write([](SQLite::Database& db) {
    db.exec("INSERT INTO a VALUES (2)");
    db.exec("INSERT INTO nowhere VALUES (2)");
  });
  ASSERT_FALSE(status);
  EXPECT_EQ(count_rows(**database, "a"), 1);
  // And goes on working.
  ASSERT_TRUE((*database)->write([](SQLite::Database& db) { db.exec("INSERT INTO a VALUES (2)"); }));
  EXPECT_EQ(count_rows(**database, "a"), 2);
}

TEST(Database, ReadersWriteNothing) {
  const Folder folder;
  const auto database = Database::open(folder.path(), kLayout);
  ASSERT_TRUE(database);
  EXPECT_FALSE((*database)->read([](SQLite::Database& db) { db.exec("INSERT INTO a VALUES (2)"); }));
  EXPECT_EQ(count_rows(**database, "a"), 1);
}

TEST(Database, ReadersDoNotWaitForAWriter) {
  const Folder folder;
  const auto database = Database::open(folder.path(), kLayout);
  ASSERT_TRUE(database);
  const Status status = (*database)->write([&](SQLite::Database& db) {
    db.exec("INSERT INTO a VALUES (2)");
    EXPECT_EQ(count_rows(**database, "a"), 1);
  });
  ASSERT_TRUE(status);
  EXPECT_EQ(count_rows(**database, "a"), 2);
}

}  // namespace
}  // namespace peregrine::store
