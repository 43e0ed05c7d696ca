// Batches that lost what they need, and files that belong to none.
#include "service/batches/verify.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include "service/batches/testing/office.h"

namespace peregrine::service {
namespace {

using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class BatchVerification : public testing::Office {
 protected:
  // Of which one line succeeded and one failed, and one is to come; nobody runs it any more.
  std::string half_done() {
    options_.max_running_lines = 1;
    work_.hold();
    open();
    std::string id = create("a 1\nb bad\nc 3\n");
    EXPECT_TRUE(work_.wait_started(1));
    work_.release(1);
    EXPECT_TRUE(work_.wait_started(2));
    work_.release(1);
    wait_for(id, [](const store::StoredBatch& one) { return one.counts.completed + one.counts.failed == 2; });
    close();
    work_.forget_held();
    return id;
  }
  Verification verify(std::int64_t age = 0) {
    auto found = verify_batches(records_, *inputs_, now_ + age);
    EXPECT_TRUE(found.has_value()) << found.error().text();
    return *found;
  }
  // What is wrong with the only one.
  std::string fault() {
    const Verification found = verify();
    EXPECT_EQ(found.faults.size(), 1U);
    return found.faults.empty() ? "" : found.faults.front().what;
  }
  std::filesystem::path path(const std::string& name) const { return inputs_->folder() / name; }
};

TEST_F(BatchVerification, FindsNothingInWhatIsWhole) {
  const std::string id = half_done();
  const std::string waiting = create("x 1\n");  // has no logs yet
  const Verification found = verify(2 * kOrphanSeconds);
  EXPECT_EQ(found.records, 2U);
  EXPECT_EQ(found.bytes, std::string("a 1\nb bad\nc 3\nx 1\n").size());
  EXPECT_THAT(found.faults, IsEmpty());
  EXPECT_THAT(found.orphans, IsEmpty());
  EXPECT_THAT(folder(), UnorderedElementsAre(id, id + ".output", id + ".errors", waiting));
}

TEST_F(BatchVerification, FindsAnInputThatIsGone) {
  ASSERT_TRUE(inputs_->remove(half_done()).value());
  EXPECT_EQ(fault(), "its input is gone");
}

TEST_F(BatchVerification, FindsAnswersThatAreGone) {
  const std::string id = half_done();
  std::filesystem::remove(path(id + ".output"));
  EXPECT_EQ(fault(), id + ".output with 1 answers is gone");
}

TEST_F(BatchVerification, FindsAnswersThatAreCutOrChanged) {
  const std::string id = half_done();
  std::filesystem::resize_file(path(id + ".errors"), 10);
  EXPECT_EQ(fault(), id + ".errors has 0 whole answers instead of 1");
  std::filesystem::resize_file(path(id + ".errors"), 200);
  EXPECT_EQ(fault(), id + ".errors has 0 whole answers instead of 1");
}

// What a process that died was writing counts for nobody.
TEST_F(BatchVerification, ATornTailIsNoFault) {
  const std::string id = half_done();
  std::ofstream(path(id + ".output"), std::ios::app) << "00000003 0123456789abcdef c=";
  EXPECT_THAT(verify().faults, IsEmpty());
}

TEST_F(BatchVerification, FindsWhatBelongsToNoBatch) {
  const std::string ended = "batch_ended";
  store::StoredBatch record;
  record.id = ended;
  record.organisation = "acme";
  record.status = store::BatchStatus::kCompleted;
  record.created_at = now_;
  ASSERT_TRUE(records_.add(record, 1).value());
  const std::string id = half_done();
  for (const std::string& name : {ended, ended + ".output", std::string("batch_none.errors"),
                                  id + "-17.partial", std::string("notes.txt")}) {
    std::ofstream(path(name)) << "x";
  }
  EXPECT_THAT(verify().orphans, IsEmpty()) << "they may be somebody's who is at work";
  std::set<std::string> orphans;
  for (const store::BlobEntry& orphan : verify(2 * kOrphanSeconds).orphans) orphans.insert(orphan.name);
  EXPECT_THAT(orphans, UnorderedElementsAre(ended, ended + ".output", "batch_none.errors", id + "-17.partial",
                                            "notes.txt"));
}

}  // namespace
}  // namespace peregrine::service
