// What every ResponseStore does. A further implementation is held to it by one more maker.
#include "store/responses/response_store.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "store/responses/sqlite_response_store.h"
#include "store/testing/conformance.h"

namespace peregrine::store {
namespace {

StoredResponse response(std::string id, std::int64_t created_at = 1000, std::string owner = "") {
  StoredResponse out;
  out.id = std::move(id);
  out.owner = std::move(owner);
  out.created_at = created_at;
  out.body = R"({"status":"in_progress"})";
  out.input = {{"msg_1", R"({"text":"one"})"}, {"msg_2", R"({"text":"two"})"}};
  return out;
}

class OnDisk : public testing::OnDisk<SqliteResponseStore> {
 public:
  ResponseStore& open(Retention retention = {}) {
    return testing::OnDisk<SqliteResponseStore>::open(retention);
  }
};

template <class Maker>
class ResponseStoreConformance : public testing::Conformance<Maker> {
 protected:
  static bool there(ResponseStore& store, std::string_view id, std::int64_t now = 1000) {
    const auto found = store.find(id, "", now);
    EXPECT_TRUE(found) << found.error().text();
    return found->has_value();
  }
};

using ResponseMakers = ::testing::Types<OnDisk>;
TYPED_TEST_SUITE(ResponseStoreConformance, ResponseMakers);

TYPED_TEST(ResponseStoreConformance, WhatWentInComesOut) {
  ResponseStore& store = this->maker_.open();
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
  ResponseStore& again = this->maker_.open();
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

TYPED_TEST(ResponseStoreConformance, OwnersDoNotSeeEachOther) {
  ResponseStore& store = this->maker_.open();
  ASSERT_TRUE(store.add(response("resp_a", 1000, "alice")));
  EXPECT_FALSE(*store.find("resp_a", "bob", 1000));
  EXPECT_FALSE(*store.find("resp_a", "", 1000));
  EXPECT_FALSE(*store.find_item("msg_1", "bob", 1000));
  EXPECT_FALSE(*store.remove("resp_a", "bob", 1000));
  EXPECT_TRUE(*store.find("resp_a", "alice", 1000));
  EXPECT_TRUE(*store.find_item("msg_1", "alice", 1000));
  EXPECT_TRUE(*store.remove("resp_a", "alice", 1000));
}

TYPED_TEST(ResponseStoreConformance, TheLatestOfItemsWithOneIdIsFound) {
  ResponseStore& store = this->maker_.open();
  ASSERT_TRUE(store.add(response("resp_a")));
  StoredResponse later = response("resp_b");
  later.input[0].body = "later";
  ASSERT_TRUE(store.add(later));
  EXPECT_EQ((*store.find_item("msg_1", "", 1000))->body, "later");
  ASSERT_TRUE(*store.remove("resp_b", "", 1000));
  EXPECT_EQ((*store.find_item("msg_1", "", 1000))->body, R"({"text":"one"})");
}

TYPED_TEST(ResponseStoreConformance, RemovedMeansGoneWithItsItems) {
  ResponseStore& store = this->maker_.open();
  ASSERT_TRUE(store.add(response("resp_a")));
  EXPECT_TRUE(*store.remove("resp_a", "", 1000));
  EXPECT_FALSE(*store.remove("resp_a", "", 1000));
  EXPECT_FALSE(this->there(store, "resp_a"));
  // What ends after it was removed stays removed.
  ASSERT_TRUE(store.finish("resp_a", "{}", {{"msg_9", "x"}}));
  EXPECT_FALSE(this->there(store, "resp_a"));
}

TYPED_TEST(ResponseStoreConformance, AgeEndsThem) {
  ResponseStore& store = this->maker_.open({.max_age_seconds = 100, .max_stored = 10});
  ASSERT_TRUE(store.add(response("resp_a", 1000)));
  EXPECT_TRUE(this->there(store, "resp_a", 1100));
  EXPECT_FALSE(this->there(store, "resp_a", 1101));  // before anything deleted it
  EXPECT_FALSE(*store.find_item("msg_1", "", 1101));
  EXPECT_FALSE(*store.remove("resp_a", "", 1101));
  ASSERT_TRUE(store.add(response("resp_b", 1101)));
  EXPECT_FALSE(this->there(store, "resp_a", 1100));  // deleted by then
  ASSERT_TRUE(store.purge(1201));
  EXPECT_TRUE(this->there(store, "resp_b", 1201));
  ASSERT_TRUE(store.purge(1202));
  EXPECT_FALSE(this->there(store, "resp_b", 1201));
}

TYPED_TEST(ResponseStoreConformance, TheOldestGoWhenThereAreTooMany) {
  ResponseStore& store = this->maker_.open({.max_age_seconds = 100, .max_stored = 3});
  // All in one second: the order of arrival decides.
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(store.add(response(fmt::format("resp_{}", i))));
  for (int i = 0; i < 5; ++i) EXPECT_EQ(this->there(store, fmt::format("resp_{}", i)), i >= 2) << i;
  ResponseStore& smaller = this->maker_.open({.max_age_seconds = 100, .max_stored = 1});
  ASSERT_TRUE(smaller.purge(1000));
  for (int i = 0; i < 4; ++i) EXPECT_FALSE(this->there(smaller, fmt::format("resp_{}", i))) << i;
  EXPECT_TRUE(this->there(smaller, "resp_4"));
}

}  // namespace
}  // namespace peregrine::store
