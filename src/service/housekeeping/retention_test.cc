// Records and contents that grow too old under a clock that is the test's.
#include "service/housekeeping/retention.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <string>

#include "service/batches/testing/office.h"
#include "store/responses/sqlite_response_store.h"

namespace peregrine::service {
namespace {

using store::StoredBatch;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr std::int64_t kKept = 1'000'000;  // of the office's stores

class Retention : public testing::Office {
 protected:
  std::set<std::string> contents() const {
    std::set<std::string> names;
    EXPECT_TRUE(blobs_->list([&](const store::BlobEntry& entry) { names.insert(entry.name); }));
    return names;
  }
  std::set<std::string> file_ids() {
    std::set<std::string> ids;
    const auto files = file_records_.scan("", 10'000);
    for (const store::StoredFile& file : *files) ids.insert(file.id);
    return ids;
  }
  void respond(const std::string& id) {
    store::StoredResponse response;
    response.id = id;
    response.created_at = now_;
    response.body = "{}";
    EXPECT_TRUE(responses_.add(response));
  }
  // Whether it is in the database: at the time it was made, no age hides it.
  bool has_response(const std::string& id, std::int64_t made_at) {
    return responses_.find(id, "", made_at).value().has_value();
  }
  // A batch that has ended, and its files.
  StoredBatch ended_batch() {
    open();
    StoredBatch batch = wait_end(create("a 1\nb bad\n"));
    close();
    return batch;
  }

  std::unique_ptr<store::Database> database_ = store::Database::open(folder_.path() / "data").value();
  store::SqliteResponseStore responses_{*database_, {.max_age_seconds = kKept, .max_stored = 100}};
  Housekeeper house_{[this] { return now_.load(); }, retention_tasks(&responses_, &*files_, &*batches_)};
};

TEST_F(Retention, WhatIsTooOldGoesWithItsContentAndTheRestStays) {
  const std::int64_t begin = now_;
  const StoredBatch old = ended_batch();
  respond("resp_old");
  const std::set<std::string> old_files = file_ids();
  ASSERT_EQ(old_files.size(), 3U) << "an input, an output, errors";
  ASSERT_TRUE(old_files.contains(old.output_file_id) && old_files.contains(old.error_file_id));

  now_ = begin + kKept / 2;
  const StoredBatch young = ended_batch();
  respond("resp_young");
  std::set<std::string> all_files = file_ids();
  std::set<std::string> young_files;
  std::ranges::set_difference(all_files, old_files, std::inserter(young_files, young_files.end()));
  ASSERT_EQ(young_files.size(), 3U);
  now_ = begin;
  const std::string waiting = create("c 3\n");  // nobody runs it
  now_ = begin + kKept / 2;
  all_files = file_ids();
  ASSERT_EQ(all_files.size(), 7U);
  ASSERT_EQ(contents(), all_files);
  EXPECT_TRUE(house_.work_if_due());
  EXPECT_EQ(contents(), all_files);

  // As old as may be.
  now_ = begin + kKept;
  EXPECT_TRUE(house_.work_if_due());
  EXPECT_EQ(file_ids(), all_files);
  EXPECT_EQ(contents(), all_files);
  EXPECT_TRUE(has_response("resp_old", begin));

  // Too old, and nobody's turn yet: hidden, and on the disk.
  now_ += 3599;
  EXPECT_FALSE(house_.work_if_due());
  EXPECT_FALSE(files_->find(old.output_file_id, "acme").value());
  EXPECT_EQ(contents(), all_files);

  now_ += 1;
  EXPECT_TRUE(house_.work_if_due());
  EXPECT_EQ(file_ids(), young_files);
  EXPECT_EQ(contents(), young_files);
  EXPECT_FALSE(has_response("resp_old", begin));
  EXPECT_TRUE(has_response("resp_young", begin + kKept / 2));
  EXPECT_THAT(records_.purge(now_, 100).value(), IsEmpty()) << "the batch went, too";
  EXPECT_EQ(show(young.id).output_file_id, young.output_file_id);
  // One that has not ended stays, however old, with the input that it holds.
  EXPECT_EQ(show(waiting).status, store::BatchStatus::kValidating);
  EXPECT_THAT(folder(), UnorderedElementsAre(waiting));

  // An hour later there is another turn, which finds what has become too old since.
  now_ = begin + kKept / 2 + kKept + 1;
  EXPECT_TRUE(house_.work_if_due());
  EXPECT_THAT(contents(), IsEmpty());
  EXPECT_THAT(file_ids(), IsEmpty());
  EXPECT_FALSE(has_response("resp_young", begin + kKept / 2));
  EXPECT_FALSE(batches_->find(young.id, "acme").value());
}

TEST_F(Retention, OneTurnTakesAllThereIs) {
  for (int i = 0; i < 350; ++i) {
    store::StoredFile file;
    file.id = "file_" + std::to_string(i);
    file.organisation = "acme";
    file.created_at = now_;
    ASSERT_TRUE(file_records_.add(file, 1).value());
    StoredBatch batch;
    batch.id = "batch_" + std::to_string(i);
    batch.organisation = "acme";
    batch.created_at = now_;
    batch.status = store::BatchStatus::kCompleted;
    ASSERT_TRUE(records_.add(batch, 1).value());
  }
  now_ += kKept + 1;
  EXPECT_TRUE(house_.work_if_due());
  EXPECT_THAT(file_ids(), IsEmpty());
  EXPECT_THAT(records_.purge(now_, 1000).value(), IsEmpty());
}

TEST_F(Retention, NothingIsKeptNothingIsDone) {
  EXPECT_THAT(retention_tasks(nullptr, nullptr, nullptr), IsEmpty());
}

}  // namespace
}  // namespace peregrine::service
