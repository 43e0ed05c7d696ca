// The engine's thread: takes new sequences, lets the scheduler plan, runs the plan, samples, sends events.
//
// A sequence is in one list at a time: waiting (no blocks), running (holds blocks) or, when it has ended with
// an event that its reader has not made room for, draining (holds nothing but that event). Lists are in order
// of arrival. The blocks of an ended sequence are free, and the snapshot says so, before its reader is told.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/run/engine_metrics.h"
#include "engine/run/executor.h"
#include "engine/run/mailbox.h"
#include "engine/run/mask_maker.h"
#include "engine/sched/scheduler.h"
#include "engine/sched/step_cost.h"
#include "engine/spec/draft_gate.h"
#include "engine/spec/draft_model.h"
#include "engine/spec/ngram_index.h"

namespace peregrine::engine {

struct LoopOptions {
  bool speculation = true;
  double decode_seconds = 0;    // see StepCost
  DraftModel* draft = nullptr;  // where it may guess as well; outlives the loop
};

class Loop {
 public:
  // All outlive the loop. The pool belongs to the loop's thread while run() runs.
  Loop(const SchedulerLimits& limits, const LoopOptions& options, BlockPool& pool, Executor& executor,
       Mailbox& mailbox, EngineMetrics& metrics);

  // Until the mailbox is stopped; then every sequence has ended and every reader has been told.
  void run();

 private:
  using Owner = std::unique_ptr<Sequence>;

  // A sequence's rows in the current step.
  struct Part {
    Sequence* sequence = nullptr;
    std::uint32_t n_tokens = 0;
    std::uint32_t new_blocks = 0;
    std::optional<std::uint32_t> output = {};  // place of its logits, where its last known token is computed
    std::uint32_t drafted = 0;                 // rows of the draft; their logits follow
  };

  struct Ending {
    Outbox outbox;
    Finished finished;
  };

  void accept(std::vector<Owner>& arrived);
  void attend();
  void cancel_all();

  // One step; false when there was nothing to do, which only mail can change.
  bool step();
  void make_draft();
  void guess(const Sequence& sequence);
  void plan();
  void learn_cost(double duration);
  void carry_out(Clock::time_point now);
  void begin(Sequence& sequence, Clock::time_point now);
  void group_by_adapter();
  void compute();
  void advance(const Part& part, Clock::time_point now);
  std::uint32_t take_outputs(const Part& part, Clock::time_point now);
  std::optional<TokenId> sample(Sequence& sequence, std::uint32_t place);
  std::span<const TokenId> follow(Sequence& sequence);
  void publish(Sequence& sequence);
  void emit(Sequence& sequence, TokenId token, std::span<const float> logits, Clock::time_point now);

  void retire(Sequence& sequence, FinishReason reason);
  void tell_endings();
  void publish_snapshot();

  BlockPool& pool_;
  Executor& executor_;
  Mailbox& mailbox_;
  EngineMetrics& metrics_;
  Scheduler scheduler_;
  StepCost cost_;
  SamplerScratch scratch_;
  MaskMaker masks_;
  std::vector<TokenId> forced_;
  const bool speculation_;
  // Guesses for the one sequence that runs alone, whose id is `guessed_`: found in its text, or made by a
  // model.
  NgramIndex guesses_;
  std::uint64_t guessed_ = 0;
  DraftGate lookup_gate_;
  DraftModel* const draft_model_;
  DraftGate model_gate_;
  DraftGate* drafter_ = &lookup_gate_;  // the gate of the current draft
  double guess_seconds_ = 0;            // that making it took
  std::vector<TokenId> draft_;
  std::vector<TokenId> draft_rows_;
  double step_seconds_ = 0;        // of the current step, without sampling
  std::uint64_t read_tokens_ = 0;  // of prompts
  std::uint64_t generated_tokens_ = 0;
  std::vector<Owner> waiting_;
  std::vector<Owner> running_;
  std::vector<Ending> draining_;
  std::vector<Ending> endings_;  // to be told after the snapshot
  // Of the current step.
  std::vector<RunningSequence> running_views_;
  std::vector<WaitingSequence> waiting_views_;
  StepPlan plan_;
  std::vector<Part> parts_;
  std::vector<Owner> preempted_;
  std::vector<Owner> admitted_;
};

}  // namespace peregrine::engine
