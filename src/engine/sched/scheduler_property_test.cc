// Random workloads, carried out on a real block pool: every plan keeps the promises, and everything finishes.
#include <gtest/gtest.h>

#include <algorithm>
#include <list>
#include <memory>
#include <vector>

#include "base/rng.h"
#include "engine/sched/scheduler.h"

namespace peregrine::engine {
namespace {

struct Workload {
  std::uint64_t seed = 0;
  SchedulerLimits limits;
  std::uint32_t n_blocks = 0;
  std::uint32_t n_sequences = 0;
  std::uint32_t max_prompt = 0;
  std::uint32_t max_completion = 0;
  std::uint32_t pause_percent = 0;
  bool bounded = false;  // the rows of prompts beside decodes, differently in every step
};

struct Sequence {
  Sequence(BlockPool& pool, std::uint32_t arrival) : id(arrival), table(pool) {}
  std::uint32_t id;
  std::vector<TokenId> tokens;
  std::uint32_t final_tokens = 0;
  std::uint32_t computed = 0;
  std::uint32_t pause_steps = 0;
  BlockTable table;
  std::uint32_t pending() const { return static_cast<std::uint32_t>(tokens.size()) - computed; }
};

class Simulation {
 public:
  explicit Simulation(const Workload& workload)
      : work_(workload),
        rng_(workload.seed),
        pool_(workload.n_blocks, workload.limits.block_tokens, true),
        scheduler_(workload.limits) {}

  void run() {
    std::uint32_t arrived = 0;
    while ((arrived < work_.n_sequences || !running_.empty() || !waiting_.empty()) &&
           !testing::Test::HasFatalFailure()) {
      while (arrived < work_.n_sequences && rng_.next() % 3 == 0) arrive(arrived++);
      step();
      ASSERT_LT(++steps_, 200000U) << "does not finish";
    }
    EXPECT_EQ(pool_.used(), 0U);
  }

  std::uint32_t preemptions() const { return preemptions_; }

 private:
  using Owner = std::unique_ptr<Sequence>;

  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(rng_.next() % n); }

  void arrive(std::uint32_t id) {
    auto sequence = std::make_unique<Sequence>(pool_, id);
    const std::uint32_t prompt = 1 + below(work_.max_prompt);
    // A few families of prompts with common beginnings.
    const auto family = static_cast<TokenId>(below(3));
    for (std::uint32_t i = 0; i < prompt; ++i) {
      sequence->tokens.push_back(family * 1000 + static_cast<TokenId>(i < 40 ? i : below(1000)));
    }
    sequence->final_tokens = prompt + below(work_.max_completion);
    waiting_.push_back(std::move(sequence));
  }

  void step() {
    views();
    prefill_rows_ = work_.bounded && below(3) > 0 ? below(work_.limits.step_tokens / 2) : ~0U;
    scheduler_.plan(
        {.running = running_views_,
         .waiting = waiting_views_,
         .available_blocks = pool_.available(),
         .prefill_rows = prefill_rows_},
        [this](std::uint32_t i) { return BlockTable::probe(pool_, waiting_[i]->tokens); }, plan_);
    check_rows();
    check_order();
    if (testing::Test::HasFatalFailure()) return;
    carry_out();
  }

  void views() {
    running_views_.clear();
    waiting_views_.clear();
    for (const Owner& s : running_) {
      pause(*s);
      running_views_.push_back({.known = static_cast<std::uint32_t>(s->tokens.size()),
                                .computed = s->computed,
                                .blocks = s->table.size(),
                                .private_blocks = s->table.private_blocks(),
                                .paused = s->pause_steps > 0});
    }
    for (const Owner& s : waiting_) {
      if (s->pause_steps > 0) --s->pause_steps;
      waiting_views_.push_back(
          {.known = static_cast<std::uint32_t>(s->tokens.size()), .held = s->pause_steps > 0});
    }
  }

  void pause(Sequence& s) {
    if (s.pause_steps > 0) {
      --s.pause_steps;
    } else if (s.pending() == 1 && below(100) < work_.pause_percent) {
      s.pause_steps = 1 + below(30);
    }
  }

  bool is_preempted(std::uint32_t i) const { return std::ranges::count(plan_.preempted, i) > 0; }
  bool is_scheduled(std::uint32_t i) const {
    return std::ranges::count(plan_.chunks, i, &PlannedChunk::sequence) > 0;
  }

  void check_rows() {
    std::uint32_t rows = 0;
    std::uint32_t decodes = 0;
    std::uint32_t unfinished = 0;
    for (const PlannedChunk& chunk : plan_.chunks) {
      const Sequence& s = *running_[chunk.sequence];
      ASSERT_GE(chunk.n_tokens, 1U);
      ASSERT_LE(chunk.n_tokens, s.pending());
      ASSERT_EQ(s.pause_steps, 0U);
      ASSERT_FALSE(is_preempted(chunk.sequence));
      ASSERT_EQ(std::ranges::count(plan_.chunks, chunk.sequence, &PlannedChunk::sequence), 1);
      rows += chunk.n_tokens;
      decodes += s.pending() == 1 ? 1 : 0;
      unfinished += chunk.n_tokens < s.pending() ? 1 : 0;
    }
    for (const PlannedAdmission& a : plan_.admitted) {
      rows += a.n_tokens;
      const std::uint32_t pending = static_cast<std::uint32_t>(waiting_[a.sequence]->tokens.size()) -
                                    a.prefix_blocks * work_.limits.block_tokens;
      ASSERT_GE(a.n_tokens, 1U);
      unfinished += a.n_tokens < pending ? 1 : 0;
    }
    ASSERT_LE(rows, work_.limits.step_tokens);
    ASSERT_LE(unfinished, kPrefillLanes);
    ASSERT_LE(running_.size() - plan_.preempted.size() + plan_.admitted.size(), work_.limits.max_sequences);
    ASSERT_EQ(plan_.decodes, decodes);
    ASSERT_TRUE(decodes == 0 || rows - decodes <= prefill_rows_) << "more rows of prompts than decodes bear";
    check_shares(decodes, rows - decodes);
    check_progress(rows);
  }

  // No decode waits while there is memory; no prompt gets less than its share while there is memory, and
  // rows.
  void check_shares(std::uint32_t decodes, std::uint32_t prefills) {
    const std::uint32_t unbounded = work_.limits.step_tokens - decodes;
    const std::uint32_t rows = decodes > 0 ? std::min(unbounded, prefill_rows_) : unbounded;
    const std::uint32_t share = std::max(1U, rows / kPrefillLanes);
    bool somebody_stalled = false;
    for (std::uint32_t i = 0; i < running_.size(); ++i) {
      const Sequence& s = *running_[i];
      if (s.pause_steps > 0 || is_preempted(i)) continue;
      if (!is_scheduled(i)) {
        if (s.pending() > 1 && prefills == rows) continue;
        ASSERT_EQ(s.computed, s.table.size() * work_.limits.block_tokens) << "left out although it had room";
        somebody_stalled = true;
        continue;
      }
      ASSERT_FALSE(somebody_stalled) << "a younger sequence moves while an elder lacks memory";
      const auto chunk = std::ranges::find(plan_.chunks, i, &PlannedChunk::sequence);
      const std::uint32_t room =
          (s.table.size() + chunk->new_blocks) * work_.limits.block_tokens - s.computed;
      ASSERT_TRUE(chunk->n_tokens >= std::min(s.pending(), share) || chunk->n_tokens == room);
    }
    ASSERT_TRUE(!somebody_stalled || plan_.admitted.empty());
  }

  void check_progress(std::uint32_t rows) {
    const bool somebody_can_move =
        std::ranges::any_of(running_, [](const Owner& s) { return s->pause_steps == 0; }) ||
        std::ranges::any_of(waiting_, [](const Owner& s) { return s->pause_steps == 0; });
    ASSERT_TRUE(!somebody_can_move || rows > 0 || !plan_.preempted.empty());
    idle_steps_ = somebody_can_move && rows == 0 ? idle_steps_ + 1 : 0;
    ASSERT_LT(idle_steps_, 3U);
  }

  // Victims: paused ones first, then the youngest. Admission: first come, first served.
  void check_order() {
    bool moving_victim = false;
    for (const std::uint32_t victim : plan_.preempted) {
      if (running_[victim]->pause_steps > 0) continue;
      moving_victim = true;
      for (std::uint32_t i = 0; i < running_.size(); ++i) {
        const bool must_go = running_[i]->pause_steps > 0 || i > victim;
        ASSERT_TRUE(!must_go || is_preempted(i));
      }
    }
    ASSERT_TRUE(!moving_victim || plan_.admitted.empty());
    std::uint32_t next = 0;
    for (const PlannedAdmission& a : plan_.admitted) {
      for (; next < a.sequence; ++next) ASSERT_GT(waiting_[next]->pause_steps, 0U) << "overtaken";
      ASSERT_EQ(waiting_[a.sequence]->pause_steps, 0U);
      next = a.sequence + 1;
    }
  }

  void carry_out() {
    std::list<Owner> moved;
    for (const std::uint32_t victim : plan_.preempted) {
      running_[victim]->table.clear();
      running_[victim]->computed = 0;
      ++preemptions_;
    }
    for (const PlannedAdmission& a : plan_.admitted) {
      Sequence& s = *waiting_[a.sequence];
      ASSERT_EQ(s.table.adopt(s.tokens, a.prefix_blocks), a.prefix_blocks);
      s.computed = a.prefix_blocks * work_.limits.block_tokens;
    }
    for (const PlannedChunk& c : plan_.chunks) compute(*running_[c.sequence], c.n_tokens, c.new_blocks);
    for (const PlannedAdmission& a : plan_.admitted) compute(*waiting_[a.sequence], a.n_tokens, a.new_blocks);
    for (const std::uint32_t victim : plan_.preempted) moved.push_back(std::move(running_[victim]));
    for (const PlannedAdmission& a : plan_.admitted) running_.push_back(std::move(waiting_[a.sequence]));
    for (Owner& s : moved) waiting_.push_back(std::move(s));
    const auto gone = [](const Owner& s) {
      return !s || (s->computed + 1 >= s->final_tokens && s->pending() == 1);
    };
    std::erase_if(running_, gone);
    std::erase_if(waiting_, [](const Owner& s) { return !s; });
    std::ranges::sort(running_, {}, &Sequence::id);
    std::ranges::sort(waiting_, {}, &Sequence::id);
  }

  void compute(Sequence& s, std::uint32_t n_tokens, std::uint32_t new_blocks) {
    ASSERT_TRUE(s.table.extend(new_blocks)) << "planned more blocks than there are";
    s.computed += n_tokens;
    ASSERT_EQ(s.table.size(), (s.computed + work_.limits.block_tokens - 1) / work_.limits.block_tokens);
    s.table.publish(std::span(s.tokens).first(s.computed));
    if (s.pending() == 0) s.tokens.push_back(static_cast<TokenId>(below(1000)));
  }

  const Workload work_;
  base::Rng rng_;
  BlockPool pool_;
  Scheduler scheduler_;
  StepPlan plan_;
  std::uint32_t prefill_rows_ = 0;
  std::vector<Owner> running_;
  std::vector<Owner> waiting_;
  std::vector<RunningSequence> running_views_;
  std::vector<WaitingSequence> waiting_views_;
  std::uint32_t steps_ = 0;
  std::uint32_t idle_steps_ = 0;
  std::uint32_t preemptions_ = 0;
};

TEST(SchedulerProperty, RandomWorkloadsFinishAndEveryPlanKeepsThePromises) {
  const SchedulerLimits roomy{.step_tokens = 48, .max_sequences = 12, .block_tokens = 4};
  const SchedulerLimits tight{.step_tokens = 6, .max_sequences = 6, .block_tokens = 4};
  const std::vector<Workload> workloads = {
      {.seed = 1,
       .limits = roomy,
       .n_blocks = 2000,
       .n_sequences = 80,
       .max_prompt = 300,
       .max_completion = 40,
       .pause_percent = 0},
      {.seed = 2,
       .limits = roomy,
       .n_blocks = 100,
       .n_sequences = 80,
       .max_prompt = 300,
       .max_completion = 90,
       .pause_percent = 0},
      {.seed = 3,
       .limits = roomy,
       .n_blocks = 100,
       .n_sequences = 80,
       .max_prompt = 200,
       .max_completion = 90,
       .pause_percent = 10},
      {.seed = 4,
       .limits = tight,
       .n_blocks = 40,
       .n_sequences = 60,
       .max_prompt = 60,
       .max_completion = 90,
       .pause_percent = 5},
      {.seed = 5,
       .limits = tight,
       .n_blocks = 38,
       .n_sequences = 60,
       .max_prompt = 100,
       .max_completion = 50,
       .pause_percent = 30},
      {.seed = 6,
       .limits = roomy,
       .n_blocks = 60,
       .n_sequences = 200,
       .max_prompt = 20,
       .max_completion = 200,
       .pause_percent = 3},
  };
  std::uint32_t preemptions = 0;
  for (const Workload& workload : workloads) {
    for (std::uint64_t i = 0; i < 5; ++i) {
      Workload variant = workload;
      variant.seed = workload.seed * 100 + i;
      variant.bounded = i % 2 == 1;
      SCOPED_TRACE(variant.seed);
      Simulation simulation(variant);
      simulation.run();
      preemptions += simulation.preemptions();
    }
  }
  EXPECT_GT(preemptions, 100U);
}

// The bound that the header promises: beside any number of giants in the lanes, an admitted prompt of p
// tokens is read in ceil(p / share) steps, however many sequences decode.
TEST(SchedulerProperty, AShortPromptIsReadAtItsShareBesideGiants) {
  const SchedulerLimits limits{.step_tokens = 64, .max_sequences = 16, .block_tokens = 4};
  std::vector<RunningSequence> running(
      12, {.known = 41, .computed = 40, .blocks = 11, .private_blocks = 11, .paused = false});
  for (int i = 0; i < 3; ++i)
    running.push_back({.known = 100000, .computed = 0, .blocks = 0, .private_blocks = 0, .paused = false});
  std::vector<WaitingSequence> waiting = {{.known = 50, .held = false}};
  const std::uint32_t share = (limits.step_tokens - 12) / kPrefillLanes;
  Scheduler scheduler(limits);
  StepPlan plan;
  std::uint32_t read = 0;
  for (std::uint32_t step = 0; step < (50 + share - 1) / share; ++step) {
    scheduler.plan(
        {.running = running, .waiting = waiting, .available_blocks = 1000000},
        [](std::uint32_t) { return PrefixHit{}; }, plan);
    if (step == 0) {
      ASSERT_EQ(plan.admitted.size(), 1U);
      read = plan.admitted[0].n_tokens;
      waiting.clear();
      running.push_back(
          {.known = 50, .computed = read, .blocks = 1000, .private_blocks = 1000, .paused = false});
    } else {
      read += plan.chunks.back().n_tokens;
      ASSERT_EQ(plan.chunks.back().sequence, 15U);
      running.back().computed = read;
    }
  }
  EXPECT_EQ(read, 50U);
}

}  // namespace
}  // namespace peregrine::engine
