#include "store/responses/sqlite_response_store.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <iterator>
#include <string>

#include "store/testing/folder.h"

namespace peregrine::store {
namespace {

using testing::Folder;
using ::testing::HasSubstr;
using ::testing::Not;

StoredResponse response(std::string id, std::int64_t created_at = 1000, std::string owner = "") {
  StoredResponse out;
  out.id = std::move(id);
  out.owner = std::move(owner);
  out.created_at = created_at;
  out.body = R"({"status":"in_progress"})";
  out.input = {{"msg_1", R"({"text":"one"})"}, {"msg_2", R"({"text":"two"})"}};
  return out;
}

class SqliteResponses : public ::testing::Test {
 protected:
  SqliteResponseStore store(Retention retention = {}) { return {*database_, retention}; }
  int rows(const std::string& table) {
    int count = -1;
    EXPECT_TRUE(database_->read(
        [&](SQLite::Database& db) { count = db.execAndGet("SELECT count(*) FROM " + table).getInt(); }));
    return count;
  }

  Folder folder_;
  std::unique_ptr<Database> database_ = Database::open(folder_.path()).value();
};

TEST_F(SqliteResponses, LeaveNothingBehind) {
  SqliteResponseStore store = this->store();
  StoredResponse secret = response("resp_a");
  secret.input[0].body = "xyzzy-plugh";
  ASSERT_TRUE(store.add(secret));
  EXPECT_TRUE(*store.remove("resp_a", "", 1000));
  EXPECT_EQ(rows("response_items"), 0);
  ASSERT_TRUE(store.finish("resp_a", "{}", {{"msg_9", "x"}}));
  EXPECT_EQ(rows("response_items"), 0);
  database_.reset();  // the log goes into the file
  std::ifstream file(folder_.path() / kDatabaseFile, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  EXPECT_THAT(bytes, HasSubstr("response_items"));
  EXPECT_THAT(bytes, Not(HasSubstr("xyzzy-plugh")));
}

TEST_F(SqliteResponses, AreDeletedWhenTheyAreOldOrTooMany) {
  SqliteResponseStore store = this->store({.max_age_seconds = 100, .max_stored = 3});
  ASSERT_TRUE(store.add(response("resp_a", 1000)));
  ASSERT_TRUE(store.add(response("resp_b", 1101)));
  EXPECT_EQ(rows("responses"), 1);
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(store.add(response(fmt::format("resp_{}", i), 1101)));
  EXPECT_EQ(rows("responses"), 3);
  ASSERT_TRUE(store.purge(1202));
  EXPECT_EQ(rows("responses"), 0);
  EXPECT_EQ(rows("response_items"), 0);
}

// A child process stores without end and tells of each response that was acknowledged; it is killed in the
// middle. Everything it told of is there.
TEST(SqliteResponseCrash, WhatWasAcknowledgedSurvivesAKill) {
  const Folder folder;
  int pipe[2];
  ASSERT_EQ(::pipe(pipe), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    ::close(pipe[0]);
    auto database = Database::open(folder.path());
    if (!database) ::_exit(1);
    SqliteResponseStore store(**database, {});
    for (int i = 0;; ++i) {
      const std::string id = fmt::format("resp_{}", i);
      if (!store.add(response(id)) || !store.finish(id, "done", {{"msg_o", "out"}})) ::_exit(2);
      if (::write(pipe[1], "+", 1) != 1) ::_exit(3);
    }
  }
  ::close(pipe[1]);
  constexpr int kEnough = 20;
  int acknowledged = 0;
  for (char c = 0; acknowledged < kEnough && ::read(pipe[0], &c, 1) == 1;) ++acknowledged;
  ::kill(child, SIGKILL);
  for (char c = 0; ::read(pipe[0], &c, 1) == 1;) ++acknowledged;
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  ::close(pipe[0]);
  ASSERT_GE(acknowledged, kEnough);

  auto database = Database::open(folder.path());
  ASSERT_TRUE(database) << database.error().text();
  SqliteResponseStore store(**database, {});
  for (int i = 0; i < acknowledged; ++i) {
    const auto found = store.find(fmt::format("resp_{}", i), "", 1000);
    ASSERT_TRUE(found && *found) << i;
    EXPECT_TRUE((*found)->finished);
    EXPECT_EQ((*found)->body, "done");
    EXPECT_EQ((*found)->output.size(), 1U);
  }
  std::string check;
  ASSERT_TRUE((*database)->read(
      [&](SQLite::Database& db) { check = db.execAndGet("PRAGMA integrity_check").getString(); }));
  EXPECT_EQ(check, "ok");
}

}  // namespace
}  // namespace peregrine::store
