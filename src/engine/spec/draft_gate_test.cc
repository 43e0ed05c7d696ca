#include "engine/spec/draft_gate.h"

#include <gtest/gtest.h>

namespace peregrine::engine {
namespace {

// Drafts whose step costs 1 + `row_cost` for every row beyond the first, of which `accepted` turn out right;
// returns tokens per unit of time, where a plain step gives one.
double speed(double row_cost, double accepted_share, int tokens) {
  DraftGate gate;
  double time = 0;
  double credit = 0;
  int given = 0;
  while (given < tokens) {
    const std::uint32_t length = gate.length();
    if (length == 0) {
      gate.plain_step(1.0);
      time += 1;
      ++given;
      continue;
    }
    credit += accepted_share * length;
    const auto accepted = static_cast<std::uint32_t>(credit);
    const std::uint32_t right = accepted < length ? accepted : length;
    credit -= right;
    const double seconds = 1.0 + row_cost * length;
    gate.draft_step(length, right + 1, seconds);
    time += seconds;
    given += static_cast<int>(right) + 1;
  }
  return given / time;
}

TEST(DraftGate, ThatAreAlwaysRightGrowToTheLongest) {
  DraftGate gate;
  gate.plain_step(1.0);
  for (int i = 0; i < 4; ++i) {
    const std::uint32_t length = gate.length();
    gate.draft_step(length, length + 1, 1.5);
  }
  EXPECT_EQ(gate.length(), kMaxDraft);
  EXPECT_GT(speed(0.05, 1.0, 2000), 8.0);
}

TEST(DraftGate, ThatAreAlwaysWrongCostNearlyNothing) {
  EXPECT_GT(speed(0.05, 0.0, 500), 0.97);
  EXPECT_GT(speed(0.3, 0.0, 2000), 0.97);
}

TEST(DraftGate, ThatAreSometimesRightAreMadeWhereRowsAreCheap) {
  EXPECT_GT(speed(0.02, 0.3, 2000), 1.2);
  EXPECT_GT(speed(0.9, 0.3, 2000), 0.97) << "dear rows: none";
}

TEST(DraftGate, TriesAgainWhenTheTextChanges) {
  DraftGate gate;
  gate.plain_step(1.0);
  int steps = 0;
  // Useless for a long time...
  for (int i = 0; i < 3000; ++i) {
    gate.length() == 0 ? gate.plain_step(1.0) : gate.draft_step(gate.length(), 1, 1.2);
  }
  // ... then always right: it takes at most the longest pause to find out.
  while (gate.length() == 0 && steps < 1000) {
    gate.plain_step(1.0);
    ++steps;
  }
  EXPECT_LE(steps, 256);
  const std::uint32_t length = gate.length();
  gate.draft_step(length, length + 1, 1.2);
  EXPECT_GT(gate.length(), 0U);
}

}  // namespace
}  // namespace peregrine::engine
