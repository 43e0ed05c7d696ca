// Against machines whose step times are formulas: what is learned, and what readers of streams see of it.
#include "engine/sched/step_cost.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include "base/rng.h"
#include "engine/sched/scheduler.h"

namespace peregrine::engine {
namespace {

// Seconds of a step, by decoding rows, rows of prompts and how far these are.
using Machine = std::function<double(std::uint32_t decodes, std::uint32_t prefills, std::uint32_t context)>;

// Every row costs, and so does beginning a step.
double affine(std::uint32_t decodes, std::uint32_t prefills, std::uint32_t) {
  return 0.020 + 0.002 * decodes + 0.001 * prefills;
}

// Weights come from memory once per step; meanwhile the arithmetic of some rows is free.
double roofline(std::uint32_t decodes, std::uint32_t prefills, std::uint32_t) {
  return 0.002 + std::max(0.033, 0.0011 * decodes + 0.0009 * prefills);
}

// A row of a prompt is three times as dear at 4,096 tokens as at the beginning.
double growing(std::uint32_t decodes, std::uint32_t prefills, std::uint32_t context) {
  return 0.004 + std::max(0.033, 0.0011 * decodes + (0.0005 + 0.0010 * context / 4096) * prefills);
}

TEST(Recent, MedianOfTheLastThree) {
  Recent recent;
  EXPECT_TRUE(recent.empty());
  EXPECT_EQ(recent.median(), 0);
  recent.add(8);
  EXPECT_EQ(recent.median(), 8);
  recent.add(2);
  EXPECT_EQ(recent.median(), 5);
  recent.add(3);
  EXPECT_EQ(recent.median(), 3);
  recent.add(100);
  EXPECT_EQ(recent.median(), 3) << "of 2, 3 and 100";
  recent.add(100);
  EXPECT_EQ(recent.median(), 100);
}

TEST(StepCost, NobodyDecodesNobodyIsBounded) {
  StepCost cost(0);
  EXPECT_EQ(cost.prefill_rows(0), kUnboundedRows);
  for (int i = 0; i < 20; ++i) cost.observe(0, 512, 5.0);
  EXPECT_EQ(cost.prefill_rows(0), kUnboundedRows);
}

TEST(StepCost, LearnsWhatDecodesCostFirstAndStartsSmall) {
  StepCost cost(0);
  EXPECT_EQ(cost.prefill_rows(3), 0U) << "a step without prompts, to know what decodes cost";
  cost.observe(3, 0, 0.100);
  EXPECT_EQ(cost.prefill_rows(3), kMinPrefillRows) << "nothing is known of prompts";
  cost.observe(0, 100, 0.100);
  EXPECT_EQ(cost.prefill_rows(3), 120U);
}

// Whatever is observed: enough rows for progress, or a step that decodes only, of which there are few.
TEST(StepCost, PromptsAlwaysProgress) {
  base::Rng rng(9);
  for (const double target : {0.0, 1e-6, 0.05, 1e6}) {
    StepCost cost(target);
    int without = 0;
    for (int step = 0; step < 4000; ++step) {
      const auto decodes = static_cast<std::uint32_t>(1 + rng.next() % 4096);
      const std::uint32_t rows = cost.prefill_rows(decodes);
      ASSERT_TRUE(rows == 0 || rows >= kMinPrefillRows);
      without += rows == 0 ? 1 : 0;
      cost.observe(decodes, std::min(rows, 512U), std::pow(10.0, rng.uniform() * 12 - 9));
    }
    EXPECT_LE(without, 4000 / 16 + 1);
  }
}

// Steps of one state for as long as it takes; returns the rows of the last.
std::uint32_t settle(StepCost& cost, const Machine& machine, std::uint32_t decodes, int steps,
                     std::uint32_t context = 0) {
  std::uint32_t rows = 0;
  for (int i = 0; i < steps; ++i) {
    const std::uint32_t planned = std::min(cost.prefill_rows(decodes), 4096U);
    cost.observe(decodes, planned, machine(decodes, planned, context));
    if (planned > 0) rows = planned;
  }
  return rows;
}

TEST(StepCost, ConvergesToTheTarget) {
  for (const Machine& machine : {Machine(affine), Machine(roofline), Machine(growing)}) {
    for (const std::uint32_t decodes : {1U, 3U, 8U, 21U, 64U}) {
      for (const std::uint32_t context : {0U, 2000U, 4000U}) {
        StepCost cost(0);
        const double quiet = machine(decodes, 0, context);
        const std::uint32_t rows = settle(cost, machine, decodes, 30, context);
        if (rows == kMinPrefillRows) continue;
        EXPECT_NEAR(machine(decodes, rows, context) / quiet, kDecodeSlowdown, 0.1) << decodes << " decode";
      }
    }
  }
}

TEST(StepCost, AnAbsoluteTargetReplacesTheRatio) {
  StepCost cost(0.2);
  const std::uint32_t rows = settle(cost, affine, 8, 40);
  EXPECT_NEAR(affine(8, rows, 0), 0.2, 0.005);
  StepCost impossible(0.001);
  EXPECT_EQ(settle(impossible, affine, 8, 40), kMinPrefillRows);
}

TEST(StepCost, FollowsAMachineThatBecomesSlowerOrFaster) {
  for (const double speed : {0.25, 0.5, 2.0, 4.0}) {
    StepCost cost(0);
    settle(cost, affine, 8, 30);
    const Machine changed = [&](std::uint32_t d, std::uint32_t p, std::uint32_t c) {
      return affine(d, p, c) / speed;
    };
    const std::uint32_t rows = settle(cost, changed, 8, 400);
    EXPECT_NEAR(changed(8, rows, 0) / changed(8, 0, 0), kDecodeSlowdown, 0.1) << speed;
  }
}

TEST(StepCost, RowsThatBecomeDearerAreFewerWithinThreeSteps) {
  StepCost cost(0);
  const std::uint32_t before = settle(cost, affine, 8, 30);
  const Machine dearer = [](std::uint32_t, std::uint32_t p, std::uint32_t) { return 0.036 + 0.002 * p; };
  const auto ratio = [&] { return dearer(8, cost.prefill_rows(8), 0) / 0.036; };
  EXPECT_GT(ratio(), 3);
  settle(cost, dearer, 8, 3);
  EXPECT_LT(ratio(), 2.6);
  settle(cost, dearer, 8, 6);
  EXPECT_LT(ratio(), kDecodeSlowdown + 0.1);
  EXPECT_GT(cost.prefill_rows(8), before / 3);
}

TEST(StepCost, WithoutATargetNobodyIsBounded) {
  StepCost cost(std::numeric_limits<double>::infinity());
  EXPECT_EQ(cost.prefill_rows(8), kUnboundedRows);
  settle(cost, affine, 8, 100);
  EXPECT_EQ(cost.prefill_rows(8), kUnboundedRows);
}

TEST(StepCost, AnOutlierChangesNothing) {
  StepCost cost(0);
  settle(cost, affine, 8, 30);
  for (int i = 0; i < 3; ++i) cost.observe(8, 0, affine(8, 0, 0));
  const std::uint32_t before = cost.prefill_rows(8);
  cost.observe(8, before, 10.0);
  cost.observe(8, 0, 10.0);
  EXPECT_EQ(cost.prefill_rows(8), before);
}

// Eight streams and a prompt of 4,096 tokens on a synthetic clock, planned by the scheduler itself.
class Traffic {
 public:
  explicit Traffic(Machine machine) : machine_(std::move(machine)), running_(kStreams, decoding()) {}

  double quiet_p99() {
    gaps_.clear();
    for (int i = 0; i < 300; ++i) step();
    return p99();
  }
  // Tokens of the prompt per second, beside the streams.
  double read_prompt() {
    gaps_.clear();
    running_.push_back({.known = kPrompt, .computed = 0, .blocks = 1000, .private_blocks = 1000});
    double seconds = 0;
    while (running_.size() > kStreams) seconds += step();
    return kPrompt / seconds;
  }
  double p99() {
    std::ranges::sort(gaps_);
    return gaps_[gaps_.size() * 99 / 100];
  }

 private:
  static constexpr std::uint32_t kStreams = 8;
  static constexpr std::uint32_t kPrompt = 4096;
  static RunningSequence decoding() {
    return {.known = 101, .computed = 100, .blocks = 1000, .private_blocks = 1000, .paused = false};
  }

  double step() {
    scheduler_.plan(
        {.running = running_,
         .waiting = {},
         .available_blocks = 1000,
         .prefill_rows = cost_.prefill_rows(kStreams)},
        [](std::uint32_t) { return PrefixHit{}; }, plan_);
    EXPECT_EQ(plan_.decodes, kStreams);
    const std::uint32_t prefills = plan_.chunks.size() > kStreams ? plan_.chunks.back().n_tokens : 0;
    const std::uint32_t context = running_.back().computed;
    // Within 3 % of what the formula says.
    const double seconds = machine_(kStreams, prefills, context) * (0.97 + 0.06 * rng_.uniform());
    cost_.observe(kStreams, prefills, seconds);
    gaps_.push_back(seconds);
    if (prefills > 0) {
      running_.back().computed += prefills;
      if (running_.back().computed == kPrompt) running_.pop_back();
    }
    return seconds;
  }

  Machine machine_;
  base::Rng rng_{3};
  Scheduler scheduler_{{.step_tokens = 512, .max_sequences = 64, .block_tokens = 16}};
  StepCost cost_{0};
  StepPlan plan_;
  std::vector<RunningSequence> running_;
  std::vector<double> gaps_;
};

double alone(const Machine& machine) {
  double seconds = 0;
  for (std::uint32_t context = 0; context < 4096; context += 512) seconds += machine(0, 512, context);
  return 4096 / seconds;
}

TEST(StepCost, EightStreamsBesideALongPrompt) {
  for (const Machine& machine : {Machine(roofline), Machine(growing)}) {
    Traffic traffic(machine);
    const double quiet = traffic.quiet_p99();
    for (int prompt = 0; prompt < 3; ++prompt) {
      const double speed = traffic.read_prompt();
      EXPECT_LE(traffic.p99(), 2.5 * quiet) << "prompt " << prompt;
      EXPECT_GE(speed, 0.7 * alone(machine)) << "prompt " << prompt;
      traffic.quiet_p99();
    }
  }
}

// Where nothing is free, steps of 2.2 times the length leave prompts 1.2 / 2.2 of the time, and they get it.
TEST(StepCost, WhereEveryRowCostsPromptsGetWhatTheTargetLeaves) {
  const Machine machine = [](std::uint32_t d, std::uint32_t p, std::uint32_t) {
    return 0.005 * d + 0.001 * p;
  };
  Traffic traffic(machine);
  const double quiet = traffic.quiet_p99();
  const double speed = traffic.read_prompt();
  EXPECT_LE(traffic.p99(), 2.5 * quiet);
  EXPECT_GE(speed, 0.95 * alone(machine) * (kDecodeSlowdown - 1) / kDecodeSlowdown);
}

}  // namespace
}  // namespace peregrine::engine
