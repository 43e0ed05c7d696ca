// What every FileStore does. A further implementation is held to it by one more maker.
#include "store/files/file_store.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "store/files/sqlite_file_store.h"
#include "store/files/testing/memory_file_store.h"
#include "store/testing/conformance.h"

namespace peregrine::store {
namespace {

constexpr std::int64_t kMaxAge = 100;
constexpr std::uint64_t kNoLimit = 1ULL << 62;

template <class Maker>
class FileStoreConformance : public testing::AgedConformance<Maker, FileStore> {
 protected:
  static StoredFile file(std::string id, std::int64_t created_at = 1000, std::string organisation = "acme") {
    return {std::move(id), std::move(organisation), created_at, "batch", "a.jsonl", 10, std::string(64, 'a')};
  }
};

using FileMakers = ::testing::Types<testing::OnDisk<SqliteFileStore, kMaxAge>,
                                    testing::InMemory<testing::MemoryFileStore, kMaxAge>>;
TYPED_TEST_SUITE(FileStoreConformance, FileMakers);

using testing::Ids;

TYPED_TEST(FileStoreConformance, WhatWentInComesOut) {
  StoredFile in = this->file("file_1");
  in.filename = std::string("nul \0 and \xE2\x82\xAC", 13);
  in.bytes = 1ULL << 40;
  EXPECT_TRUE(this->maker_.open().add(in, kNoLimit).value());
  FileStore& store = this->maker_.open();
  EXPECT_EQ(store.find("file_1", "acme", 1000).value(), in);
  EXPECT_FALSE(store.find("file_2", "acme", 1000).value());
  EXPECT_EQ(store.scan("", 10).value(), std::vector{in});
}

TYPED_TEST(FileStoreConformance, AnIdIsTakenOnce) {
  FileStore& store = this->maker_.open();
  ASSERT_TRUE(store.add(this->file("file_1"), kNoLimit).value());
  StoredFile other = this->file("file_1", 1000, "other");
  EXPECT_FALSE(store.add(other, kNoLimit).has_value());
  EXPECT_EQ(store.find("file_1", "acme", 1000).value(), this->file("file_1"));
}

TYPED_TEST(FileStoreConformance, OrganisationsDoNotSeeEachOther) {
  FileStore& store = this->maker_.open();
  ASSERT_TRUE(store.add(this->file("file_1"), kNoLimit).value());
  for (const char* other : {"", "Acme", "acm", "acme "}) {
    EXPECT_FALSE(store.find("file_1", other, 1000).value()) << other;
    EXPECT_FALSE(store.remove("file_1", other, 1000).value()) << other;
    FileQuery query = this->query(100, other);
    EXPECT_TRUE(store.list(query, 1000).value().records.empty()) << other;
  }
  EXPECT_TRUE(store.find("file_1", "acme", 1000).value());
}

TYPED_TEST(FileStoreConformance, ListsPageByPageInBothOrders) {
  FileStore& store = this->maker_.open();
  for (const char* id : {"file_3", "file_1", "file_5", "file_2", "file_4"}) {
    ASSERT_TRUE(store.add(this->file(id), kNoLimit).value());
  }
  ASSERT_TRUE(store.add(this->file("file_6", 1000, "other"), kNoLimit).value());
  FileQuery query = this->query(2);
  EXPECT_EQ(this->ids(store.list(query, 1000)), (Ids{"file_5", "file_4"}));
  EXPECT_TRUE(store.list(query, 1000)->has_more);
  query.after = "file_4";
  EXPECT_EQ(this->ids(store.list(query, 1000)), (Ids{"file_3", "file_2"}));
  // What stood there is gone: the next page is the same.
  ASSERT_TRUE(store.remove("file_4", "acme", 1000).value());
  EXPECT_EQ(this->ids(store.list(query, 1000)), (Ids{"file_3", "file_2"}));
  query.after = "file_2";
  EXPECT_EQ(this->ids(store.list(query, 1000)), (Ids{"file_1"}));
  EXPECT_FALSE(store.list(query, 1000)->has_more);
  query.descending = false;
  EXPECT_EQ(this->ids(store.list(query, 1000)), (Ids{"file_3", "file_5"}));
  EXPECT_FALSE(store.list(query, 1000)->has_more);
  query.after.clear();
  EXPECT_EQ(this->ids(store.list(query, 1000)), (Ids{"file_1", "file_2"}));
  query.limit = 0;
  EXPECT_EQ(this->ids(store.list(query, 1000)), Ids{});
  EXPECT_TRUE(store.list(query, 1000)->has_more);
}

TYPED_TEST(FileStoreConformance, ListsOnePurpose) {
  FileStore& store = this->maker_.open();
  StoredFile output = this->file("file_1");
  output.purpose = "batch_output";
  ASSERT_TRUE(store.add(output, kNoLimit).value());
  ASSERT_TRUE(store.add(this->file("file_2"), kNoLimit).value());
  FileQuery query = this->query();
  EXPECT_EQ(this->ids(store.list(query, 1000)), (Ids{"file_2", "file_1"}));
  query.purpose = "batch_output";
  EXPECT_EQ(this->ids(store.list(query, 1000)), (Ids{"file_1"}));
  query.purpose = "batch_outpu%";
  EXPECT_EQ(this->ids(store.list(query, 1000)), Ids{});
}

TYPED_TEST(FileStoreConformance, RemovedMeansGone) {
  ASSERT_TRUE(this->maker_.open().add(this->file("file_1"), kNoLimit).value());
  EXPECT_TRUE(this->maker_.open().remove("file_1", "acme", 1000).value());
  FileStore& store = this->maker_.open();
  EXPECT_FALSE(store.remove("file_1", "acme", 1000).value());
  EXPECT_FALSE(store.find("file_1", "acme", 1000).value());
  EXPECT_TRUE(store.scan("", 10).value().empty());
}

TYPED_TEST(FileStoreConformance, AgeEndsThem) {
  FileStore& store = this->maker_.open();
  ASSERT_TRUE(store.add(this->file("file_1", 1000), kNoLimit).value());
  ASSERT_TRUE(store.add(this->file("file_2", 1001), kNoLimit).value());
  ASSERT_TRUE(store.add(this->file("file_3", 1000, "other"), kNoLimit).value());
  EXPECT_TRUE(store.find("file_1", "acme", 1100).value());
  EXPECT_TRUE(store.purge(1100, 10).value().empty());
  // Gone for every call before anything deleted it.
  EXPECT_FALSE(store.find("file_1", "acme", 1101).value());
  EXPECT_FALSE(store.remove("file_1", "acme", 1101).value());
  EXPECT_EQ(this->ids(store.list(this->query(), 1101)), (Ids{"file_2"}));
  EXPECT_EQ(store.scan("", 10).value().size(), 3u);
  EXPECT_EQ(store.purge(1101, 1).value().size(), 1u);
  EXPECT_EQ(store.purge(1101, 10).value().size(), 1u);
  EXPECT_TRUE(store.purge(1101, 10).value().empty());
  EXPECT_EQ(store.scan("", 10).value(), std::vector{this->file("file_2", 1001)});
}

TYPED_TEST(FileStoreConformance, KeepsAnOrganisationWithinItsBytes) {
  FileStore& store = this->maker_.open();
  ASSERT_TRUE(store.add(this->file("file_1"), 25).value());
  ASSERT_TRUE(store.add(this->file("file_2"), 20).value());
  EXPECT_FALSE(store.add(this->file("file_3"), 29).value());
  EXPECT_FALSE(store.add(this->file("file_3"), 5).value());
  EXPECT_FALSE(store.find("file_3", "acme", 1000).value());
  EXPECT_TRUE(store.add(this->file("file_3", 1000, "other"), 10).value());
  EXPECT_TRUE(store.add(this->file("file_4"), 30).value());
  // What is too old counts no more.
  EXPECT_TRUE(store.add(this->file("file_5", 1101), 10).value());
  ASSERT_TRUE(store.remove("file_5", "acme", 1101).value());
  EXPECT_TRUE(store.add(this->file("file_6", 1101), 10).value());
}

TYPED_TEST(FileStoreConformance, ScansInSteps) {
  FileStore& store = this->maker_.open();
  Ids seen;
  for (int i = 0; i < 7; ++i) {
    ASSERT_TRUE(
        store.add(this->file("file_" + std::to_string(i), 1000 + i, i % 2 ? "acme" : "other"), kNoLimit)
            .value());
  }
  for (std::string after;;) {
    const auto files = store.scan(after, 3).value();
    if (files.empty()) break;
    for (const StoredFile& one : files) seen.push_back(one.id);
    after = files.back().id;
  }
  EXPECT_EQ(seen, (Ids{"file_0", "file_1", "file_2", "file_3", "file_4", "file_5", "file_6"}));
}

TYPED_TEST(FileStoreConformance, TakesCallsFromManyThreads) {
  FileStore& store = this->maker_.open();
  constexpr int kThreads = 4;
  constexpr int kEach = 10;
  testing::on_threads(kThreads, [&](int t) {
    for (int i = 0; i < kEach; ++i) {
      const std::string id = "file_" + std::to_string(t) + "_" + std::to_string(i);
      // Exactly half of them fit.
      if (store.add(this->file(id), 10 * kThreads * kEach / 2).value()) {
        EXPECT_TRUE(store.find(id, "acme", 1000).value());
      }
    }
  });
  EXPECT_EQ(this->ids(store.list(this->query(), 1000)).size(),
            static_cast<std::size_t>(kThreads * kEach / 2));
}

}  // namespace
}  // namespace peregrine::store
