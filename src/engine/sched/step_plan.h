// What the scheduler is told and what it answers: plain values, no pointers into the engine.
//
// Sequences are named by their place in the state's lists, which are ordered by arrival, oldest first.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace peregrine::engine {

struct SchedulerLimits {
  std::uint32_t step_tokens = 512;   // rows of one step; at least max_sequences
  std::uint32_t max_sequences = 64;  // running at once
  std::uint32_t block_tokens = 16;
};

// A sequence that holds blocks. It decodes when one token is left to compute and prefills when there are
// more.
struct RunningSequence {
  std::uint32_t known = 0;     // tokens: the prompt and what was sampled so far
  std::uint32_t computed = 0;  // of these, with keys and values in the blocks; always less than known
  std::uint32_t blocks = 0;
  std::uint32_t private_blocks = 0;  // of these, held by nobody else
  bool paused = false;               // its reader lags: not to be scheduled, and first to give way
};

// A sequence without blocks: new, or preempted.
struct WaitingSequence {
  std::uint32_t known = 0;
  bool held = false;  // not to be admitted now: paused, or a sibling is computing the same prompt
};

struct SchedulerState {
  std::span<const RunningSequence> running;
  std::span<const WaitingSequence> waiting;
  std::uint32_t available_blocks = 0;  // free, or cached and evictable
  // Rows of this step, if fewer than the limit; at least as many as decode.
  std::uint32_t step_rows = std::numeric_limits<std::uint32_t>::max();
  // Rows that prompts may have in a step that also decodes; without decodes they have all.
  std::uint32_t prefill_rows = std::numeric_limits<std::uint32_t>::max();
};

struct PlannedChunk {
  std::uint32_t sequence = 0;    // index in running
  std::uint32_t n_tokens = 0;    // rows: the next tokens after the computed ones
  std::uint32_t new_blocks = 0;  // to be added to its table first
};

struct PlannedAdmission {
  std::uint32_t sequence = 0;       // index in waiting
  std::uint32_t prefix_blocks = 0;  // taken from the prefix cache; their tokens need no computing
  std::uint32_t n_tokens = 0;
  std::uint32_t new_blocks = 0;
};

// To be carried out in this order: preempt, take all cached prefixes, add new blocks, run the rows.
struct StepPlan {
  std::vector<std::uint32_t> preempted;  // indices in running
  std::vector<PlannedChunk> chunks;      // decodes first, then prefills; oldest first
  std::uint32_t decodes = 0;             // of the chunks
  std::vector<PlannedAdmission> admitted;

  void clear() {
    preempted.clear();
    chunks.clear();
    decodes = 0;
    admitted.clear();
  }
  bool empty() const { return preempted.empty() && chunks.empty() && admitted.empty(); }
};

}  // namespace peregrine::engine
