// Decides what one step computes. A function of its arguments: no model, no clock, no threads.
//
// 1. Memory, oldest first: every running sequence gets room for one more token. When there is none, a paused
// sequence
//    gives way (youngest first), else the youngest that is younger than the one in need. Nobody else is
//    preempted.
// 2. Decodes: one row each, always, so streams move while prompts are read, at the pace that the bound on
// rows of
//    prompts beside them leaves.
// 3. Prefills share the rows that are left: at most kPrefillLanes unfinished prompts at a time, each with an
// equal
//    share, so a giant prompt cannot keep a short one waiting. What is left over tops up the oldest.
// 4. Admission is first come, first served, when the whole prompt fits beside what running prompts still need
// and one
//    spare block per running sequence. It may take slot and blocks of a paused sequence, never of a moving
//    one.
//
// Progress: the oldest sequence that is not paused can always take every other's blocks, and alone it fits.
// So each step that is not empty moves it, or preempts somebody for it.
#pragma once

#include <cstdint>
#include <vector>

#include "base/function_ref.h"
#include "engine/kv/block_table.h"
#include "engine/sched/step_plan.h"

namespace peregrine::engine {

// Unfinished prompts that are read at the same time. More would make every one of them late.
inline constexpr std::uint32_t kPrefillLanes = 4;

class Scheduler {
 public:
  // The cached prefix of a waiting sequence, by its index.
  using PrefixProbe = base::FunctionRef<PrefixHit(std::uint32_t)>;

  explicit Scheduler(const SchedulerLimits& limits) : limits_(limits) {}

  // Replaces `plan`. Asks `probe` only about sequences that could be admitted now.
  void plan(const SchedulerState& state, PrefixProbe probe, StepPlan& plan);

 private:
  enum class Fate : std::uint8_t { kIdle, kRuns, kPreempted };

  void give_room(const SchedulerState& state, StepPlan& plan);
  bool preempt_for(std::uint32_t needy, const SchedulerState& state, StepPlan& plan);
  bool preempt_paused(const SchedulerState& state, StepPlan& plan);
  void preempt(std::uint32_t victim, const SchedulerState& state, StepPlan& plan);
  void plan_decodes(const SchedulerState& state, StepPlan& plan);
  void plan_prefills(const SchedulerState& state, StepPlan& plan);
  void admit(const SchedulerState& state, PrefixProbe probe, StepPlan& plan);
  void admit_one(std::uint32_t index, std::uint32_t known, std::uint32_t prefix_blocks, StepPlan& plan);
  void top_up(const SchedulerState& state, StepPlan& plan);
  std::uint32_t grow(std::uint32_t computed, std::uint32_t held, std::uint32_t wanted_tokens,
                     std::uint32_t& new_blocks);
  std::uint32_t blocks_for(std::uint32_t tokens) const;

  const SchedulerLimits limits_;
  // State of the plan being written.
  std::vector<Fate> fates_;            // by running sequence
  std::vector<std::uint32_t> grants_;  // blocks given to it so far
  std::uint32_t available_ = 0;        // blocks
  std::uint32_t rows_left_ = 0;
  std::uint32_t share_ = 0;        // rows of one prefill before leftovers
  std::uint32_t unfinished_ = 0;   // prompts that are not read to their end by this plan
  std::uint32_t outstanding_ = 0;  // blocks that these will still need
  std::uint32_t moving_ = 0;       // sequences with rows in this plan
  bool admits_ = true;             // nobody who moved was preempted
};

}  // namespace peregrine::engine
