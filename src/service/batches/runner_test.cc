// Batches from order to files: states, counts, cancelling, expiry, and what is left to do after a stop at any
// point.
#include "service/batches/runner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "service/batches/testing/office.h"

namespace peregrine::service {
namespace {

using store::BatchCounts;
using store::BatchStatus;
using store::StoredBatch;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Batch = testing::Office;

TEST_F(Batch, IsAnsweredLineByLine) {
  open();
  const std::string id = create("a 1\nb bad\nc 3\n");
  const StoredBatch batch = wait_end(id);
  EXPECT_EQ(batch.status, BatchStatus::kCompleted);
  EXPECT_EQ(batch.counts, (BatchCounts{3, 2, 1}));
  EXPECT_TRUE(batch.in_progress_at && batch.finalizing_at && batch.completed_at);
  EXPECT_FALSE(batch.failed_at || batch.expired_at || batch.cancelling_at || batch.cancelled_at);
  EXPECT_EQ(batch.expires_at, batch.created_at + 86400);
  EXPECT_THAT(lines_of(batch.output_file_id), ElementsAre("a=1", "c=3"));
  EXPECT_THAT(lines_of(batch.error_file_id), ElementsAre("b=bad"));
  EXPECT_EQ(files_->find(batch.output_file_id, "acme").value()->purpose, kBatchOutputPurpose);
  EXPECT_EQ(work_.key()->id, "key_1");
  close();
  EXPECT_THAT(folder(), IsEmpty());
}

TEST_F(Batch, AllThatFailIsCompletedToo) {
  open();
  const StoredBatch batch = wait_end(create("a bad"));
  EXPECT_EQ(batch.status, BatchStatus::kCompleted);
  EXPECT_EQ(batch.output_file_id, "");
  EXPECT_THAT(lines_of(batch.error_file_id), ElementsAre("a=bad"));
}

TEST_F(Batch, OneThatCannotBeAskedDoesNotKeepOthers) {
  open();
  const StoredBatch batch = wait_end(create("a 1\nb !\nc 3\n\n \n"));
  EXPECT_EQ(batch.status, BatchStatus::kCompleted);
  ASSERT_EQ(batch.errors.size(), 1U);
  EXPECT_EQ(batch.errors[0].line, 2U);
  EXPECT_EQ(batch.errors[0].code, "invalid_method");
  EXPECT_THAT(lines_of(batch.error_file_id), ElementsAre("b=invalid_method"));
  EXPECT_THAT(lines_of(batch.output_file_id), ElementsAre("a=1", "c=3"));
  EXPECT_EQ(work_.started().count("b"), 0U);
}

TEST_F(Batch, AFileThatIsNoneFailsWithItsLines) {
  open();
  const StoredBatch batch = wait_end(create("a 1\nnothing\nb 2\na 3\n"));
  EXPECT_EQ(batch.status, BatchStatus::kFailed);
  EXPECT_TRUE(batch.failed_at);
  EXPECT_FALSE(batch.in_progress_at);
  ASSERT_EQ(batch.errors.size(), 2U);
  EXPECT_EQ(batch.errors[0].line, 2U);
  EXPECT_EQ(batch.errors[1].line, 4U);
  EXPECT_EQ(batch.errors[1].code, "duplicate_custom_id");
  EXPECT_THAT(batch.errors[1].message, ::testing::HasSubstr("line 1"));
  EXPECT_EQ(batch.counts, BatchCounts{});
  EXPECT_TRUE(work_.started().empty());
  close();
  EXPECT_THAT(folder(), IsEmpty());
}

TEST_F(Batch, MoreLinesThanAllowedFail) {
  std::string lines;
  for (std::uint32_t i = 0; i <= kMaxBatchLines; ++i) lines += std::to_string(i) + " x\n";
  open();
  const StoredBatch batch = wait_end(create(lines));
  EXPECT_EQ(batch.status, BatchStatus::kFailed);
  EXPECT_EQ(batch.errors.at(0).code, "too_many_lines");
  EXPECT_EQ(batch.errors.at(0).line, kMaxBatchLines + 1);
}

TEST_F(Batch, CountsWhileItRuns) {
  const std::string id = create_held("a 1\nb 2\nc 3\nd 4\n", 2);
  EXPECT_EQ(show(id).status, BatchStatus::kInProgress);
  work_.release(1);
  const StoredBatch batch = wait_completed(id, 1);
  EXPECT_EQ(batch.counts, (BatchCounts{4, 1, 0}));
  EXPECT_EQ(batch.status, BatchStatus::kInProgress);
  work_.release();
  EXPECT_EQ(wait_end(id).counts, (BatchCounts{4, 4, 0}));
  EXPECT_EQ(work_.most_at_once(), 2);
}

TEST_F(Batch, TheInputMayBeDeletedAtOnce) {
  work_.hold();
  open();
  const BatchOrder ordered = order("a 1\nb 2\n");
  const std::string id = batches_->create(ordered).value().id;
  ASSERT_TRUE(files_->remove(ordered.input_file_id, "acme").value());
  work_.release();
  EXPECT_EQ(wait_end(id).counts, (BatchCounts{2, 2, 0}));
}

TEST_F(Batch, ABusyServerIsAskedAgain) {
  work_.busy_ = 3;
  open();
  const StoredBatch batch = wait_end(create("a busy\nb 2\n"));
  EXPECT_THAT(lines_of(batch.output_file_id), ElementsAre("a=busy", "b=2"));
  EXPECT_EQ(work_.started()["a"], 4);
}

TEST_F(Batch, OneThatStaysBusyIsToldSo) {
  work_.busy_ = 1000;
  options_.max_tries = 3;
  open();
  const StoredBatch batch = wait_end(create("a busy\n"));
  EXPECT_EQ(batch.status, BatchStatus::kCompleted);
  EXPECT_THAT(lines_of(batch.error_file_id), ElementsAre("a=busy"));
  EXPECT_EQ(work_.started()["a"], 3);
}

TEST_F(Batch, CancellingLetsWhatRunsEnd) {
  const std::string id = create_held("a 1\nb 2\nc 3\nd 4\n", 2);
  EXPECT_EQ(batches_->cancel(id, "acme").value()->status, BatchStatus::kCancelling);
  EXPECT_EQ(batches_->cancel(id, "acme").value()->status, BatchStatus::kCancelling) << "twice is once";
  work_.release();
  const StoredBatch batch = wait_end(id);
  EXPECT_EQ(batch.status, BatchStatus::kCancelled);
  EXPECT_TRUE(batch.cancelling_at && batch.cancelled_at);
  EXPECT_FALSE(batch.completed_at);
  EXPECT_THAT(lines_of(batch.output_file_id), ElementsAre("a=1", "b=2"));
  EXPECT_THAT(lines_of(batch.error_file_id), ElementsAre("c=batch_cancelled", "d=batch_cancelled"));
  EXPECT_EQ(work_.started().size(), 2U);
  const auto again = batches_->cancel(id, "acme");
  ASSERT_FALSE(again.has_value());
  EXPECT_EQ(again.error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(again.error().message, "Cannot cancel a batch with status 'cancelled'.");
}

TEST_F(Batch, CancelledBeforeAnybodyReadItHasNoFiles) {
  const std::string id = create("a 1\n");
  ASSERT_TRUE(batches_->cancel(id, "acme").has_value());
  open();
  const StoredBatch batch = wait_end(id);
  EXPECT_EQ(batch.status, BatchStatus::kCancelled);
  EXPECT_EQ(batch.output_file_id + batch.error_file_id, "");
  EXPECT_EQ(batch.counts, BatchCounts{});
}

TEST_F(Batch, OthersCannotCancelIt) {
  const std::string id = create("a 1\n");
  EXPECT_FALSE(batches_->cancel(id, "other").value());
  EXPECT_FALSE(batches_->find(id, "other").value());
  EXPECT_EQ(show(id).status, BatchStatus::kValidating);
}

TEST_F(Batch, TheWindowEndsIt) {
  const std::string id = create_held("a 1\nb 2\nc 3\n", 1);
  work_.release(1);
  ASSERT_TRUE(work_.wait_started(2));
  now_ += 86399;
  runner_->nudge();
  EXPECT_EQ(show(id).status, BatchStatus::kInProgress);
  now_ += 1;
  runner_->nudge();
  const StoredBatch batch = wait_end(id);
  EXPECT_EQ(batch.status, BatchStatus::kExpired);
  EXPECT_EQ(batch.expired_at, now_);
  EXPECT_FALSE(batch.completed_at || batch.cancelled_at);
  EXPECT_THAT(lines_of(batch.output_file_id), ElementsAre("a=1"));
  EXPECT_THAT(lines_of(batch.error_file_id), ElementsAre("b=batch_expired", "c=batch_expired"));
}

TEST_F(Batch, GoesOnWhereItWasStopped) {
  const std::string id = create_held("a 1\nb 2\nc bad\nd 4\n", 2);
  work_.release(1);
  wait_completed(id, 1);
  die();
  EXPECT_EQ(show(id).status, BatchStatus::kInProgress);
  open();
  const StoredBatch batch = wait_end(id);
  EXPECT_EQ(batch.counts, (BatchCounts{4, 3, 1}));
  EXPECT_THAT(lines_of(batch.output_file_id), ElementsAre("a=1", "b=2", "d=4"));
  EXPECT_EQ(work_.started()["a"], 1) << "what was answered is not asked again";
}

// A process that died left a tail that is torn, counts that are old, or files without a record.
TEST_F(Batch, GoesOnAfterATornTail) {
  const std::string id = create_held("a 1\nb 2\n", 1);
  work_.release(1);
  wait_completed(id, 1);
  die();
  std::ofstream(inputs_->folder() / (id + ".output"), std::ios::app) << "00000002 0123456789abcdef b=";
  ASSERT_TRUE(records_.count(id, {2, 0, 0}).has_value());
  open();
  const StoredBatch batch = wait_end(id);
  EXPECT_EQ(batch.counts, (BatchCounts{2, 2, 0}));
  EXPECT_THAT(lines_of(batch.output_file_id), ElementsAre("a=1", "b=2"));
}

// The files were being made: the record names them, the content is there, the file's record is not.
TEST_F(Batch, FilesThatWereBeingMadeAreMadeOnce) {
  const std::string id = create_held("a 1\n", 1);
  die();
  StoredBatch batch = show(id);
  {
    auto log = store::AnswerLog::open(inputs_->folder() / (id + ".output"), [](std::uint32_t) {}).value();
    ASSERT_TRUE(log.append(1, "a=1").has_value());
    ASSERT_TRUE(log.sync().has_value());
  }
  batch.status = BatchStatus::kFinalizing;
  batch.output_file_id = "file_chosen";
  ASSERT_TRUE(records_.change(batch, BatchStatus::kInProgress).value());
  const std::filesystem::path stray = folder_.path() / "stray";
  std::ofstream(stray) << "half of it";
  const base::FileDescriptor file(::open(stray.c_str(), O_RDONLY | O_CLOEXEC));
  ASSERT_TRUE(blobs_->put("file_chosen", file.get()).has_value());
  open();
  batch = wait_end(id);
  EXPECT_EQ(batch.status, BatchStatus::kCompleted);
  EXPECT_EQ(batch.output_file_id, "file_chosen");
  EXPECT_THAT(lines_of("file_chosen"), ElementsAre("a=1"));
  EXPECT_EQ(file_records_.scan("", 10)->size(), 2U) << "the input and the output";
  EXPECT_EQ(work_.started()["a"], 1);
}

TEST_F(Batch, ExpiresWhileNobodyRunsIt) {
  const std::string id = create("a 1\nb 2\n");
  now_ += 90'000;
  open();
  const StoredBatch batch = wait_end(id);
  EXPECT_EQ(batch.status, BatchStatus::kExpired);
  EXPECT_THAT(lines_of(batch.error_file_id), ElementsAre("a=batch_expired", "b=batch_expired"));
}

TEST_F(Batch, ManyTakeTurns) {
  options_.max_open = 2;
  open();
  std::vector<std::string> ids;
  for (int i = 0; i < 6; ++i) ids.push_back(create("a 1\nb 2\nc 3\n"));
  for (const std::string& id : ids) EXPECT_EQ(wait_end(id).counts, (BatchCounts{3, 3, 0}));
  close();
  EXPECT_THAT(folder(), IsEmpty());
}

TEST_F(Batch, ASmallOneDoesNotWaitForALargeOne) {
  const std::string large = create_held("a 1\nb 2\nc 3\nd 4\ne 5\n", 2);
  const std::string small = create("x 1\n");
  wait_for(small, [](const StoredBatch& one) { return one.status == BatchStatus::kInProgress; });
  work_.release(2);
  ASSERT_TRUE(work_.wait_started(4));
  EXPECT_EQ(work_.started().count("x"), 1U);
  work_.release();
  wait_end(large);
  wait_end(small);
}

TEST_F(Batch, WhatOthersLeftBehindIsSweptUp) {
  std::ofstream(inputs_->folder() / "batch_gone") << "a 1\n";
  std::ofstream(inputs_->folder() / "batch_gone.output") << "x";
  const std::string id = create("a 1\n");
  open();
  wait_end(id);
  close();
  EXPECT_THAT(folder(), IsEmpty());
}

TEST_F(Batch, SoManyOfAnOrganisationMayBeUnended) {
  const BatchOrder ordered = order("a 1\n");
  for (std::uint64_t i = 0; i < kMaxUnendedBatches; ++i) ASSERT_TRUE(batches_->create(ordered).has_value());
  const auto refused = batches_->create(ordered);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(folder().size(), kMaxUnendedBatches);
}

TEST_F(Batch, WantsAFileOfItsPurposeAndOrganisation) {
  BatchOrder ordered = order("a 1\n");
  ordered.input_file_id = "file_none";
  EXPECT_EQ(batches_->create(ordered).error().where, "input_file_id");
  ordered = order("a 1\n");
  auto other = std::make_shared<ApiKey>(*ordered.key);
  other->organisation = "other";
  ordered.key = other;
  EXPECT_EQ(batches_->create(ordered).error().where, "input_file_id");
}

TEST(BatchWindow, IsFromADayToAWeek) {
  EXPECT_EQ(parse_batch_window("24h"), 86400);
  EXPECT_EQ(parse_batch_window("1d"), 86400);
  EXPECT_EQ(parse_batch_window("25h"), 90000);
  EXPECT_EQ(parse_batch_window("7d"), 604800);
  EXPECT_EQ(parse_batch_window("168h"), 604800);
  for (const char* bad : {"", "h", "24", "23h", "0d", "8d", "169h", "-1d", "24H", "1 d", "24hh", "1w", "1.5d",
                          "99999999999999999999d", " 24h", "+24h"}) {
    EXPECT_FALSE(parse_batch_window(bad)) << bad;
  }
}

}  // namespace
}  // namespace peregrine::service
