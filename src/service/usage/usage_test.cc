#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "service/usage/days.h"
#include "service/usage/ledger.h"
#include "service/usage/query.h"
#include "store/usage/testing/memory_usage_store.h"

namespace peregrine::service {
namespace {

using ::testing::ElementsAre;

constexpr std::chrono::hours kNever{24};

TEST(Days, AreWrittenAndReadAlike) {
  const std::vector<std::pair<std::int64_t, std::string>> table = {{0, "1970-01-01"},
                                                                   {59, "1970-03-01"},
                                                                   {11016, "2000-02-29"},
                                                                   {20780, "2026-11-23"},
                                                                   {47482, "2100-01-01"}};
  for (const auto& [day, text] : table) {
    EXPECT_EQ(day_text(day), text);
    EXPECT_EQ(parse_day(text).value(), day);
    EXPECT_EQ(day_of(day * 86400), day);
    EXPECT_EQ(day_of(day * 86400 + 86399), day);
  }
  for (const char* bad : {"", "2026-1-1", "2026-02-29", "2026-13-01", "1969-12-31", "2026-11-23T", "20261123",
                          "2026/11/23", "+026-11-23", "2026-00-10"}) {
    EXPECT_FALSE(parse_day(bad)) << bad;
  }
}

TEST(UsageQuery, HasTheLastThirtyDaysUnlessItIsTold) {
  const store::UsageQuery query = usage_query("", "", "", 100).value();
  EXPECT_EQ(query.last_day, 100);
  EXPECT_EQ(query.first_day, 71);
  EXPECT_THAT(grouping(query), ElementsAre("day", "key", "model"));
  EXPECT_THAT(grouping(usage_query("", "", "model,organisation", 100).value()),
              ElementsAre("organisation", "model"));
  EXPECT_EQ(usage_query("1970-01-02", "1970-01-02", "day", 100)->first_day, 1);
  EXPECT_EQ(usage_query("", "", "", 3)->first_day, 0);
  EXPECT_EQ(usage_query("x", "", "", 100).error().where, "from");
  EXPECT_EQ(usage_query("", "x", "", 100).error().where, "to");
  EXPECT_EQ(usage_query("1970-01-03", "1970-01-02", "", 100).error().where, "from");
  EXPECT_EQ(usage_query("", "", "day,week", 100).error().where, "by");
}

store::UsageRow row(std::int64_t day = 7) {
  return {day, "k", "o", "m", {1, 0, 10, 4, 5, 0}};
}

store::UsageQuery everything() {
  store::UsageQuery query;
  query.last_day = 1000;
  query.most = 1000;
  return query;
}

TEST(UsageLedger, SumsUpAndWritesWhenItIsTold) {
  store::testing::MemoryUsageStore store;
  UsageLedger ledger(store, kNever);
  for (int i = 0; i < 3; ++i) ledger.add(row());
  ledger.add(row(8));
  EXPECT_TRUE(store.sum(everything())->empty());
  const auto rows = ledger.sum(everything()).value();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].amounts, (store::UsageAmounts{3, 0, 30, 12, 15, 0}));
  EXPECT_EQ(store.sum(everything()).value(), rows);
}

TEST(UsageLedger, WritesAtItsEnd) {
  store::testing::MemoryUsageStore store;
  {
    UsageLedger ledger(store, kNever);
    ledger.add(row());
  }
  EXPECT_EQ(store.sum(everything())->front(), row());
}

TEST(UsageLedger, WritesByItself) {
  store::testing::MemoryUsageStore store;
  UsageLedger ledger(store, std::chrono::milliseconds(1));
  ledger.add(row());
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (store.sum(everything())->empty() && std::chrono::steady_clock::now() < limit)
    std::this_thread::yield();
  EXPECT_EQ(store.sum(everything())->size(), 1U);
}

TEST(UsageLedger, KeepsWhatTheStoreRefusesAndCountsItOnce) {
  store::testing::MemoryUsageStore store;
  UsageLedger ledger(store, kNever);
  store.break_down(true);
  ledger.add(row());
  EXPECT_FALSE(ledger.flush());
  ledger.add(row());
  EXPECT_FALSE(ledger.flush());
  EXPECT_FALSE(ledger.sum(everything()));
  store.break_down(false);
  ledger.add(row());
  EXPECT_TRUE(ledger.flush());
  EXPECT_EQ(store.sum(everything())->front().amounts.requests, 3);
}

TEST(UsageLedger, LosesNothingOfManyThreads) {
  store::testing::MemoryUsageStore store;
  {
    UsageLedger ledger(store, std::chrono::milliseconds(1));
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t) {
      threads.emplace_back([&] {
        for (int i = 0; i < 500; ++i) ledger.add(row());
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
  EXPECT_EQ(store.sum(everything())->front().amounts.requests, 4000);
}

}  // namespace
}  // namespace peregrine::service
