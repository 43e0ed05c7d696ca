// What every BatchStore does. A further implementation is held to it by one more maker.
#include "store/batches/batch_store.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <vector>

#include "store/batches/sqlite_batch_store.h"
#include "store/batches/testing/memory_batch_store.h"
#include "store/testing/conformance.h"

namespace peregrine::store {
namespace {

constexpr std::int64_t kMaxAge = 100;
constexpr std::uint64_t kNoLimit = 1ULL << 62;

template <class Maker>
class BatchStoreConformance : public testing::AgedConformance<Maker, BatchStore> {
 protected:
  static StoredBatch batch(std::string id, std::int64_t created_at = 1000,
                           std::string organisation = "acme") {
    StoredBatch out;
    out.id = std::move(id);
    out.organisation = std::move(organisation);
    out.key_id = "key_1";
    out.key_endpoints = "chat,batches";
    out.key_models = "stories*";
    out.endpoint = "/v1/chat/completions";
    out.input_file_id = "file_1";
    out.completion_window = "24h";
    out.created_at = created_at;
    out.expires_at = created_at + 86400;
    return out;
  }
  static StoredBatch ended(std::string id, std::int64_t created_at = 1000) {
    StoredBatch out = batch(std::move(id), created_at);
    out.status = BatchStatus::kCompleted;
    return out;
  }
};

using BatchMakers = ::testing::Types<testing::OnDisk<SqliteBatchStore, kMaxAge>,
                                     testing::InMemory<testing::MemoryBatchStore, kMaxAge>>;
TYPED_TEST_SUITE(BatchStoreConformance, BatchMakers);

using testing::Ids;

TYPED_TEST(BatchStoreConformance, WhatWentInComesOut) {
  StoredBatch in = this->batch("batch_1");
  in.metadata = std::string("{\"nul\":\"\0\"}", 11);
  in.status = BatchStatus::kCancelling;
  in.errors = {{"invalid_json", "12:a \n", "body", 7}, {"", "", "", 0}};
  in.in_progress_at = 1001;
  in.finalizing_at = 1002;
  in.completed_at = 1003;
  in.failed_at = 1004;
  in.expired_at = 1005;
  in.cancelling_at = 0;
  in.cancelled_at = -1;
  in.counts = {50'000, 49'000, 1000};
  in.output_file_id = "file_2";
  in.error_file_id = "file_3";
  ASSERT_TRUE(this->maker_.open().add(in, kNoLimit).value());
  BatchStore& store = this->maker_.open();
  EXPECT_EQ(store.find("batch_1", "acme", 1000).value(), in);
  EXPECT_FALSE(store.find("batch_2", "acme", 1000).value());
}

TYPED_TEST(BatchStoreConformance, EveryStatusIsKept) {
  BatchStore& store = this->maker_.open();
  for (int i = 0; i < 8; ++i) {
    StoredBatch in = this->batch("batch_" + std::to_string(i));
    in.status = static_cast<BatchStatus>(i);
    ASSERT_TRUE(store.add(in, kNoLimit).value());
    EXPECT_EQ(store.find(in.id, "acme", 1000).value()->status, in.status);
    EXPECT_EQ(batch_status(batch_status_name(in.status)), in.status);
  }
  EXPECT_FALSE(batch_status("running"));
}

TYPED_TEST(BatchStoreConformance, AnIdIsTakenOnce) {
  BatchStore& store = this->maker_.open();
  ASSERT_TRUE(store.add(this->batch("batch_1"), kNoLimit).value());
  EXPECT_FALSE(store.add(this->batch("batch_1", 1000, "other"), kNoLimit).has_value());
  EXPECT_EQ(store.find("batch_1", "acme", 1000).value(), this->batch("batch_1"));
}

TYPED_TEST(BatchStoreConformance, OrganisationsDoNotSeeEachOther) {
  BatchStore& store = this->maker_.open();
  ASSERT_TRUE(store.add(this->batch("batch_1"), kNoLimit).value());
  for (const char* other : {"", "Acme", "acm", "acme "}) {
    EXPECT_FALSE(store.find("batch_1", other, 1000).value()) << other;
    BatchQuery query = this->query(100, other);
    EXPECT_TRUE(store.list(query, 1000).value().records.empty()) << other;
    query.ids = {"batch_1"};
    EXPECT_TRUE(store.list(query, 1000).value().records.empty()) << other;
  }
}

TYPED_TEST(BatchStoreConformance, ListsTheNewestFirstPageByPage) {
  BatchStore& store = this->maker_.open();
  for (const char* id : {"batch_3", "batch_1", "batch_5", "batch_2", "batch_4"}) {
    ASSERT_TRUE(store.add(this->batch(id), kNoLimit).value());
  }
  BatchQuery query = this->query(2);
  EXPECT_EQ(this->ids(store.list(query, 1000)), (Ids{"batch_5", "batch_4"}));
  EXPECT_TRUE(store.list(query, 1000)->has_more);
  query.after = "batch_4";
  EXPECT_EQ(this->ids(store.list(query, 1000)), (Ids{"batch_3", "batch_2"}));
  query.after = "batch_2";
  EXPECT_EQ(this->ids(store.list(query, 1000)), (Ids{"batch_1"}));
  EXPECT_FALSE(store.list(query, 1000)->has_more);
  query = this->query();
  query.ids = {"batch_2", "batch_9", "batch_4"};
  EXPECT_EQ(this->ids(store.list(query, 1000)), (Ids{"batch_4", "batch_2"}));
}

TYPED_TEST(BatchStoreConformance, ChangesOnlyFromTheStatusThatWasSeen) {
  BatchStore& store = this->maker_.open();
  ASSERT_TRUE(store.add(this->batch("batch_1"), kNoLimit).value());
  StoredBatch changed = this->batch("batch_1");
  changed.status = BatchStatus::kInProgress;
  changed.in_progress_at = 1001;
  changed.counts.total = 3;
  EXPECT_FALSE(store.change(changed, BatchStatus::kInProgress).value());
  EXPECT_TRUE(store.change(changed, BatchStatus::kValidating).value());
  EXPECT_FALSE(store.change(changed, BatchStatus::kValidating).value());
  EXPECT_EQ(this->maker_.open().find("batch_1", "acme", 1000).value(), changed);
  EXPECT_FALSE(this->maker_.open().change(this->batch("batch_2"), BatchStatus::kValidating).value());
}

// Whatever else was in the record that came.
TYPED_TEST(BatchStoreConformance, TheOrderNeverChanges) {
  BatchStore& store = this->maker_.open();
  ASSERT_TRUE(store.add(this->batch("batch_1"), kNoLimit).value());
  StoredBatch changed = this->batch("batch_1", 5, "other");
  changed.endpoint = "/v1/embeddings";
  changed.metadata = "{}";
  changed.status = BatchStatus::kFailed;
  ASSERT_TRUE(store.change(changed, BatchStatus::kValidating).value());
  StoredBatch expected = this->batch("batch_1");
  expected.status = BatchStatus::kFailed;
  EXPECT_EQ(store.find("batch_1", "acme", 1000).value(), expected);
}

TYPED_TEST(BatchStoreConformance, CountsWithoutTouchingTheRest) {
  BatchStore& store = this->maker_.open();
  StoredBatch batch = this->batch("batch_1");
  ASSERT_TRUE(store.add(batch, kNoLimit).value());
  ASSERT_TRUE(store.count("batch_1", {10, 4, 5}).has_value());
  batch.counts = {10, 4, 5};
  EXPECT_EQ(this->maker_.open().find("batch_1", "acme", 1000).value(), batch);
  EXPECT_TRUE(this->maker_.open().count("batch_2", {1, 1, 0}).has_value());
}

TYPED_TEST(BatchStoreConformance, FindsThoseThatHaveNotEnded) {
  BatchStore& store = this->maker_.open();
  for (int i = 0; i < 8; ++i) {
    StoredBatch in = this->batch("batch_" + std::to_string(i), 1000, i % 2 ? "acme" : "other");
    in.status = static_cast<BatchStatus>(i);
    ASSERT_TRUE(store.add(in, kNoLimit).value());
  }
  Ids seen;
  for (std::string after;;) {
    const auto some = store.unended(after, 2).value();
    if (some.empty()) break;
    EXPECT_LE(some.size(), 2u);
    for (const StoredBatch& one : some) seen.push_back(one.id);
    after = some.back().id;
  }
  EXPECT_EQ(seen, (Ids{"batch_0", "batch_1", "batch_2", "batch_6"}));
}

TYPED_TEST(BatchStoreConformance, AgeEndsThemOnceTheyHaveEnded) {
  BatchStore& store = this->maker_.open();
  ASSERT_TRUE(store.add(this->batch("batch_0", 500), kNoLimit).value());
  ASSERT_TRUE(store.add(this->ended("batch_1", 1000), kNoLimit).value());
  ASSERT_TRUE(store.add(this->ended("batch_2", 1000), kNoLimit).value());
  ASSERT_TRUE(store.add(this->ended("batch_3", 1001), kNoLimit).value());
  EXPECT_TRUE(store.find("batch_1", "acme", 1100).value());
  EXPECT_TRUE(store.purge(1100, 10).value().empty());
  EXPECT_FALSE(store.find("batch_1", "acme", 1101).value());
  EXPECT_EQ(this->ids(store.list(this->query(), 1101)), (Ids{"batch_3", "batch_0"}));
  EXPECT_EQ(store.purge(1101, 1).value().size(), 1u);
  EXPECT_EQ(store.purge(1101, 10).value().size(), 1u);
  EXPECT_TRUE(store.purge(1101, 10).value().empty());
  EXPECT_TRUE(store.find("batch_0", "acme", 1101).value()) << "it has not ended";
}

TYPED_TEST(BatchStoreConformance, AnOrganisationHasSoManyThatHaveNotEnded) {
  BatchStore& store = this->maker_.open();
  ASSERT_TRUE(store.add(this->ended("batch_0"), 2).value());
  ASSERT_TRUE(store.add(this->batch("batch_1"), 2).value());
  ASSERT_TRUE(store.add(this->batch("batch_2"), 2).value());
  EXPECT_FALSE(store.add(this->batch("batch_3"), 2).value());
  EXPECT_FALSE(store.find("batch_3", "acme", 1000).value());
  EXPECT_TRUE(store.add(this->batch("batch_3", 1000, "other"), 2).value());
  ASSERT_TRUE(store.change(this->ended("batch_1"), BatchStatus::kValidating).value());
  EXPECT_TRUE(store.add(this->batch("batch_4"), 2).value());
}

// Several change it at once: exactly one of them does.
TYPED_TEST(BatchStoreConformance, OneOfManyWins) {
  BatchStore& store = this->maker_.open();
  ASSERT_TRUE(store.add(this->batch("batch_1"), kNoLimit).value());
  std::atomic<int> won = 0;
  testing::on_threads(4, [&](int) {
    StoredBatch changed = this->batch("batch_1");
    changed.status = BatchStatus::kCancelling;
    if (store.change(changed, BatchStatus::kValidating).value()) ++won;
  });
  EXPECT_EQ(won, 1);
}

}  // namespace
}  // namespace peregrine::store
