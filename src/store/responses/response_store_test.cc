#include "store/response_store.h"

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

class ResponseStoreTest : public ::testing::Test {
 protected:
  void SetUp() override { reopen(); }
  void reopen() {
    database_.reset();
    auto opened = Database::open(folder_.path());
    ASSERT_TRUE(opened) << opened.error().text();
    database_ = std::move(*opened);
  }
  ResponseStore store(Retention retention = {}) { return {*database_, retention}; }
  bool there(ResponseStore& store, std::string_view id, std::int64_t now = 1000) {
    const auto found = store.find(id, "", now);
    EXPECT_TRUE(found) << found.error().text();
    return found->has_value();
  }
  int rows(const std::string& table) {
    int count = -1;
    EXPECT_TRUE(database_->read(
        [&](SQLite::Database& db) { count = db.execAndGet("SELECT count(*) FROM " + table).getInt(); }));
    return count;
  }

  Folder folder_;
  std::unique_ptr<Database> database_;
};

TEST_F(ResponseStoreTest, WhatWentInComesOut) {
  ResponseStore store = this->store();
  StoredResponse in = response("resp_a");
  in.previous_id = "resp_z";
  in.input[1].body = std::string("nul \0 and \xE2\x82\xAC", 13);
  ASSERT_TRUE(store.add(in));
  auto begun = store.find("resp_a", "", 1000);
  ASSERT_TRUE(begun && *begun);
  EXPECT_FALSE((*begun)->finished);
  EXPECT_EQ((*begun)->body, in.body);
  EXPECT_TRUE((*begun)->output.empty());

  ASSERT_TRUE(store.finish("resp_a", "{}", {{"msg_3", "three"}, {"fc_1", "four"}}));
  reopen();
  ResponseStore again = this->store();
  auto found = again.find("resp_a", "", 1000);
  ASSERT_TRUE(found && *found);
  const StoredResponse& out = **found;
  EXPECT_TRUE(out.finished);
  EXPECT_EQ(out.created_at, 1000);
  EXPECT_EQ(out.previous_id, "resp_z");
  EXPECT_EQ(out.body, "{}");
  ASSERT_EQ(out.input.size(), 2U);
  EXPECT_EQ(out.input[0].id, "msg_1");
  EXPECT_EQ(out.input[1].body, in.input[1].body);
  ASSERT_EQ(out.output.size(), 2U);
  EXPECT_EQ(out.output[0].body, "three");
  EXPECT_EQ(out.output[1].id, "fc_1");
}

TEST_F(ResponseStoreTest, OwnersDoNotSeeEachOther) {
  ResponseStore store = this->store();
  ASSERT_TRUE(store.add(response("resp_a", 1000, "alice")));
  EXPECT_FALSE(*store.find("resp_a", "bob", 1000));
  EXPECT_FALSE(*store.find("resp_a", "", 1000));
  EXPECT_FALSE(*store.find_item("msg_1", "bob", 1000));
  EXPECT_FALSE(*store.remove("resp_a", "bob", 1000));
  EXPECT_TRUE(*store.find("resp_a", "alice", 1000));
  EXPECT_TRUE(*store.find_item("msg_1", "alice", 1000));
  EXPECT_TRUE(*store.remove("resp_a", "alice", 1000));
}

TEST_F(ResponseStoreTest, TheLatestOfItemsWithOneIdIsFound) {
  ResponseStore store = this->store();
  ASSERT_TRUE(store.add(response("resp_a")));
  StoredResponse later = response("resp_b");
  later.input[0].body = "later";
  ASSERT_TRUE(store.add(later));
  EXPECT_EQ((*store.find_item("msg_1", "", 1000))->body, "later");
  ASSERT_TRUE(*store.remove("resp_b", "", 1000));
  EXPECT_EQ((*store.find_item("msg_1", "", 1000))->body, R"({"text":"one"})");
}

TEST_F(ResponseStoreTest, RemovedMeansGoneWithItsItems) {
  ResponseStore store = this->store();
  StoredResponse secret = response("resp_a");
  secret.input[0].body = "xyzzy-plugh";
  ASSERT_TRUE(store.add(secret));
  EXPECT_TRUE(*store.remove("resp_a", "", 1000));
  EXPECT_FALSE(*store.remove("resp_a", "", 1000));
  EXPECT_FALSE(there(store, "resp_a"));
  EXPECT_EQ(rows("response_items"), 0);
  // What ends after it was removed stays removed.
  ASSERT_TRUE(store.finish("resp_a", "{}", {{"msg_9", "x"}}));
  EXPECT_FALSE(there(store, "resp_a"));
  EXPECT_EQ(rows("response_items"), 0);
  database_.reset();  // the log goes into the file
  std::ifstream file(folder_.path() / kDatabaseFile, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  EXPECT_THAT(bytes, HasSubstr("response_items"));
  EXPECT_THAT(bytes, Not(HasSubstr("xyzzy-plugh")));
}

TEST_F(ResponseStoreTest, AgeEndsThem) {
  ResponseStore store = this->store({.max_age_seconds = 100, .max_stored = 10});
  ASSERT_TRUE(store.add(response("resp_a", 1000)));
  EXPECT_TRUE(there(store, "resp_a", 1100));
  EXPECT_FALSE(there(store, "resp_a", 1101));  // before anything deleted it
  EXPECT_FALSE(*store.find_item("msg_1", "", 1101));
  EXPECT_FALSE(*store.remove("resp_a", "", 1101));
  ASSERT_TRUE(store.add(response("resp_b", 1101)));
  EXPECT_EQ(rows("responses"), 1);
  ASSERT_TRUE(store.purge(1202));
  EXPECT_EQ(rows("responses"), 0);
  EXPECT_EQ(rows("response_items"), 0);
}

TEST_F(ResponseStoreTest, TheOldestGoWhenThereAreTooMany) {
  ResponseStore store = this->store({.max_age_seconds = 100, .max_stored = 3});
  // All in one second: the order of arrival decides.
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(store.add(response(fmt::format("resp_{}", i))));
  for (int i = 0; i < 5; ++i) EXPECT_EQ(there(store, fmt::format("resp_{}", i)), i >= 2) << i;
  ResponseStore smaller = this->store({.max_age_seconds = 100, .max_stored = 1});
  ASSERT_TRUE(smaller.purge(1000));
  EXPECT_EQ(rows("responses"), 1);
  EXPECT_TRUE(there(smaller, "resp_4"));
}

// A child process stores without end and tells of each response that was acknowledged; it is killed in the
// middle. Everything it told of is there.
TEST(ResponseStoreCrash, WhatWasAcknowledgedSurvivesAKill) {
  const Folder folder;
  int pipe[2];
  ASSERT_EQ(::pipe(pipe), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    ::close(pipe[0]);
    auto database = Database::open(folder.path());
    if (!database) ::_exit(1);
    ResponseStore store(**database, {});
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
  ResponseStore store(**database, {});
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
