#include "engine/sched/scheduler.h"

#include <algorithm>
#include <cassert>

#include "base/checked.h"

namespace peregrine::engine {

std::uint32_t Scheduler::blocks_for(std::uint32_t tokens) const {
  return base::ceil_div(tokens, limits_.block_tokens);
}

void Scheduler::plan(const SchedulerState& state, PrefixProbe probe, StepPlan& plan) {
  assert(state.running.size() <= limits_.max_sequences && limits_.max_sequences <= limits_.step_tokens);
  plan.clear();
  fates_.assign(state.running.size(), Fate::kIdle);
  grants_.assign(state.running.size(), 0);
  available_ = state.available_blocks;
  rows_left_ = std::min(limits_.step_tokens, state.step_rows);
  unfinished_ = 0;
  outstanding_ = 0;
  moving_ = 0;
  admits_ = true;
  give_room(state, plan);
  plan_decodes(state, plan);
  if (plan.decodes > 0) rows_left_ = std::min(rows_left_, state.prefill_rows);
  share_ = std::max(1U, rows_left_ / kPrefillLanes);
  plan_prefills(state, plan);
  admit(state, probe, plan);
  top_up(state, plan);
}

void Scheduler::give_room(const SchedulerState& state, StepPlan& plan) {
  for (std::uint32_t i = 0; i < state.running.size(); ++i) {
    const RunningSequence& sequence = state.running[i];
    if (sequence.paused || fates_[i] == Fate::kPreempted) continue;
    if (sequence.computed == sequence.blocks * limits_.block_tokens) {
      while (available_ == 0 && preempt_for(i, state, plan)) {
      }
      // The youngest waits with its blocks, which its elders may take.
      if (available_ == 0) continue;
      --available_;
      grants_[i] = 1;
    }
    fates_[i] = Fate::kRuns;
    ++moving_;
  }
}

bool Scheduler::preempt_for(std::uint32_t needy, const SchedulerState& state, StepPlan& plan) {
  if (preempt_paused(state, plan)) return true;
  for (auto i = static_cast<std::uint32_t>(state.running.size()); --i > needy;) {
    if (fates_[i] == Fate::kPreempted) continue;
    preempt(i, state, plan);
    admits_ = false;  // whoever waits would take the victim's place and be in need next
    return true;
  }
  return false;
}

bool Scheduler::preempt_paused(const SchedulerState& state, StepPlan& plan) {
  for (auto i = static_cast<std::uint32_t>(state.running.size()); i-- > 0;) {
    if (!state.running[i].paused || fates_[i] == Fate::kPreempted) continue;
    preempt(i, state, plan);
    return true;
  }
  return false;
}

void Scheduler::preempt(std::uint32_t victim, const SchedulerState& state, StepPlan& plan) {
  assert(fates_[victim] == Fate::kIdle);
  fates_[victim] = Fate::kPreempted;
  // Blocks that victims share among themselves come free as well; the next step's count will show them.
  available_ += state.running[victim].private_blocks;
  plan.preempted.push_back(victim);
}

void Scheduler::plan_decodes(const SchedulerState& state, StepPlan& plan) {
  for (std::uint32_t i = 0; i < state.running.size(); ++i) {
    const RunningSequence& sequence = state.running[i];
    if (fates_[i] != Fate::kRuns || sequence.known - sequence.computed != 1) continue;
    plan.chunks.push_back({.sequence = i, .n_tokens = 1, .new_blocks = grants_[i]});
    --rows_left_;
  }
  plan.decodes = static_cast<std::uint32_t>(plan.chunks.size());
}

// How many of the wanted tokens fit, with blocks taken for them: `held` includes `new_blocks`, which is
// raised.
std::uint32_t Scheduler::grow(std::uint32_t computed, std::uint32_t held, std::uint32_t wanted_tokens,
                              std::uint32_t& new_blocks) {
  const std::uint32_t wanted_blocks = std::max(blocks_for(computed + wanted_tokens), held) - held;
  const std::uint32_t taken = std::min(wanted_blocks, available_);
  available_ -= taken;
  new_blocks += taken;
  return std::min(wanted_tokens, (held + taken) * limits_.block_tokens - computed);
}

void Scheduler::plan_prefills(const SchedulerState& state, StepPlan& plan) {
  for (std::uint32_t i = 0; i < state.running.size(); ++i) {
    const RunningSequence& sequence = state.running[i];
    const std::uint32_t pending = sequence.known - sequence.computed;
    if (sequence.paused || fates_[i] == Fate::kPreempted || pending == 1) continue;
    const std::uint32_t wanted = fates_[i] == Fate::kRuns ? std::min({pending, share_, rows_left_}) : 0;
    PlannedChunk chunk{.sequence = i, .n_tokens = 0, .new_blocks = grants_[i]};
    if (wanted > 0) {
      chunk.n_tokens = grow(sequence.computed, sequence.blocks + grants_[i], wanted, chunk.new_blocks);
      rows_left_ -= chunk.n_tokens;
      plan.chunks.push_back(chunk);
    }
    if (chunk.n_tokens < pending) ++unfinished_;
    // A sequence may hold more than it needs: room for a draft that turned out wrong.
    const std::uint32_t held = sequence.blocks + chunk.new_blocks;
    outstanding_ += std::max(blocks_for(sequence.known), held) - held;
  }
}

void Scheduler::admit(const SchedulerState& state, PrefixProbe probe, StepPlan& plan) {
  if (!admits_) return;
  for (std::uint32_t i = 0; i < state.waiting.size() && rows_left_ > 0 && unfinished_ < kPrefillLanes; ++i) {
    if (state.waiting[i].held) continue;
    const std::size_t running = state.running.size() - plan.preempted.size() + plan.admitted.size();
    // Somebody admitted by this plan may have been promised blocks that only a paused sequence holds.
    const auto make_way = [&] { return plan.admitted.empty() && preempt_paused(state, plan); };
    if (running >= limits_.max_sequences && !make_way()) return;
    const PrefixHit hit = probe(i);
    // Without spare blocks the newcomer would be preempted as soon as an elder fills a block.
    const std::uint32_t spare = moving_ > 0 ? outstanding_ + moving_ : 0;
    // Blocks of the prefix that only a victim of this plan holds count as available already: take none for
    // free then.
    const auto taken = [&] { return plan.preempted.empty() ? hit.unreferenced : hit.blocks; };
    const std::uint32_t own = blocks_for(state.waiting[i].known) - hit.blocks;
    while (available_ < own + taken() + spare) {
      if (!make_way()) return;
    }
    available_ -= taken();
    admit_one(i, state.waiting[i].known, hit.blocks, plan);
  }
}

void Scheduler::admit_one(std::uint32_t index, std::uint32_t known, std::uint32_t prefix_blocks,
                          StepPlan& plan) {
  const std::uint32_t computed = prefix_blocks * limits_.block_tokens;
  PlannedAdmission admission{
      .sequence = index, .prefix_blocks = prefix_blocks, .n_tokens = 0, .new_blocks = 0};
  const std::uint32_t wanted = std::min({known - computed, share_, rows_left_});
  admission.n_tokens = grow(computed, prefix_blocks, wanted, admission.new_blocks);
  assert(admission.n_tokens == wanted);
  rows_left_ -= admission.n_tokens;
  if (computed + admission.n_tokens < known) ++unfinished_;
  outstanding_ += blocks_for(known) - prefix_blocks - admission.new_blocks;
  ++moving_;
  plan.admitted.push_back(admission);
}

void Scheduler::top_up(const SchedulerState& state, StepPlan& plan) {
  const auto extend = [this](std::uint32_t known, std::uint32_t computed, std::uint32_t held, auto& chunk) {
    const std::uint32_t wanted = std::min(known - computed - chunk.n_tokens, rows_left_);
    if (wanted == 0) return;
    const std::uint32_t more =
        grow(computed + chunk.n_tokens, held + chunk.new_blocks, wanted, chunk.new_blocks);
    chunk.n_tokens += more;
    rows_left_ -= more;
  };
  for (PlannedChunk& chunk : plan.chunks) {
    const RunningSequence& sequence = state.running[chunk.sequence];
    extend(sequence.known, sequence.computed, sequence.blocks, chunk);
  }
  for (PlannedAdmission& admission : plan.admitted) {
    extend(state.waiting[admission.sequence].known, admission.prefix_blocks * limits_.block_tokens,
           admission.prefix_blocks, admission);
  }
}

}  // namespace peregrine::engine
