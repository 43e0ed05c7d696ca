#include "engine/sched/scheduler.h"

#include <gtest/gtest.h>

#include <vector>

namespace peregrine::engine {
namespace {

constexpr SchedulerLimits kLimits{.step_tokens = 32, .max_sequences = 8, .block_tokens = 4};

class SchedulerTest : public testing::Test {
 protected:
  // A sequence with the blocks that its computed tokens fill.
  void running(std::uint32_t known, std::uint32_t computed, bool paused = false) {
    const std::uint32_t blocks = (computed + kLimits.block_tokens - 1) / kLimits.block_tokens;
    running_.push_back(
        {.known = known, .computed = computed, .blocks = blocks, .private_blocks = blocks, .paused = paused});
  }
  void waiting(std::uint32_t known, PrefixHit hit = {}, bool held = false) {
    waiting_.push_back({.known = known, .held = held});
    hits_.push_back(hit);
  }
  const StepPlan& plan(std::uint32_t available) {
    scheduler_.plan(
        {.running = running_,
         .waiting = waiting_,
         .available_blocks = available,
         .prefill_rows = prefill_rows_},
        [this](std::uint32_t i) {
          ++probes_;
          return hits_[i];
        },
        plan_);
    return plan_;
  }

  std::vector<RunningSequence> running_;
  std::vector<WaitingSequence> waiting_;
  std::vector<PrefixHit> hits_;
  std::uint32_t prefill_rows_ = 1000;
  int probes_ = 0;
  Scheduler scheduler_{kLimits};
  StepPlan plan_;
};

void expect_chunk(const PlannedChunk& chunk, std::uint32_t sequence, std::uint32_t n_tokens,
                  std::uint32_t new_blocks) {
  EXPECT_EQ(chunk.sequence, sequence);
  EXPECT_EQ(chunk.n_tokens, n_tokens);
  EXPECT_EQ(chunk.new_blocks, new_blocks);
}

TEST_F(SchedulerTest, NothingToDoIsAnEmptyPlan) {
  EXPECT_TRUE(plan(10).empty());
  running(9, 8, /*paused=*/true);
  waiting(5, {}, /*held=*/true);
  EXPECT_TRUE(plan(10).empty());
  EXPECT_EQ(probes_, 0);
}

TEST_F(SchedulerTest, DecodesComeFirstAndTakeABlockOnlyWhenTheLastIsFull) {
  running(100, 10);  // prefills
  running(9, 8);
  running(8, 7);
  plan(50);
  ASSERT_EQ(plan_.chunks.size(), 3U);
  expect_chunk(plan_.chunks[0], 1, 1, 1);
  expect_chunk(plan_.chunks[1], 2, 1, 0);
  expect_chunk(plan_.chunks[2], 0, 30, 7);
}

TEST_F(SchedulerTest, PromptsShareTheRowsAndTheOldestGetsTheRest) {
  running(1000, 0);
  running(1000, 0);
  waiting(6);
  plan(1000);
  ASSERT_EQ(plan_.chunks.size(), 2U);
  expect_chunk(plan_.chunks[0], 0, 18, 5);
  expect_chunk(plan_.chunks[1], 1, 8, 2);
  ASSERT_EQ(plan_.admitted.size(), 1U);
  EXPECT_EQ(plan_.admitted[0].n_tokens, 6U) << "a short prompt is read in one step beside two giants";
}

TEST_F(SchedulerTest, PromptsBesideDecodesStayWithinTheirRows) {
  running(9, 8);
  running(1000, 0);
  waiting(1000);
  prefill_rows_ = 12;
  plan(1000);
  EXPECT_EQ(plan_.decodes, 1U);
  ASSERT_EQ(plan_.chunks.size(), 2U);
  expect_chunk(plan_.chunks[0], 0, 1, 1);
  expect_chunk(plan_.chunks[1], 1, 9, 3);
  ASSERT_EQ(plan_.admitted.size(), 1U);
  EXPECT_EQ(plan_.admitted[0].n_tokens, 3U) << "a quarter of twelve";
  prefill_rows_ = 0;
  plan(1000);
  EXPECT_EQ(plan_.chunks.size(), 1U);
  EXPECT_TRUE(plan_.admitted.empty());
}

TEST_F(SchedulerTest, PromptsHaveAllRowsWhenNobodyDecodes) {
  running(9, 8, /*paused=*/true);
  running(1000, 0);
  prefill_rows_ = 0;
  plan(1000);
  EXPECT_EQ(plan_.decodes, 0U);
  ASSERT_EQ(plan_.chunks.size(), 1U);
  EXPECT_EQ(plan_.chunks[0].n_tokens, 32U);
}

// A decode that gets no block is none: somebody else has to move.
TEST_F(SchedulerTest, ADecodeWithoutMemoryDoesNotHoldPromptsUp) {
  running(1000, 2);
  running(9, 8);
  prefill_rows_ = 0;
  plan(0);
  ASSERT_EQ(plan_.chunks.size(), 1U);
  expect_chunk(plan_.chunks[0], 0, 2, 0);
}

TEST_F(SchedulerTest, AtMostFourUnfinishedPrompts) {
  for (int i = 0; i < 6; ++i) waiting(1000);
  plan(100000);
  EXPECT_EQ(plan_.admitted.size(), 4U);
  for (const PlannedAdmission& admission : plan_.admitted) EXPECT_EQ(admission.n_tokens, 8U);
}

TEST_F(SchedulerTest, ShortPromptsAreAdmittedAsLongAsRowsLast) {
  for (int i = 0; i < 8; ++i) waiting(5);
  plan(1000);
  ASSERT_EQ(plan_.admitted.size(), 7U);
  EXPECT_EQ(plan_.admitted[6].n_tokens, 2U);
}

TEST_F(SchedulerTest, CachedPrefixesNeedNoRows) {
  waiting(20, {.blocks = 4, .unreferenced = 3});
  plan(4);
  ASSERT_EQ(plan_.admitted.size(), 1U);
  EXPECT_EQ(plan_.admitted[0].prefix_blocks, 4U);
  EXPECT_EQ(plan_.admitted[0].n_tokens, 4U);
  EXPECT_EQ(plan_.admitted[0].new_blocks, 1U);
  plan(3);
  EXPECT_TRUE(plan_.empty()) << "three cached blocks to take and one to add do not come from three";
}

TEST_F(SchedulerTest, TheHeadOfTheQueueIsNotOvertaken) {
  running(5, 4);
  waiting(100);  // does not fit
  waiting(1);
  plan(20);
  EXPECT_TRUE(plan_.admitted.empty());
  EXPECT_EQ(plan_.chunks.size(), 1U);
}

TEST_F(SchedulerTest, HeldSequencesAreOvertaken) {
  waiting(8, {}, /*held=*/true);
  waiting(3);
  plan(20);
  ASSERT_EQ(plan_.admitted.size(), 1U);
  EXPECT_EQ(plan_.admitted[0].sequence, 1U);
}

TEST_F(SchedulerTest, AdmissionLeavesASpareBlockPerMovingSequence) {
  running(5, 3);
  running(6, 5);
  waiting(8);  // two blocks
  EXPECT_TRUE(plan(3).admitted.empty());
  EXPECT_EQ(plan(4).admitted.size(), 0U) << "the first running sequence takes one block now";
  EXPECT_EQ(plan(5).admitted.size(), 1U);
}

TEST_F(SchedulerTest, PreemptsTheYoungestForAnElder) {
  running(9, 8);
  running(30, 12);
  running(8, 7);
  plan(0);
  EXPECT_EQ(plan_.preempted, std::vector<std::uint32_t>{2});
  ASSERT_EQ(plan_.chunks.size(), 2U);
  expect_chunk(plan_.chunks[0], 0, 1, 1);
  // The victim's second block goes to the prompt.
  expect_chunk(plan_.chunks[1], 1, 4, 1);
}

TEST_F(SchedulerTest, PausedSequencesGiveWayFirstWhateverTheirAge) {
  running(9, 8, /*paused=*/true);
  running(9, 8);
  running(7, 6);
  plan(0);
  EXPECT_EQ(plan_.preempted, std::vector<std::uint32_t>{0});
  ASSERT_EQ(plan_.chunks.size(), 2U);
}

TEST_F(SchedulerTest, TheYoungestWaitsWithItsBlocks) {
  running(8, 7);
  running(9, 8);
  plan(0);
  EXPECT_TRUE(plan_.preempted.empty());
  ASSERT_EQ(plan_.chunks.size(), 1U);
  expect_chunk(plan_.chunks[0], 0, 1, 0);
}

TEST_F(SchedulerTest, NobodyIsAdmittedIntoAVictimsPlace) {
  running(5, 4);
  running(30, 29);  // eight blocks
  waiting(2);
  plan(0);
  EXPECT_EQ(plan_.preempted, std::vector<std::uint32_t>{1});
  EXPECT_TRUE(plan_.admitted.empty());
}

TEST_F(SchedulerTest, APausedSequenceGivesItsSlotAndItsBlocksToAWaitingOne) {
  for (int i = 0; i < 7; ++i) running(6, 5);
  running(6, 5, /*paused=*/true);
  waiting(3);
  plan(100);
  EXPECT_EQ(plan_.preempted, std::vector<std::uint32_t>{7});
  EXPECT_EQ(plan_.admitted.size(), 1U);
  waiting_[0].known = 1000;
  EXPECT_TRUE(plan(100).admitted.empty());
}

// The first newcomer shares the paused sequence's blocks at no cost; preempting it for the second would count
// them twice.
TEST_F(SchedulerTest, APausedSequenceStaysOnceSomebodyWasAdmitted) {
  running(9, 8, /*paused=*/true);
  waiting(9, {.blocks = 2, .unreferenced = 0});
  waiting(12);
  plan(3);
  EXPECT_TRUE(plan_.preempted.empty());
  EXPECT_EQ(plan_.admitted.size(), 1U);
}

// A prefix that only the victims of this plan hold is no gift: its blocks were counted as available.
TEST_F(SchedulerTest, AVictimsBlocksAreNotCountedTwice) {
  running(17, 16, /*paused=*/true);  // four blocks
  waiting(20, {.blocks = 4, .unreferenced = 0});
  plan(0);
  EXPECT_EQ(plan_.preempted, std::vector<std::uint32_t>{0});
  EXPECT_TRUE(plan_.admitted.empty());
}

TEST_F(SchedulerTest, AMovingSequenceIsNeverPreemptedForAWaitingOne) {
  for (int i = 0; i < 8; ++i) running(6, 5);
  waiting(3);
  plan(100);
  EXPECT_TRUE(plan_.preempted.empty());
  EXPECT_TRUE(plan_.admitted.empty());
  EXPECT_EQ(plan_.chunks.size(), 8U);
}

// Blocks that only the victims share come free with the last of them, which the plan cannot know: it preempts
// and leaves the rest to the next step.
TEST_F(SchedulerTest, PreemptsWithoutRowsWhenVictimsShareTheirBlocks) {
  running(9, 8);
  running_.push_back({.known = 9, .computed = 8, .blocks = 2, .private_blocks = 0, .paused = false});
  running_.push_back({.known = 9, .computed = 8, .blocks = 2, .private_blocks = 0, .paused = false});
  plan(0);
  EXPECT_EQ(plan_.preempted, (std::vector<std::uint32_t>{2, 1}));
  EXPECT_TRUE(plan_.chunks.empty());
}

TEST_F(SchedulerTest, AlonePromptUsesEveryRow) {
  waiting(100);
  plan(100);
  ASSERT_EQ(plan_.admitted.size(), 1U);
  EXPECT_EQ(plan_.admitted[0].n_tokens, 32U);
}

}  // namespace
}  // namespace peregrine::engine
