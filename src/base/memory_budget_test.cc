#include "base/memory_budget.h"

#include <gtest/gtest.h>

#include <utility>

namespace peregrine::base {
namespace {

TEST(MemoryBudget, AShareTakesFromTheWholeAndGivesBack) {
  MemoryBudget whole(1000);
  MemoryBudget one(&whole);
  MemoryBudget other(&whole);
  EXPECT_EQ(one.limit(), 1000U);
  {
    auto weights = one.reserve(MemoryKind::kWeights, 600, "weights");
    ASSERT_TRUE(weights);
    const auto cache = other.reserve(MemoryKind::kKvCache, 300, "a cache");
    ASSERT_TRUE(cache);
    EXPECT_EQ(one.used(), 600U);
    EXPECT_EQ(one.used(MemoryKind::kWeights), 600U);
    EXPECT_EQ(one.used(MemoryKind::kKvCache), 0U);
    EXPECT_EQ(other.used(), 300U);
    EXPECT_EQ(whole.used(), 900U);
    EXPECT_EQ(one.available(), 100U) << "what is left is left of the whole";
    EXPECT_EQ(one.reserve(MemoryKind::kScratch, 101, "too much").error().code, ErrorCode::kResourceExhausted);
    EXPECT_EQ(one.used(), 600U) << "what was refused counts nowhere";
    EXPECT_EQ(whole.used(), 900U);
    const MemoryBudget::Reservation moved = std::move(*weights);
    EXPECT_EQ(one.used(), 600U);
  }
  EXPECT_EQ(one.used(), 0U);
  EXPECT_EQ(whole.available(), 1000U);
}

}  // namespace
}  // namespace peregrine::base
